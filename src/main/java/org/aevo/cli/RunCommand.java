package org.aevo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.config.RunConfig.Option;
import org.aevo.data.DataException;
import org.aevo.launch.LaunchException;
import org.aevo.launch.MeetingPoint;
import org.aevo.launch.Placement;
import org.aevo.record.Entry;
import org.aevo.record.JournalReader;
import org.aevo.record.RecordException;
import org.aevo.record.RunDirectory;
import org.aevo.record.RunPaths;
import org.aevo.search.Strategies;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Evolve. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Evolves autoencoders as an input file says; writes a run directory.",
            "This process is rank 0 and starts its workers as processes of their own; started by srun, each task is a"
                    + " rank and all but the first are workers. Ctrl-C stops cleanly, a second one at once."
        })
final class RunCommand implements Callable<Integer> {
    @Parameters(index = "0", arity = "0..1", paramLabel = "INPUT", description = "Input file; examples are in inputs/.")
    private Path input;

    @picocli.CommandLine.Option(
            names = "--resume",
            paramLabel = "DIR",
            description = {
                "Go on with the run of this directory; with --evaluations N for more of them than it had, with --set"
                        + " data.path=PLACE where the same data are elsewhere now."
            })
    private Path resume;

    @picocli.CommandLine.Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Run directory. Default: runs/<name>, or runs/<name>-2 and so on if there is a run already.")
    private Path output;

    @picocli.CommandLine.Option(
            names = "--workers",
            paramLabel = "N",
            description = "Workers. Default: cluster.workers of the input.")
    private String workers;

    @picocli.CommandLine.Option(
            names = "--mode",
            paramLabel = "sync|async",
            description = "Generations or not. Default: mode of the input.")
    private String mode;

    @picocli.CommandLine.Option(
            names = "--evaluations",
            paramLabel = "N",
            description = "Budget. Default: budget.evaluations of the input.")
    private String evaluations;

    @picocli.CommandLine.Option(
            names = "--seed",
            paramLabel = "S",
            description = "Of everything random. Default: seed of the input.")
    private String seed;

    @picocli.CommandLine.Option(
            names = "--seed-offset",
            paramLabel = "N",
            description =
                    "Added to the seed: one input and N = 1, 2, 3, ... are as many runs with different seeds, as the tasks of a"
                            + " job array are.")
    private Long seedOffset;

    @Mixin
    private InputOptions inputs;

    @picocli.CommandLine.Option(
            names = "--dry-run",
            description = "Check everything, print the effective input, start nothing, write nothing.")
    private boolean dryRun;

    @Mixin
    private RankOptions ranks;

    @Spec
    private CommandSpec spec;

    private final Map<String, String> environment = System.getenv();
    /** What the data were understood as, a line each. */
    private final List<String> seen = new ArrayList<>();

    private Placement placement;
    private Optional<MeetingPoint.Place> agreed = Optional.empty();

    @Override
    public Integer call() throws Exception {
        requireName("INPUT", input);
        requireName("--output", output);
        requireName("--resume", resume);
        placement = ranks.placement(environment);
        agreed = ranks.agreed(environment);
        requireMeeting();
        if (placement.launcher() == Placement.Launcher.SRUN_SHELL) {
            System.err.println(
                    "aevo: this is a shell that srun started, and the only one of its tasks that goes on: the"
                            + " workers are processes of this host, as on a machine without SLURM. For a run on all tasks leave the"
                            + " shell, and 'srun -n TASKS bin/aevo run ...' or 'sbatch slurm/run.sbatch ...'");
        }
        if (placement.rank() > 0) {
            return work();
        }
        if (resume != null) {
            return resume();
        }
        if (input == null) {
            throw new InputException(
                    "run: which input file? Examples are in inputs/, for instance inputs/quickstart.yaml");
        }
        RunConfig config = counted(options -> readSeeded(options));
        Checked checked = prepared(config);
        GpuShares gpus = checkedGpus(config);
        config.hints().forEach(hint -> System.err.println("aevo: " + hint));
        Path directory = vacantDirectory(config);
        sayWhatWasSeen();
        if (dryRun) {
            System.out.print(config.effective().yaml());
            return ExitCode.DONE;
        }
        saySeed(config);
        String commandLine =
                String.join(" ", spec.commandLine().getParent().getParseResult().originalArgs());
        try (RunDirectory run = create(directory)) {
            return RunSession.start(config, checked, run, workforce(config, gpus, run), commandLine);
        }
    }

