package org.aevo.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.aevo.data.DataSettings.Place;
import org.aevo.search.Figure;
import org.aevo.task.Augmentation;
import org.aevo.task.Classify;
import org.aevo.task.Corruption;
import org.aevo.task.Denoise;
import org.aevo.task.Embed;
import org.aevo.task.Fitness;
import org.aevo.task.Reconstruct;
import org.aevo.train.Loss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskReaderTest {
    private static final String BUDGET = "budget: {evaluations: 50}\n";

    private static RunConfig config(String task) {
        return RunConfig.parse(BUDGET + "task: {" + task + "}\n", "in.yaml");
    }

    @Test
    void tasks() {
        assertEquals(
                new Reconstruct(Loss.MSE, Fitness.VALIDATION_LOSS, 1000),
                config("").task());
        assertEquals(
                new Reconstruct(Loss.MSE, Fitness.VALIDATION_LOSS, 1000),
                RunConfig.parse(BUDGET, "in.yaml").task());
        assertEquals(
                new Denoise(
                        new Corruption.Gaussian(0.5),
                        Loss.BINARY_CROSS_ENTROPY,
                        new Fitness(Optional.of(Figure.SSIM), 0.01, 0),
                        300),
                config("kind: denoise, loss: binary-cross-entropy, fitness: ssim, parameter-weight: 0.01,"
                                + " figure-samples: 300")
                        .task());
        assertEquals(
                new Denoise(new Corruption.SaltAndPepper(0.25), Loss.MSE, Fitness.VALIDATION_LOSS, 1000),
                config("kind: denoise, corruption: salt-and-pepper").task());
        assertEquals(
                new Denoise(new Corruption.Masking(0.4), Loss.MSE, Fitness.VALIDATION_LOSS, 1000),
                config("kind: denoise, corruption: masking, fraction: 0.4").task());
        assertEquals(
                new Embed(9, Loss.MSE, new Fitness(Optional.of(Figure.PROBE_ACCURACY), 0, 0.5), 1000),
                config("kind: embed, neighbours: 9, fitness: probe-accuracy, time-weight: 0.5")
                        .task());
    }

    /** A run's own input has every key, also those of no use to it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
            kind: reconstruct
            kind: reconstruct, sigma: 0.5, neighbours: 5
            kind: denoise, sigma: 0.3
            kind: denoise, corruption: masking, fraction: 0.3
            kind: embed, fitness: continuity
            kind: classify
            kind: classify, loss: mse, figure-samples: 1000, neighbours: 5, fitness: macro-f1, folds: 3
            """)
    void theEffectiveInputSaysTheSame(String task) {
        RunConfig config = config(task);
        assertEquals(
                config.task(),
                RunConfig.parse(config.effective().yaml(), "effective.yaml").task());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
            clean: {path: c}; task.clean is for task.kind denoise alone
            kind: embed, clean: {path: c}; task.clean is for task.kind denoise alone
            kind: denoise, clean: {path: c}; task.clean is for data.kind idx, hdf5, npy, csv, images, not fashion-mnist
            kind: denoise, clean: {path: c}, corruption: masking; task.corruption corrupts nothing where task.clean has targets
            kind: denoise, clean: {path: c}, sigma: 0.1; task.sigma corrupts nothing where task.clean has targets
            kind: denoise, clean: {file: c}; unknown key 'task.clean.file'
            kind: denoize; task.kind must be one of reconstruct, denoise, embed, classify, was 'denoize' (did you mean 'denoise'?)
            kind: denoise, sigma: -0.1; task.sigma must be a number from 0 to 1000, was -0.1
            kind: denoise, corruption: masking, fraction: 1; task.fraction must be a number from 0.001 to 0.999, was 1
            kind: denoise, corruption: masking, sigma: 0.1; task.sigma is for task.kind denoise with task.corruption gaussian alone
            kind: denoise, fraction: 0.5; task.fraction is for task.kind denoise with task.corruption salt-and-pepper or masking alone
            corruption: masking; task.corruption is for task.kind denoise alone
            kind: embed, sigma: 0.1; task.sigma is for task.kind denoise with task.corruption gaussian alone
            kind: denoise, neighbours: 4; task.neighbours is for task.kind embed alone
            kind: denoise, fitness: continuity; task.fitness is continuity, which task.kind denoise does not measure; it has validation-loss, ssim
            kind: embed, fitness: ssim; task.fitness is ssim, which task.kind embed does not measure; it has validation-loss, trustworthiness, continuity, probe-accuracy, knn-accuracy
            fitness: psnr; task.fitness must be one of
            parameter-weight: -1; task.parameter-weight must be a number from 0 to 1000000, was -1
            figure-samples: 20000; task.figure-samples must be a whole number from 1 to 5000
            kind: classify, fitness: validation-loss; task.fitness is validation-loss, which task.kind classify does not measure; it has cross-entropy, accuracy, macro-f1
            kind: embed, fitness: accuracy; task.fitness is accuracy, which task.kind embed does not measure
            kind: classify, loss: binary-cross-entropy; task.loss is for task.kind reconstruct, denoise and embed alone
            kind: classify, loss: cross-entropy; task.loss must be one of mse, binary-cross-entropy, was 'cross-entropy'
            kind: classify, figure-samples: 50; task.figure-samples is for task.kind reconstruct, denoise and embed alone
            kind: classify, corruption: masking; task.corruption is for task.kind denoise alone
            kind: classify, folds: 0; task.folds must be a whole number from 1 to 100, was 0
            kind: classify, folds: 101; task.folds must be a whole number from 1 to 100, was 101
            kind: embed, folds: 2; task.folds is for task.kind classify alone
            sgima: 0.3; unknown key 'task.sgima'; did you mean 'sigma'?
            """)
    void refused(String task, String problem) {
        String message = assertThrows(InputException.class, () -> config(task)).getMessage();
        assertEquals(1, message.lines().count(), message);
        assertEquals("in.yaml:2:", message.substring(0, 10));
        assertEquals(true, message.contains(problem), message);
    }

    @Test
    void cleanTargetsOfTheirOwn() {
        String pairs = BUDGET + "task: {kind: denoise, clean: {dataset: c}}\n";
        RunConfig config = RunConfig.parse(pairs + "data: {kind: hdf5, path: x.h5, dataset: d}\n", "in.yaml");
        assertEquals(new Denoise(new Corruption.Given(), Loss.MSE, Fitness.VALIDATION_LOSS, 1000), config.task());
        assertEquals(
                Optional.of(new Place(Optional.empty(), Optional.of("c"), Optional.empty())),
                config.data().clean());
        RunConfig again = RunConfig.parse(config.effective().yaml(), "effective.yaml");
        assertEquals(config.task(), again.task());
        assertEquals(config.data(), again.data());

        refusedWith(
                pairs + "data: {kind: csv, path: x.csv}\n",
                "task.clean has a dataset, which is for data.kind hdf5, npy");
        refusedWith(
                BUDGET + "task: {kind: denoise, clean: {path: c}}\n"
                        + "data: {kind: npy, path: a.npy, test-from: {path: b.npy}}\n",
                "task.clean names one file, but data.validation-from or data.test-from have parts in others");
        refusedWith(
                BUDGET + "data: {kind: images, path: x, signals: true}\n",
                "data.signals is for the kinds hdf5, idx, npy, csv");
    }

    private static void refusedWith(String input, String problem) {
        String message = assertThrows(InputException.class, () -> RunConfig.parse(input, "in.yaml"))
                .getMessage();
        assertTrue(message.contains(problem), message);
    }

    @Test
    void crossEntropyIsOfASigmoid() {
        String message = assertThrows(
                        InputException.class,
                        () -> RunConfig.parse(
                                BUDGET + "task: {loss: binary-cross-entropy}\nspace: {output-activation: identity}\n",
                                "in.yaml"))
                .getMessage();
        assertEquals(
                "in.yaml:2:14: task.loss is binary-cross-entropy, which needs space.output-activation sigmoid, not identity",
                message);
    }

    @Test
    void aLargeCodeIsNoEmbedding() {
        assertEquals(
                List.of("space.latent is 16: embeddings usually have 2 to 8 values"),
                config("kind: embed").hints());
        assertEquals(
                List.of(),
                config("kind: denoise, objectives: [parameters, ssim]").hints());
        assertEquals(
                List.of(
                        "task.objectives has code-size, but all candidates of a search have the 16 values of space.latent:"
                                + " it tells networks of your own apart, not these"),
                config("objectives: [code-size, ssim]").hints());
        assertEquals(
                List.of(),
                RunConfig.parse(BUDGET + "task: {kind: embed}\nspace: {latent: 8}\n", "in.yaml")
                        .hints());
    }

    @Test
    void classifiers() {
        assertEquals(
                new Classify(1, Classify.fitness(Figure.CROSS_ENTROPY), Set.of()),
                config("kind: classify").task());
        assertEquals(
                new Classify(5, new Fitness(Optional.of(Figure.ACCURACY), 0.01, 0), Set.of()),
                config("kind: classify, folds: 5, fitness: accuracy, parameter-weight: 0.01")
                        .task());
        RunConfig augmenting =
                RunConfig.parse(BUDGET + "task: {kind: classify}\ndata: {augment: [crop, flip]}\n", "in.yaml");
        assertEquals(
                new Classify(1, Classify.fitness(Figure.CROSS_ENTROPY), Set.of(Augmentation.FLIP, Augmentation.CROP)),
                augmenting.task());
        assertEquals(
                augmenting.task(),
                RunConfig.parse(augmenting.effective().yaml(), "effective.yaml").task());
        refusedWith(BUDGET + "data: {augment: [flip]}\n", "in.yaml:2:17: data.augment is for task.kind classify alone");
        refusedWith(BUDGET + "data: {augment: [turn]}\n", "data.augment must be a list of flip, crop, was ['turn']");
    }
}
