package org.aevo.train.torch;

import org.aevo.network.Activation;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Activation functions. */
record Activate(Activation activation) {
    private static final double SLOPE = 0.2;
    private static final double MIDDLE = 0.5;

    /** In memory of its own. */
    Tensor apply(Tensor x) {
        return switch (activation) {
            case RELU -> torch.relu(x);
            case LEAKY_RELU -> torch.leaky_relu(x);
            case ELU -> torch.elu(x);
            case SWISH -> torch.silu(x);
            case TANH -> torch.tanh(x);
            case SIGMOID -> torch.sigmoid(x);
            case IDENTITY -> x;
            case HARD_SIGMOID -> hardSigmoid(x.mul(new Scalar(SLOPE)));
            case SOFTMAX -> torch.softmax(x, 1);
        };
    }

    /** In the memory of {@code x} where that is enough for the gradient; {@code x} must not be used again. */
    Tensor inPlace(Tensor x) {
        return switch (activation) {
            case RELU -> torch.relu_(x);
            case LEAKY_RELU -> torch.leaky_relu_(x);
            case ELU -> torch.elu_(x);
            case TANH -> torch.tanh_(x);
            case SIGMOID -> torch.sigmoid_(x);
            case HARD_SIGMOID -> hardSigmoid(x.mul_(new Scalar(SLOPE)));
            case SWISH, IDENTITY, SOFTMAX -> apply(x);
        };
    }

    /**
     * The library's own hard sigmoid has another slope. Its hard tangent is the one function that cuts in place and takes
     * its gradient from what comes out: a clamp would keep a copy of what goes in.
     */
    private static Tensor hardSigmoid(Tensor sloped) {
        return torch.hardtanh_(sloped.add_(new Scalar(MIDDLE)), new Scalar(0.0), new Scalar(1.0));
    }
}
