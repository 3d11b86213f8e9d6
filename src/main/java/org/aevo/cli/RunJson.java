package org.aevo.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.aevo.network.EnumText;
import org.aevo.network.Node;
import org.aevo.network.Shape;
import org.aevo.record.Accounting;
import org.aevo.record.Entry;
import org.aevo.record.EvaluationRow;
import org.aevo.record.FrontProgress;
import org.aevo.record.Json;
import org.aevo.record.MetricsFile;
import org.aevo.record.ModelMetrics;
import org.aevo.record.RunEnsemble;
import org.aevo.record.RunHistory;
import org.aevo.record.Timeline;
import org.aevo.report.run.Layers;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Figure;

/** What 'aevo show' says of a run, for programs. Names are those of run.h5 where they mean the same. */
final class RunJson {
    private final RunHistory history;
    private final Path directory;
    private final int top;
    private final Optional<ModelMetrics> model;

    /**
     * @param history of a run that has started
     * @param top number of candidates to list
     * @param model what came of training the best fully
     */
    RunJson(RunHistory history, Path directory, int top, Optional<ModelMetrics> model) {
        this.history = history;
        this.directory = directory;
        this.top = top;
        this.model = model;
    }

    String text() {
        Map<String, Object> run = new LinkedHashMap<>();
        Entry.RunStarted started = history.started().orElseThrow();
        run.put("directory", directory);
        run.put("name", started.name());
        run.put("mode", started.mode());
        run.put("strategy", started.strategy());
        run.put("seed", started.seed());
        run.put("simulated", started.simulated());
        Optional<TaskText> task = TaskText.of(started);
        run.put("task", task.map(TaskText::task));
        run.put("fitness_is", task.map(TaskText::fitness));
        run.put("start_utc", started.startUtc());
        run.put("created_by", started.createdBy());
        run.put("git_commit", started.gitCommit());
        // open: in progress, or its master was killed
        run.put(
                "state",
                history.ended().map(e -> e.complete() ? "complete" : "stopped").orElse("open"));
        run.put("reason", history.ended().map(Entry.RunEnded::reason));
        run.put("asked", history.asked());
        run.put("evaluated", history.evaluated());
        run.put("inserted", history.inserted());
        run.put("statuses", statuses());
        run.put("weights_origins", WeightOrigins.of(history).tree());
        run.put("best_fitness", history.bestFitness());
        run.put("wall_s", history.wallSeconds());
        run.put("accounting", Accounting.of(history).map(RunJson::accounting));
        run.put("sessions", sessions());
        run.put("workers", workers());
        run.put("teams", new TeamText(history).tree());
        run.put("top", history.top(top).stream().map(this::candidate).toList());
        front(run);
        RunEnsemble.of(history).ifPresent(ensemble -> run.put("ensemble", EnsembleTable.tree(ensemble.results())));
        run.put("network", history.top(1).stream().findFirst().flatMap(this::network));
        NetworkResults.of(history).ifPresent(results -> run.put("networks", results.tree()));
        run.put("model", model.map(MetricsFile::tree));
        return Json.of(run);
    }

    /** Of a run with objectives alone. */
    private void front(Map<String, Object> run) {
        FrontProgress.of(history).ifPresent(progress -> {
            run.put("objectives", history.started().orElseThrow().objectives().names());
            run.put("reference_point", progress.reference());
            run.put("hypervolume", progress.hypervolume());
            run.put(
                    "front",
                    FrontTable.sorted(progress.front(history)).stream()
                            .map(this::candidate)
                            .toList());
        });
    }

    private Map<String, Object> statuses() {
        int[] counts = new int[EvaluationStatus.values().length];
        for (long id = 0; id < history.asked(); id++) {
            history.evaluation(id)
                    .ifPresent(row -> counts[row.evaluation().status().ordinal()]++);
        }
        Map<String, Object> statuses = new LinkedHashMap<>();
        for (EvaluationStatus status : EvaluationStatus.values()) {
            statuses.put(status.name().toLowerCase(Locale.ROOT), counts[status.ordinal()]);
        }
        return statuses;
    }

    private static Map<String, Object> accounting(Accounting a) {
        Map<String, Object> shares = new LinkedHashMap<>();
        shares.put("first_dispatch_s", a.from());
        shares.put("last_arrival_s", a.to());
        shares.put("wall_s", a.wallSeconds());
        shares.put("capacity_s", a.capacity());
        shares.put("evaluations_per_hour", a.evaluationsPerHour());
        shares.put("utilisation", a.utilisation());
        for (Timeline.State state : Timeline.State.values()) {
            if (state != Timeline.State.BUSY) {
                shares.put(state.name().toLowerCase(Locale.ROOT), a.share(state));
            }
        }
        // the two parts of waiting
        shares.put("barrier", a.barrierShare());
        shares.put("dispatch", a.dispatchShare());
        return shares;
    }

