package org.aevo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.config.RunConfig.Option;
import org.aevo.data.DataException;
import org.aevo.data.HeldSplit;
import org.aevo.launch.LaunchException;
import org.aevo.launch.MeetingPoint;
import org.aevo.launch.Placement;
import org.aevo.record.RecordException;
import org.aevo.record.RunDirectory;
import org.aevo.record.RunPaths;
import org.aevo.record.WeightStore;

/**
 * What commands that run something have in common, on any rank: who this process is, what is checked before anything is
 * started or written, and how a run begins or goes on.
 */
final class RunStart {
    private final Map<String, String> environment = System.getenv();
    /** What the data were understood as, a line each. */
    private final List<String> seen = new ArrayList<>();

    private final Placement placement;
    private final Optional<MeetingPoint.Place> agreed;
    private final boolean dryRun;

    /**
     * @param dryRun check everything, print the effective input, start nothing
     * @throws InputException if this is a rank that cannot find the others
     */
    RunStart(RankOptions ranks, boolean dryRun) {
        this.placement = ranks.placement(environment);
        this.agreed = ranks.agreed(environment);
        this.dryRun = dryRun;
        requireMeeting();
        if (placement.launcher() == Placement.Launcher.SRUN_SHELL) {
            System.err.println(
                    "aevo: this is a shell that srun started, and the only one of its tasks that goes on: the"
                            + " workers are processes of this host, as on a machine without SLURM. For a run on all tasks leave the"
                            + " shell, and 'srun -n TASKS bin/aevo run ...' or 'sbatch slurm/run.sbatch ...'");
        }
    }

    /** Whether another rank is the master. */
    boolean isWorker() {
        return placement.rank() > 0;
    }

    /**
     * A new run.
     *
     * @param output where it is to be; empty for a folder of this name, and a number if there is one already
     * @param announcement says what else there is to be said when all is found good
     */
    int begin(
            RunConfig config,
            Optional<Path> output,
            String name,
            String commandLine,
            Consumer<Checked> announcement,
            RunResults results)
            throws Exception {
        return begin(config, output, name, commandLine, announcement, results, checked -> Optional.empty());
    }

    /**
     * The same.
     *
     * @param service what is evaluated by strategy served
     */
    int begin(
            RunConfig config,
            Optional<Path> output,
            String name,
            String commandLine,
            Consumer<Checked> announcement,
            RunResults results,
            Function<Checked, Optional<EvaluationService>> service)
            throws Exception {
        Checked checked = prepared(config);
        GpuShares gpus = checkedGpus(config);
        config.hints().forEach(hint -> System.err.println("aevo: " + hint));
        Path directory = vacantDirectory(output, name);
        checkWeights(config, directory);
        sayWhatWasSeen();
        if (dryRun) {
            System.out.print(checked.config().effective().yaml());
            return ExitCode.DONE;
        }
        announcement.accept(checked);
        try (HeldSplit data = held(checked).orElse(null);
                RunDirectory run = create(directory)) {
            return RunSession.start(
                    checked,
                    Optional.ofNullable(data),
                    run,
                    workforce(config, gpus, run),
                    commandLine,
                    results,
                    service.apply(checked));
        }
    }

    /** A run that was left in a directory. */
    int goOn(RunConfig config, Path directory, String commandLine) throws Exception {
        return goOn(config, directory, commandLine, RunResults.SUMMARY, checked -> Optional.empty());
    }

    /**
     * The same.
     *
     * @param service what is evaluated by strategy served
     */
    int goOn(
            RunConfig config,
            Path directory,
            String commandLine,
            RunResults results,
            Function<Checked, Optional<EvaluationService>> service)
            throws Exception {
        Checked checked = prepared(config);
        GpuShares gpus = checkedGpus(config);
        checkWeights(config, directory);
        sayWhatWasSeen();
        if (dryRun) {
            System.out.print(config.effective().yaml());
            return ExitCode.DONE;
        }
        try (HeldSplit data = held(checked).orElse(null);
                RunDirectory run = RunDirectory.open(directory)) {
            return RunSession.resume(
                    checked,
                    Optional.ofNullable(data),
                    run,
                    workforce(config, gpus, run),
                    commandLine,
                    results,
                    service.apply(checked));
        }
    }

    /**
     * A rank that its launcher started beside rank 0, which says what is wrong with input or data.
     *
     * @param input reads the input
     */
    int work(Supplier<RunConfig> input) throws Exception {
        RunConfig config;
        GpuShares gpus;
        try {
            config = input.get();
            TeamCheck.workers(config);
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

    /** Reads a configuration; a launcher's ranks decide how many workers there are. */
    RunConfig counted(Map<String, Option> named, Function<Map<String, Option>, RunConfig> read) {
        Map<String, Option> options = new LinkedHashMap<>(named);
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

    /** As {@link #checked}; a launcher's other ranks wait for that. */
    private Checked prepared(RunConfig config) throws IOException {
        try (PreparingMaster said = sayingThatItGoesOn()) {
            return checked(config, workerMemory(config), seen::add);
        }
    }

    /** The data in a form in which they can be sent, where they are to be; other ranks wait for that too. */
    private Optional<HeldSplit> held(Checked checked) throws IOException {
        if (!checked.config().broadcasts()) {
            return Optional.empty();
        }
        try (PreparingMaster said = sayingThatItGoesOn()) {
            return Optional.of(
                    HeldSplit.of(checked.config().data(), checked.data().orElseThrow()));
        } catch (DataException e) {
            throw new InputException(e.getMessage() + "; or set data.distribution: shared-file", e);
        }
    }

    private PreparingMaster sayingThatItGoesOn() {
        boolean waitedFor = placement.isOneOfMany() && agreed.isEmpty() && !dryRun;
        PreparingMaster said =
                new PreparingMaster(waitedFor ? Optional.of(MeetingPoint.file(placement)) : Optional.empty());
        said.start();
        return said;
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
        TeamCheck.workers(config);
        try {
            Checked found = Evaluators.checked(config, worker, remarks);
            Engines.require(config);
            RunConfig complete = SeedDesigns.writtenOut(config, found.space());
            TeamCheck.batches(complete, found.space().batchSizes());
            // throws if the space has no network at all
            Searches.of(complete, found.space());
            return new Checked(complete, found.space(), found.inputs(), found.data());
        } catch (DataException | IllegalArgumentException e) {
            throw new InputException(e.getMessage(), e);
        }
    }

    /** A name that a directory may have. */
    static String folder(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[.-]+", "");
        return safe.isEmpty() ? "run" : safe;
    }

    private static Path vacantDirectory(Optional<Path> given, String name) {
        String folder = folder(name);
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

    /** Whether there is a place for what candidates keep for others, as far as that can be told before it is made. */
    private static void checkWeights(RunConfig config, Path directory) {
        if (config.inheritsWeights() || config.makesEnsemble()) {
            RunPaths paths = new RunPaths(directory);
            try {
                WeightStore.check(
                        config.makesEnsemble() ? paths.ensemble() : paths.weights(), KeptWeights.shelf(config));
            } catch (RecordException e) {
                throw new InputException(e.getMessage(), e);
            }
        }
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
