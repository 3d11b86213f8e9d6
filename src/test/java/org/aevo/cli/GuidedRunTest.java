package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
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
    void anotherRuleIsNotTheRecordedOne() throws Exception {
        Files.writeString(folder.resolve("input.yaml"), INPUT);
        aevo("run", "input.yaml", "-o", "run", "--evaluations", "20");
        AevoProcess.Result refused = AevoProcess.run(
                folder, "run", "input.yaml", "-o", "no", "--evaluations", "20", "--set", "training.rungs=[9]");
        assertEquals(ExitCode.USAGE, refused.code());
        assertTrue(
                refused.err().contains("training.rungs must be ascending epochs below the 9 of training.epochs"),
                refused.err());
        AevoProcess.Result random = AevoProcess.run(
                folder,
                "run",
                "input.yaml",
                "-o",
                "no",
                "--evaluations",
                "20",
                "--set",
                "mode=sync",
                "--set",
                "strategy=random",
                "--set",
                "evolution.guide=none");
        assertEquals(ExitCode.USAGE, random.code());
        assertTrue(random.err().contains("training.stopping is halving"), random.err());
        AevoProcess.Result aging = AevoProcess.run(
                folder, "run", "input.yaml", "-o", "aging", "--evaluations", "20", "--set", "strategy=aging");
        assertEquals(ExitCode.DONE, aging.code(), aging.err());
        assertTrue(aging.err().contains("evolution.guide is surrogate, but candidates of strategy aging"), aging.err());
        assertEquals(
                "random",
                RunHistory.read(new RunPaths(folder.resolve("aging")).journal())
                        .candidate(0)
                        .operator());
        AevoProcess.Result expected = AevoProcess.run(
                folder,
                "run",
                "input.yaml",
                "-o",
                "no",
                "--evaluations",
                "20",
                "--set",
                "evolution.parents=expected",
                "--set",
                "evolution.guide=none");
        assertEquals(ExitCode.USAGE, expected.code());
        assertTrue(
                expected.err().contains("evolution.parents is expected, but without evolution.guide"), expected.err());
    }
}
