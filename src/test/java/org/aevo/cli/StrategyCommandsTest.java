package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aevo.config.RunConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs of each strategy: every decision is reproduced from the journal, and shown and predicted by the same commands. */
class StrategyCommandsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "aging, sync, reconstruct",
        "aging, async, reconstruct",
        "local, sync, reconstruct",
        "local, async, reconstruct",
        "nsga2, sync, reconstruct",
        "nsga2, async, classify",
        "pairwise, async, reconstruct",
        "aging, async, classify",
        "local, sync, classify"
    })
    void serveTheSameCommands(String strategy, String mode, String task) throws Exception {
        String run = folder.resolve("run").toString();
        String input =
                """
                name: base
                strategy: %s
                mode: %s
                budget: {evaluations: 100000}
                evolution: {population: 8, min-population: 4, neighbours: 6}
                task: {kind: %s}
                evaluator: {kind: simulated, distribution: constant, mean-seconds: 0.000001}
                cluster: {workers: 4}
                """
                        .formatted(strategy, mode, task);
        LongJournal.write(Path.of(run), RunConfig.parse(input, "input"), 200);

        Said verified = Said.by("verify", run);
        assertEquals(ExitCode.DONE, verified.code(), verified.all());
        assertTrue(verified.out().contains("200"), verified.out());

        Said shown = Said.by("show", run);
        assertEquals(ExitCode.DONE, shown.code(), shown.all());
        assertTrue(shown.out().contains(mode + " " + strategy), shown.out());
        Matcher barrier = Pattern.compile("\\((\\d\\.\\d+) at the barrier\\)").matcher(shown.out());
        assertTrue(barrier.find(), shown.out());
        assertEquals(mode.equals("sync"), Double.parseDouble(barrier.group(1)) > 0.05, barrier.group());

        Said front = Said.by("show", run, "--front");
        if (strategy.equals("nsga2")) {
            assertEquals(ExitCode.DONE, front.code(), front.all());
            String fitness = task.equals("classify") ? "cross-entropy" : "validation-loss";
            assertTrue(front.out().startsWith("objectives: " + fitness + ", parameters, all lower"), front.out());
            assertTrue(
                    Pattern.compile("\\d+ evaluations of 200 on the front; hypervolume [1-9]")
                            .matcher(front.out())
                            .find(),
                    front.out());
            String column = "objective_" + fitness.replace('-', '_');
            String csv = Said.by("show", run, "--csv").out();
            assertTrue(
                    csv.lines().findFirst().orElseThrow().contains("," + column + ",objective_parameters,genome"), csv);
            String json = Said.by("show", run, "--json").out();
            assertTrue(json.contains("\"hypervolume\"") && json.contains("\"" + column + "\""), json);
        } else {
            assertEquals(ExitCode.USAGE, front.code(), front.all());
            assertTrue(front.all().contains("--front: the run has no task.objectives"), front.all());
        }

        Said predicted = Said.by("predict", run, "--workers", "1,4", "--evaluations", "300", "--population", "workers");
        assertEquals(ExitCode.DONE, predicted.code(), predicted.all());
        assertTrue(predicted.out().startsWith("PREDICTION from "), predicted.out());
        assertEquals(!strategy.equals("pairwise"), predicted.out().contains("\nsync "), predicted.out());
        Said synchronous = Said.by("predict", run, "--workers", "1", "--modes", "sync");
        if (strategy.equals("pairwise")) {
            assertEquals(ExitCode.USAGE, synchronous.code(), synchronous.all());
            assertTrue(synchronous.all().contains("pairwise, which has no sync mode"), synchronous.all());
        } else {
            assertEquals(ExitCode.DONE, synchronous.code(), synchronous.all());
        }
    }

    @Test
    void frontNamesFiguresAsTheyAreLowered() throws Exception {
        String run = folder.resolve("run").toString();
        String input =
                """
                name: base
                budget: {evaluations: 100000}
                task: {kind: classify, objectives: [accuracy, parameters]}
                evaluator: {kind: simulated, distribution: constant, mean-seconds: 0.000001}
                """;
        LongJournal.write(Path.of(run), RunConfig.parse(input, "input"), 20);

        Said front = Said.by("show", run, "--front");
        assertEquals(ExitCode.DONE, front.code(), front.all());
        assertTrue(
                Pattern.compile("id fitness +1 - accuracy parameters +genome")
                        .matcher(front.out())
                        .find(),
                front.out());
    }
}
