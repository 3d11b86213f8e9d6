package org.aevo.model;

import org.aevo.network.Blueprint;
import org.aevo.train.Autoencoder;
import org.aevo.train.Samples;

/**
 * The error of one sample: the mean of the squared differences between what goes into a network and what comes out, both
 * in [0, 1]. Of a network that removes noise, that is the noise it sees.
 */
public final class SampleError {
    private SampleError() {}

    /**
     * Of some samples.
     *
     * @param inputs whole samples
     * @param outputs as many
     * @param size values per sample
     */
    public static double[] of(float[] inputs, float[] outputs, int size) {
        double[] errors = new double[inputs.length / size];
        for (int sample = 0; sample < errors.length; sample++) {
            double sum = 0;
            for (int i = sample * size; i < (sample + 1) * size; i++) {
                double difference = (double) outputs[i] - inputs[i];
                sum += difference * difference;
            }
            errors[sample] = sum / size;
        }
        return errors;
    }

    /** Of all samples, as a model gets them. */
    static double[] of(Autoencoder model, Samples inputs) {
        double[] all = new double[inputs.count()];
        int size = Math.toIntExact(inputs.shape().size());
        for (int from = 0; from < all.length; from += Blueprint.VALIDATION_BATCH) {
            int to = Math.min(all.length, from + Blueprint.VALIDATION_BATCH);
            float[] values = inputs.values(from, to);
            double[] some = of(values, model.reconstruct(values), size);
            System.arraycopy(some, 0, all, from, some.length);
        }
        return all;
    }
}
