package org.aevo.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aevo.search.Figure;

/** The plainest objective: the mean squared error of reconstructions. */
record Reconstruction(Samples targets, Samples validationTargets) implements Objective, Fold {

    @Override
    public List<Fold> folds() {
        return List.of(this);
    }

    @Override
    public Samples inputs(long seed, int epoch) {
        return targets;
    }

    @Override
    public Optional<Validation> validation() {
        return Optional.of(Validation.squaredError(validationTargets, validationTargets));
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
