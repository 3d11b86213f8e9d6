package org.aevo.task;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.aevo.random.Seeds;
import org.aevo.search.Criterion;
import org.aevo.search.Figure;
import org.aevo.train.Autoencoder;
import org.aevo.train.Fold;
import org.aevo.train.Loss;
import org.aevo.train.Network;
import org.aevo.train.Objective;
import org.aevo.train.Samples;
import org.aevo.train.Validation;

/** The objective of any task of autoencoders. */
final class TaskObjective implements Objective, Fold {
    private final AutoencoderTask task;
    private final Fitness fitness;
    private final Optional<Corruption> corruption;
    private final Samples train;
    private final Samples validation;
    private final Samples validationInputs;
    private final Function<Autoencoder, Map<Figure, Double>> figures;

    /** @param figures of a trained network */
    TaskObjective(
            AutoencoderTask task, TaskData data, Fitness fitness, Function<Autoencoder, Map<Figure, Double>> figures) {
        this.task = task;
        this.fitness = fitness;
        this.corruption = task.corruption();
        this.train = data.train();
        this.validation = data.validation();
        this.validationInputs = task.validationInputs(validation, data.seed());
        this.figures = figures;
    }

    @Override
    public List<Fold> folds() {
        return List.of(this);
    }

    @Override
    public Samples targets() {
        return train;
    }

    @Override
    public Samples inputs(long seed, int epoch) {
        return corruption.map(c -> c.corrupted(train, Seeds.of(seed, epoch))).orElse(train);
    }

    @Override
    public Optional<Validation> validation() {
        return Optional.of(Validation.squaredError(validationInputs, validation));
    }

    @Override
    public Loss loss() {
        return task.loss();
    }

    @Override
    public Map<Figure, Double> figures(Network network) {
        return figures.apply(network);
    }

    @Override
    public double fitness(double validationLoss, Map<Figure, Double> measured, long parameters, double trainSeconds) {
        return fitness.of(validationLoss, measured, parameters, trainSeconds);
    }

    @Override
    public List<Criterion> criteria() {
        return fitness.objectives();
    }
}
