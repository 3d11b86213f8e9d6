package org.aevo.cli;

import java.util.Locale;
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

    private final RunLog log;
    private final OptionalLong total;
    private final boolean live;
    private final int columns;
    private double nextPlain;
    private boolean lineOpen;
    /** Of the best since the last plain line; empty if it did not improve. */
    private String improvement = "";

    private long atStart = -1;
    private double startedAt;

    ProgressPrinter(RunLog log, OptionalLong total, boolean live, int columns) {
        this.log = log;
        this.total = total;
        this.live = live;
        this.columns = columns;
    }

    @Override
    public void evaluated(Candidate candidate, Evaluation e, Status status, boolean improved) {
        String outcome = e.status() == EvaluationStatus.OK || e.hasFitness()
                ? "fitness " + Terminal.loss(e.fitness())
                : e.status().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + e.message();
        log.record("evaluation " + e.id() + " (" + candidate.operator() + ") " + outcome + " in "
                + Terminal.fixed(e.seconds(), 2) + " s: " + candidate.genome());
        if (improved) {
            improvement = candidate.genome().toString();
            if (live) {
                permanent(String.format(
                        Locale.ROOT,
                        "%7s  #%-5d %-10s %s",
                        Terminal.time(status.elapsedSeconds()),
                        e.id(),
                        Terminal.loss(e.fitness()),
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
        if (atStart < 0 && status.running() > 0) {
            atStart = status.evaluations();
            startedAt = status.elapsedSeconds();
        }
        if (live) {
            String line = describe(status);
            System.err.print("\r" + Terminal.fit(line, columns - 1) + "\u001b[K");
            System.err.flush();
            lineOpen = true;
        } else if (status.elapsedSeconds() >= nextPlain && status.evaluations() > 0) {
            nextPlain = status.elapsedSeconds() + PLAIN_SECONDS;
            System.err.println(describe(status) + (improvement.isEmpty() ? "" : "  " + improvement));
            improvement = "";
        }
    }

    /** Leaves the live line; nothing is shown after it. */
    void end() {
        if (lineOpen) {
            System.err.print("\r\u001b[K");
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
        text.append(s.workers() == 1 ? " worker" : " workers").append(", best ").append(Terminal.loss(s.bestFitness()));
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
