package org.aevo.task;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.aevo.search.Figure;
import org.aevo.train.Autoencoder;
import org.aevo.train.Loss;
import org.aevo.train.Objective;

/** What comes out should be what went in. Figures are measured only if the fitness or an objective stands on one. */
public record Reconstruct(Loss loss, Fitness fitness, int figureSamples) implements AutoencoderTask {

    @Override
    public Optional<String> problem(Facts data) {
        return OutputFigures.problem(fitness, data);
    }

    @Override
    public Objective objective(TaskData data) {
        return new TaskObjective(
                this,
                data,
                fitness,
                fitness.figures().isEmpty()
                        ? model -> Map.of()
                        : new OutputFigures(data.validation(), data.validation(), figureSamples));
    }

    @Override
    public Function<Autoencoder, Map<Figure, Double>> testFigures(TaskData data) {
        return new OutputFigures(testInputs(data.validation(), data.seed()), data.validation(), Integer.MAX_VALUE);
    }
}
