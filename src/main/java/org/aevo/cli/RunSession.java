package org.aevo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.DoubleAdder;
import org.aevo.config.RunConfig;
import org.aevo.data.HeldSplit;
import org.aevo.host.Machine;
import org.aevo.launch.RankDiscovery;
import org.aevo.launch.WorkerRecords;
import org.aevo.master.DataFeeder;
import org.aevo.master.Ledger;
import org.aevo.master.Master;
import org.aevo.master.MasterSettings;
import org.aevo.master.Replay;
import org.aevo.master.ReplayException;
import org.aevo.master.RunClock;
import org.aevo.master.RunOutcome;
import org.aevo.master.WeightKeeper;
import org.aevo.mpi.LinkEvent;
import org.aevo.mpi.MasterEndpoint;
import org.aevo.network.EnumText;
import org.aevo.record.BestWeights;
import org.aevo.record.Entry;
import org.aevo.record.Journal;
import org.aevo.record.LostRecords;
import org.aevo.record.LostRunException;
import org.aevo.record.Objectives;
import org.aevo.record.RecordException;
import org.aevo.record.RunDirectory;
import org.aevo.record.RunHistory;
import org.aevo.record.RunPaths;
import org.aevo.record.SnapshotWriter;
import org.aevo.record.WeightStore;
import org.aevo.report.Numbers;
import org.aevo.search.Criterion;
import org.aevo.search.Requests;
import org.aevo.train.EngineKind;

/** One process's part in a run, from an open run directory to the exit code: that of rank 0. */
final class RunSession {
    private static final List<String> SLURM_VARIABLES = List.of(
            "SLURM_CLUSTER_NAME",
            "SLURM_CPUS_PER_TASK",
            "SLURM_JOB_ID",
            "SLURM_JOB_NAME",
            "SLURM_JOB_NODELIST",
            "SLURM_JOB_NUM_NODES",
            "SLURM_JOB_PARTITION",
            "SLURM_NTASKS",
            "SLURM_RESTART_COUNT",
            "SLURM_STEP_ID");

    /** Values of a sample that have ranges of their own: more are in no journal. */
    private static final int MOST_RANGES = 1 << 20;

    private static final String HOW_TO_RESUME = "aevo: 'aevo run --resume %s' goes on";

    private final RunConfig config;
    private final RunDirectory directory;
    private final RunPaths paths;
    private final Replay past;
    private final RunHistory history;
    private final Ledger ledger;
    private final BestWeights bestWeights;
    private final Optional<WeightStore> weights;
    private final Optional<HeldSplit> data;
    private final Workforce workforce;
    private final RunResults results;
    private final Optional<EvaluationService> service;

    private RunSession(
            RunConfig config,
            RunDirectory directory,
            Replay past,
            RunHistory history,
            Ledger ledger,
            BestWeights bestWeights,
            Optional<WeightStore> weights,
            Optional<HeldSplit> data,
            Workforce workforce,
            RunResults results,
            Optional<EvaluationService> service) {
        this.config = config;
        this.directory = directory;
        this.paths = directory.paths();
        this.past = past;
        this.history = history;
        this.ledger = ledger;
        this.bestWeights = bestWeights;
        this.weights = weights;
        this.data = data;
        this.workforce = workforce;
        this.results = results;
        this.service = service;
    }

    /**
     * A new run in a vacant directory.
     *
     * @param data that are sent to workers; empty where each host reads the files
     * @param service what is evaluated by strategy served
     */
    static int start(
            Checked checked,
            Optional<HeldSplit> data,
            RunDirectory directory,
            Workforce workforce,
            String commandLine,
            RunResults results,
            Optional<EvaluationService> service)
            throws IOException, InterruptedException {
        RunConfig config = checked.config();
        RunPaths paths = directory.paths();
        Replay nothing = new Replay(Searches.of(config, checked.space(), requests(service)), config.stoppingRule());
        RunHistory history = new RunHistory();
        try (Ledger ledger =
                new Ledger(Journal.create(paths.journal(), directory.holding()), history, RunClock.startingAt(0))) {
            ledger.enter(started(config, commandLine));
            scaled(checked, 0).ifPresent(ledger::enter);
            SameData.shared(config, history, 0).ifPresent(ledger::enter);
            SameData.known(config, history, data.map(HeldSplit::checksum)).ifPresent(ledger::enter);
            Optional<WeightStore> weights = openWeights(config, paths, history, nothing);
            // from here on there is something to resume
            ledger.commit();
            directory.writeInput(config.effective().yaml());
            return new RunSession(
                            config,
                            directory,
                            nothing,
                            history,
                            ledger,
                            new BestWeights(paths, directory.holding()),
                            weights,
                            data,
                            workforce,
                            results,
                            service)
                    .run();
        } catch (LostRunException e) {
            return lost(e);
        } catch (RecordException e) {
            if (RunDirectory.holdsRun(paths.directory())) {
                return stopped(paths, e);
            }
            directory.abandon();
            throw e.then("start the run again");
        }
    }