    /** As {@link #checked}; a launcher's other ranks wait for that. */
    private Checked prepared(RunConfig config) throws IOException {
        boolean waitedFor = placement.isOneOfMany() && agreed.isEmpty() && !dryRun;
        try (PreparingMaster said =
                new PreparingMaster(waitedFor ? Optional.of(MeetingPoint.file(placement)) : Optional.empty())) {
            said.start();
            return checked(config, workerMemory(config), seen::add);
        }
    }

    /** Not before all is found good: an error is the only line that is said. */
    private void sayWhatWasSeen() {
        seen.forEach(line -> System.err.println("aevo: data: " + line));
    }

    private void requireMeeting() {
        if (placement.isOneOfMany() && agreed.isEmpty()) {
            try {
                MeetingPoint.file(placement);
            } catch (LaunchException e) {
                throw new InputException(e.getMessage(), e);
            }
        }
    }

    private static void requireName(String option, Path path) {
        if (path != null && path.toString().isBlank()) {
            throw new InputException(option + ": is empty, expected a path");
        }
    }

    /** A rank that its launcher started beside rank 0, which says what is wrong with input or data. */
    private int work() throws Exception {
        RunConfig config;
        GpuShares gpus;
        try {
            config = input == null && resume != null
                    ? resumedConfig(new RunPaths(resume))
                    : counted(options -> readSeeded(options));
        } catch (InputException e) {
            return ExitCode.USAGE;
        }
        try {
            gpus = checkedGpus(config);
            Engines.require(config);
        } catch (InputException e) {
            // one rank speaks for its host; for the first host that is rank 0
            if (placement.localRank().orElse(0) == 0) {
                System.err.println("aevo: rank " + placement.rank() + " (" + placement.host() + "): " + e.getMessage());
            }
            return ExitCode.USAGE;
        }
        return new LaunchedRank(placement, environment, config, gpus).serve(agreed);
    }

    private GpuShares checkedGpus(RunConfig config) {
        GpuShares gpus = GpuShares.of(config, placement, environment);
        if (placement.isOneOfMany()) {
            gpus.checkStep(placement, environment);
        } else {
            gpus.checkLocal(config.cluster().workers());
        }
        return gpus;
    }

    private Workforce workforce(RunConfig config, GpuShares gpus, RunDirectory run) {
        return placement.isOneOfMany()
                ? new LaunchedWorkforce(placement, environment, agreed)
                : new LocalWorkforce(config, gpus, run.paths().directory());
    }

    private int resume() throws Exception {
        if (input != null
                || output != null
                || seedOffset != null
                || workersOnly().size() != options().size()
                || !SameData.arePlaces(inputs.settings())) {
            throw new InputException(
                    "--resume DIR goes on with the input of that run: of the other options it takes"
                            + " --evaluations, --workers and --set data.path=PLACE (data.validation-from.path, data.test-from.path; of the same data) only");
        }
        RunPaths paths = new RunPaths(resume);
        if (!RunDirectory.holdsRun(resume)) {
            throw new InputException(resume + ": there is no run to resume (nothing is recorded there)");
        }
        if (!Files.exists(paths.journal())) {
            throw new InputException(resume + ": its run cannot be resumed without its run.journal");
        }
        RunConfig config = resumedConfig(paths);
        Checked checked = prepared(config);
        GpuShares gpus = checkedGpus(config);
        sayWhatWasSeen();
        if (dryRun) {
            System.out.print(config.effective().yaml());
            return ExitCode.DONE;
        }
        String commandLine =
                String.join(" ", spec.commandLine().getParent().getParseResult().originalArgs());
        try (RunDirectory run = RunDirectory.open(resume)) {
            return RunSession.resume(config, checked, run, workforce(config, gpus, run), commandLine);
        }
    }

    /** The input of a run as it was left; what decides on candidates and their training must be as it was recorded. */
    private RunConfig resumedConfig(RunPaths paths) throws IOException {
        Optional<String> recorded = recordedInput(paths.journal());
        if (!Files.exists(paths.input()) && recorded.isPresent()) {
            return counted(
                    options -> RunConfig.parse(recorded.get(), paths.journal().toString(), options, inputs.settings()));
        }
        RunConfig config = counted(options -> RunConfig.read(paths.input(), options, inputs.settings()));
        if (recorded.isPresent()) {
            List<String> free = new ArrayList<>(List.of("budget", "cluster", "record"));
            free.addAll(RunConfig.DATA_PLACES);
            List<String> changes = RunConfig.parse(
                            recorded.get(), paths.journal().toString())
                    .effective()
                    .changesTo(config.effective(), free.toArray(String[]::new));
            if (!changes.isEmpty()) {
                throw new InputException(paths.input() + ": is not the input that the run was started with ("
                        + String.join("; ", changes) + "): set it back, or start a new run");
            }
        }
        return config;
    }

