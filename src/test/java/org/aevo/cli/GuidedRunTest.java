package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.aevo.record.RunHistory;
import org.aevo.record.RunPaths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of processes that a model guides and whose trainings are judged: recorded, gone on with, verified, predicted. */
@Timeout(200)
@Execution(ExecutionMode.CONCURRENT)
class GuidedRunTest {
    private static final String INPUT =
            """
            name: guided
            seed: 4
            space: {family: dense, latent: 2, max-genes: 3}
            evolution: {guide: surrogate, usual-first: yes, population: 8, tournament: 2}
            training: {stopping: halving, rungs: [1, 3], epochs: 9}
            evaluator: {kind: simulated, mean-seconds: 0.02, shape: [1, 8, 8]}
            cluster: {workers: 2, workers-per-process: 2}
            """;

    @TempDir
    Path folder;

    private AevoProcess.Result aevo(String... arguments) throws Exception {
        AevoProcess.Result result = AevoProcess.run(folder, arguments);
        assertEquals(ExitCode.DONE, result.code(), result.err());
        return result;
    }

    @ParameterizedTest
    @ValueSource(strings = {"async", "sync"})
    void isGoneOnWithAndVerified(String mode) throws Exception {
        Files.writeString(folder.resolve("input.yaml"), INPUT + "mode: " + mode + "\n");
        aevo("run", "input.yaml", "-o", "run", "--evaluations", "24");
        aevo("run", "--resume", "run", "--evaluations", "40");
        String verified = aevo("verify", "run").out();
        assertTrue(verified.contains("40 candidates and 40 evaluations reproduced"), verified);
        RunHistory history = RunHistory.read(new RunPaths(folder.resolve("run")).journal());
        assertEquals("usual", history.candidate(0).operator());
        int stopped = 0;
        for (long id = 0; id < 40; id++) {
            stopped +=
                    history.stoppedAt(id, history.evaluation(id).orElseThrow().attempt()) > 0 ? 1 : 0;
        }
        assertTrue(stopped > 3, stopped + " stopped");
        if (mode.equals("sync")) {
            aevo("run", "input.yaml", "-o", "one", "--evaluations", "40", "--workers", "1");
            RunHistory one = RunHistory.read(new RunPaths(folder.resolve("one")).journal());
            for (long id = 0; id < 40; id++) {
                assertEquals(one.candidate(id), history.candidate(id));
                assertEquals(
                        one.evaluation(id).orElseThrow().evaluation().fitness(),
                        history.evaluation(id).orElseThrow().evaluation().fitness());
            }
        }
        String table = aevo("predict", "run", "--stopping").out();
        assertTrue(table.contains("trainings of this run were stopped themselves"), table);
        assertTrue(aevo("predict", "run", "--workers", "1,4").out().contains("PREDICTION"));
    }

    @Test
    void whatCannotBeGuidedOrJudgedIsRefused() throws Exception {
        Files.writeString(folder.resolve("input.yaml"), INPUT);
        refused("training.rungs must be ascending epochs below the 9 of training.epochs", "training.rungs=[9]");
        refused("training.stopping is halving", "mode=sync", "strategy=random", "evolution.guide=none");
        refused(
                "evolution.parents is expected, but without evolution.guide",
                "evolution.parents=expected",
                "evolution.guide=none");
        refused("but in mode sync nobody is being evaluated", "evolution.parents=expected", "mode=sync");
    }

    private void refused(String why, String... settings) throws Exception {
        Stream<String> sets = Stream.of(settings).flatMap(setting -> Stream.of("--set", setting));
        AevoProcess.Result result = AevoProcess.run(
                folder,
                Stream.concat(Stream.of("run", "input.yaml", "-o", "no", "--evaluations", "20"), sets)
                        .toArray(String[]::new));
        assertEquals(ExitCode.USAGE, result.code());
        assertTrue(result.err().contains(why), result.err());
    }

    @Test
    void otherStrategiesAreNotGuidedAndSaySo() throws Exception {
        Files.writeString(folder.resolve("input.yaml"), INPUT);
        String said = aevo("run", "input.yaml", "-o", "aging", "--evaluations", "20", "--set", "strategy=aging")
                .err();
        assertTrue(said.contains("evolution.guide is surrogate, but candidates of strategy aging"), said);
        assertEquals(
                "random",
                RunHistory.read(new RunPaths(folder.resolve("aging")).journal())
                        .candidate(0)
                        .operator());
    }
}
