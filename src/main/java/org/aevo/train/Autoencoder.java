package org.aevo.train;

import java.util.function.UnaryOperator;
import org.aevo.network.Blueprint;

/** What can be measured as an autoencoder is: a {@link Network}, or something simpler to hold one against. */
public interface Autoencoder {

    /**
     * What comes out for samples; of a network without dropout and with the running normalisation.
     *
     * @param values whole samples in C order [sample, channel, row, column]
     * @return in the same order, in the shape of the output
     */
    float[] reconstruct(float[] values);

    /**
     * The codes of samples: the output that {@link Blueprint#outputs} names {@value Blueprint#LATENT}, as {@link #reconstruct}
     * makes it on its way.
     *
     * @param values whole samples in C order [sample, channel, row, column]
     * @return in C order [sample, value of the code], of images [sample, channel, row, column]
     * @throws IllegalStateException if the network has no such output
     */
    float[] encode(float[] values);

    /** As {@link #reconstruct(float[])}, of the first so many samples, a batch at a time. */
    default float[] reconstruct(Samples samples, int count) {
        return inBatches(samples, count, this::reconstruct);
    }

    /** As {@link #encode(float[])}, of the first so many samples, a batch at a time. */
    default float[] encode(Samples samples, int count) {
        return inBatches(samples, count, this::encode);
    }

    private static float[] inBatches(Samples samples, int count, UnaryOperator<float[]> pass) {
        float[] all = new float[0];
        for (int from = 0; from < count; from += Blueprint.VALIDATION_BATCH) {
            int to = Math.min(count, from + Blueprint.VALIDATION_BATCH);
            float[] some = pass.apply(samples.values(from, to));
            int size = some.length / (to - from);
            all = from == 0 ? new float[count * size] : all;
            System.arraycopy(some, 0, all, from * size, some.length);
        }
        return all;
    }
}
