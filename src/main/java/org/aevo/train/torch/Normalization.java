package org.aevo.train.torch;

import org.aevo.network.Layer;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Batch normalisation. The library's own running variance averages the unbiased variances of the batches, {@link
 * org.aevo.network.Layer.Conv} the biased ones.
 */
final class Normalization {
    private static final double EPSILON = Layer.EPSILON;
    private static final double OLD = 0.9;
    private static final double NEW = 0.1;

    private final TensorOptional gamma;
    private final TensorOptional beta;
    private final Tensor mean;
    private final Tensor variance;
    private final TensorOptional meanOption;
    private final TensorOptional varianceOption;
    private final TensorOptional none;
    private final Scalar old;
    private final Scalar fresh;
    private final Scalar minusTwo;
    private final Scalar epsilon;

    Normalization(String layer, NetworkWeights weights, Owned owned) {
        gamma = owned.own(new TensorOptional(weights.trained(layer + "_gamma")));
        beta = owned.own(new TensorOptional(weights.trained(layer + "_beta")));
        mean = weights.running(layer + "_mean");
        variance = weights.running(layer + "_var");
        meanOption = owned.own(new TensorOptional(mean));
        varianceOption = owned.own(new TensorOptional(variance));
        none = owned.own(new TensorOptional());
        old = owned.own(new Scalar(OLD));
        fresh = owned.own(new Scalar(NEW));
        minusTwo = owned.own(new Scalar(-2.0));
        epsilon = owned.own(new Scalar(EPSILON));
    }

    /** In training with the batch's own mean and variance, which the running ones take a share of. */
    Tensor apply(Tensor x, boolean training) {
        if (!training) {
            return torch.batch_norm(x, gamma, beta, meanOption, varianceOption, false, NEW, EPSILON, false);
        }
        T_TensorTensorTensor_T result = torch.native_batch_norm(x, gamma, beta, none, none, true, NEW, EPSILON);
        GradMode.set_enabled(false);
        try {
            mean.mul_(old).add_(result.get1(), fresh);
            Tensor ofBatch = result.get2().pow(minusTwo).sub_(epsilon);
            variance.mul_(old).add_(ofBatch, fresh);
        } finally {
            GradMode.set_enabled(true);
        }
        return result.get0();
    }
}
