package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.aevo.record.Outside;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A report of several runs of real processes: its numbers against those that numpy makes of the same files. */
@Timeout(240)
@Execution(ExecutionMode.CONCURRENT)
class CompareRunsTest {
    private static final String INPUT =
            """
            seed: 3
            budget: {evaluations: 24}
            evolution: {population: 6, min-population: 3, tournament: 2}
            space: {family: mixed, latent: 8}
            evaluator: {kind: simulated, mean-seconds: 0.05, cv: 0.5}
            cluster: {workers: 1, workers-per-process: 2}
            """;

    private static final String ORACLE =
            """
            import csv, glob, os, sys, h5py, numpy as np
            folder, tables = sys.argv[1:]
            runs = {}
            for place in glob.glob(os.path.join(folder, "*")):
                with h5py.File(os.path.join(place, "run.h5")) as f:
                    e = f["evaluations"]
                    column = {name: e[name][:] for name in ("dispatched_s", "arrived_s", "fitness", "generation")}
                    column["duration"] = e["build_s"][:] + e["train_s"][:] + e["validate_s"][:]
                    column["wall"] = column["arrived_s"].max() - column["dispatched_s"].min()
                    runs[f.attrs["mode"].decode(), int(f.attrs["workers"])] = column
            def rows(name):
                with open(os.path.join(tables, name + ".csv"), newline="") as f:
                    return list(csv.DictReader(f))
            def same(a, b):
                assert abs(float(a) - b) <= 1e-9 * max(1, abs(b)), (a, b)
            speedup = rows("speedup")
            assert len(speedup) == 4, speedup
            for row in speedup:
                one, run = runs[row["mode"], 1], runs[row["mode"], int(row["workers"])]
                same(row["speedup"], one["wall"] / run["wall"])
                same(row["efficiency"], one["wall"] / run["wall"] / int(row["workers"]))
                same(row["evaluations_per_hour"], 24 * 3600 / run["wall"])
            for row in rows("time-to-target"):
                run = runs[row["mode"], int(row["workers"])]
                good = run["arrived_s"][run["fitness"] <= float(row["fitness"])]
                assert (len(good) > 0) == (row["reached"] == "1"), row
                if len(good):
                    same(row["time_s"], good.min() - run["dispatched_s"].min())
            loss = {row["workers"]: row for row in rows("barrier-loss")}
            for workers in ("1", "2"):
                run = runs["sync", int(workers)]
                idle = 0
                for g in np.unique(run["generation"]):
                    free = [0.0] * int(workers)
                    for duration in run["duration"][run["generation"] == g]:
                        free[int(np.argmin(free))] += duration
                    idle += len(free) * max(free) - sum(free)
                same(loss[workers]["scheduled"], idle / (idle + run["duration"].sum()))
            print("the same")
            """;

    @TempDir
    Path folder;

    @Test
    void whatIsSaidOverManyRunsIsWhatOthersCount() throws Exception {
        Files.writeString(folder.resolve("small.yaml"), INPUT);
        for (String mode : new String[] {"sync", "async"}) {
            for (int workers = 1; workers <= 2; workers++) {
                run("many/" + mode + "-" + workers, mode, workers);
            }
        }
        AevoProcess.Result report = AevoProcess.run(folder, "report", "many", "-o", "out");
        assertEquals(ExitCode.DONE, report.code(), report.err());
        String page = Files.readString(folder.resolve("out/report.html"));
        assertTrue(page.contains("no spread can be shown"), "one run of each");
        Path tables = folder.resolve("out/tables");
        assertEquals("the same\n", Outside.python(ORACLE, folder.resolve("many").toString(), tables.toString()));

        run("other", "sync", 2, "--set", "evaluator.cv=0.1");
        AevoProcess.Result refused = AevoProcess.run(folder, "report", "other", "many/sync-1", "-o", "refused");
        assertEquals(ExitCode.USAGE, refused.code(), refused.err());
        assertTrue(
                refused.err()
                        .contains("no two of the 2 runs can be compared: evaluator.cv is 0.1 (other), 0.5 (sync-1)"),
                refused.err());
        assertFalse(Files.exists(folder.resolve("refused/report.html")));
    }

    private void run(String directory, String mode, int workers, String... more) throws Exception {
        String[] command = {"run", "small.yaml", "-o", directory, "--mode", mode, "--workers", Integer.toString(workers)
        };
        String[] all = java.util.Arrays.copyOf(command, command.length + more.length);
        System.arraycopy(more, 0, all, command.length, more.length);
        AevoProcess.Result result = AevoProcess.run(folder, all);
        assertEquals(ExitCode.DONE, result.code(), result.err());
    }
}
