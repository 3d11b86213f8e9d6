package org.aevo.cli;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aevo.io.Printable;
import org.aevo.network.EnumText;
import org.aevo.record.Entry;
import org.aevo.record.EvaluationRow;
import org.aevo.record.RunHistory;
import org.aevo.report.Numbers;
import org.aevo.search.Budget;

/** The live view of a run as lines of text that fit a terminal, and the one line that says the same in short. */
final class LiveFrame {
    private static final int BAR = 24;
    private static final int PLOT = 12;
    private static final long DAY_SECONDS = 86_400;

    private final RunHistory history;
    private final LiveRun run;
    private final Budget budget;
    private final double now;
    private final Outlook outlook;

    /**
     * @param now seconds since the run's start
     */
    LiveFrame(RunHistory history, LiveRun run, Budget budget, double now) {
        this.history = history;
        this.run = run;
        this.budget = budget;
        this.now = now;
        this.outlook = Outlook.of(budget, run, history.evaluated(), now);
    }

    /**
     * At most so many lines of at most so many characters; the most important come first.
     *
     * @param clock when this is, to say when the run will end
     */
    List<String> lines(int width, int height, ZonedDateTime clock) {
        List<String> lines = new ArrayList<>();
        history.started().ifPresent(s -> lines.add(title(s)));
        lines.add(progress(clock));
        lines.add(rate());
        best().ifPresent(row -> lines.add(
                "best " + Terminal.loss(row.evaluation().fitness()) + AccuracyText.of(row.evaluation()) + ", candidate "
                        + row.candidate().id() + " at " + Terminal.time(row.arrived()) + ": "
                        + DesignName.of(row.candidate().design())));
        lines.add(workers());
        List<LiveRun.Place> places = List.copyOf(run.places());
        int room = height - lines.size();
        if (places.size() <= room) {
            places.forEach(p -> lines.add(line(p)));
        } else if (room > 1) {
            // those that somebody might look for: lost, not there yet, at work for long
            places.stream()
                    .sorted(Comparator.comparing((LiveRun.Place p) -> urgency(p.doing()))
                            .thenComparingDouble(LiveRun.Place::since))
                    .limit(room - 1)
                    .forEach(p -> lines.add(line(p)));
            lines.add("  and " + (places.size() - room + 1) + " more");
        }
        return lines.stream()
                .limit(height)
                .map(line -> Terminal.fit(Printable.line(line), width))
                .toList();
    }

    private static int urgency(LiveRun.Doing doing) {
        return switch (doing) {
            case LOST -> 0;
            case STARTING -> 1;
            case BUSY -> 2;
            case WAITING -> 3;
            case GONE -> 4;
        };
    }

    private static String title(Entry.RunStarted s) {
        return s.name() + ": " + s.mode() + " " + s.strategy() + " search, seed " + s.seed()
                + (s.simulated() ? " -- SIMULATED EVALUATIONS" : "");
    }

    private String progress(ZonedDateTime clock) {
        StringBuilder text = new StringBuilder();
        if (!Double.isNaN(outlook.fraction())) {
            int full = (int) (outlook.fraction() * BAR);
            text.append('[')
                    .append("#".repeat(full))
                    .append(".".repeat(BAR - full))
                    .append("] ")
                    .append((int) (outlook.fraction() * 100))
                    .append(" %  ");
        }
        text.append(evaluated()).append("  ").append(Terminal.time(now));
        outlook.left().ifPresent(left -> {
            ZonedDateTime end = clock.plusSeconds(Math.round(left));
            text.append(", about ").append(Terminal.time(left)).append(" left, until ");
            text.append(DateTimeFormatter.ofPattern(left < DAY_SECONDS ? "HH:mm:ss" : "yyyy-MM-dd HH:mm", Locale.ROOT)
                    .format(end));
        });
        return text.toString();
    }

    private String evaluated() {
        return history.evaluated()
                + (budget.evaluations().isPresent() ? "/" + budget.evaluations().getAsLong() : "") + " evaluated"
                + (budget.stagnation().isPresent()
                        ? ", " + sinceBest() + " of " + budget.stagnation().getAsLong() + " without a better one"
                        : "");
    }