    /**
     * Where candidates keep what others need, of a run in which they do: ready before there is a worker.
     *
     * @param past whose candidates may be parents yet
     */
    private static Optional<WeightStore> openWeights(RunConfig config, RunPaths paths, RunHistory history, Replay past)
            throws RecordException {
        if (!config.inheritsWeights() && !config.makesEnsemble()) {
            return Optional.empty();
        }
        WeightStore store = KeptWeights.ofRun(paths, history.started().orElseThrow(), KeptWeights.shelf(config));
        store.open(past.parents());
        return Optional.of(store);
    }

    /** The disk did not take something: the run goes on from what it took, if that is the beginning of a run at all. */
    private static int stopped(RunPaths paths, RecordException e) throws RecordException {
        if (!Files.exists(paths.journal())) {
            throw e;
        }
        System.err.println("aevo: " + e.getMessage());
        System.err.println(HOW_TO_RESUME.formatted(paths.directory()));
        return ExitCode.RESUMABLE;
    }

    private static Entry started(RunConfig config, String commandLine) {
        return new Entry.RunStarted(
                config.name(),
                EnumText.of(config.mode()),
                EnumText.of(config.strategy()),
                config.seed(),
                Instant.now(),
                "aevo " + Build.version(),
                config.effective().yaml(),
                commandLine,
                Build.commit(),
                System.getProperty("java.version"),
                libraries(config),
                slurm(),
                config.simulated(),
                config.cluster().workers(),
                config.task().kind(),
                config.task().fitness().formula(),
                objectives(config));
    }

    /** What a run of an input records of its objectives; of an ensemble, whose tasks have none, that there are none. */
    static Objectives objectives(RunConfig config) {
        if (config.makesEnsemble()) {
            return Objectives.NONE;
        }
        List<String> names = config.task().fitness().objectives().stream()
                .map(Criterion::text)
                .toList();
        return new Objectives(names, config.referencePoint());
    }

    private static Requests requests(Optional<EvaluationService> service) {
        return service.<Requests>map(s -> s).orElse(Requests.NONE);
    }

    /** Goes on with a run whose journal is replayed first; the rest as for {@link #start}. */
    static int resume(
            Checked checked,
            Optional<HeldSplit> data,
            RunDirectory directory,
            Workforce workforce,
            String commandLine,
            RunResults results,
            Optional<EvaluationService> service)
            throws IOException, InterruptedException {
        RunConfig config = checked.config();
        RunPaths paths = directory.paths();
        Replay past = Replay.trusting(
                Searches.of(config, checked.space(), requests(service)), config.stoppingRule(), Build.program());
        RunHistory history = new RunHistory();
        Journal journal;
        LostRecords.refuse(paths);
        try {
            journal = Journal.open(
                    paths.journal(),
                    entry -> {
                        past.apply(entry);
                        history.apply(entry);
                    },
                    directory.holding());
        } catch (ReplayException e) {
            throw new CommandException(
                    paths.journal() + ": cannot be resumed: " + e.getMessage() + OtherProgram.wayOut(history), e);
        }
        journal.cutKept().ifPresent(kept -> {
            String text = paths.journal() + ": " + journal.cutBytes()
                    + " bytes of an unfinished record at its end were cut off, and are kept in " + kept.getFileName();
            System.err.println("aevo: " + text);
            try (RunLog log = new RunLog(paths.log())) {
                log.line(text);
            }
        });
        // one whose master died before it said so has its end still to be written
        Optional<String> spent = config.budget()
                .reason(
                        past.told(),
                        past.elapsedSeconds(),
                        past.bestFitness(),
                        past.stagnation().evaluations());
        if (history.complete() && spent.isPresent()) {
            journal.close();
            System.err.println("aevo: " + paths.directory() + " is complete: " + spent.get()
                    + "; with more --evaluations, or another budget in its input.yaml, it goes on");
            return ExitCode.DONE;
        }
        Optional<Entry.DataUsed> moved = sameData(config, history, data, workforce);
        OtherProgram.accepted(history).ifPresent(text -> System.err.println("aevo: " + text));
        BestWeights bestWeights = new BestWeights(paths, directory.holding());
        bestWeights.restore(history, problem -> System.err.println("aevo: " + problem));
        try (Ledger ledger = new Ledger(journal, history, RunClock.startingAt(past.elapsedSeconds()))) {
            directory.writeInput(config.effective().yaml());
            // a master that died at once left an empty journal
            ledger.enter(
                    history.started().isEmpty()
                            ? started(config, commandLine)
                            : new Entry.RunResumed(
                                    Instant.now(),
                                    past.elapsedSeconds(),
                                    commandLine,
                                    config.cluster().workers(),
                                    Build.program()));
            moved.ifPresent(ledger::enter);
            SameData.shared(config, history, past.elapsedSeconds()).ifPresent(ledger::enter);
            if (history.inputs().isEmpty()) {
                scaled(checked, past.elapsedSeconds()).ifPresent(ledger::enter);
            }
            ledger.commit();
            return new RunSession(
                            config,
                            directory,
                            past,
                            history,
                            ledger,
                            bestWeights,
                            openWeights(config, paths, history, past),
                            data,
                            workforce,
                            results,
                            service)
                    .run();
        } catch (LostRunException e) {
            return lost(e);
        } catch (RecordException e) {
            return stopped(paths, e);
        }
    }

