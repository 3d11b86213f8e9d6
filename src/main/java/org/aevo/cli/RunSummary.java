package org.aevo.cli;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.genome.Blueprint;
import org.aevo.genome.Layer;
import org.aevo.genome.SearchSpace;
import org.aevo.record.Accounting;
import org.aevo.record.Entry;
import org.aevo.record.EvaluationRow;
import org.aevo.record.RunHistory;
import org.aevo.record.Timeline;
import org.aevo.record.WorkerRow;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Figure;

/** What a run found and how it went, for people. */
final class RunSummary {
    private final RunHistory history;

    RunSummary(RunHistory history) {
        this.history = history;
    }

    void print(PrintStream out, int candidates) {
        head(out);
        List<EvaluationRow> top = history.top(candidates);
        if (!top.isEmpty()) {
            table(out, top);
            layers(out, top.get(0));
        }
        efficiency(out);
    }

    private void head(PrintStream out) {
        history.started()
                .ifPresent(s -> out.printf(
                        Locale.ROOT,
                        "%s: %s %s search, seed %d, %d %s%s%n",
                        s.name(),
                        s.mode(),
                        s.strategy(),
                        s.seed(),
                        s.workers(),
                        s.workers() == 1 ? "worker" : "workers",
                        s.simulated() ? " -- SIMULATED EVALUATIONS: times and fitness are invented" : ""));
        out.println(history.ended()
                .map(e -> (e.complete() ? "complete: " : "stopped: ") + e.reason())
                .orElse("in progress, or its master was killed"));
        int[] counts = new int[EvaluationStatus.values().length];
        for (long id = 0; id < history.asked(); id++) {
            history.evaluation(id)
                    .ifPresent(row -> counts[row.evaluation().status().ordinal()]++);
        }
        StringBuilder text = new StringBuilder();
        for (EvaluationStatus status : EvaluationStatus.values()) {
            if (counts[status.ordinal()] > 0) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(counts[status.ordinal()])
                        .append(' ')
                        .append(status.name().toLowerCase(Locale.ROOT).replace('_', ' '));
            }
        }
        int open = history.asked() - history.evaluated();
        out.println(
                history.evaluated() + " evaluations (" + text + ")" + (open > 0 ? ", " + open + " unfinished" : ""));
    }

    private void table(PrintStream out, List<EvaluationRow> top) {
        out.println();
        List<Figure> figures = Arrays.stream(Figure.values())
                .filter(f ->
                        top.stream().anyMatch(row -> row.evaluation().figures().containsKey(f)))
                .toList();
        boolean loss = top.stream()
                .anyMatch(row -> row.evaluation().fitness() != row.evaluation().validationLoss());
        StringBuilder heads = new StringBuilder(loss ? String.format(" %7s", "loss") : "");
        figures.forEach(f -> heads.append(' ').append(head(f)));
        out.printf("%7s %7s %10s%s %10s %6s  %s%n", "fitness", "id", "parameters", heads, "made by", "time", "genome");
        for (EvaluationRow row : top) {
            out.printf(
                    Locale.ROOT,
                    "%7s %7d %10d%s %10s %5.1fs  %s%n",
                    Terminal.loss(row.evaluation().fitness()),
                    row.candidate().id(),
                    row.evaluation().parameters(),
                    (loss ? String.format(" %7s", Terminal.loss(row.evaluation().validationLoss())) : "")
                            + figures(row, figures),
                    row.candidate().operator().startsWith("random")
                            ? "random"
                            : row.candidate().parentB() >= 0 ? "crossover" : "mutation",
                    row.evaluation().durations().total(),
                    row.candidate().genome());
        }
    }

    /** {@code knn accuracy}, with its unit; as wide as its numbers at least. */
    private static String head(Figure figure) {
        String name = figure.column().replace('_', ' ') + (figure.unit().isEmpty() ? "" : "/" + figure.unit());
        return String.format("%6s", name);
    }

    private static String figures(EvaluationRow row, List<Figure> figures) {
        StringBuilder text = new StringBuilder();
        for (Figure figure : figures) {
            double value = row.evaluation().figure(figure);
            text.append(' ')
                    .append(String.format(
                            Locale.ROOT,
                            "%" + head(figure).length() + "s",
                            Double.isNaN(value)
                                    ? "-"
                                    : String.format(Locale.ROOT, figure.unit().isEmpty() ? "%.4f" : "%.2f", value)));
        }
        return text.toString();
    }

    private void layers(PrintStream out, EvaluationRow best) {
        Optional<Blueprint> blueprint = blueprint(best);
        if (blueprint.isEmpty()) {
            return;
        }
        out.println();
        out.println("The best, candidate " + best.candidate().id() + ", layer by layer:");
        out.printf("  %-14s %12s %12s%n", "layer", "output", "parameters");
        out.printf("  %-14s %12s %12s%n", "input", blueprint.get().input(), "");
        for (Layer layer : blueprint.get().layers()) {
            out.printf(Locale.ROOT, "  %-14s %12s %12d%n", layer.name(), layer.output(), layer.parameters());
        }
        out.printf(Locale.ROOT, "  %-14s %12s %12d%n", "", "", blueprint.get().parameters());
    }

    /** The best network's layers; none where the data, and so the shape, are not at hand any more. */
    private Optional<Blueprint> blueprint(EvaluationRow best) {
        try {
            RunConfig config = RunConfig.parse(history.started().orElseThrow().inputYaml(), "the run's input");
            SearchSpace space = Evaluators.space(config);
            return Optional.of(space.blueprint(best.candidate().genome()));
        } catch (InputException | org.aevo.data.DataException e) {
            return Optional.empty();
        }
    }

    private void efficiency(PrintStream out) {
        Optional<Accounting> accounting = Accounting.of(history);
        if (accounting.isEmpty()) {
            return;
        }
        Accounting a = accounting.get();
        out.println();
        out.printf(
                Locale.ROOT,
                "%.1f s from first dispatch to last arrival, %.0f evaluations per hour%n",
                a.wallSeconds(),
                a.evaluationsPerHour());
        out.printf(
                Locale.ROOT,
                "utilisation %.4f + starting %.4f + waiting %.4f (%.4f at the barrier) + draining %.4f + lost %.4f = %.4f%n",
                a.utilisation(),
                a.share(Timeline.State.STARTING),
                a.share(Timeline.State.WAITING),
                a.barrierShare(),
                a.share(Timeline.State.DRAINING),
                a.share(Timeline.State.LOST),
                a.utilisation()
                        + a.share(Timeline.State.STARTING)
                        + a.share(Timeline.State.WAITING)
                        + a.share(Timeline.State.DRAINING)
                        + a.share(Timeline.State.LOST));
        for (WorkerRow worker : history.workers()) {
            Entry.WorkerJoined joined = worker.joined();
            out.printf(
                    Locale.ROOT,
                    "worker %d on %s (%s): %d evaluations, busy %.1f s%s%n",
                    joined.rank(),
                    joined.host(),
                    joined.device(),
                    worker.evaluations(),
                    worker.busy(),
                    worker.lost() ? ", lost" : "");
        }
    }
}
