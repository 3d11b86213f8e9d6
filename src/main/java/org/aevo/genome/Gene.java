package org.aevo.genome;

import org.aevo.network.Activation;
import org.aevo.network.Require;

/** One step of a section: a layer, or an enlargement and a layer. */
public sealed interface Gene {

    /** Whether this gene keeps the spatial form of an image or signal. */
    default boolean spatial() {
        return !(this instanceof Dense);
    }

    /** By how much this gene divides the sides of an image; 1 if it does not. */
    default int step() {
        return 1;
    }

    private static void activated(Activation activation) {
        Require.given("activation", activation);
        if (activation == Activation.SOFTMAX) {
            throw new IllegalArgumentException(
                    "activation of a gene must not be softmax: that is what classifiers end in");
        }
    }

    /**
     * A convolution with "same" padding: output side = ceil(input side / stride). Along both sides of images, along the
     * one of signals.
     *
     * @param filters number of output channels
     * @param kernel side of the square kernel, 1 to 64; of signals its length
     * @param stride step in all directions
     * @param batchNormalization whether the result is normalised before the activation
     */
    record Convolution(int filters, int kernel, int stride, Activation activation, boolean batchNormalization)
            implements Gene {
        public Convolution {
            Require.positive("filters", filters);
            Require.positive("kernel", kernel);
            Require.positive("stride", stride);
            activated(activation);
        }

        @Override
        public int step() {
            return stride;
        }
    }

    /**
     * Max pooling over disjoint squares, of signals over disjoint stretches; those at the border may be partial: output side = ceil(input side / size).
     *
     * @param size side of the square and stride, at least 2
     */
    record MaxPooling(int size) implements Gene {
        public MaxPooling {
            Require.atLeast(2, "size", size);
        }

        @Override
        public int step() {
            return size;
        }
    }

    /**
     * A convolution that enlarges, of a decoder: either an upsampling and a convolution of stride 1, or a transposed
     * convolution. Where nothing is enlarged both are a plain convolution: {@code upscaling} is then always {@link
     * Upscaling#UPSAMPLING}. What comes out is cut to {@code ceil(output side / factors of all later genes)}.
     *
     * @param filters number of output channels
     * @param kernel side of the square kernel, 1 to 7; of signals its length
     * @param factor by which it enlarges in all directions
     * @param upscaling how it enlarges
     * @param batchNormalization whether the result is normalised before the activation
     */
    record Upconvolution(
            int filters, int kernel, int factor, Upscaling upscaling, Activation activation, boolean batchNormalization)
            implements Gene {
        public Upconvolution {
            Require.positive("filters", filters);
            Require.positive("kernel", kernel);
            Require.positive("factor", factor);
            Require.given("upscaling", upscaling);
            activated(activation);
            if (factor == 1) {
                upscaling = Upscaling.UPSAMPLING;
            }
        }
    }

    /**
     * A fully connected layer.
     *
     * @param dropout probability in [0, 1) that an output is dropped in training; 0 for none
     */
    record Dense(int units, Activation activation, double dropout) implements Gene {
        public Dense {
            Require.positive("units", units);
            activated(activation);
            if (!(dropout >= 0 && dropout < 1)) {
                throw new IllegalArgumentException("dropout must be in [0, 1), was " + dropout);
            }
            dropout += 0.0; // -0.0 would be another gene with the same text
        }
    }
}
