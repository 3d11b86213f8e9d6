package org.aevo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import org.aevo.config.RunConfig;
import org.aevo.network.EnumText;
import org.aevo.record.Entry;
import org.aevo.record.Journal;
import org.aevo.record.RunDirectory;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationSeed;
import org.aevo.search.Evaluator;
import org.aevo.search.Insertion;
import org.aevo.search.Job;
import org.aevo.search.Proposal;
import org.aevo.search.Score;
import org.aevo.search.SearchStrategy;
import org.aevo.search.Strategies;
import org.aevo.worker.DurationDistribution;

/**
 * The run directory of a long run that nobody had to wait for: the real search and the real journal, but a clock that
 * jumps from one arrival to the next. Stopped in good order after its last evaluation.
 */
final class LongJournal {
    private static final int ENTRIES_A_WRITE = 10_000;
    private static final double MESSAGE_SECONDS = 0.001;

    private final RunConfig config;
    private final Journal journal;
    private final SearchStrategy strategy;
    private final DurationDistribution seconds = new DurationDistribution.LogNormal(1, 0.5);
    private final Random random = new Random(1);
    private final PriorityQueue<Work> out = new PriorityQueue<>(Comparator.comparingDouble(Work::arrives));
    private final Queue<Long> idle = new ArrayDeque<>();
    private int entries;

    private record Work(Candidate candidate, long worker, double arrives, double duration) {}

    private LongJournal(RunConfig config, Journal journal) {
        this.config = config;
        this.journal = journal;
        this.strategy = Strategies.create(
                config.strategy(), config.mode(), Evaluators.space(config), config.evolution(), config.seed());
    }

    static void write(Path run, RunConfig config, int evaluations) throws IOException {
        try (RunDirectory directory = RunDirectory.create(run);
                Journal journal = Journal.create(directory.paths().journal());
                Evaluator evaluator = Evaluators.of(config, doing -> {})) {
            directory.writeInput(config.effective().yaml());
            new LongJournal(config, journal).write(evaluations, evaluator);
        }
    }

    private void write(int evaluations, Evaluator evaluator) throws IOException {
        int workers = config.cluster().workers();
        enter(new Entry.RunStarted(
                config.name(),
                EnumText.of(config.mode()),
                EnumText.of(config.strategy()),
                config.seed(),
                Instant.now(),
                "aevo " + Build.version(),
                config.effective().yaml(),
                "run",
                Build.commit(),
                System.getProperty("java.version"),
                Map.of(),
                Map.of(),
                config.simulated(),
                workers,
                config.task().kind(),
                config.task().fitness().formula(),
                RunSession.objectives(config)));
        for (int w = 0; w < workers; w++) {
            enter(new Entry.WorkerJoined(w, w + 1, "nowhere", "simulated", 1000 + w, 0.5, 1));
        }
        double now = 1;
        for (long w = 0; w < workers; w++) {
            idle.add(w);
        }
        long asked = feed(evaluations, now);
        while (!out.isEmpty()) {
            Work work = out.remove();
            now = work.arrives();
            Evaluation evaluation = evaluation(work, evaluator);
            enter(new Entry.Arrived(evaluation, 1, work.worker(), MESSAGE_SECONDS, now));
            for (Insertion insertion : strategy.tell(evaluation)) {
                enter(new Entry.Inserted(insertion, now));
            }
            idle.add(work.worker());
            asked += feed(evaluations - asked, now);
        }
        for (int w = 0; w < workers; w++) {
            enter(new Entry.WorkerLeft(w, now, false, "enough"));
        }
        enter(new Entry.RunEnded(now, false, "enough"));
        journal.force();
    }

    /** Sends idle workers candidates while there are some; how many. */
    private int feed(long most, double now) throws IOException {
        int sent = 0;
        while (sent < most && !idle.isEmpty() && strategy.ask() instanceof Proposal.Next next) {
            long worker = idle.remove();
            double duration = seconds.sample(random);
            enter(new Entry.Asked(next.candidate(), now));
            enter(new Entry.Dispatched(next.candidate().id(), 1, worker, now));
            out.add(new Work(next.candidate(), worker, now + duration + MESSAGE_SECONDS, duration));
            sent++;
        }
        if (out.isEmpty() && most > 0) {
            throw new IllegalStateException("a search with room for all candidates is needed");
        }
        return sent;
    }

    private Evaluation evaluation(Work work, Evaluator evaluator) {
        Candidate c = work.candidate();
        Evaluation e = evaluator
                .evaluate(new Job(c, EvaluationSeed.of(config.seed(), c.id()), Double.POSITIVE_INFINITY))
                .evaluation();
        return new Evaluation(
                e.id(),
                e.status(),
                new Score(e.fitness(), e.score().trainLoss(), e.score().validationLoss())
                        .with(e.score().objectives()),
                new Effort(
                        new Durations(0, work.duration(), 0),
                        e.effort().epochs(),
                        e.effort().samplesPerSecond(),
                        e.effort().parameters()),
                e.curve(),
                e.message());
    }

    private void enter(Entry entry) throws IOException {
        journal.append(entry);
        if (++entries % ENTRIES_A_WRITE == 0) {
            journal.force();
        }
    }
}
