package org.aevo.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.config.RunConfig.Option;
import org.aevo.network.EnumText;
import org.aevo.search.Mode;
import org.aevo.search.StrategyKind;

/**
 * The runs of a bench, in the order in which they are made: repeats outermost, modes innermost, every second repeat
 * backwards, so that a machine that becomes slower or faster meanwhile is unfair to none of them.
 */
final class BenchPlan {
    /** As many links a process serves well. */
    private static final int MOST_IN_A_PROCESS = 64;

    private static final int LIMIT_IN_A_PROCESS = 1000;
    private static final String NONE = "none";
    private static final String LABEL = "input";

    private final RunConfig base;
    private final BenchGrid grid;
    private final OptionalLong evaluations;
    private final boolean sharingGiven;

    /**
     * @param base the input that the runs share, with the first seed
     * @param evaluations of a run, or of weak scaling for each worker
     * @param sharingGiven whether the user said how many workers share a process
     */
    BenchPlan(RunConfig base, BenchGrid grid, OptionalLong evaluations, boolean sharingGiven) {
        this.base = base;
        this.grid = grid;
        this.evaluations = evaluations;
        this.sharingGiven = sharingGiven || base.cluster().workersPerProcess() > 1;
        boolean timed = grid.scaling() == Scaling.TIME;
        if (timed ? base.budget().wallSeconds().isEmpty() : evaluations.isEmpty()) {
            throw new InputException("--scaling " + EnumText.of(grid.scaling())
                    + (timed
                            ? ": how long? Give --wall-seconds S, or set budget.wall-seconds"
                            : ": how many evaluations"
                                    + (grid.scaling() == Scaling.WEAK ? " for each worker" : "")
                                    + "? Give --evaluations N, or set budget.evaluations"));
        }
    }

    RunConfig base() {
        return base;
    }

    BenchGrid grid() {
        return grid;
    }

    /** All runs, in order. */
    List<BenchRun> runs() {
        List<BenchRun> runs = new ArrayList<>();
        for (int repeat = 1; repeat <= grid.repeats(); repeat++) {
            List<BenchRun> round = new ArrayList<>();
            for (int workers : grid.workers()) {
                for (Mode mode : grid.modes()) {
                    round.add(run(mode, workers, repeat));
                }
            }
            if (repeat % 2 == 0) {
                Collections.reverse(round);
            }
            runs.addAll(round);
        }
        return runs;
    }

    /** One of them, or one that would be with more workers or repeats. */
    BenchRun run(Mode mode, int workers, int repeat) {
        if (!choosesSharing()) {
            return run(mode, workers, repeat, Optional.empty());
        }
        int each = grid.launched() ? equalSharing(workers, grid.room()) : sharing(workers, grid.room());
        return run(mode, workers, repeat, Optional.of(each));
    }

    /** The same with as many workers in each process as it was begun with, on whatever machine that was. */
    BenchRun begun(Mode mode, int workers, int repeat, int workersPerProcess) {
        return run(mode, workers, repeat, choosesSharing() ? Optional.of(workersPerProcess) : Optional.empty());
    }

    private BenchRun run(Mode mode, int workers, int repeat, Optional<Integer> sharing) {
        Map<String, Option> options = new LinkedHashMap<>();
        options.put("mode", new Option("--modes", EnumText.of(mode)));
        options.put("cluster.workers", new Option("--workers", Integer.toString(workers)));
        options.put("seed", new Option("--seed", Long.toString(base.seed() + repeat - 1)));
        options.put("budget.target-fitness", new Option("bench", NONE));
        options.put("budget.stagnation", new Option("bench", NONE));
        if (grid.scaling() == Scaling.TIME) {
            options.put("budget.evaluations", new Option("bench", NONE));
        } else {
            options.put("budget.wall-seconds", new Option("bench", NONE));
            long factor = grid.scaling() == Scaling.WEAK ? workers : 1;
            options.put(
                    "budget.evaluations", new Option("--evaluations", Long.toString(factor * evaluations.getAsLong())));
        }
        sharing.ifPresent(
                each -> options.put("cluster.workers-per-process", new Option("bench", Integer.toString(each))));
        try {
            RunConfig config = RunConfig.parse(base.effective().yaml(), LABEL, options);
            TeamCheck.workers(config);
            return new BenchRun(mode, workers, repeat, config);
        } catch (InputException e) {
            // the place is one in the effective input, which the user does not see
            String what = e.getMessage().replaceFirst("^" + LABEL + ":[0-9]+:[0-9]+: ", "");
            throw new InputException(workers + (workers == 1 ? " worker: " : " workers: ") + what, e);
        }
    }