    private static Optional<String> recordedInput(Path journal) throws IOException {
        try (JournalReader reader = JournalReader.open(journal)) {
            return reader.next()
                    .map(JournalReader.Located::entry)
                    .filter(Entry.RunStarted.class::isInstance)
                    .map(entry -> ((Entry.RunStarted) entry).inputYaml());
        }
    }

    private Map<String, Option> workersOnly() {
        Map<String, Option> allowed = options();
        allowed.keySet().removeIf(key -> !key.equals("cluster.workers") && !key.equals("budget.evaluations"));
        return allowed;
    }

    /** Reads a configuration; a launcher's ranks decide how many workers there are. */
    private RunConfig counted(Function<Map<String, Option>, RunConfig> read) {
        Map<String, Option> options = options();
        if (!placement.isOneOfMany()) {
            return read.apply(options);
        }
        String name = "the launcher's ranks";
        int processes = placement.size() - 1;
        InputOptions.put(options, "cluster.workers", name, Integer.toString(processes));
        int each = read.apply(options).cluster().workersPerProcess();
        InputOptions.put(options, "cluster.workers", name, Integer.toString(processes * each));
        return read.apply(options);
    }

    /** Reads the input; its seed, wherever that was given, may be moved. */
    private RunConfig readSeeded(Map<String, Option> options) {
        RunConfig config = RunConfig.read(input, options, inputs.settings());
        if (seedOffset == null) {
            return config;
        }
        long moved;
        try {
            moved = Math.addExact(config.seed(), seedOffset);
        } catch (ArithmeticException e) {
            throw new InputException(
                    "--seed-offset " + seedOffset + ": the seed, " + config.seed() + ", is too large for it", e);
        }
        List<String> settings = new ArrayList<>(inputs.settings());
        settings.removeIf(setting -> setting.startsWith("seed="));
        Map<String, Option> all = new LinkedHashMap<>(options);
        InputOptions.put(all, "seed", "--seed and --seed-offset", Long.toString(moved));
        return RunConfig.read(input, all, settings);
    }

    private void saySeed(RunConfig config) {
        if (seedOffset != null) {
            System.err.println("aevo: seed " + config.seed() + ": " + (config.seed() - seedOffset)
                    + " of the input or --seed, and " + seedOffset + " for this one of several runs");
        }
    }

    private Map<String, Option> options() {
        Map<String, Option> options = inputs.named();
        InputOptions.put(options, "cluster.workers", "--workers", workers);
        InputOptions.put(options, "mode", "--mode", mode);
        InputOptions.put(options, "budget.evaluations", "--evaluations", evaluations);
        InputOptions.put(options, "seed", "--seed", seed);
        return options;
    }

    /** Of each worker; empty where that is for other hosts to say. */
    private Optional<WorkerMemory> workerMemory(RunConfig config) {
        return placement.isOneOfMany() && config.cluster().workerMemoryMiB().isEmpty()
                ? Optional.empty()
                : Optional.of(WorkerMemory.here(config));
    }

    /**
     * Everything about data and search space that could be wrong is found here, before anything is started or written.
     *
     * @param remarks takes what the data are understood as, a line each
     */
    static Checked checked(RunConfig config, Optional<WorkerMemory> worker, Consumer<String> remarks) {
        try {
            Checked checked = Evaluators.checked(config, worker, remarks);
            Engines.require(config);
            // throws if the space has no network at all
            Strategies.create(config.strategy(), config.mode(), checked.space(), config.evolution(), config.seed());
            return checked;
        } catch (DataException | IllegalArgumentException e) {
            throw new InputException(e.getMessage(), e);
        }
    }

    /** A name that a directory may have. */
    static String folder(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[.-]+", "");
        return safe.isEmpty() ? "run" : safe;
    }

    private Path vacantDirectory(RunConfig config) {
        Optional<Path> given = Optional.ofNullable(output);
        String folder = folder(config.name());
        Path directory = given.orElse(Path.of("runs", folder));
        for (int n = 2; given.isEmpty() && RunDirectory.holdsRun(directory); n++) {
            directory = Path.of("runs", folder + "-" + n);
        }
        try {
            RunDirectory.checkVacant(directory);
        } catch (RecordException e) {
            throw new InputException(e.getMessage(), e);
        }
        return directory;
    }

    /** @throws InputException if another directory would do */
    private static RunDirectory create(Path directory) throws RecordException {
        try {
            return RunDirectory.create(directory);
        } catch (RecordException e) {
            RecordException told = e.then("start the run again");
            if (e.isOfDisk()) {
                throw told;
            }
            throw new InputException(told.getMessage(), told);
        }
    }
}
