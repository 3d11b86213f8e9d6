package org.aevo.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.config.RunConfig.Option;
import org.aevo.launch.Placement;
import org.aevo.launch.RankDiscovery;
import org.aevo.network.EnumText;
import org.aevo.record.RecordException;
import org.aevo.report.Numbers;
import org.aevo.search.Mode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The scaling benchmark. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Measures how a search scales: runs of one input with several numbers of workers, in both modes, several"
                    + " times, one after the other.",
            "Each run has a directory of its own, DIR/<mode>-<workers>w-r<repeat>; those of one repeat have the same"
                    + " seed. The same command again goes on: it skips what is complete and resumes what was stopped.",
            "All workers are on this machine, also inside an allocation of SLURM: slurm/scaling.sbatch makes the same"
                    + " runs on all of its nodes."
        })
final class BenchCommand implements Callable<Integer> {
    /** Keys that a bench sets for each run, and the options that say how. */
    private static final Map<String, String> OWN_KEYS = Map.of(
            "mode", "--modes",
            "cluster.workers", "--workers");

    private static final String SHARING = "cluster.workers-per-process";

    @Parameters(index = "0", paramLabel = "INPUT", description = "Input file; examples are in inputs/.")
    private Path input;

    @picocli.CommandLine.Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Directory of the runs. Default: runs/<name>-bench.")
    private Path output;

    @picocli.CommandLine.Option(
            names = "--workers",
            paramLabel = "N,N...",
            description = "Numbers of workers. Default: powers of two, up to the processors of this machine.")
    private String workers;

    @picocli.CommandLine.Option(
            names = "--modes",
            paramLabel = "MODE,MODE",
            description = "Modes to compare. Default: those that the strategy has: sync,async.")
    private String modes;