    /** As {@link SameData#required}; where no copy of the data is kept they are read again for it, while ranks wait. */
    private static Optional<Entry.DataUsed> sameData(
            RunConfig config, RunHistory history, Optional<HeldSplit> data, Workforce workforce) throws IOException {
        Optional<String> checksum = data.map(HeldSplit::checksum);
        try (PreparingMaster said = new PreparingMaster(workforce.lookout())) {
            said.start();
            Optional<Entry.DataUsed> moved = SameData.required(config, history, checksum);
            return moved.isPresent() ? moved : SameData.known(config, history, checksum);
        }
    }

    /** What a record of the journal may hold. */
    private static Optional<Entry> scaled(Checked checked, double time) {
        return checked.inputs()
                .filter(inputs -> inputs.minima().size() <= MOST_RANGES)
                .map(inputs -> new Entry.DataScaled(inputs, time));
    }

    /** What stands under the run's name is another's now: nothing is said of going on there. */
    private static int lost(LostRunException e) {
        System.err.println("aevo: " + e.getMessage());
        return ExitCode.RESUMABLE;
    }

    private int run() throws IOException, InterruptedException {
        ledger.enter(
                new Entry.MasterHost(RankDiscovery.of(System.getenv()).host(), Machine.here(), past.elapsedSeconds()));
        BlockingQueue<LinkEvent> events = new LinkedBlockingQueue<>();
        DoubleAdder snapshotSeconds = new DoubleAdder();
        AtomicReference<Optional<String>> unwritten = new AtomicReference<>(Optional.empty());
        try (RunLog log = new RunLog(paths.log());
                SnapshotWriter snapshots = new SnapshotWriter(paths, directory.holding(), snapshot -> {
                    snapshotSeconds.add(snapshot.seconds());
                    unwritten.set(snapshot.failure().map(Throwable::getMessage));
                    snapshot.failure().ifPresent(e -> log.line("no snapshot: " + e.getMessage()));
                });
                MasterEndpoint endpoint =
                        MasterEndpoint.open(workforce.listening(), workforce.secret(), events::add, log::line);
                WeightKeeper keeper = weights.map(store -> new WeightKeeper(
                                store,
                                directory.holding(),
                                text -> log.line(KeptWeights.shelf(config).whose() + ": " + text)))
                        .orElse(null);
                DataFeeder feeder = data.map(
                                held -> new DataFeeder(held.checksum(), held.bytes(), held::read, log::line))
                        .orElse(null)) {
            ProgressPrinter progress =
                    new ProgressPrinter(log, config.budget().evaluations(), Terminal.isLive(), Terminal.columns());
            progress.team(config.cluster().team());
            history.top(1).forEach(row -> progress.best(row.evaluation()));
            workforce.awaited().ifPresent(progress::await);
            announce(log);
            Master master = new Master(
                    settings(),
                    config.budget(),
                    past,
                    ledger,
                    bestWeights,
                    snapshots,
                    events,
                    endpoint::traffic,
                    snapshotSeconds::sum,
                    service.map(s -> s.listening(progress)).orElse(progress),
                    Optional.ofNullable(keeper),
                    Optional.ofNullable(feeder));
            service.ifPresent(s -> {
                s.recall(history);
                s.start(() -> events.add(new LinkEvent.Woken()));
            });
            StopSignals signals = new StopSignals(
                    reason -> {
                        double patience = Math.min(config.cluster().graceSeconds(), workforce.patience(reason));
                        master.stop(reason, patience);
                        workforce.dissuade();
                        progress.warning("stopping (" + reason + "): waiting up to "
                                + patience + " s for evaluations that are out"
                                + (Scheduler.isPresent() ? "" : "; SIGINT or SIGTERM again to stop at once"));
                    },
                    workforce::forsake,
                    Scheduler.isPresent());
            Parent.whenGone(() -> master.stop("what started this run is gone"));
            RunOutcome outcome;
            try (Workforce.Engagement engaged = workforce.engage(
                    endpoint.address(),
                    new WorkerRecords(master::hasBeenReady, master::hasWorked, master::isGivenUp, master::isPreparing),
                    log::line,
                    words -> master.stop(hopeless() + words))) {
                outcome = master.run();
            } catch (RecordException e) {
                progress.end();
                log.line("stopped: " + e.getMessage());
                System.err.println("aevo: " + e.getMessage());
                if (!(e instanceof LostRunException)) {
                    System.err.println(HOW_TO_RESUME.formatted(paths.directory()));
                }
                return ExitCode.RESUMABLE;
            }
            progress.end();
            log.line((outcome.complete() ? "complete: " : "stopped: ") + outcome.reason());
            unwritten
                    .get()
                    .ifPresent(problem -> System.err.println("aevo: run.h5 is not up to date (" + problem
                            + "); the journal is: 'aevo recover " + paths.directory() + "' writes it from there"));
            int code = conclude(outcome, signals);
            return code == ExitCode.DONE && unwritten.get().isPresent() ? ExitCode.FAILED : code;
        }
    }

