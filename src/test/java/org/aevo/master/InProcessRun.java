package org.aevo.master;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.aevo.genome.Family;
import org.aevo.genome.SearchSpace;
import org.aevo.mpi.Link;
import org.aevo.mpi.LinkEvent;
import org.aevo.mpi.MasterEndpoint;
import org.aevo.mpi.MasterOptions;
import org.aevo.mpi.Message;
import org.aevo.mpi.Relay;
import org.aevo.mpi.RunSecret;
import org.aevo.mpi.WorkerConnector;
import org.aevo.network.Shape;
import org.aevo.record.BestWeights;
import org.aevo.record.Entry;
import org.aevo.record.Holding;
import org.aevo.record.Journal;
import org.aevo.record.Program;
import org.aevo.record.RunHistory;
import org.aevo.record.RunPaths;
import org.aevo.record.SnapshotWriter;
import org.aevo.record.WeightStore;
import org.aevo.search.Budget;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.Evaluator;
import org.aevo.search.EvolutionSettings;
import org.aevo.search.Mode;
import org.aevo.search.ParentWeights;
import org.aevo.search.SearchStrategy;
import org.aevo.search.SendingOrder;
import org.aevo.search.Strategies;
import org.aevo.search.StrategyKind;
import org.aevo.stopping.StoppingRules;
import org.aevo.stopping.StoppingSettings;
import org.aevo.worker.AtMaster;
import org.aevo.worker.DurationDistribution;
import org.aevo.worker.Introduction;
import org.aevo.worker.LocalHall;
import org.aevo.worker.Rendezvous;
import org.aevo.worker.SimulatedEvaluator;
import org.aevo.worker.WorkerLoop;

/** A master and workers in one virtual machine, over real MPJ links, with simulated evaluations. */
final class InProcessRun {
    static final SearchSpace SPACE = SearchSpace.defaults(Family.MIXED, new Shape(1, 28, 28), 8);

    final RunPaths paths;
    private final Mode mode;
    private final long seed;
    private final Budget budget;
    private final int workers;
    private Function<Integer, Evaluator> evaluators = worker -> simulated(0.004, 1);
    private Optional<Inheriting> inheriting = Optional.empty();
    private int places;
    private int team = 1;
    private Function<Integer, String> hosts = worker -> "here";
    private final LocalHall hall = new LocalHall();
    private int maxAttempts = 3;
    private double lonelySeconds = 20;
    private double graceSeconds = 5;
    private double silenceSeconds = 60;
    private int prefetch;
    private SendingOrder order = SendingOrder.BIRTH;
    private int mutes;
    private boolean rejoin;
    private int spoiledFrom = Integer.MAX_VALUE;
    private RunListener listener = new QuietListener();
    private StoppingSettings stopping = StoppingSettings.NONE;

    InProcessRun(Path directory, Mode mode, long seed, Budget budget, int workers) {
        this.paths = new RunPaths(directory);
        this.mode = mode;
        this.seed = seed;
        this.budget = budget;
        this.workers = workers;
        this.places = workers;
    }

    static Evaluator simulated(double mean, double cv) {
        return new SimulatedEvaluator(new DurationDistribution.LogNormal(mean, cv), SPACE::blueprint);
    }

    /** The evaluator of each worker, numbered from 0. */
    InProcessRun evaluators(Function<Integer, Evaluator> factory) {
        evaluators = factory;
        return this;
    }

    /** What a worker evaluates with in a run whose candidates inherit. */
    interface Inheriting {
        /** @param atMaster networks of parents by messages */
        Evaluator of(int worker, Message.Store store, ParentWeights atMaster);
    }

    /** The evaluator of each worker, numbered from 0, of a run whose candidates inherit. */
    InProcessRun inheriting(Inheriting factory) {
        inheriting = Optional.of(factory);
        return this;
    }

    /** Where the networks of parents are. */
    WeightStore store() {
        return new WeightStore(paths.weights(), "run " + seed, 1 << 20);
    }

    InProcessRun places(int count) {
        places = count;
        return this;
    }

    InProcessRun maxAttempts(int count) {
        maxAttempts = count;
        return this;
    }

    InProcessRun lonelySeconds(double seconds) {
        lonelySeconds = seconds;
        return this;
    }

    InProcessRun graceSeconds(double seconds) {
        graceSeconds = seconds;
        return this;
    }

    /** Every worker is sent its next candidate in advance. */
    InProcessRun sending(SendingOrder first) {
        order = first;
        return this;
    }

