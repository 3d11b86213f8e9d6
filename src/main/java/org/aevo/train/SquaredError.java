package org.aevo.train;

import java.util.Map;

/** Validation by the mean squared error per value. */
public record SquaredError(Samples inputs, Samples targets) implements Validation {

    @Override
    public int count() {
        return targets.count();
    }

    @Override
    public Pass begin(Network network) {
        return new Pass() {
            private double sum;

            @Override
            public void add(int from, int to) {
                sum += network.loss(inputs, targets, from, to) * (to - from);
            }

            @Override
            public Measured end() {
                double mean = sum / targets.count();
                return new Measured(mean, mean, Map.of());
            }
        };
    }
}
