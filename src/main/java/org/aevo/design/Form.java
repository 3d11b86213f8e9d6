package org.aevo.design;

import java.util.Optional;
import org.aevo.network.Activation;
import org.aevo.network.Layer;
import org.aevo.network.Padding;

/**
 * What a layer of a network file is, as far as that can be said without the shapes around it. An activation that is left
 * out is the identity, or, of the last layer with one, what the input of a run says.
 */
sealed interface Form {

    /** As in files: {@code conv}. */
    String kind();

    /** One that can have an activation. */
    sealed interface Activated extends Form {
        Optional<Activation> activation();
    }

    /** As {@link Layer.Dense}. */
    record Dense(Amount units, Optional<Activation> activation, double dropout) implements Activated {
        /** Whether probabilities come out. */
        boolean isSoftmax() {
            return activation.equals(Optional.of(Activation.SOFTMAX));
        }

        Dense with(Amount others) {
            return new Dense(others, activation, dropout);
        }

        @Override
        public String kind() {
            return "dense";
        }
    }

    /** As {@link Layer.Conv}. */
    record Conv(
            Amount filters,
            int kernel,
            int stride,
            Optional<Activation> activation,
            boolean batchNormalization,
            Padding padding)
            implements Activated {
        @Override
        public String kind() {
            return "conv";
        }
    }

    /** As {@link Layer.Deconv}. */
    record Deconv(Amount filters, int kernel, int stride, Optional<Activation> activation, boolean batchNormalization)
            implements Activated {
        @Override
        public String kind() {
            return "deconv";
        }
    }

    /** As {@link Layer.MaxPool}. */
    record Pool(int size, Padding padding) implements Form {
        @Override
        public String kind() {
            return "pool";
        }
    }

    /** As {@link Layer.Upsample}. */
    record Upsample(int factor) implements Form {
        @Override
        public String kind() {
            return "upsample";
        }
    }

    /**
     * As {@link Layer.Crop}; one that is like another layer and has nothing to cut is left out.
     *
     * @param corner the first row and column that are kept; empty for those that cut as much on either side, or one less
     */
    record Crop(Target to, Optional<Corner> corner) implements Form {
        @Override
        public String kind() {
            return "crop";
        }
    }

    /** As {@link Layer.Reshape}; one that is like another layer and has nothing to do is left out. */
    record Reshape(Target to) implements Form {
        @Override
        public String kind() {
            return "reshape";
        }
    }

    /** As {@link Layer.Join}. */
    record Add() implements Form {
        @Override
        public String kind() {
            return "add";
        }
    }

    /** Rows from the top, columns from the left. */
    record Corner(int top, int left) {}
}