    InProcessRun prefetching(int candidates) {
        prefetch = candidates;
        return this;
    }

    /** Workers besides, that join and are never heard of again; and how long the master waits for a sign of life. */
    InProcessRun mutes(int count, double seconds) {
        mutes = count;
        silenceSeconds = seconds;
        return this;
    }

    /** Evaluations are judged while they go on. */
    InProcessRun stopping(StoppingSettings settings) {
        stopping = settings;
        return this;
    }

    /** Workers are put together in teams. */
    InProcessRun team(int size) {
        team = size;
        return this;
    }

    /** The host that each worker says it is on, numbered from 0. */
    InProcessRun hosts(Function<Integer, String> names) {
        hosts = names;
        return this;
    }

    /** Workers whose evaluator throws come back, like processes that are started again. */
    InProcessRun rejoining() {
        rejoin = true;
        return this;
    }

    /** Somebody sits between the first worker and the master, and changes what it says from some message on. */
    InProcessRun spoiling(int from) {
        spoiledFrom = from;
        return this;
    }

    InProcessRun listener(RunListener watching) {
        listener = watching;
        return this;
    }

    static SearchStrategy strategy(Mode mode, long seed) {
        EvolutionSettings d = EvolutionSettings.defaults();
        EvolutionSettings small = new EvolutionSettings(6, 6, 4, 2, d.maxTries(), d.rates());
        return Strategies.create(StrategyKind.GENETIC, mode, SPACE, small, seed);
    }

    /** What happened: how it ended, and the history read back from the journal. */
    record Result(RunOutcome outcome, RunHistory history) {
        List<String> genomes() {
            List<String> texts = new ArrayList<>();
            for (long id = 0; id < history.asked(); id++) {
                texts.add(history.candidate(id).toString());
            }
            return texts;
        }

        /** Candidates and fitness in the order in which the search took them in. */
        List<String> insertions() {
            return java.util.stream.LongStream.range(0, history.asked())
                    .mapToObj(history::evaluation)
                    .flatMap(java.util.Optional::stream)
                    .sorted(java.util.Comparator.comparingLong(row -> row.insertion()))
                    .map(row -> row.insertion() + ": " + row.candidate() + " "
                            + Double.doubleToLongBits(row.evaluation().fitness()) + " "
                            + row.evaluation().status())
                    .toList();
        }
    }

    /** Starts a new run, or goes on with the one in the directory. */
    Result run() throws Exception {
        Files.createDirectories(paths.directory());
        boolean isNew = !Files.exists(paths.journal());
        Replay past = new Replay(strategy(mode, seed), StoppingRules.of(stopping, mode == Mode.SYNC));
        RunHistory history = new RunHistory();
        Journal journal = isNew
                ? Journal.create(paths.journal())
                : Journal.open(paths.journal(), entry -> {
                    past.apply(entry);
                    history.apply(entry);
                });
        RunOutcome outcome;
        try (Ledger ledger = new Ledger(journal, history, RunClock.startingAt(past.elapsedSeconds()))) {
            ledger.enter(
                    isNew
                            ? started()
                            : new Entry.RunResumed(
                                    Instant.now(),
                                    past.elapsedSeconds(),
                                    "test",
                                    places,
                                    new Program("aevo test", "", "17")));
            outcome = run(past, ledger);
        }
        return new Result(outcome, RunHistory.read(paths.journal()));
    }

    private Entry started() {
        return new Entry.RunStarted(
                "test",
                mode.name().toLowerCase(java.util.Locale.ROOT),
                "genetic",
                seed,
                Instant.now(),
                "aevo test",
                "",
                "test",
                "",
                "17",
                Map.of(),
                Map.of(),
                true,
                places);
    }

