package org.aevo.train;

import org.aevo.genome.Shape;

/**
 * What networks are trained and measured on.
 *
 * @param shape of one sample
 * @param count number of samples, at least 1
 * @param values in C order [sample, channel, row, column]; not copied: treat as immutable
 */
public record Samples(Shape shape, int count, float[] values) {
    public Samples {
        if (count < 1) {
            throw new IllegalArgumentException("samples: count must be at least 1, was " + count);
        }
        if (shape.size() * count != values.length) {
            throw new IllegalArgumentException("samples: " + count + " of shape " + shape + " need "
                    + shape.size() * count + " values, there are " + values.length);
        }
    }
}
