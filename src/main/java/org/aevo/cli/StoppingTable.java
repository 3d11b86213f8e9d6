package org.aevo.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.network.EnumText;
import org.aevo.predict.StoppingReplay;
import org.aevo.predict.StoppingReplay.AtOne;
import org.aevo.predict.StoppingReplay.Outcome;
import org.aevo.record.Json;
import org.aevo.record.RunHistory;
import org.aevo.report.Numbers;
import org.aevo.search.Mode;
import org.aevo.stopping.Rungs;
import org.aevo.stopping.StoppingKind;
import org.aevo.stopping.StoppingSettings;

/** What rules that end trainings would have saved in a run, and lost. */
final class StoppingTable {
    private static final double[] REDUCTIONS = {2, 3, 4};
    private static final int MOST = 100;

    private final Path run;
    private final StoppingReplay replay;
    private final boolean stoppedItself;
    private final List<Outcome> outcomes = new ArrayList<>();

    /** @throws InputException if there is no curve with epochs between which a rung could be */
    StoppingTable(Path run, RunHistory history, RunConfig config) {
        this.run = run;
        this.stoppedItself = config.stopping().kind() != StoppingKind.NONE;
        this.replay = new StoppingReplay(
                history, config.mode() == Mode.SYNC && config.strategy().hasGenerations());
        int epochs = Math.max(replay.epochs(), stoppedItself ? config.training().maxEpochs() : 0);
        if (replay.epochs() < 2) {
            throw new InputException(
                    run + ": no training of it has two epochs, between which it could have been stopped"
                            + (replay.evaluations() == 0 ? ": there is no curve yet" : ""));
        }
        List<StoppingSettings> tried = new ArrayList<>();
        for (double reduction : REDUCTIONS) {
            add(tried, StoppingKind.HALVING, epochs, reduction);
        }
        add(tried, StoppingKind.MEDIAN, epochs, StoppingSettings.REDUCTION);
        if (stoppedItself && !tried.contains(config.stopping())) {
            tried.add(config.stopping());
        }
        tried.forEach(settings -> outcomes.add(replay.with(settings)));
    }

    private static void add(List<StoppingSettings> tried, StoppingKind kind, int epochs, double reduction) {
        List<Integer> rungs = Rungs.geometric(epochs, reduction, MOST);
        if (!rungs.isEmpty()) {
            tried.add(new StoppingSettings(kind, rungs, reduction));
        }
    }

    String text() {
        StringBuilder text = new StringBuilder();
        Outcome any = outcomes.get(0);
        line(
                text,
                "PREDICTION from %s: what rules would have stopped of its %s, in the order of its time",
                run,
                Numbers.count(any.evaluations(), "training"));
        line(
                text,
                "%s, %s of workers; the best is candidate %d",
                Numbers.count(any.epochs(), "epoch"),
                Numbers.duration(any.seconds()),
                any.winner());
        if (stoppedItself) {
            line(text, "trainings of this run were stopped themselves: what they would have come to is not known");
        }
        line(text, "");
        line(
                text,
                "%-9s %-9s %-14s %8s %7s %7s %7s  %-9s %11s %7s",
                "stopping",
                "reduction",
                "rungs",
                "stopped",
                "of all",
                "epochs",
                "time",
                "winner",
                "best left",
                "of 10");
        for (Outcome o : outcomes) {
            line(
                    text,
                    "%-9s %-9s %-14s %8d %7s %7s %7s  %-9s %11s %7d",
                    EnumText.of(o.settings().kind()),
                    o.settings().kind() == StoppingKind.HALVING
                            ? Numbers.text(o.settings().reduction())
                            : "",
                    o.settings().rungs().stream().map(String::valueOf).collect(Collectors.joining(",")),
                    o.stopped(),
                    share(o.stopped(), o.evaluations()),
                    share(o.epochsSaved(), o.epochs()),
                    share(o.secondsSaved(), o.seconds()),
                    o.winnerSurvives() ? "survives" : "is LOST",
                    Numbers.text(o.bestSurvivor()),
                    o.bestTen());
        }
        line(text, "");
        line(
                text,
                "epochs, time: share that is saved. best left: fitness of the best that is not stopped; of 10: of the ten best.");
        line(text, "The search would have gone on with others in the time that is saved, which is not part of this.");
        rungs().forEach((epoch, at) -> line(
                text,
                "after epoch %d: rank correlation of loss and fitness in the end %s (%s)",
                epoch,
                Numbers.text(at.correlation()),
                Numbers.count(at.reached(), "training")));
        return text.toString();
    }

    private Map<Integer, AtOne> rungs() {
        Map<Integer, AtOne> rungs = new TreeMap<>();
        outcomes.forEach(outcome -> outcome.rungs().forEach(at -> rungs.put(at.epoch(), at)));
        return rungs;
    }

    private static String share(double part, double of) {
        return Numbers.percent(of > 0 ? part / of : 0);
    }

    String json() {
        List<Object> all = new ArrayList<>();
        outcomes.forEach(outcome -> all.add(row(outcome)));
        List<Object> seen = new ArrayList<>();
        rungs().values()
                .forEach(at -> seen.add(
                        Map.of("epoch", at.epoch(), "trainings", at.reached(), "rank_correlation", at.correlation())));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("run", run.toString());
        answer.put("stopped_itself", stoppedItself);
        answer.put("rules", all);
        answer.put("rungs", seen);
        return Json.of(answer) + "\n";
    }

    private static Map<String, Object> row(Outcome o) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("stopping", EnumText.of(o.settings().kind()));
        row.put("reduction", o.settings().reduction());
        row.put("rungs", o.settings().rungs());
        row.put("evaluations", o.evaluations());
        row.put("stopped", o.stopped());
        row.put("epochs", o.epochs());
        row.put("epochs_saved", o.epochsSaved());
        row.put("worker_seconds", o.seconds());
        row.put("worker_seconds_saved", o.secondsSaved());
        row.put("winner", o.winner());
        row.put("winner_survives", o.winnerSurvives());
        row.put("best_left", o.bestSurvivor());
        row.put("best_ten_left", o.bestTen());
        return row;
    }

    String csv() {
        StringBuilder text = new StringBuilder();
        for (Outcome outcome : outcomes) {
            Map<String, Object> row = row(outcome);
            if (text.length() == 0) {
                text.append(String.join(",", row.keySet())).append('\n');
            }
            text.append(row.values().stream()
                            .map(value -> value instanceof List<?> list
                                    ? list.stream().map(String::valueOf).collect(Collectors.joining(" "))
                                    : value.toString())
                            .collect(Collectors.joining(",")))
                    .append('\n');
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }
}