    private RunOutcome run(Replay past, Ledger ledger) throws IOException, InterruptedException {
        RunSecret secret = RunSecret.random();
        BlockingQueue<LinkEvent> events = new LinkedBlockingQueue<>();
        List<Thread> threads = new ArrayList<>();
        WeightStore store = store();
        if (inheriting.isPresent()) {
            store.open(past.parents());
        }
        try (SnapshotWriter snapshots = new SnapshotWriter(paths, s -> {});
                MasterEndpoint endpoint = MasterEndpoint.open(MasterOptions.loopback(), secret, events::add);
                WeightKeeper keeper = new WeightKeeper(store, Holding.NOTHING, listener::warning)) {
            MasterSettings settings = new MasterSettings(
                    seed,
                    "",
                    "here",
                    places,
                    team,
                    maxAttempts,
                    graceSeconds,
                    lonelySeconds,
                    silenceSeconds,
                    1e9,
                    prefetch,
                    order);
            Master master = new Master(
                    settings,
                    budget,
                    past,
                    ledger,
                    new BestWeights(paths),
                    snapshots,
                    events,
                    endpoint::traffic,
                    () -> 0,
                    listener,
                    inheriting.map(factory -> keeper),
                    Optional.empty());
            if (listener instanceof StoppingListener stopping) {
                stopping.master = master;
            }
            for (int w = 0; w < workers; w++) {
                int number = w;
                int door = w == 0 && spoiledFrom < Integer.MAX_VALUE
                        ? relay(endpoint).port()
                        : endpoint.address().getPort();
                Thread thread = new Thread(() -> work(door, secret, number), "worker-" + w);
                thread.setDaemon(true);
                threads.add(thread);
                thread.start();
            }
            List<Link> silent = new ArrayList<>();
            for (int m = 0; m < mutes; m++) {
                Link link = new WorkerConnector()
                        .connect(
                                endpoint.address().getAddress().getHostAddress(),
                                endpoint.address().getPort(),
                                secret,
                                Duration.ofSeconds(20),
                                event -> {});
                link.send(new Message.Ready("mute", "none", "", 1_000_000 + m, 0, Optional.empty()));
                silent.add(link);
            }
            RunOutcome outcome = master.run();
            silent.forEach(Link::close);
            for (Thread thread : threads) {
                thread.interrupt();
                thread.join(20_000);
            }
            return outcome;
        }
    }

    private Relay relay(MasterEndpoint endpoint) throws IOException {
        return Relay.spoiling(endpoint.address().getPort(), spoiledFrom);
    }

    private void work(int door, RunSecret secret, int number) {
        boolean again = true;
        while (again && !Thread.currentThread().isInterrupted()) {
            again = rejoin;
            Thread self = Thread.currentThread();
            AtomicBoolean abandoned = new AtomicBoolean();
            WorkerLoop loop = new WorkerLoop(
                    new Introduction(hosts.apply(number), Optional.empty(), Optional.empty()),
                    new WorkerLoop.Evaluators() {
                        @Override
                        public Evaluator of(Message.Welcome welcome, AtMaster atMaster, Consumer<String> doing) {
                            return evaluator(number, welcome, atMaster.weights());
                        }

                        @Override
                        public List<Integer> rungs(Message.Welcome welcome) {
                            return stopping.rungs();
                        }

                        @Override
                        public Optional<Rendezvous> rendezvous(Message.Welcome welcome) {
                            return team == 1 ? Optional.empty() : Optional.of(hall.open());
                        }
                    },
                    end -> {
                        abandoned.set(end == WorkerLoop.End.LOST);
                        self.interrupt();
                    });
            try (Link link = new WorkerConnector().connect("127.0.0.1", door, secret, Duration.ofSeconds(20), loop)) {
                again &= loop.run(link) == WorkerLoop.End.LOST;
            } catch (DeadWorker e) {
                // as if its process had died: the link closes without a word
            } catch (InterruptedException e) { // or it lost its master in the middle of an evaluation
                again &= abandoned.get();
            } catch (IOException e) {
                return;
            }
        }
    }

    private Evaluator evaluator(int worker, Message.Welcome welcome, ParentWeights atMaster) {
        return inheriting.isPresent()
                ? inheriting.get().of(worker, welcome.store().orElseThrow(), atMaster)
                : evaluators.apply(worker);
    }

    /** Thrown by an evaluator to kill its worker. */
    static final class DeadWorker extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    static class QuietListener implements RunListener {
        @Override
        public void evaluated(Candidate candidate, Evaluation evaluation, Status status, boolean improved) {}

        @Override
        public void note(String message) {}

        @Override
        public void warning(String message) {}

        @Override
        public void tick(Status status) {}
    }

    /** Asks the master to stop after some evaluations. */
    static class StoppingListener extends QuietListener {
        private final long after;
        Master master;

        StoppingListener(long after) {
            this.after = after;
        }

        @Override
        public void evaluated(Candidate candidate, Evaluation evaluation, Status status, boolean improved) {
            stopAfter(status);
        }

        void stopAfter(Status status) {
            if (status.evaluations() >= after) {
                master.stop("the test says so");
            }
        }
    }
}
