package org.aevo.train.torch;

import org.aevo.network.Activation;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Activation functions. */
record Activate(Activation activation) {

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
            default -> throw new IllegalArgumentException(activation + " is not built by this engine yet");
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
            case SWISH, IDENTITY -> apply(x);
            default -> throw new IllegalArgumentException(activation + " is not built by this engine yet");
        };
    }
}
