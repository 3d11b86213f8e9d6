package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.aevo.record.MetricsFile;
import org.aevo.record.ModelMetrics;
import org.aevo.record.Outside;
import org.aevo.search.Figure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Denoising by pairs of one's own, in a split of one's own: search, model and baselines have the same pairs. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class CleanTargetsRunTest {
    /** Says how far the noisy samples of the test file are from the clean ones. */
    private static final String PAIRS =
            """
            import sys, numpy as np
            r = np.random.default_rng(2)
            for part, count in ("train", 240), ("test", 40):
                up = np.linspace(0, 1, 30)
                clean = 60 + 120 * r.uniform(0, 1, (count, 1)) * up + 60 * r.uniform(0, 1, (count, 1)) * up ** 2
                noisy = np.clip(clean + r.normal(0, 20, clean.shape), 0, 255).astype(np.uint8)
                clean = clean.astype(np.uint8)
                np.savez(f"{sys.argv[1]}/{part}.npz", noisy=noisy, clean=clean)
            print(np.mean((noisy / 255 - clean / 255) ** 2))
            """;

    private static final String INPUT =
            """
            name: pairs
            seed: 4
            budget: {evaluations: 4}
            evolution: {population: 3, min-population: 2, tournament: 2}
            task: {kind: denoise, clean: {dataset: clean}}
            space: {family: mixed, latent: 2, max-genes: 2, units: [8, 32], filters: [2, 8]}
            training: {engine: torch, epochs: 3}
            data: {kind: npy, path: train.npz, dataset: noisy, signals: true, validation: 40, test-from: {path: test.npz}}
            cluster: {workers: 1}
            """;

    private static final String EXAMPLES =
            """
            import sys, h5py, numpy as np
            test = np.load(sys.argv[2])
            with h5py.File(sys.argv[1]) as f:
                inputs, originals = (f["examples"][n][:].reshape(10, 30) for n in ("inputs", "originals"))
            for noisy, clean in zip(inputs, originals):
                which = [i for i in range(40) if np.allclose(test["noisy"][i] / 255, noisy, atol=1e-6)]
                assert len(which) == 1 and np.allclose(test["clean"][which[0]] / 255, clean, atol=1e-6), which
            print("pairs")
            """;

    @TempDir
    Path folder;

    @Test
    void everyModelGetsThePairs() throws Exception {
        double apart = Double.parseDouble(Outside.python(PAIRS, folder.toString()));
        Files.writeString(folder.resolve("input.yaml"), INPUT);
        AevoProcess.Result run = AevoProcess.run(folder, "run", "input.yaml");
        assertEquals(ExitCode.DONE, run.code(), run.err());
        assertTrue(run.out().contains("denoise, clean targets of their own"), run.out());
        Path directory = folder.resolve("runs/pairs");
        AevoProcess.Result trained =
                AevoProcess.run(folder, "train", directory.toString(), "--epochs", "2", "--no-textbooks");
        assertEquals(ExitCode.DONE, trained.code(), trained.err());

        ModelMetrics metrics = MetricsFile.read(directory.resolve("best/metrics.json"));
        assertEquals("denoise, clean targets of their own", metrics.task());
        assertEquals(apart, row(metrics, "input").error(), 1e-7);
        assertEquals(-10 * Math.log10(apart), row(metrics, "input").figure(Figure.PSNR), 1);
        // a plane of two directions is found in the noise
        assertTrue(row(metrics, "ridge").error() < apart / 3, trained.out());
        assertTrue(row(metrics, "pca").error() < apart / 2, trained.out());
        Path model = directory.resolve("best/model.h5");
        assertEquals(
                "pairs\n",
                Outside.python(
                        EXAMPLES, model.toString(), folder.resolve("test.npz").toString()));
        Outside.Result numpy = Outside.script("bench/reconstruct.py", model.toString());
        assertEquals(0, numpy.exit(), numpy.output());
    }

    private static ModelMetrics.Row row(ModelMetrics metrics, String kind) {
        return metrics.rows().stream()
                .filter(row -> row.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }
}
