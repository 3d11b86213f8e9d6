package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.aevo.record.Entry;
import org.aevo.record.JournalReader;
import org.aevo.record.RunHistory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What tests of the batch scripts on a real SLURM have in common: labs that stay for all of a class, and runs there. */
abstract class SlurmTests {
    /** Beside tests of other classes, but one after the other: they share the lab. */
    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface LabTest {}

    static final Path RUN = Path.of("slurm/run.sbatch").toAbsolutePath();
    static final String AEVO = Path.of("bin/aevo").toAbsolutePath().toString();

    static final String SIMULATED =
            """
            name: simulated
            seed: 3
            mode: sync
            budget: {evaluations: 24}
            evolution: {population: 6, tournament: 2}
            space: {family: mixed, latent: 8}
            evaluator: {kind: simulated, mean-seconds: 0.1, cv: 0.3}
            cluster: {grace: 2}
            """;

    /** Whatever the load of this machine, it is not complete before a test has done to it what it wants to do. */
    static final String ENDLESS = SIMULATED
            .replace("evaluations: 24", "evaluations: 100000")
            .replace("mean-seconds: 0.1", "mean-seconds: 0.3");

    /** Where jobs are submitted; a lab's files are elsewhere. */
    Path folder;

    private Optional<SlurmLab> lab = Optional.empty();
    private final List<SlurmLab> started = new ArrayList<>();

    /** Starts a lab and uses it; skips the test, or all of the class, where there can be none. */
    final SlurmLab start(SlurmLab.Tracking tracking, Path directory) throws Exception {
        Optional<String> missing = SlurmLab.missing(tracking);
        missing.ifPresent(why -> System.err.println("SKIPPED: SLURM was not tested with " + tracking + "; " + why));
        assumeTrue(missing.isEmpty(), "SLURM was not tested; " + missing.orElse(""));
        // ranks run what is built, not the classes of this process
        new ProcessBuilder("bin/build").inheritIO().start().waitFor();
        SlurmLab another = SlurmLab.start(directory.resolve("lab"), tracking);
        started.add(another);
        use(another, Files.createDirectories(directory.resolve("jobs")));
        return another;
    }

    final void use(SlurmLab another, Path directory) {
        lab = Optional.of(another);
        folder = directory;
    }

    @AfterAll
    void stop() throws IOException {
        for (SlurmLab one : started) {
            one.close();
        }
    }

    final SlurmLab lab() {
        return lab.orElseThrow();
    }

    /** What a job, whose processes have all ended, has left where its ranks met. */
    final List<String> left(String job) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(f -> f.startsWith(".aevo-" + job + "."))
                    .toList();
        }
    }

    static Stream<String> options(String... options) {
        return Stream.of(options);
    }

    String input(String name, String yaml) throws IOException {
        return Files.writeString(folder.resolve(name), yaml).toString();
    }

    Path journal(String name, String job) {
        return folder.resolve("runs/" + name + "-" + job + "/run.journal");
    }

    SlurmLab.Job ended(int code, String job) throws Exception {
        SlurmLab.Job ended = lab().await(job);
        assertEquals(code, ended.code(), ended + ": " + ended.text());
        return ended;
    }

    @FunctionalInterface
    interface Condition {
        boolean holds(RunHistory history);
    }

    static void await(Path journal, String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!Files.exists(journal) || !condition.holds(RunHistory.read(journal))) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(journal + ": waited in vain for " + what);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** All workers are there and each has evaluated something. */
    static void awaitWork(Path journal, int workers) throws Exception {
        await(
                journal,
                workers + " workers",
                history -> history.workers().stream()
                                .filter(w -> w.evaluations() > 0)
                                .count()
                        >= workers);
    }

    /** Lets a run that is stopped, or soon will be, end after some more evaluations when it goes on. */
    static void limit(Path journal) throws IOException {
        Path input = journal.resolveSibling("input.yaml");
        int budget = RunHistory.read(journal).evaluated() + 20;
        Files.writeString(input, Files.readString(input).replace("evaluations: 100000", "evaluations: " + budget));
    }

    /** Another job goes on with a run that was stopped, to its end. */
    void finish(Path journal, String... options) throws Exception {
        limit(journal);
        ended(
                ExitCode.DONE,
                lab().submit(
                                folder,
                                options(options),
                                RUN,
                                "--resume",
                                journal.getParent().toString()));
    }

    /** Complete in so many sessions, its decisions reproduced, and nothing sent out again whose result was known. */
    void assertWhole(Path journal, int sessions) throws Exception {
        RunHistory history = RunHistory.read(journal);
        assertTrue(history.complete());
        assertEquals(sessions, history.sessions().size());
        Set<Long> known = new HashSet<>();
        try (JournalReader reader = JournalReader.open(journal)) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                Entry entry = next.get().entry();
                if (entry instanceof Entry.Arrived arrived) {
                    assertTrue(known.add(arrived.evaluation().id()), "recorded twice: " + arrived);
                } else if (entry instanceof Entry.Dispatched dispatched) {
                    assertFalse(known.contains(dispatched.id()), "trained again: " + dispatched);
                }
            }
        }
        lab().run(folder, AEVO, "verify", journal.getParent().toString());
    }
}