    /**
     * @throws InputException if a launcher's ranks could not make these runs
     */
    void checkRoom() {
        for (int workers : grid.workers()) {
            checkRoom(run(grid.modes().get(0), workers, 1));
        }
    }

    /**
     * @throws InputException if a launcher's ranks could not make this run
     */
    void checkRoom(BenchRun run) {
        int workers = run.workers();
        if (run.processes() > grid.room()) {
            throw new InputException(workers + " workers need " + run.processes() + " processes, but there is room for "
                    + grid.room() + ": ask for more tasks or GPUs, or for fewer --workers");
        }
        if (workers % run.config().cluster().workersPerProcess() != 0) {
            throw new InputException(workers + " workers: not a multiple of cluster.workers-per-process, which is "
                    + run.config().cluster().workersPerProcess() + ", as each rank has to have equally many");
        }
    }

    /** Whether this, and not the user, says how many workers share a process. */
    private boolean choosesSharing() {
        return base.simulated() && !sharingGiven;
    }

    /** Simulated workers in each process: equally many if that can be, and with room for all processes. */
    static int sharing(int workers, int room) {
        int least = Math.min((workers + room - 1) / room, LIMIT_IN_A_PROCESS);
        int good = Math.min(least, MOST_IN_A_PROCESS);
        for (int each = good; each <= Math.min(2 * good, workers); each++) {
            if (workers % each == 0) {
                return each;
            }
        }
        return good;
    }

    /** The same where each process has to have equally many, and there is no room for more processes. */
    static int equalSharing(int workers, int room) {
        for (int each = (workers + room - 1) / room; each <= Math.min(workers, LIMIT_IN_A_PROCESS); each++) {
            if (workers % each == 0) {
                return each;
            }
        }
        throw new InputException(
                workers + " simulated workers cannot be spread equally over at most " + room + " processes");
    }

    /** What the runs have in common, for {@code bench.yaml}. */
    String describe() {
        StringBuilder text = new StringBuilder("# written by 'aevo bench'; every key of each run: inputs/\n");
        text.append("scaling: ").append(EnumText.of(grid.scaling())).append('\n');
        if (grid.scaling() == Scaling.TIME) {
            text.append("wall-seconds: ").append(base.budget().wallSeconds().getAsDouble());
        } else {
            text.append(grid.scaling() == Scaling.WEAK ? "evaluations-per-worker: " : "evaluations: ")
                    .append(evaluations.getAsLong());
        }
        return text.append("\nseed: ")
                .append(base.seed())
                .append("\nsimulated: ")
                .append(base.simulated())
                .append('\n')
                .toString();
    }

    /**
     * What the user should know before these runs are made, in lines.
     *
     * @param runs of this plan, those that were begun as they were
     */
    List<String> notes(List<BenchRun> runs) {
        List<String> notes = new ArrayList<>();
        if (grid.scaling() != Scaling.TIME && base.budget().wallSeconds().isPresent()) {
            notes.add("budget.wall-seconds does not apply: these runs end with their evaluations");
        }
        if (grid.scaling() == Scaling.TIME && base.budget().evaluations().isPresent()) {
            notes.add("budget.evaluations does not apply: these runs end with their time");
        }
        if (base.budget().targetFitness().isPresent()) {
            notes.add("budget.target-fitness does not apply: runs that are compared end alike");
        }
        if (base.budget().stagnation().isPresent()) {
            notes.add("budget.stagnation does not apply: runs that are compared end alike");
        }
        List<String> shared = runs.stream()
                .filter(run -> choosesSharing() && run.config().cluster().workersPerProcess() > 1)
                .sorted(Comparator.comparingInt(BenchRun::workers))
                .map(run -> run.workers() + " by " + run.config().cluster().workersPerProcess())
                .distinct()
                .toList();
        if (!shared.isEmpty()) {
            notes.add("simulated workers share processes: " + String.join(", ", shared)
                    + " (cluster.workers-per-process)");
        }
        int most = Collections.max(grid.workers());
        if (!base.simulated() && !grid.launched() && most > grid.room()) {
            notes.add(most + " workers that train, but " + grid.room()
                    + (grid.room() == 1 ? " processor" : " processors")
                    + " here: they will hinder each other, and what is measured is the machine");
        }
        boolean local = base.strategy() == StrategyKind.LOCAL;
        int generation = local
                ? base.evolution().neighbours()
                : Math.min(base.evolution().offspring(), base.evolution().population());
        if (grid.modes().contains(Mode.SYNC) && base.strategy().hasGenerations() && most > generation) {
            notes.add("a generation is " + generation + " candidates: of " + most
                    + " synchronous workers some will always wait (evolution."
                    + (local ? "neighbours" : "population") + ")");
        }
        return notes;
    }
}
