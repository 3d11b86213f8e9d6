package org.aevo.task;

import java.util.Optional;
import org.aevo.train.Loss;
import org.aevo.train.Objective;

/** What comes out should be what went in. Figures are measured only if the fitness stands on one. */
public record Reconstruct(Loss loss, Fitness fitness, int figureSamples) implements Task {

    @Override
    public Optional<String> problem(Facts data) {
        return OutputFigures.problem(fitness, data);
    }

    @Override
    public Objective objective(TaskData data) {
        return new TaskObjective(
                this,
                data,
                fitness.figure().isPresent()
                        ? new OutputFigures(data.validation(), data.validation(), figureSamples)
                        : network -> java.util.Map.of());
    }
}