    private int conclude(RunOutcome outcome, StopSignals signals) {
        System.err.println("aevo: " + outcome.reason() + "; the run is in " + paths.directory());
        if (history.evaluated() > 0) {
            results.print(history, paths.directory());
        }
        if (outcome.complete()) {
            return ExitCode.DONE;
        }
        System.err.println(HOW_TO_RESUME.formatted(paths.directory()));
        return signals.exitCode();
    }

    private String hopeless() {
        int team = config.cluster().team();
        return team == 1
                ? "no worker can be started: "
                : "too few workers can be started for a team of " + team + " (" + TeamCheck.KEY + "): ";
    }

    private void announce(RunLog log) {
        String text = "aevo: " + config.name() + ": " + EnumText.of(config.mode()) + " "
                + EnumText.of(config.strategy()) + (config.makesEnsemble() ? " run, " : " search, ")
                + Numbers.count(config.cluster().workers(), "worker")
                + (config.cluster().team() == 1
                        ? ""
                        : " in teams of " + config.cluster().team())
                + (config.simulated() ? " (simulated evaluations)" : " (" + Engines.text(config.engine()) + ")")
                + ", into " + paths.directory();
        System.err.println(text);
        log.line(text);
        if (!config.simulated()) {
            LeftOut.text(System.getenv()).ifPresent(names -> {
                System.err.println("aevo: " + names);
                log.line(names);
            });
        }
    }

    private MasterSettings settings() {
        return new MasterSettings(
                config.seed(),
                config.effective().yaml(),
                config.data().allPlaces(),
                config.cluster().workers(),
                config.cluster().team(),
                config.cluster().maxAttempts(),
                config.cluster().graceSeconds(),
                config.cluster().startTimeout(),
                config.cluster().heartbeatTimeout(),
                config.snapshotSeconds(),
                config.cluster().prefetch(),
                config.sendingOrder());
    }

    /** Of the engines' libraries those of the one that trains. */
    private static Map<String, String> libraries(RunConfig config) {
        Map<String, String> libraries = new TreeMap<>();
        for (String library : Build.libraries()) {
            libraries.put(library, Build.libraryVersion(library));
        }
        for (EngineKind kind : EngineKind.values()) {
            if (config.simulated() || kind != config.engine()) {
                libraries.keySet().removeAll(Engines.libraries(kind));
            }
        }
        return libraries;
    }

    /** What describes the allocation; not all of SLURM's variables, for some are secrets. */
    private static Map<String, String> slurm() {
        Map<String, String> variables = new TreeMap<>();
        for (String name : SLURM_VARIABLES) {
            String value = System.getenv(name);
            if (value != null) {
                variables.put(name, value);
            }
        }
        return variables;
    }
}
