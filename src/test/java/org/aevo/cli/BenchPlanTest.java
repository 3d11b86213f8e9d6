package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.record.RunHistory;
import org.aevo.search.Mode;
import org.aevo.search.StrategyKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs a bench consists of, and what it refuses before it makes any. */
class BenchPlanTest {
    private static final String INPUT =
            """
            name: simulated
            seed: 5
            budget: {evaluations: 24}
            evolution: {population: 6, tournament: 2}
            space: {family: mixed, latent: 8}
            evaluator: {kind: simulated, mean-seconds: 2, cv: 0.3}
            """;

    @TempDir
    Path folder;

    private String input(String yaml) throws IOException {
        return Files.writeString(folder.resolve("input.yaml"), yaml).toString();
    }

    private static BenchPlan plan(Scaling scaling, int room, Integer... workers) {
        return new BenchPlan(
                RunConfig.parse(INPUT, "test", Map.of("budget.wall-seconds", new RunConfig.Option("test", "9"))),
                new BenchGrid(scaling, List.of(workers), List.of(Mode.SYNC, Mode.ASYNC), 3, room, false),
                OptionalLong.of(24),
                false);
    }

    @Test
    void whatIsEqualDependsOnTheScaling() {
        Map<Scaling, List<Long>> expected = Map.of(
                Scaling.STRONG, List.of(24L, 24L, 24L),
                Scaling.WEAK, List.of(24L, 48L, 192L),
                Scaling.TIME, List.of(-1L, -1L, -1L));
        expected.forEach((scaling, evaluations) -> {
            List<Long> found = new ArrayList<>();
            for (int workers : List.of(1, 2, 8)) {
                var budget = plan(scaling, 8, 1, 2, 8)
                        .run(Mode.SYNC, workers, 1)
                        .config()
                        .budget();
                found.add(budget.evaluations().orElse(-1));
                assertEquals(
                        scaling == Scaling.TIME ? OptionalDouble.of(9) : OptionalDouble.empty(), budget.wallSeconds());
            }
            assertEquals(evaluations, found, scaling.toString());
        });
    }

    @Test
    void runsDifferInModeWorkersAndSeedAlone() {
        List<BenchRun> runs = plan(Scaling.STRONG, 8, 1, 2, 8).runs();
        assertEquals(18, runs.stream().map(BenchRun::name).distinct().count());
        for (BenchRun run : runs) {
            Set<String> keys = new HashSet<>();
            runs.get(0).config().effective().changesTo(run.config().effective()).stream()
                    .map(change -> change.substring(0, change.indexOf(' ')))
                    .forEach(keys::add);
            keys.removeAll(Set.of("mode", "cluster.workers", "seed"));
            assertEquals(Set.of(), keys, run.name());
            assertEquals(5 + run.repeat() - 1, run.config().seed(), run.name());
        }
    }

    /** Of a strategy without a barrier there is nothing synchronous to measure, unless somebody asks for it. */
    @Test
    void modesAreThoseThatTheStrategyHas() {
        BenchGrid grid = new BenchGrid(Scaling.STRONG, List.of(2), List.of(Mode.values()), 1, 2, false);
        assertEquals(
                List.of(Mode.ASYNC), grid.serving(StrategyKind.PAIRWISE, false).modes());
        assertEquals(
                List.of(Mode.values()), grid.serving(StrategyKind.GENETIC, true).modes());
        String message = assertThrows(InputException.class, () -> grid.serving(StrategyKind.PAIRWISE, true))
                .getMessage();
        assertEquals("--modes: the strategy is pairwise, which has no sync mode: leave it out", message);
    }

    @Test
    void driftOfTheMachineIsFair() {
        List<BenchRun> runs = plan(Scaling.STRONG, 8, 1, 2).runs();
        assertEquals(
                List.of(
                        "sync-1w-r1",
                        "async-1w-r1",
                        "sync-2w-r1",
                        "async-2w-r1",
                        "async-2w-r2",
                        "sync-2w-r2",
                        "async-1w-r2",
                        "sync-1w-r2",
                        "sync-1w-r3",
                        "async-1w-r3",
                        "sync-2w-r3",
                        "async-2w-r3"),
                runs.stream().map(BenchRun::name).toList());
    }

    @Test
    void simulatedWorkersShareProcessesWhereThereAreTooFewProcessors() {
        for (int room = 1; room < 70; room++) {
            for (int workers : IntStream.concat(IntStream.range(1, 300), IntStream.of(1000))
                    .toArray()) {
                int each = BenchPlan.sharing(workers, room);
                assertTrue(each >= 1 && each <= 2 * 64, workers + " in " + room);
                int equal = BenchPlan.equalSharing(workers, room);
                assertEquals(0, workers % equal);
                assertTrue(workers / equal <= room, workers + " in " + room);
            }
        }
        assertEquals(32, BenchPlan.sharing(64, 2));
        assertEquals(64, BenchPlan.sharing(256, 2));
        assertEquals(1, BenchPlan.sharing(8, 8));
        assertEquals(2, plan(Scaling.STRONG, 2, 4).run(Mode.SYNC, 4, 1).processes());
    }

