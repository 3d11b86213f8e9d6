package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.aevo.record.Outside;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From an array of signals to a model, in both engines: convolutions along the signals, and numpy agrees. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class SignalRunTest {
    /** Mixtures of two sines in each of three channels. */
    private static final String SIGNALS =
            """
            import sys, numpy as np
            r, t = np.random.default_rng(1), np.arange(48) / 48
            def sines():
                frequency, phase = r.integers(1, 7, (200, 3, 1)), r.uniform(0, 6.28, (200, 3, 1))
                return r.uniform(0.2, 1, (200, 3, 1)) * np.sin(2 * np.pi * frequency * t + phase)
            x = (sines() + sines()).astype(np.float32)
            np.save(sys.argv[1], x if sys.argv[2] == "channels-first" else x.transpose(0, 2, 1))
            print(x.shape)
            """;

    private static final String INPUT =
            """
            name: signals
            seed: 4
            budget: {evaluations: 3}
            evolution: {population: 2, min-population: 2, tournament: 2}
            space: {family: convolutional, latent: 3, max-genes: 3, filters: [2, 8], kernel: [2, 5], strides: [2, 3], max-layers: 8}
            training: {engine: ENGINE, epochs: 2}
            data: {kind: npy, path: s.npy, signals: true, train: 150, validation: 25, test: 25}
            cluster: {workers: 1}
            """;

    private static final String WEIGHTS =
            """
            import sys, h5py
            with h5py.File(sys.argv[1]) as f:
                shapes = {name: array.shape for name, array in f["weights"].items()}
                print(f["examples/originals"].shape, shapes["e0_conv_W"][1:3],
                      all(s[2] == 1 for n, s in shapes.items() if len(s) == 4))
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"dl4j, channels-last", "torch, channels-first"})
    void evolveAndBecomeAModel(String engine, String layout) throws Exception {
        Path array = folder.resolve("s.npy");
        assertEquals("(200, 3, 48)\n", Outside.python(SIGNALS, array.toString(), layout));
        Files.writeString(folder.resolve("input.yaml"), INPUT.replace("ENGINE", engine));
        AevoProcess.Result run = AevoProcess.run(folder, "run", "input.yaml");
        assertEquals(ExitCode.DONE, run.code(), run.err());
        assertTrue(run.err().contains("samples are signals of 3 channels, 48 values each"), run.err());
        assertTrue(run.out().contains("3 evaluations (3 ok)"), run.out());
        assertTrue(
                Pattern.compile("filters? 1x[1-7], stride [23]")
                        .matcher(run.out())
                        .find(),
                run.out());

        Path directory = folder.resolve("runs/signals");
        AevoProcess.Result trained =
                AevoProcess.run(folder, "train", directory.toString(), "--epochs", "2", "--no-textbooks");
        assertEquals(ExitCode.DONE, trained.code(), trained.err());
        Path best = directory.resolve("best");
        assertTrue(Files.size(best.resolve("reconstructions.png")) > 10_000, trained.err());
        Outside.Result numpy = Outside.script("bench/reconstruct.py", best.toString());
        assertEquals(0, numpy.exit(), numpy.output());
        assertEquals(
                "(10, 3, 1, 48) (3, 1) True\n",
                Outside.python(WEIGHTS, best.resolve("model.h5").toString()));
    }
}
