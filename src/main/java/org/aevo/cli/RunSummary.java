package org.aevo.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import org.aevo.network.Blueprint;
import org.aevo.network.EnumText;
import org.aevo.network.Layer;
import org.aevo.record.Accounting;
import org.aevo.record.Entry;
import org.aevo.record.EvaluationRow;
import org.aevo.record.Objectives;
import org.aevo.record.RunEnsemble;
import org.aevo.record.RunHistory;
import org.aevo.record.Timeline;
import org.aevo.record.WorkerRow;
import org.aevo.report.Numbers;
import org.aevo.report.run.Layers;
import org.aevo.report.run.ProcessorWarnings;
import org.aevo.search.Candidate;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Figure;

/** What a run found and how it went, for people. */
final class RunSummary {
    private final RunHistory history;
    private final Path directory;
    private final Optional<RunEnsemble> ensemble;

    /** @param directory where the run is, for what the reader may do next */
    RunSummary(RunHistory history, Path directory) {
        this.history = history;
        this.directory = directory;
        this.ensemble = RunEnsemble.of(history);
    }

    void print(PrintStream out, int candidates) {
        head(out);
        if (ensemble.isPresent()) {
            new EnsembleTable(ensemble.get()).print(out);
            badEnds(out);
            efficiency(out);
            return;
        }
        List<EvaluationRow> top = history.top(candidates);
        if (!top.isEmpty()) {
            NetworkResults.of(history)
                    .ifPresentOrElse(
                            networks -> {
                                out.println();
                                networks.print(out);
                            },
                            () -> table(out, top));
            layers(out, top.get(0));
        } else {
            out.println("There is no best candidate: " + NoFitness.reason(history, directory));
        }
        efficiency(out);
    }

    /** Tasks of an ensemble that did not end well, of which results are missing above. */
    private void badEnds(PrintStream out) {
        List<EvaluationRow> bad = LongStream.range(0, history.asked())
                .mapToObj(history::evaluation)
                .flatMap(Optional::stream)
                .filter(row -> row.evaluation().status() != EvaluationStatus.OK)
                .toList();
        if (!bad.isEmpty()) {
            EvaluationRow first = bad.get(0);
            out.println();
            out.println(Numbers.count(bad.size(), "task") + " did not end well, the first of them "
                    + first.candidate().operator() + " (candidate "
                    + first.candidate().id() + ", "
                    + EnumText.of(first.evaluation().status()).replace('-', ' ') + "): "
                    + first.evaluation().message() + "; 'aevo show " + directory + " --csv' has them all");
        }
    }

    private void head(PrintStream out) {
        history.started()
                .ifPresent(s -> out.printf(
                        Locale.ROOT,
                        "%s: %s %s %s, seed %d, %s%s%n",
                        s.name(),
                        s.mode(),
                        s.strategy(),
                        ensemble.isPresent() ? "run" : "search",
                        s.seed(),
                        Numbers.count(s.workers(), "worker"),
                        s.simulated() ? " -- SIMULATED EVALUATIONS: times and fitness are invented" : ""));
        history.started()
                .flatMap(TaskText::of)
                .ifPresent(task -> out.println("task: " + task.task() + "; fitness: " + task.fitness()));
        DataText.of(history).ifPresent(out::println);
        history.started()
                .map(Entry.RunStarted::objectives)
                .filter(Objectives::exist)
                .ifPresent(objectives -> out.println("objectives: " + objectives.text()
                        + "; --front lists the evaluations that none is better than"));
        out.println(history.ended()
                .map(e -> (e.complete() ? "complete: " : "stopped: ") + e.reason())
                .orElse("in progress, or its master was killed"));
        int open = history.asked() - history.evaluated();
        out.println(Numbers.count(history.evaluated(), "evaluation") + " ("
                + NoFitness.text(NoFitness.statuses(history)) + ")" + (open > 0 ? ", " + open + " unfinished" : ""));
        WeightOrigins.of(history).text().ifPresent(out::println);
    }

    private void table(PrintStream out, List<EvaluationRow> top) {
        out.println();
        FigureColumns figures = new FigureColumns(Figure.ofNetworks().stream()
                .filter(f -> top.stream()
                        .anyMatch(row -> row.evaluation().score().figures().containsKey(f)))
                .toList());
        boolean loss = top.stream()
                .map(EvaluationRow::evaluation)
                .anyMatch(e -> !Double.isNaN(e.score().validationLoss())
                        && e.fitness() != e.score().validationLoss());
        String heads = (loss ? String.format(" %7s", "loss") : "") + figures.heads();
        out.printf("%7s %7s %10s%s %10s %6s  %s%n", "fitness", "id", "parameters", heads, "made by", "time", "genome");
        for (EvaluationRow row : top) {
            out.printf(
                    Locale.ROOT,
                    "%7s %7d %10d%s %10s %5.1fs  %s%n",
                    Terminal.loss(row.evaluation().fitness()),
                    row.candidate().id(),
                    row.evaluation().effort().parameters(),
                    (loss
                                    ? String.format(
                                            " %7s",
                                            Terminal.loss(
                                                    row.evaluation().score().validationLoss()))
                                    : "")
                            + figures.cells(row.evaluation().score()::figure),
                    madeBy(row.candidate()),
                    row.evaluation().seconds(),
                    DesignName.of(row.candidate().design()));
        }
    }

    /** Without parents what its operator is called: random, seed, listed. */
    private static String madeBy(Candidate candidate) {
        return candidate.parentA() == Candidate.NONE
                ? candidate.operator()
                : candidate.parentB() == Candidate.NONE ? "mutation" : "crossover";
    }

    private void layers(PrintStream out, EvaluationRow best) {
        BestLayers.of(history, best.candidate()).ifPresent(blueprint -> {
            out.println();
            out.println("The best, candidate " + best.candidate().id() + ", layer by layer:");
            layers(out, blueprint);
        });
    }

    /** With what each takes where that is not simply the output of the layer before it. */
    private static void layers(PrintStream out, Blueprint blueprint) {
        List<String> from = Layers.from(blueprint);
        int width = from.stream().mapToInt(String::length).max().orElse(0);
        String sources = width == 0 ? "" : "  %-" + Math.max("from".length(), width) + "s";
        String row = "  %1$-14s" + sources.replace("%", "%4$") + " %2$12s %3$12s";
        out.printf(row + "  what it is%n", "layer", "output", "parameters", "from");
        out.printf("  %1$-14s" + sources.replace("%", "%3$") + " %2$12s%n", "input", blueprint.input(), "");
        for (int i = 0; i < blueprint.nodes().size(); i++) {
            Layer layer = blueprint.nodes().get(i).layer();
            out.printf(
                    Locale.ROOT,
                    row + "  %5$s%n",
                    layer.name(),
                    layer.output(),
                    layer.parameters(),
                    from.get(i),
                    Layers.text(layer));
        }
        out.printf(Locale.ROOT, row + "%n", "together", "", blueprint.parameters(), "");
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
        if (!history.started().map(Entry.RunStarted::simulated).orElse(true)) {
            ProcessorWarnings.of(history).forEach(text -> out.println("WARNING: " + text));
        }
        new TeamText(history).all().ifPresent(out::println);
        for (WorkerRow worker : history.workers()) {
            Entry.WorkerJoined joined = worker.joined();
            out.printf(
                    Locale.ROOT,
                    "worker %d on %s (%s): %s, busy %.1f s%s%n",
                    joined.rank(),
                    joined.host(),
                    joined.device(),
                    Numbers.count(worker.evaluations(), "evaluation"),
                    worker.busy(),
                    worker.lost() ? ", lost" : "");
        }
    }
}