    /** Evaluations that the search took in after the best one. */
    private int sinceBest() {
        int last = history.inserted() - 1;
        int row = last;
        while (row > 0
                && Double.compare(
                                history.insertion(row - 1).bestFitness(),
                                history.insertion(last).bestFitness())
                        == 0) {
            row--;
        }
        return last < 0 ? 0 : Double.isNaN(history.insertion(last).bestFitness()) ? last + 1 : last - row;
    }

    private String rate() {
        List<String> parts = new ArrayList<>();
        parts.add(
                Double.isNaN(outlook.perHour())
                        ? "nothing evaluated yet" + (run.sessions() > 1 ? " since it was resumed" : "")
                        : String.format(Locale.ROOT, "%.0f evaluations per hour", outlook.perHour()));
        run.statuses()
                .forEach((status, count) ->
                        parts.add(count + " " + EnumText.of(status).replace('-', ' ')));
        if (run.sentAgain() > 0) {
            parts.add(run.sentAgain() + " sent again");
        }
        if (run.sessions() > 1) {
            parts.add("resumed " + (run.sessions() == 2 ? "once" : run.sessions() - 1 + " times"));
        }
        return String.join(", ", parts);
    }

    private Optional<EvaluationRow> best() {
        return history.best().isPresent() ? history.evaluation(history.best().getAsLong()) : Optional.empty();
    }

    private String workers() {
        String doing = Stream.of(LiveRun.Doing.values())
                .filter(d -> run.count(d) > 0)
                .map(d -> run.count(d) + " " + EnumText.of(d))
                .collect(Collectors.joining(", "));
        return run.places().size()
                + (run.places().size() == 1 ? " worker: " : " workers: ")
                + doing
                + (run.workersLost() > 0 ? "; lost so far: " + run.workersLost() : "")
                + run.lastLost()
                        .map(p -> ", the last worker " + p.rank() + " " + Terminal.time(now - p.since()) + " ago: "
                                + p.reason())
                        .orElse("");
    }

    private String line(LiveRun.Place p) {
        String what = EnumText.of(p.doing())
                + (p.candidate() >= 0 ? " with candidate " + p.candidate() : "")
                + (p.attempt() > 1 ? " (attempt " + p.attempt() + ")" : "")
                + curve(p);
        return String.format(
                Locale.ROOT,
                "  worker %-4d %8s  %-32s %s%s",
                p.rank(),
                Terminal.time(now - p.since()),
                what,
                p.host(),
                p.reason().isEmpty() ? "" : "  " + p.reason());
    }

    /** How far its training is, as far as that was heard of: the epoch, the loss, and how that fell. */
    private String curve(LiveRun.Place p) {
        List<Entry.EpochSeen> points = p.candidate() < 0 ? List.of() : history.running(p.candidate());
        if (points.isEmpty() || points.get(0).attempt() != p.attempt()) {
            return "";
        }
        Entry.EpochSeen last = points.get(points.size() - 1);
        double[] losses =
                points.stream().mapToDouble(Entry.EpochSeen::validationLoss).toArray();
        return ", epoch " + last.epoch() + ", loss " + Terminal.loss(last.validationLoss())
                + (points.size() < 2 ? "" : " " + LossPlot.of(losses, PLOT));
    }

    /** In one line, where no line can be written over. */
    String line() {
        String left = outlook.left().isPresent()
                ? ", about " + Terminal.time(outlook.left().getAsDouble()) + " left"
                : "";
        return Printable.line(
                Terminal.time(now) + "  " + evaluated() + ", " + run.count(LiveRun.Doing.BUSY) + " running, "
                        + run.places().stream()
                                .filter(p -> p.doing() == LiveRun.Doing.BUSY || p.doing() == LiveRun.Doing.WAITING)
                                .count()
                        + " of " + Numbers.count(run.places().size(), "worker") + " there"
                        + (run.workersLost() > 0 ? ", " + run.workersLost() + " lost so far" : "") + ", best "
                        + Terminal.loss(history.bestFitness())
                        + best().map(row -> AccuracyText.of(row.evaluation())).orElse("") + left
                        + (history.started().map(Entry.RunStarted::simulated).orElse(false) ? "  SIMULATED" : ""));
    }
}