    @Test
    void wrongUsageIsRefusedInOneLineAndNothingIsWritten() throws Exception {
        String input = input(INPUT);
        String place = folder.resolve("bench").toString();
        Path file = Files.writeString(folder.resolve("file"), "");
        Path run = Files.createDirectories(folder.resolve("run"));
        Files.writeString(run.resolve("input.yaml"), INPUT);
        List<List<String>> wrong = List.of(
                List.of("'0' is not a number", "--workers", "0"),
                List.of("expected numbers of workers", "--workers", "1,,2"),
                List.of("2 stands there twice", "--workers", "1,2,2"),
                List.of("'fast' is not one of sync, async", "--modes", "fast"),
                List.of("'0' is not a number", "--repeats", "0"),
                List.of("not one of strong, weak, time", "--scaling", "great"),
                List.of("how long? Give --wall-seconds", "--scaling", "time"),
                List.of("use --scaling time", "--wall-seconds", "3"),
                List.of("use --wall-seconds", "--scaling", "time", "--wall-seconds", "3", "--evaluations", "5"),
                List.of("use --modes", "--set", "mode=sync"),
                List.of("use --workers", "--set", "cluster.workers=3"),
                List.of("how many evaluations", "--set", "budget={wall-seconds: 3}"),
                List.of(
                        "1 worker: cluster.team is 2, but there is 1 worker",
                        "--workers",
                        "4,1",
                        "--set",
                        "cluster.team=2"),
                List.of("population is 6, larger than the 4", "--scaling", "weak", "--evaluations", "4"),
                List.of("is a file", "-o", file.toString()),
                List.of("holds a run itself", "-o", run.toString()),
                List.of("belongs to --prepare or --table", "--room", "3"),
                List.of("only one can be done", "--prepare", "--dry-run"),
                List.of("room for 3", "--prepare", "--room", "3", "--workers", "8", "--set", "evaluator.kind=train"),
                List.of(
                        "not a multiple",
                        "--prepare",
                        "--room",
                        "3",
                        "--workers",
                        "7",
                        "--set",
                        "cluster.workers-per-process=3"));
        for (List<String> one : wrong) {
            List<String> command = new ArrayList<>(List.of("bench", input));
            if (!one.contains("-o")) {
                command.addAll(List.of("-o", place));
            }
            command.addAll(one.subList(1, one.size()));
            Said said = Said.by(command.toArray(String[]::new));
            assertEquals(ExitCode.USAGE, said.code(), one + ": " + said.all());
            assertTrue(said.err().contains(one.get(0)), one + ": " + said.err());
            assertEquals(1, said.err().lines().count(), said.err());
        }
        assertFalse(Files.exists(Path.of(place)));
    }

    @Test
    void aDryRunListsTheRunsAndWritesNothing() throws Exception {
        Path place = folder.resolve("bench");
        Said said = Said.by(
                "bench",
                input(INPUT),
                "-o",
                place.toString(),
                "--workers",
                "1,4",
                "--scaling",
                "weak",
                "--evaluations",
                "10",
                "--dry-run");
        assertEquals(ExitCode.DONE, said.code(), said.err());
        // ten evaluations of two seconds, and what it takes to start
        assertTrue(said.out().contains("sync-1w-r1                            5          10      0:2"), said.out());
        assertTrue(said.out().contains("async-4w-r3                           7          40      0:2"), said.out());
        assertTrue(said.out().contains("12 runs, in all about"), said.out());
        assertEquals(
                12,
                said.out().lines().filter(line -> line.endsWith("SIMULATED")).count());
        assertFalse(Files.exists(place));
    }

    @Test
    void aTableAsksForNoGpus() throws Exception {
        // no machine has as many
        List<String> bench = List.of(
                "bench",
                input(INPUT),
                "-o",
                folder.resolve("bench").toString(),
                "--workers",
                "9999",
                "--modes",
                "async",
                "--repeats",
                "1",
                "--set",
                "cluster.gpus=yes");
        Said refused =
                Said.by(Stream.concat(bench.stream(), Stream.of("--dry-run")).toArray(String[]::new));
        assertEquals(ExitCode.USAGE, refused.code(), refused.all());
        assertTrue(refused.err().contains("GPU"), refused.err());
        Said said = Said.by(Stream.concat(bench.stream(), Stream.of("--table")).toArray(String[]::new));
        assertEquals(ExitCode.DONE, said.code(), said.err());
        assertTrue(said.out().contains("not complete"), said.out());
    }

    @Test
    void whatIsPreparedForALauncherFitsItsRanks() throws Exception {
        Path place = folder.resolve("bench");
        Said said = Said.by(
                "bench",
                input(INPUT),
                "-o",
                place.toString(),
                "--workers",
                "2,12",
                "--modes",
                "async",
                "--repeats",
                "1",
                "--prepare",
                "--room",
                "5");
        assertEquals(ExitCode.DONE, said.code(), said.err());
        assertEquals("async-2w-r1\t2\tnew\nasync-12w-r1\t4\tnew\n", said.out());
        RunConfig config = RunConfig.read(place.resolve("inputs/async-12w-r1.yaml"), Map.of(), List.of());
        assertEquals(3, config.cluster().workersPerProcess());
        assertEquals(12, config.cluster().workers());
        assertEquals(Mode.ASYNC, config.mode());
        assertTrue(Files.readString(place.resolve("bench.yaml")).contains("scaling: strong\nevaluations: 24\n"));
        try (Stream<Path> written = Files.walk(place)) {
            assertEquals(6, written.count());
        }
    }

