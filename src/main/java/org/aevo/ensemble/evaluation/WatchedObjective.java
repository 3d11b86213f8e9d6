package org.aevo.ensemble.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.aevo.search.Figure;
import org.aevo.train.Fold;
import org.aevo.train.Loss;
import org.aevo.train.Network;
import org.aevo.train.Objective;
import org.aevo.train.Samples;
import org.aevo.train.Validation;

/**
 * An objective of one fold that shows the network in training.
 *
 * @param after given the network after each epoch, before it is validated
 * @param trained given it with the weights that were kept; counts as validation
 */
record WatchedObjective(Objective objective, Consumer<Network> after, Consumer<Network> trained)
        implements Objective, Fold {

    private Fold fold() {
        return objective.folds().get(0);
    }

    @Override
    public List<Fold> folds() {
        return List.of(this);
    }

    @Override
    public Loss loss() {
        return objective.loss();
    }

    @Override
    public double fitness(double validationLoss, Map<Figure, Double> figures, long parameters, double trainSeconds) {
        return objective.fitness(validationLoss, figures, parameters, trainSeconds);
    }

    @Override
    public Samples targets() {
        return fold().targets();
    }

    @Override
    public Samples inputs(long seed, int epoch) {
        return fold().inputs(seed, epoch);
    }

    @Override
    public Optional<Validation> validation() {
        return fold().validation().map(Watched::new);
    }

    @Override
    public Map<Figure, Double> figures(Network network) {
        trained.accept(network);
        return fold().figures(network);
    }

    private final class Watched implements Validation {
        private final Validation validation;

        Watched(Validation validation) {
            this.validation = validation;
        }

        @Override
        public int count() {
            return validation.count();
        }

        @Override
        public Pass begin(Network network) {
            after.accept(network);
            return validation.begin(network);
        }
    }
}
