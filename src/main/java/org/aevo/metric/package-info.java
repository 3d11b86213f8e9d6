/**
 * How good reconstructions, codes and classifiers are, beside the loss: figures of images ({@link
 * org.aevo.metric.ImageQuality}), of neighbourhoods ({@link org.aevo.metric.Neighbourhood}), of classes that a code tells
 * ({@link org.aevo.metric.LinearProbe}, {@link org.aevo.metric.NearestNeighbours}) and of those that a network tells ({@link
 * org.aevo.metric.Classification}). Each is what scikit-learn or scikit-image computes under that name, in doubles,
 * and the same in every run.
 *
 * <p>Images are in C order {@code [sample, channel, row, column]}, codes {@code [sample, value]}, what goes into a softmax
 * {@code [sample, class]}. Where a network gave a
 * number that is not finite, its figure is NaN; arguments that cannot be measured at all (none, sizes that do not fit, a
 * reference that is not finite) are an {@link IllegalArgumentException}.
 */
package org.aevo.metric;
