package org.aevo.task;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.aevo.search.Figure;
import org.aevo.train.Autoencoder;
import org.aevo.train.Loss;
import org.aevo.train.Objective;
import org.aevo.train.Samples;

/**
 * Inputs are corrupted, outputs should be clean (P. Vincent, H. Larochelle, Y. Bengio, P.-A. Manzagol, 2008, Extracting and
 * composing robust features with denoising autoencoders). In training the corruption of a sample is another in each epoch
 * of each candidate; on validation and test samples it is always the same. Where inputs are {@linkplain Corruption.Given
 * given}, they are the same everywhere.
 */
public record Denoise(Corruption applied, Loss loss, Fitness fitness, int figureSamples) implements AutoencoderTask {

    @Override
    public Optional<Corruption> corruption() {
        return Optional.of(applied);
    }

    @Override
    public Optional<String> problem(Facts data) {
        return OutputFigures.problem(fitness, data);
    }

    @Override
    public Objective objective(TaskData data) {
        Samples inputs = validationInputs(data.validation(), data.seed());
        return new TaskObjective(this, data, fitness, new OutputFigures(inputs, data.validation(), figureSamples));
    }

    @Override
    public Function<Autoencoder, Map<Figure, Double>> testFigures(TaskData data) {
        return new OutputFigures(testInputs(data.validation(), data.seed()), data.validation(), Integer.MAX_VALUE);
    }
}
