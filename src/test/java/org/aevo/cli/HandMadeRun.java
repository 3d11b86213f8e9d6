package org.aevo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aevo.config.RunConfig;
import org.aevo.genome.GenomeText;
import org.aevo.network.Classes;
import org.aevo.network.EnumText;
import org.aevo.network.Shape;
import org.aevo.record.Entry;
import org.aevo.record.Inputs;
import org.aevo.record.Journal;
import org.aevo.record.Program;
import org.aevo.record.RunDirectory;
import org.aevo.record.RunHistory;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Figure;
import org.aevo.search.Insertion;
import org.aevo.search.Score;

/** The entries of a run that did exactly what a test says, one call each. */
final class HandMadeRun {
    static final Instant START = Instant.parse("2026-02-03T04:05:06Z");
    private static final String INPUT =
            """
            name: hand-made
            budget: {evaluations: 20}
            evolution: {population: 6, tournament: 2}
            space: {family: dense, latent: 4}
            evaluator: {kind: simulated}
            """;

    private final List<Entry> entries = new ArrayList<>();

    /** With another text in the places where the program takes texts from outside. */
    static HandMadeRun started(int workers, String oddText) {
        HandMadeRun run = new HandMadeRun();
        run.entries.add(new Entry.RunStarted(
                oddText,
                "async",
                "genetic",
                1,
                START,
                "aevo",
                RunConfig.parse(INPUT, "test").effective().yaml(),
                "run",
                "",
                "17",
                Map.of(),
                Map.of(),
                true,
                workers));
        return run;
    }

    /** With another input, whose evaluations were no simulations. */
    static HandMadeRun trained(String input) {
        return trained(input, 1);
    }

    static HandMadeRun trained(String input, int workers) {
        RunConfig config = RunConfig.parse(input, "test");
        HandMadeRun run = new HandMadeRun();
        run.entries.add(new Entry.RunStarted(
                config.name(),
                "async",
                EnumText.of(config.strategy()),
                config.seed(),
                START,
                "aevo",
                config.effective().yaml(),
                "run",
                "",
                "17",
                Map.of(),
                Map.of(),
                false,
                workers));
        return run.joined(0, 1, 1);
    }

    /** A search of classifiers, of whose samples the classes are known. */
    static HandMadeRun classifiers() {
        HandMadeRun run = trained("budget: {evaluations: 40}\ntask: {kind: classify}\n");
        run.entries.add(new Entry.DataScaled(
                new Inputs(
                                new Shape(1, 8, 8),
                                "auto",
                                "unsigned bytes",
                                true,
                                List.of(),
                                "bytes",
                                List.of(0.0),
                                List.of(255.0))
                        .classified(new Classes(List.of(0, 1, 4))),
                1));
        return run;
    }

    /** A classifier, whose fitness is its cross-entropy. */
    HandMadeRun classifier(long id, double time, double accuracy, double entropy) {
        return asked(
                        id,
                        0,
                        time,
                        "conv(3,k3,s2,relu) | dense(%d,tanh) | softmax | adam(lr0.001,batch32)".formatted(4 + id))
                .arrived(classified(id, accuracy, entropy, entropy), 1, 0, time + 1);
    }

    static Evaluation classified(long id, double accuracy, double entropy, double fitness) {
        Map<Figure, Double> figures =
                Map.of(Figure.ACCURACY, accuracy, Figure.CROSS_ENTROPY, entropy, Figure.MACRO_F1, accuracy / 2);
        return new Evaluation(
                id,
                EvaluationStatus.OK,
                new Score(fitness, 0.5, Double.NaN, figures),
                new Effort(new Durations(0, 1, 0), 2, 100, 1234 + id),
                List.of(new Evaluation.Epoch(1, 1, 0.5, Double.NaN, figures, 1)),
                "");
    }

    static HandMadeRun started(int workers) {
        return started(workers, "hand-made");
    }

    HandMadeRun resumed(int workers, double time) {
        entries.add(new Entry.RunResumed(
                START.plusMillis(1_000_000), time, "run --resume", workers, new Program("aevo", "", "17")));
        return this;
    }

