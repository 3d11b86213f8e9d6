package org.aevo.network;

/**
 * How a network is trained; these evolve with the architecture.
 *
 * @param learningRate step size of the optimizer, positive
 * @param batchSize samples per gradient step
 */
public record Hyperparameters(Optimizer optimizer, double learningRate, int batchSize) {
    public Hyperparameters {
        Require.given("optimizer", optimizer);
        Require.positive("batch size", batchSize);
        if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
            throw new IllegalArgumentException("learning rate must be positive, was " + learningRate);
        }
    }
}