    private List<Object> sessions() {
        List<Object> sessions = new ArrayList<>();
        history.sessions().forEach(s -> {
            Map<String, Object> session = new LinkedHashMap<>();
            session.put("start_s", s.start());
            session.put("end_s", s.end());
            session.put("workers", s.workers());
            session.put("created_by", s.program().name());
            session.put("git_commit", s.program().commit());
            sessions.add(session);
        });
        return sessions;
    }

    private List<Object> workers() {
        List<Object> workers = new ArrayList<>();
        history.workers().forEach(w -> {
            Map<String, Object> worker = new LinkedHashMap<>();
            worker.put("worker", w.joined().worker());
            worker.put("rank", w.joined().rank());
            worker.put("host", w.joined().host());
            worker.put("device", w.joined().device());
            worker.put("pid", w.joined().pid());
            worker.put("start_s", w.joined().startSeconds());
            worker.put("joined_s", w.joined().time());
            worker.put("left_s", w.left());
            worker.put("lost", w.lost());
            worker.put("evaluations", w.evaluations());
            worker.put("busy_s", w.busy());
            workers.add(worker);
        });
        return workers;
    }

    private Map<String, Object> candidate(EvaluationRow row) {
        Map<String, Object> candidate = new LinkedHashMap<>();
        candidate.put("id", row.candidate().id());
        candidate.put("fitness", row.evaluation().fitness());
        candidate.put("status", row.evaluation().status().name().toLowerCase(Locale.ROOT));
        candidate.put("parameters", row.evaluation().effort().parameters());
        candidate.put("epochs", row.evaluation().effort().epochs());
        candidate.put("cumulated_epochs", row.evaluation().effort().cumulatedEpochs());
        candidate.put(
                "weights_origin",
                EnumText.of(row.evaluation().effort().inheritance().origin()));
        candidate.put("inherited_share", row.evaluation().effort().inheritance().share());
        candidate.put("train_loss", row.evaluation().score().trainLoss());
        candidate.put("validation_loss", row.evaluation().score().validationLoss());
        for (Figure figure : Figure.ofNetworks()) {
            candidate.put(figure.column(), row.evaluation().score().figure(figure));
        }
        List<String> objectives = history.started().orElseThrow().objectives().columns();
        List<Double> values = row.evaluation().score().objectives();
        for (int i = 0; i < Math.min(objectives.size(), values.size()); i++) {
            candidate.put(objectives.get(i), values.get(i));
        }
        candidate.put("generation", row.candidate().generation());
        candidate.put("operator", row.candidate().operator());
        candidate.put("parent_a", parent(row.candidate().parentA()));
        candidate.put("parent_b", parent(row.candidate().parentB()));
        if (history.knowsWhoLeft()) {
            candidate.put("left_s", row.left());
        }
        candidate.put("worker", row.worker());
        candidate.put("team", row.team());
        candidate.put("ranks", row.evaluation().effort().teamwork().ranks());
        candidate.put("communication_s", row.evaluation().effort().teamwork().communicationSeconds());
        candidate.put("attempt", row.attempt());
        candidate.put("arrived_s", row.arrived());
        candidate.put("duration_s", row.evaluation().seconds());
        candidate.put("genome", history.genomeText(row.candidate().id()));
        return candidate;
    }

    /** The best, layer by layer; names of inputs and outputs are those of /best in run.h5. */
    private Optional<Map<String, Object>> network(EvaluationRow best) {
        return BestLayers.of(history, best.candidate()).map(blueprint -> {
            Map<String, Object> network = new LinkedHashMap<>();
            network.put("candidate", best.candidate().id());
            network.put("input", sides(blueprint.input()));
            network.put("parameters", blueprint.parameters());
            network.put("forward_operations", blueprint.forwardOperations());
            network.put("layers", blueprint.nodes().stream().map(RunJson::layer).toList());
            network.put("outputs", new TreeMap<>(blueprint.outputs()));
            return network;
        });
    }

    private static Map<String, Object> layer(Node node) {
        Map<String, Object> layer = new LinkedHashMap<>();
        layer.put("name", node.name());
        layer.put("from", node.inputs());
        layer.put("output", sides(node.layer().output()));
        layer.put("parameters", node.layer().parameters());
        layer.put("what", Layers.text(node.layer()));
        return layer;
    }

    private static List<Integer> sides(Shape shape) {
        return List.of(shape.channels(), shape.height(), shape.width());
    }

    private static Optional<Long> parent(long id) {
        return id < 0 ? Optional.empty() : Optional.of(id);
    }
}
