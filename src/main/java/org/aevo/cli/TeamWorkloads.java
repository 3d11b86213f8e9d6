package org.aevo.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.aevo.config.InputException;
import org.aevo.predict.Communication;
import org.aevo.predict.TeamModel;
import org.aevo.predict.Workload;
import org.aevo.record.EvaluationRow;
import org.aevo.record.RunHistory;
import org.aevo.search.EvaluationStatus;

/**
 * What a run's evaluations would take in teams of each size. Where all were of the run's own size, that is as it was
 * measured; for others there must be a model, and for that communication, of the run's own teams or measured here.
 */
final class TeamWorkloads implements IntFunction<Workload> {
    private final Path run;
    private final RunHistory history;
    private final Workload measured;
    /** Whether evaluations were by teams of several sizes, or some by none: the run went on with another. */
    private final boolean mixed;

    private final Map<Integer, Workload> workloads = new HashMap<>();
    private Optional<TeamModel> model = Optional.empty();
    private String source = "";

    TeamWorkloads(Path run, RunHistory history, Workload measured) {
        this.run = run;
        this.history = history;
        this.measured = measured;
        this.mixed = LongStream.range(0, history.asked())
                        .mapToObj(history::evaluation)
                        .flatMap(Optional::stream)
                        .map(EvaluationRow::evaluation)
                        .filter(e -> e.status() != EvaluationStatus.WORKER_LOST)
                        .mapToInt(e -> e.effort().teamwork().ranks())
                        .distinct()
                        .count()
                > 1;
    }

    /** Workers that worked on each candidate of a run together. */
    static int sizeIn(RunHistory history) {
        return history.teams().isEmpty() ? 1 : history.teams().get(0).size();
    }

    /** Of the run that is predicted from. */
    int own() {
        return sizeIn(history);
    }

    /** The size of a team whose work is known: one worker alone, unless the run had teams, and no model tells of less. */
    int least() {
        return model.isPresent() ? 1 : own();
    }

    /**
     * Gets ready for sizes of teams.
     *
     * @throws InputException if the run does not tell what others than its own would take
     */
    void prepare(List<Integer> sizes) {
        if (sizes.stream().allMatch(size -> size == own() && !mixed || workloads.containsKey(size))) {
            return;
        }
        Optional<Communication> owned = TeamModel.measured(history);
        model = TeamModel.of(history, () -> owned.orElseGet(() -> measure(sizes)));
        if (model.isEmpty() && sizes.stream().allMatch(size -> size == own())) {
            return;
        }
        if (model.isEmpty()) {
            throw new InputException("--team: the journal of " + run
                    + " does not tell what networks were trained (evaluations are simulated, or none trained), so it is not"
                    + " known what teams of " + sizes + " would take; without --team it is predicted with teams of "
                    + own() + ", as it was");
        }
        if (owned.isPresent()) {
            source = "measured by the run's own teams of " + own();
        }
        for (int size : sizes) {
            workloads.put(size, workload(size));
        }
        workloads.put(1, workload(1));
    }

    private Communication measure(List<Integer> sizes) {
        int processors = Math.max(2, Runtime.getRuntime().availableProcessors());
        Map<Integer, Communication.Cost> costs = new HashMap<>();
        for (int size : sizes) {
            if (size >= 2 && size <= processors) {
                costs.put(size, CollectiveTiming.measure(size));
            }
        }
        if (costs.isEmpty()) {
            costs.put(2, CollectiveTiming.measure(2));
        }
        source =
                "measured on this machine with ranks of one process over loopback, not on the run's network; a run with"
                        + " teams measures its own";
        return new Communication(costs);
    }

    private Workload workload(int size) {
        return size == own() && !mixed ? measured : model.orElseThrow().workload(measured, size);
    }

    /** @throws InputException as {@link #prepare} does, for sizes that were not prepared */
    @Override
    public synchronized Workload apply(int size) {
        if (size == own() && !workloads.containsKey(size)) {
            return measured;
        }
        if (!workloads.containsKey(size)) {
            prepare(List.of(size));
        }
        return workloads.get(size);
    }

    /** Empty where no others than the run's own teams were asked for. */
    Optional<TeamModel> model() {
        return model;
    }

    /** Where the communication is from, for people. */
    String source() {
        return source;
    }
}
