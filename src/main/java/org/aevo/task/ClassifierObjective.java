package org.aevo.task;

import java.util.List;
import java.util.Map;
import org.aevo.search.Criterion;
import org.aevo.search.Figure;
import org.aevo.train.Fold;
import org.aevo.train.Loss;
import org.aevo.train.Objective;

/** What classifiers are trained for: as little cross-entropy as can be. */
record ClassifierObjective(List<Fold> folds, Fitness fitness) implements Objective {

    @Override
    public Loss loss() {
        return Loss.CROSS_ENTROPY;
    }

    @Override
    public double fitness(double validationLoss, Map<Figure, Double> figures, long parameters, double trainSeconds) {
        return fitness.of(validationLoss, figures, parameters, trainSeconds);
    }

    @Override
    public List<Criterion> criteria() {
        return fitness.objectives();
    }
}
