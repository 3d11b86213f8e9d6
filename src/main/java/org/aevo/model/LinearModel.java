package org.aevo.model;

import java.util.function.UnaryOperator;
import org.aevo.baseline.PrincipalComponents;
import org.aevo.baseline.RidgeRegression;
import org.aevo.baseline.Rows;
import org.aevo.train.Autoencoder;
import org.aevo.train.Samples;

/**
 * What one would try before a network, in the place of one. Outputs are clipped to [0, 1], where all samples are, as a
 * network's are by its last layer.
 *
 * @param parameters fitted numbers
 */
record LinearModel(long parameters, UnaryOperator<float[]> output, UnaryOperator<float[]> code) implements Autoencoder {

    /** As many principal components as the network has latent values, of clean samples. */
    static LinearModel components(Samples samples, int latent) {
        PrincipalComponents components = PrincipalComponents.fit(rows(samples), latent);
        long size = samples.shape().size();
        return new LinearModel(
                size + latent * size,
                values -> components.decode(components.encode(values)),
                components::encode);
    }

    /** Clean samples from corrupted ones. */
    static LinearModel regression(Samples inputs, Samples targets) {
        RidgeRegression regression = RidgeRegression.fit(rows(inputs), rows(targets));
        long size = targets.shape().size();
        return new LinearModel(size * size + size, regression::apply, LinearModel::noCode);
    }

    /** Nothing is done. */
    static LinearModel none() {
        return new LinearModel(0, values -> values, LinearModel::noCode);
    }

    private static float[] noCode(float[] values) {
        throw new IllegalStateException("there is no bottleneck");
    }

    private static Rows rows(Samples samples) {
        return new Rows(samples.count(), Math.toIntExact(samples.shape().size()), samples::values);
    }

    @Override
    public float[] reconstruct(float[] values) {
        float[] result = output.apply(values).clone();
        for (int i = 0; i < result.length; i++) {
            result[i] = Math.max(0, Math.min(1, result[i]));
        }
        return result;
    }

    @Override
    public float[] encode(float[] values) {
        return code.apply(values);
    }
}
