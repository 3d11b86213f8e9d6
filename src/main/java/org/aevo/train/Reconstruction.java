package org.aevo.train;

import java.util.Map;
import org.aevo.search.Figure;

/** The plainest objective: the mean squared error of reconstructions. */
record Reconstruction(Samples targets, Samples validationTargets) implements Objective {

    @Override
    public Samples inputs(long seed, int epoch) {
        return targets;
    }

    @Override
    public Samples validationInputs() {
        return validationTargets;
    }

    @Override
    public Loss loss() {
        return Loss.MSE;
    }

    @Override
    public Map<Figure, Double> figures(Network network) {
        return Map.of();
    }

    @Override
    public double fitness(double validationLoss, Map<Figure, Double> figures, long parameters, double trainSeconds) {
        return validationLoss;
    }
}
