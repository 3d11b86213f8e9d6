package org.aevo.train.torch;

import org.aevo.network.Hyperparameters;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The rules of {@link org.aevo.network.Optimizer}, each a few passes over the flat tensor of all weights. */
abstract class UpdateRule {
    private static final double EPSILON = 1e-8;
    private static final double MOMENTUM = 0.9;

    /** For weights like these; state of the rule is owned by {@code owned}. */
    static UpdateRule of(Hyperparameters hyperparameters, Tensor weights, Owned owned) {
        double rate = hyperparameters.learningRate();
        return switch (hyperparameters.optimizer()) {
            case ADAM -> new Adam(rate, weights, owned);
            case RMSPROP -> new RmsProp(rate, 0.95, EPSILON, EPSILON, weights, owned);
            case KERAS_RMSPROP -> new RmsProp(rate, 0.9, 1e-7, 0, weights, owned);
            case NESTEROV -> new Momentum(true, rate, weights, owned);
            case MOMENTUM -> new Momentum(false, rate, weights, owned);
        };
    }

    /** One step. */
    abstract void apply(Tensor weights, Tensor gradient);

    private static final class Adam extends UpdateRule {
        private static final double BETA1 = 0.9;
        private static final double BETA2 = 0.999;

        private final double rate;
        private final Tensor mean;
        private final Tensor square;
        private final Scalar beta2;
        private final Scalar newMean;
        private final Scalar newSquare;
        private final Scalar epsilon;
        private int steps;

        Adam(double rate, Tensor weights, Owned owned) {
            this.rate = rate;
            mean = owned.own(torch.zeros_like(weights));
            square = owned.own(torch.zeros_like(weights));
            beta2 = owned.own(new Scalar(BETA2));
            newMean = owned.own(new Scalar(1 - BETA1));
            newSquare = owned.own(new Scalar(1 - BETA2));
            epsilon = owned.own(new Scalar(EPSILON));
        }

        @Override
        void apply(Tensor weights, Tensor gradient) {
            steps++;
            double corrected = rate * Math.sqrt(1 - Math.pow(BETA2, steps)) / (1 - Math.pow(BETA1, steps));
            mean.lerp_(gradient, newMean);
            square.mul_(beta2).addcmul_(gradient, gradient, newSquare);
            weights.addcdiv_(mean, square.sqrt().add_(epsilon), new Scalar(-corrected));
        }
    }

    private static final class RmsProp extends UpdateRule {
        private final Tensor square;
        private final Scalar decay;
        private final Scalar fresh;
        private final Scalar epsilon;
        private final Scalar minusRate;

        /**
         * @param kept how much of the average of squares a step keeps
         * @param epsilon that is added to its root
         * @param start of the average
         */
        RmsProp(double rate, double kept, double epsilon, double start, Tensor weights, Owned owned) {
            decay = owned.own(new Scalar(kept));
            fresh = owned.own(new Scalar(1 - kept));
            this.epsilon = owned.own(new Scalar(epsilon));
            minusRate = owned.own(new Scalar(-rate));
            square = owned.own(torch.zeros_like(weights));
            square.fill_(owned.own(new Scalar(start)));
        }

        @Override
        void apply(Tensor weights, Tensor gradient) {
            square.mul_(decay).addcmul_(gradient, gradient, fresh);
            weights.addcdiv_(gradient, square.sqrt().add_(epsilon), minusRate);
        }
    }

    private static final class Momentum extends UpdateRule {
        private final boolean nesterov;
        private final Tensor velocity;
        private final Scalar momentum;
        private final Scalar minusRate;

        Momentum(boolean nesterov, double rate, Tensor weights, Owned owned) {
            this.nesterov = nesterov;
            momentum = owned.own(new Scalar(MOMENTUM));
            minusRate = owned.own(new Scalar(-rate));
            velocity = owned.own(torch.zeros_like(weights));
        }

        /** Nesterov's 1.9 v' - 0.9 v is 0.9 v' - rate g, with v' = 0.9 v - rate g. */
        @Override
        void apply(Tensor weights, Tensor gradient) {
            velocity.mul_(momentum).add_(gradient, minusRate);
            if (nesterov) {
                weights.add_(velocity, momentum).add_(gradient, minusRate);
            } else {
                weights.add_(velocity);
            }
        }
    }
}
