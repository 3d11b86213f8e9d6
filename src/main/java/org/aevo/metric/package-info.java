/**
 * How good reconstructions and codes are, beside the loss: figures of images ({@link org.aevo.metric.ImageQuality}), of
 * neighbourhoods ({@link org.aevo.metric.Neighbourhood}) and of classes ({@link org.aevo.metric.LinearProbe}, {@link
 * org.aevo.metric.NearestNeighbours}). Each is what scikit-learn or scikit-image computes under that name, in doubles,
 * and the same in every run.
 *
 * <p>Images are in C order {@code [sample, channel, row, column]}, codes {@code [sample, value]}. Where a network gave a
 * number that is not finite, its figure is NaN; arguments that cannot be measured at all (none, sizes that do not fit, a
 * reference that is not finite) are an {@link IllegalArgumentException}.
 */
package org.aevo.metric;