    @picocli.CommandLine.Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "3",
            description = "Runs of each mode and number of workers, with another seed each.")
    private String repeats;

    @picocli.CommandLine.Option(
            names = "--scaling",
            paramLabel = "strong|weak|time",
            defaultValue = "strong",
            description = "What is equal in all runs: the evaluations; the evaluations for each worker; the wall time.")
    private String scaling;

    @picocli.CommandLine.Option(
            names = "--evaluations",
            paramLabel = "N",
            description = "Evaluations of a run; of weak scaling for each worker. Default: budget.evaluations of the"
                    + " input.")
    private String evaluations;

    @picocli.CommandLine.Option(
            names = "--wall-seconds",
            paramLabel = "S",
            description = "Of --scaling time: seconds of a run. Default: budget.wall-seconds of the input.")
    private String wallSeconds;

    @picocli.CommandLine.Option(
            names = "--seed",
            paramLabel = "S",
            description = "Seed of the first repeat, S+1 of the second and so on. Default: seed of the input.")
    private String seed;

    @Mixin
    private InputOptions inputs;

    @picocli.CommandLine.Option(
            names = "--dry-run",
            description = "Check everything, list the runs, start nothing, write nothing.")
    private boolean dryRun;

    @picocli.CommandLine.Option(
            names = "--print-input",
            description = "Print the input that the runs share, every key; start nothing, write nothing.")
    private boolean printInput;

    @picocli.CommandLine.Option(
            names = "--prepare",
            description = "Write the inputs of the runs, print a line for each run: name, processes that evaluate, and"
                    + " new, stopped, complete or broken, with tabs between them; start nothing.")
    private boolean prepare;

    @picocli.CommandLine.Option(
            names = "--table",
            description = "Print what came of the runs so far; start nothing, write nothing.")
    private boolean table;

    @picocli.CommandLine.Option(
            names = "--room",
            paramLabel = "N",
            description = "With --prepare or --table: processes that evaluate for which a scheduler granted room."
                    + " Default: the processors of this machine.")
    private String room;

    @Override
    public Integer call() throws Exception {
        requireName("INPUT", input);
        requireName("--output", output);
        if (Stream.of(dryRun, printInput, prepare, table).filter(on -> on).count() > 1) {
            throw new InputException("of --dry-run, --print-input, --prepare and --table only one can be done");
        }
        Placement placement = placement();
        BenchPlan plan = plan();
        RunConfig base = plan.base();
        if (printInput) {
            System.out.print(base.effective().yaml());
            return ExitCode.DONE;
        }
        if (prepare) {
            plan.checkRoom();
        } else if (!table) {
            // the GPUs of this machine, where it computes on them
            GpuHost host = new GpuHost();
            plan.runs().forEach(run -> GpuShares.of(run.config(), placement, System.getenv(), host)
                    .checkLocal(run.workers()));
        }
        for (Mode mode : plan.grid().modes()) {
            RunStart.checked(plan.run(mode, plan.grid().workers().get(0), 1).config(), least(plan), remark -> {});
        }
        BenchDirectory directory = new BenchDirectory(
                Optional.ofNullable(output).orElse(Path.of("runs", RunStart.folder(base.name()) + "-bench")));
        if (table || dryRun) {
            return look(plan, directory);
        }
        // first of all: what a second bench finds here must not change while it reads
        try (FileChannel lock = directory.lock()) {
            return work(plan, directory);
        }
    }

    private static List<BenchResult> checked(BenchPlan plan, BenchDirectory directory) throws IOException {
        directory.check(plan);
        return directory.runs(plan).stream()
                .map(run -> BenchResult.of(run, directory.run(run)))
                .toList();
    }

    private static void note(BenchPlan plan, List<BenchResult> before) {
        plan.notes(before.stream().map(BenchResult::run).toList()).forEach(note -> System.err.println("aevo: " + note));
    }

    private static BenchEstimate estimate(BenchPlan plan) {
        return new BenchEstimate(
                Evaluators.expectedSeconds(plan.base()), plan.grid().room());
    }

    private int look(BenchPlan plan, BenchDirectory directory) throws IOException {
        List<BenchResult> before = checked(plan, directory);
        if (table) {
            BenchTable.print(
                    System.out, before.stream().map(BenchTable.Line::of).toList());
        } else {
            note(plan, before);
            list(before, estimate(plan));
        }
        return ExitCode.DONE;
    }

    private int work(BenchPlan plan, BenchDirectory directory) throws IOException, InterruptedException {
        List<BenchResult> before = checked(plan, directory);
        List<BenchRun> runs = before.stream().map(BenchResult::run).toList();
        if (prepare) {
            before.stream()
                    .filter(result -> result.state() == BenchResult.State.STOPPED)
                    .forEach(result -> plan.checkRoom(result.run()));
        }
        note(plan, before);
        try {
            directory.prepare(plan, runs);
        } catch (RecordException e) {
            throw e.then("start the bench again");
        }
        if (prepare) {
            before.forEach(BenchCommand::line);
            return ExitCode.DONE;
        }
        RunConfig base = plan.base();
        System.err.println("aevo: bench of " + base.name() + (base.simulated() ? " (SIMULATED evaluations)" : "") + ": "
                + Numbers.count(runs.size(), "run") + ", "
                + EnumText.of(plan.grid().scaling()) + " scaling, into " + directory.path());
        return new BenchSession(directory, runs, before, estimate(plan)).run();
    }

    /** The memory of a worker where there are most of them; empty where that is for other hosts to say. */
    private Optional<WorkerMemory> least(BenchPlan plan) {
        RunConfig most = plan.run(
                        plan.grid().modes().get(0), Collections.max(plan.grid().workers()), 1)
                .config();
        return plan.grid().launched() && most.cluster().workerMemoryMiB().isEmpty()
                ? Optional.empty()
                : Optional.of(WorkerMemory.here(most));
    }

    private static Placement placement() {
        Placement placement;
        try {
            placement = RankDiscovery.of(System.getenv());
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage(), e);
        }
        if (placement.isOneOfMany()) {
            throw new InputException(
                    "bench starts runs of its own on this machine, one after the other: start it once, not"
                            + " as each rank of " + placement.launcher()
                            + "; slurm/scaling.sbatch makes runs of many ranks");
        }
        return placement;
    }

    private static void requireName(String option, Path path) {
        if (path != null && path.toString().isBlank()) {
            throw new InputException(option + ": is empty, expected a path");
        }
    }

    private BenchPlan plan() {
        if (room != null && !prepare && !table) {
            throw new InputException("--room belongs to --prepare or --table");
        }
        int processes = room == null ? Runtime.getRuntime().availableProcessors() : BenchGrid.number("--room", room);
        BenchGrid grid = new BenchGrid(
                BenchGrid.scaling(scaling),
                workers == null ? BenchGrid.powersOfTwo(processes) : BenchGrid.workers(workers),
                modes == null ? List.of(Mode.values()) : BenchGrid.modes(modes),
                BenchGrid.number("--repeats", repeats),
                processes,
                prepare || room != null);
        boolean sharingGiven = false;
        for (String setting : inputs.settings()) {
            String key = setting.substring(0, Math.max(0, setting.indexOf('='))).strip();
            if (OWN_KEYS.containsKey(key)) {
                throw new InputException(
                        "--set " + setting + ": the runs of a bench differ in it: use " + OWN_KEYS.get(key));
            }
            sharingGiven |= key.equals(SHARING);
        }
        RunConfig base = RunConfig.read(input, options(grid), inputs.settings());
        OptionalLong perWorker = grid.scaling() == Scaling.WEAK ? wholeNumber(evaluations) : OptionalLong.empty();
        return new BenchPlan(
                base,
                grid.serving(base.strategy(), modes != null),
                perWorker.isPresent() ? perWorker : base.budget().evaluations(),
                sharingGiven);
    }

    private Map<String, Option> options(BenchGrid grid) {
        boolean timed = grid.scaling() == Scaling.TIME;
        if (timed && evaluations != null) {
            throw new InputException("--evaluations: runs of --scaling time end with their time; use --wall-seconds");
        }
        if (!timed && wallSeconds != null) {
            throw new InputException("--wall-seconds: runs of --scaling " + EnumText.of(grid.scaling())
                    + " end with their evaluations; use --scaling time");
        }
        Map<String, Option> options = inputs.named();
        InputOptions.put(options, "seed", "--seed", seed);
        InputOptions.put(options, "budget.wall-seconds", "--wall-seconds", wallSeconds);
        // the smallest run decides whether a population is too large
        OptionalLong each = grid.scaling() == Scaling.WEAK ? wholeNumber(evaluations) : OptionalLong.empty();
        int smallest = grid.workers().stream().min(Integer::compare).orElse(1);
        InputOptions.put(
                options,
                "budget.evaluations",
                "--evaluations",
                each.isPresent() ? Long.toString(smallest * each.getAsLong()) : evaluations);
        return options;
    }

    /** Empty if it is none: who reads the input says so. */
    private static OptionalLong wholeNumber(String text) {
        return text != null && text.matches("[1-9][0-9]{0,8}")
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }

    private static void line(BenchResult result) {
        BenchRun run = result.run();
        System.out.println(run.name() + "\t" + run.processes() + "\t" + EnumText.of(result.state()));
    }

    private static void list(List<BenchResult> runs, BenchEstimate estimate) throws IOException {
        runs.forEach(estimate::learn);
        System.out.printf("%-18s %20s %11s %9s  %s%n", "run", "seed", "evaluations", "about", "state");
        double sum = 0;
        for (BenchResult result : runs) {
            OptionalDouble left = estimate.secondsLeft(result);
            sum += left.orElse(Double.NaN);
            var budget = result.run().config().budget();
            System.out.printf(
                    Locale.ROOT,
                    "%-18s %20d %11s %9s  %s%s%n",
                    result.run().name(),
                    result.run().config().seed(),
                    budget.evaluations().isPresent()
                            ? Long.toString(budget.evaluations().getAsLong())
                            : "-",
                    left.isPresent() ? Terminal.time(left.getAsDouble()) : "?",
                    EnumText.of(result.state()),
                    result.run().config().simulated() ? "  SIMULATED" : "");
        }
        System.out.println(runs.size()
                + (runs.size() == 1 ? " run" : " runs")
                + (Double.isNaN(sum)
                        ? "; how long they take is known after the first"
                        : ", in all about " + Terminal.time(sum)));
    }
}
