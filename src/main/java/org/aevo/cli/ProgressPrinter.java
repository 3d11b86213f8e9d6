package org.aevo.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.aevo.master.RunListener;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;

/**
 * Shows a run on standard error: on a terminal one live line below the improvements, elsewhere a plain line every ten
 * seconds at most. All of it, and each evaluation, goes to the log.
 */
final class ProgressPrinter implements RunListener {
    private static final double PLAIN_SECONDS = 10;
    /** Without any worker, until it is said who should have come. */
    private static final double SILENT_SECONDS = 5;

    private final RunLog log;
    private final OptionalLong total;
    private final boolean live;
    private final int columns;
    private double nextPlain;
    private boolean lineOpen;
    /** Of the best since the last plain line; empty if it did not improve. */
    private String improvement = "";

    /** How good the best is, where it is a classifier. */
    private String accuracy = "";

    private int team = 1;
    private long atStart = -1;
    private double startedAt;
    private Optional<String> awaited = Optional.empty();
    private double awaitedSince = Double.NaN;

    ProgressPrinter(RunLog log, OptionalLong total, boolean live, int columns) {
        this.log = log;
        this.total = total;
        this.live = live;
        this.columns = columns;
    }

    /** What was the best before this master began. */
    void best(Evaluation evaluation) {
        accuracy = AccuracyText.of(evaluation);
    }

    /** How many workers are at each candidate together. */
    void team(int size) {
        team = size;
    }

    /** Says once who should have come if no worker is ready after some seconds. */
    void await(String workers) {
        awaited = Optional.of(workers);
    }

    @Override
    public void evaluated(Candidate candidate, Evaluation e, Status status, boolean improved) {
        String outcome = e.status() == EvaluationStatus.OK || e.hasFitness()
                ? "fitness " + Terminal.loss(e.fitness()) + AccuracyText.of(e)
                : e.status().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + e.message();
        log.record("evaluation " + e.id() + " (" + candidate.operator() + ") " + outcome + " in "
                + Terminal.fixed(e.seconds(), 2) + " s: " + DesignName.of(candidate.design()));
        if (improved) {
            improvement = DesignName.of(candidate.design());
            accuracy = AccuracyText.of(e);
            if (live) {
                permanent(String.format(
                        Locale.ROOT,
                        "%7s  #%-5d %-10s %s",
                        Terminal.time(status.elapsedSeconds()),
                        e.id(),
                        Terminal.loss(e.fitness()) + accuracy,
                        improvement));
            }
        }
    }

    @Override
    public void note(String message) {
        log.line(message);
        if (live) {
            permanent(message);
        }
    }

    @Override
    public void warning(String message) {
        log.line(message);
        if (live) {
            permanent(message);
        } else {
            System.err.println("aevo: " + message);
        }
    }

    @Override
    public void tick(Status status) {
        log.flush();
        sayWhoIsAwaited(status);
        if (atStart < 0 && status.running() > 0) {
            atStart = status.evaluations();
            startedAt = status.elapsedSeconds();
        }
        if (live) {
            String line = describe(status);
            Terminal.overwrite(Terminal.fit(line, columns - 1));
            System.err.flush();
            lineOpen = true;
        } else if (status.elapsedSeconds() >= nextPlain && status.evaluations() > 0) {
            nextPlain = status.elapsedSeconds() + PLAIN_SECONDS;
            System.err.println(describe(status) + (improvement.isEmpty() ? "" : "  " + improvement));
            improvement = "";
        }
    }

    private void sayWhoIsAwaited(Status status) {
        if (status.workers() > 0) {
            awaited = Optional.empty();
        } else if (Double.isNaN(awaitedSince)) {
            awaitedSince = status.elapsedSeconds();
        } else if (awaited.isPresent() && status.elapsedSeconds() - awaitedSince > SILENT_SECONDS) {
            warning("no " + (team == 1 ? "worker" : "team of " + team) + " is ready yet: waiting for " + awaited.get()
                    + " (cluster.start-timeout says how long)");
            awaited = Optional.empty();
        }
    }

    /** Leaves the live line; nothing is shown after it. */
    void end() {
        if (lineOpen) {
            Terminal.erase();
            System.err.flush();
            lineOpen = false;
        }
    }

    private String describe(Status s) {
        StringBuilder text = new StringBuilder(Terminal.time(s.elapsedSeconds()))
                .append("  ")
                .append(s.evaluations());
        total.ifPresent(n -> text.append('/').append(n));
        text.append(" evaluated, ").append(s.running()).append(" running, ").append(s.workers());
        String unit = team == 1 ? " worker" : " team";
        text.append(unit)
                .append(s.workers() == 1 ? "" : "s")
                .append(team == 1 ? "" : " of " + team)
                .append(", best ")
                .append(Terminal.loss(s.bestFitness()))
                .append(accuracy);
        long done = s.evaluations() - atStart;
        if (total.isPresent() && atStart >= 0 && done > 0) {
            double left = (s.elapsedSeconds() - startedAt) / done * (total.getAsLong() - s.evaluations());
            text.append(", about ").append(Terminal.time(left)).append(" left");
        }
        return text.toString();
    }

    private void permanent(String text) {
        end();
        System.err.println(Terminal.fit(text, columns));
    }
}