    HandMadeRun joined(long worker, int rank, double time) {
        entries.add(new Entry.WorkerJoined(worker, rank, "host" + rank, "simulated", 1000 + worker, 0.5, time));
        return this;
    }

    HandMadeRun formed(long team, double time, Long... workers) {
        entries.add(new Entry.TeamFormed(team, List.of(workers), time));
        return this;
    }

    HandMadeRun broken(long team, double time) {
        entries.add(new Entry.TeamEnded(team, time, true, "a member is gone"));
        return this;
    }

    HandMadeRun lost(long worker, double time, String reason) {
        entries.add(new Entry.WorkerLeft(worker, time, true, reason));
        return this;
    }

    /** Samples of a shape. */
    HandMadeRun of(Shape samples, double time) {
        entries.add(new Entry.DataScaled(
                new Inputs(samples, "auto", "floats", false, List.of(), "global", List.of(0.0), List.of(1.0)), time));
        return this;
    }

    /** A candidate that is new, to a worker. */
    HandMadeRun asked(long id, long worker, double time) {
        return asked(id, worker, time, "dense(" + (8 + id) + ",relu) | latent(4) | upsampling | adam(lr0.001,batch32)");
    }

    HandMadeRun asked(long id, long worker, double time, String genome) {
        entries.add(new Entry.Asked(new Candidate(id, 0, -1, -1, "random", GenomeText.parse(genome)), time));
        return sent(id, 1, worker, time);
    }

    HandMadeRun sent(long id, int attempt, long worker, double time) {
        entries.add(new Entry.Dispatched(id, attempt, worker, time));
        return this;
    }

    HandMadeRun lostDispatch(long id, int attempt, long worker, double time) {
        entries.add(new Entry.DispatchLost(id, attempt, worker, time, "the host is gone"));
        return this;
    }

    /** By the master, from behind another candidate. */
    HandMadeRun takenBack(long id, int attempt, long worker, double time) {
        entries.add(new Entry.DispatchLost(id, attempt, worker, time, "taken back before it was begun", false));
        return this;
    }

    HandMadeRun arrived(long id, int attempt, long worker, double time, double seconds) {
        return arrived(id, attempt, worker, time, seconds, 1.0 / (id + 3), EvaluationStatus.OK, "");
    }

    HandMadeRun arrived(
            long id,
            int attempt,
            long worker,
            double time,
            double seconds,
            double fitness,
            EvaluationStatus status,
            String message) {
        return arrived(
                new Evaluation(
                        id,
                        status,
                        new Score(
                                fitness,
                                fitness,
                                fitness,
                                id == 0 ? Map.of(Figure.PSNR, 18.25, Figure.SSIM, 1 / 3.0) : Map.of()),
                        new Effort(new Durations(0, seconds, 0), 2, id == 0 ? Double.NaN : 100 / 7.0, 1234 + id),
                        List.of(),
                        message),
                attempt,
                worker,
                time);
    }

    HandMadeRun arrived(Evaluation evaluation, int attempt, long worker, double time) {
        entries.add(new Entry.Arrived(evaluation, attempt, worker, 0.01, time));
        return this;
    }

    HandMadeRun inserted(long id, double time, Long... left) {
        entries.add(new Entry.Inserted(new Insertion(id, 0.25, 0.5, 0.5, List.of(left)), time));
        return this;
    }

    HandMadeRun ended(double time) {
        entries.add(new Entry.RunEnded(time, true, "that's all"));
        return this;
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** A run directory with these entries in its journal, and nothing else. */
    void write(Path directory) throws IOException {
        try (RunDirectory run = RunDirectory.create(directory);
                Journal journal = Journal.create(run.paths().journal())) {
            journal.append(entries.toArray(Entry[]::new));
            journal.force();
        }
    }

    /** Tells a watcher all of it, and gives its history. */
    RunHistory toldTo(LiveRun watcher) {
        RunHistory history = new RunHistory();
        entries.forEach(entry -> {
            history.apply(entry);
            watcher.accept(entry);
        });
        return history;
    }
}
