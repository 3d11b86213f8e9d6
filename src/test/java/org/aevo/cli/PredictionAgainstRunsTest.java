package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Predictions against measurements: real masters and workers with simulated evaluations. What is predicted from is one run of
 * four workers. A candidate's duration comes from its seed and id alone, so that the prediction can give each its own: what
 * remains is the error of the model, not of the sample.
 */
@Isolated("it compares times")
class PredictionAgainstRunsTest {
    private static final double BOUND = 0.05;

    /** A busy machine spoils a measurement now and then, a wrong model all of them. */
    private static final int ATTEMPTS = 3;

    @TempDir
    Path folder;

    private double meanSeconds;
    private int population;

    private Path measure(String mode, int workers, int evaluations, int attempt) throws Exception {
        Path input = folder.resolve("input.yaml");
        Files.writeString(
                input,
                """
                name: predicted
                seed: 11
                budget: {evaluations: 4000}
                evolution: {population: %d}
                space: {family: mixed, latent: 8}
                evaluator: {kind: simulated, mean-seconds: %s, cv: 0.5}
                cluster: {workers-per-process: 32}
                """
                        .formatted(population, meanSeconds));
        Path run = folder.resolve(mode + "-" + workers + "-" + attempt);
        AevoProcess.Result result = AevoProcess.run(
                folder,
                "run",
                input.toString(),
                "-o",
                run.toString(),
                "--mode",
                mode,
                "--workers",
                Integer.toString(workers),
                "--evaluations",
                Integer.toString(evaluations));
        assertEquals(ExitCode.DONE, result.code(), result.err());
        return run;
    }

    /** How a prediction of a run that is made now is wrong; empty if it is right. */
    private Optional<String> disagreement(Path base, String mode, int workers, int evaluations, int attempt)
            throws Exception {
        String[] row = predicted(base, measure(mode, workers, evaluations, attempt));
        boolean right = close(row[5], row[6]) && close(row[7], row[8]);
        return right
                ? Optional.empty()
                : Optional.of("%s with %d workers: predicted %s s, measured %s s; utilisation %s, measured %s%n"
                        .formatted(mode, workers, row[5], row[6], row[7], row[8]));
    }

    private String[] predicted(Path base, Path run) throws IOException {
        Path csv = folder.resolve("check.csv");
        Said said = Said.by(
                "predict", base.toString(), "--measured", run.toString(), "--draw", "same", "--csv", csv.toString());
        assertEquals(ExitCode.DONE, said.code(), said.all());
        List<String> lines = Files.readAllLines(csv);
        assertEquals(
                "run,mode,workers,team,evaluations,predicted_wall_s,measured_wall_s,predicted_utilisation,measured_utilisation",
                lines.get(0));
        return lines.get(1).split(",");
    }

    private static boolean close(String predicted, String measured) {
        return Math.abs(Double.parseDouble(predicted) / Double.parseDouble(measured) - 1) <= BOUND;
    }

    @Test
    @Timeout(300)
    void eightWorkersArePredictedFromFour() throws Exception {
        meanSeconds = 0.3;
        population = 16;
        StringBuilder wrong = new StringBuilder();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            wrong.setLength(0);
            Path base = measure("async", 4, 112, 10 * attempt);
            disagreement(base, "async", 8, 112, attempt).ifPresent(wrong::append);
            disagreement(base, "sync", 8, 112, attempt).ifPresent(wrong::append);
            if (wrong.isEmpty()) {
                return;
            }
        }
        fail(wrong.toString());
    }

    @Test
    @Tag("long")
    @Timeout(3600)
    void oneToSixtyFourWorkersArePredictedFromFour() throws Exception {
        meanSeconds = 0.3;
        population = 64;
        Path base = measure("async", 4, 1920, 0);
        StringBuilder wrong = new StringBuilder();
        for (int workers = 1; workers <= 64; workers *= 2) {
            for (String mode : List.of("sync", "async")) {
                Optional<String> last = Optional.of("");
                for (int attempt = 1; attempt <= ATTEMPTS && last.isPresent(); attempt++) {
                    last = disagreement(base, mode, workers, Math.max(120, 30 * workers), attempt);
                }
                last.ifPresent(wrong::append);
            }
        }
        assertEquals("", wrong.toString());
    }
}
