package org.aevo.train;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.aevo.network.Shape;
import org.aevo.search.Weights;

/** Random samples and weights. */
public final class Draws {
    private Draws() {}

    /** So many numbers, in [0, 1). */
    public static float[] values(long count, RandomGenerator random) {
        float[] values = new float[Math.toIntExact(count)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble();
        }
        return values;
    }

    /** Samples of such numbers. */
    public static Samples samples(Shape shape, int count, RandomGenerator random) {
        return new Samples(shape, count, values(count * shape.size(), random));
    }

    /** Random biases and normalisations too: initial ones hide errors. */
    public static Weights shaken(Weights weights, RandomGenerator random) {
        List<Weights.Array> arrays = new ArrayList<>();
        for (Weights.Array a : weights.arrays()) {
            float[] values = a.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] += 0.2f * ((float) random.nextDouble() - 0.5f);
            }
            arrays.add(new Weights.Array(a.name(), a.shape(), values));
        }
        return new Weights(arrays);
    }
}
