package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.aevo.record.Outside;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whole runs with a task: what workers measured is in run.h5 as it was, and the fitness is what the input makes of it. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class TaskRunTest {
    private static final String INPUT =
            """
            name: task
            seed: 4
            budget: {evaluations: 5}
            evolution: {population: 4, min-population: 3, tournament: 2}
            space: {family: dense, latent: 2, max-genes: 2, units: [4, 16]}
            training: {engine: torch, epochs: 2}
            cluster: {workers: 1}
            """;

    /** Columns that hold numbers, and whether the fitness is what the second argument computes of them. */
    private static final String READ =
            """
            import sys, h5py, numpy as np
            with h5py.File(sys.argv[1]) as f:
                e = {k: d[:] for k, d in f["evaluations"].items() if d.dtype.kind in "fiu"}
            fitness = eval(sys.argv[2], {"log10": np.log10}, e)
            names = ("validation_loss", "psnr", "ssim", "trustworthiness", "continuity", "probe_accuracy", "knn_accuracy")
            print(len(e["fitness"]), [n for n in names if np.isfinite(e[n]).all()])
            print("adds up" if np.allclose(e["fitness"], fitness, rtol=1e-6, atol=0) else (e["fitness"], fitness))
            """;

    @TempDir
    Path folder;

    private String read(String yaml, String fitness) throws Exception {
        Files.writeString(folder.resolve("input.yaml"), INPUT + yaml);
        AevoProcess.Result run = AevoProcess.run(folder, "run", "input.yaml");
        assertEquals(ExitCode.DONE, run.code(), run.err());
        return Outside.python(READ, folder.resolve("runs/task/run.h5").toString(), fitness);
    }

    @Test
    void aDenoisingRunWithPenalties() throws Exception {
        Path images = RandomImages.write(folder.resolve("images"), 1);
        String said = read(
                "task: {kind: denoise, corruption: masking, fitness: ssim, parameter-weight: 0.02, time-weight: 0.01}\n"
                        + "data: {kind: mnist, path: " + images + ", train: 200, validation: 60}\n",
                "1 - ssim + 0.02 * log10(parameters) + 0.01 * log10(train_s)");
        assertEquals("5 ['validation_loss', 'psnr', 'ssim']\nadds up\n", said);
    }

    @Test
    void anEmbeddingRun() throws Exception {
        String said = read(
                "task: {kind: embed, fitness: trustworthiness, parameter-weight: 0.05}\n"
                        + "data: {kind: swiss-roll, samples: 300}\n",
                "1 - trustworthiness + 0.05 * log10(parameters)");
        assertEquals("5 ['validation_loss', 'trustworthiness', 'continuity']\nadds up\n", said);
    }
}
