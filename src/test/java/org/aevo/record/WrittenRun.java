package org.aevo.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aevo.record.Entry.Arrived;
import org.aevo.record.Entry.Asked;
import org.aevo.record.Entry.RunStarted;
import org.aevo.record.Entry.WorkerJoined;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.Weights;

/** Invented runs as directories with a run.h5, for tests of other rooms. */
public final class WrittenRun {
    /** A text that would be markup, run, reverse what follows, or end a string, wherever it is not escaped. */
    public static final String HOSTILE = "</title></style></svg><script>alert(1)</script><img src=x onerror=alert(2)>"
            + "<b onclick='a()'>&amp;\"'`]]>-->\u202Eright to left\u202C שלום \uD83E\uDD16\uD83D\uDC69\u200D\uD83D\uDC67 = 1,\n2;\t\u0001\u0085";

    private WrittenRun() {}

    /** Late joiners, deaths, failures, curves; simulated. */
    public static RunData sample(Path directory, long seed, int evaluations, int workers, double deaths)
            throws IOException {
        return write(directory, SampleRun.entries(seed, evaluations, workers, deaths));
    }

    /** The same as if it had trained. */
    public static RunData trained(Path directory, long seed, int evaluations, int workers) throws IOException {
        List<Entry> entries = SampleRun.entries(seed, evaluations, workers, 0.05);
        entries.set(0, named((RunStarted) entries.get(0), "trained", false));
        return write(directory, entries);
    }

    /** The journal of an ensemble run of which so many tasks are done: {@link SampleEnsemble#plan} has 36. */
    public static RunData ensemble(Path directory, int done) throws IOException {
        return ensemble(directory, done, -1);
    }

    /**
     * The same.
     *
     * @param failing id of a task that failed; -1 for none
     */
    public static RunData ensemble(Path directory, int done, long failing) throws IOException {
        Files.createDirectories(directory);
        try (Journal journal = Journal.create(new RunPaths(directory).journal())) {
            SampleEnsemble.entries(SampleEnsemble.plan(), done, failing).forEach(journal::append);
            journal.force();
        }
        return RunReader.read(directory);
    }

    /** The first so many entries of a run, as a master that was killed would leave them. */
    public static RunData begun(Path directory, int entries) throws IOException {
        return write(directory, SampleRun.entries(7, 40, 3, 0.1).subList(0, entries));
    }

    /** One whose every text is {@link #HOSTILE}. */
    public static RunData hostile(Path directory) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : SampleRun.entries(5, 60, 3, 0.1)) {
            if (entry instanceof RunStarted started) {
                entries.add(named(started, HOSTILE, true));
            } else if (entry instanceof WorkerJoined w) {
                entries.add(
                        new WorkerJoined(w.worker(), w.rank(), HOSTILE, HOSTILE, w.pid(), w.startSeconds(), w.time()));
            } else if (entry instanceof Asked a) {
                Candidate c = a.candidate();
                entries.add(new Asked(
                        new Candidate(c.id(), c.generation(), c.parentA(), c.parentB(), HOSTILE, c.genome()),
                        a.time()));
            } else if (entry instanceof Arrived a && !a.evaluation().message().isEmpty()) {
                Evaluation e = a.evaluation();
                entries.add(new Arrived(
                        Evaluation.failed(e.id(), e.status(), e.effort().durations(), HOSTILE),
                        a.attempt(),
                        a.worker(),
                        a.waitSeconds(),
                        a.time()));
            } else {
                entries.add(entry);
            }
        }
        return write(directory, entries);
    }

    private static RunStarted named(RunStarted s, String text, boolean simulated) {
        return new RunStarted(
                text,
                s.mode(),
                s.strategy(),
                s.seed(),
                s.startUtc(),
                text,
                s.inputYaml(),
                text,
                text,
                text,
                s.libraries(),
                Map.of("SLURM_JOB_ID", text),
                simulated,
                s.workers());
    }

    /** A run whose evaluations have objectives. */
    public static RunData measured(Path directory, int evaluations, String... objectives) throws IOException {
        return write(
                directory, SampleRun.measured(evaluations, new Objectives(List.of(objectives), List.of()), 1_000_000));
    }

    /** A run of teams of a size, some of which are lost; simulated. With its journal. */
    public static RunData teams(Path directory, long seed, int evaluations, int workers, int size, double deaths)
            throws IOException {
        Files.createDirectories(directory);
        List<Entry> entries = new TeamRun(seed, evaluations, workers, size, deaths).entries;
        try (Journal journal = Journal.create(new RunPaths(directory).journal())) {
            journal.append(entries.toArray(Entry[]::new));
            journal.force();
        }
        return write(directory, entries);
    }

    /** Any entries, the first of which starts the run. */
    public static RunData write(Path directory, List<Entry> entries) throws IOException {
        Files.createDirectories(directory);
        RunHistory history = SampleRun.history(entries);
        Optional<BestWeights.Saved> weights = history.best().isEmpty()
                ? Optional.empty()
                : Optional.of(new BestWeights.Saved(
                        history.best().getAsLong(),
                        new Weights(List.of(new Weights.Array("latent_b", new int[] {2}, new float[2])))));
        RunFile.write(directory.resolve("run.h5"), history, weights);
        return RunReader.read(directory);
    }
}