    @Test
    void nothingIsWrittenBesideAnotherBench() throws Exception {
        Path place = folder.resolve("bench");
        List<String> prepare = List.of("bench", input(INPUT), "-o", place.toString(), "--workers", "2", "--prepare");
        try (FileChannel other = new BenchDirectory(place).lock()) {
            for (List<String> command : List.of(prepare, prepare.subList(0, prepare.size() - 1))) {
                Said said = Said.by(command.toArray(String[]::new));
                assertEquals(ExitCode.FAILED, said.code(), said.all());
                assertTrue(said.err().contains("another 'aevo bench' works there"), said.err());
            }
            try (Stream<Path> written = Files.list(place)) {
                assertEquals(List.of(place.resolve("bench.lock")), written.toList());
            }
        }
        Said said = Said.by(prepare.toArray(String[]::new));
        assertEquals(ExitCode.DONE, said.code(), said.err());
    }

    @Test
    void aRunThatWasBegunGoesOnWithItsProcessesWhereThereIsMoreRoom() throws Exception {
        Path place = folder.resolve("bench");
        List<String> bench = List.of(
                "bench",
                input(INPUT),
                "-o",
                place.toString(),
                "--workers",
                "12",
                "--modes",
                "async",
                "--repeats",
                "2",
                "--prepare",
                "--room");
        Function<List<String>, Said> prepare =
                more -> Said.by(Stream.concat(bench.stream(), more.stream()).toArray(String[]::new));
        assertEquals(
                "async-12w-r1\t4\tnew\nasync-12w-r2\t4\tnew\n",
                prepare.apply(List.of("5")).out());
        Path input = place.resolve("inputs/async-12w-r1.yaml");
        String begun = Files.readString(input);
        HandMadeRun.started(12).write(place.resolve("async-12w-r1"));
        Files.writeString(place.resolve("async-12w-r1/input.yaml"), begun);

        Said more = prepare.apply(List.of("12"));
        assertEquals("async-12w-r1\t4\tstopped\nasync-12w-r2\t12\tnew\n", more.out(), more.err());
        assertEquals(begun, Files.readString(input));

        Said less = prepare.apply(List.of("3"));
        assertEquals(ExitCode.USAGE, less.code(), less.all());
        assertTrue(less.err().contains("12 workers need 4 processes, but there is room for 3"), less.err());

        Said other = prepare.apply(List.of("12", "--set", "cluster.workers-per-process=2"));
        assertEquals(ExitCode.USAGE, other.code(), other.all());
        assertTrue(other.err().contains("cluster.workers-per-process was 3, is 2 in async-12w-r1"), other.err());
    }

    @Test
    void whatIsKnownOfSomeRunsTellsHowLongTheOthersTake() {
        BenchEstimate estimate = new BenchEstimate(OptionalDouble.empty(), 2);
        BenchPlan plan = plan(Scaling.STRONG, 2, 1, 4);
        BenchRun one = plan.run(Mode.SYNC, 1, 1);
        assertTrue(estimate.seconds(one, 0, 0).isEmpty());
        // one evaluation of three seconds is known while the run goes on
        RunHistory history = new RunHistory();
        HandMadeRun.started(1)
                .joined(0, 1, 1)
                .asked(0, 0, 2)
                .arrived(0, 1, 0, 6, 3)
                .entries()
                .forEach(history::apply);
        estimate.watch(history);
        assertEquals(
                23 * 3,
                estimate.seconds(one, 1, 6).getAsDouble()
                        - estimate.seconds(one, 24, 6).getAsDouble(),
                1e-9);
        // 24 evaluations of 2 s took one worker 60 s: a quarter longer than they had to
        estimate.learn(new BenchResult(one, BenchResult.State.COMPLETE, 24, 60, 0.8, 1440, 1, 48, ""));
        double start = estimate.seconds(one, 24, 60).getAsDouble();
        assertEquals(15, estimate.seconds(plan.run(Mode.SYNC, 4, 1), 0, 0).getAsDouble() - start, 1e-9);
        assertEquals(12, estimate.seconds(plan.run(Mode.ASYNC, 4, 1), 0, 0).getAsDouble() - start, 1e-9);
        assertEquals(6, estimate.seconds(plan.run(Mode.ASYNC, 4, 1), 12, 7).getAsDouble() - start, 1e-9);
        BenchRun timed = plan(Scaling.TIME, 2, 4).run(Mode.SYNC, 4, 1);
        assertEquals(5, estimate.seconds(timed, 99, 4).getAsDouble() - start, 1e-9);
    }
}
