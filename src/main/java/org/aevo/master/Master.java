package org.aevo.master;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.aevo.dispatch.Action;
import org.aevo.dispatch.DispatchSettings;
import org.aevo.dispatch.Dispatcher;
import org.aevo.dispatch.Ending;
import org.aevo.dispatch.Loss;
import org.aevo.mpi.AwakeTime;
import org.aevo.mpi.Link;
import org.aevo.mpi.LinkEvent;
import org.aevo.mpi.Message;
import org.aevo.record.BestWeights;
import org.aevo.record.Entry;
import org.aevo.record.LearntDuration;
import org.aevo.record.RecordException;
import org.aevo.record.SnapshotWriter;
import org.aevo.search.Budget;
import org.aevo.search.Candidate;
import org.aevo.search.EvaluationSeed;
import org.aevo.search.Incumbent;
import org.aevo.search.SearchStrategy;
import org.aevo.search.SendingOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one dispatch loop: drain arrivals, make them durable, tell the strategy, ask it for every free worker, send.
 * There is no mode in it. Runs on one thread; {@link #stop} and what is asked of processes may be called from others.
 */
public final class Master {
    private static final Logger LOG = LoggerFactory.getLogger(Master.class);
    private static final long TICK_MILLIS = 200;
    /** Between two looks at what no event tells of. */
    private static final double HOUSEKEEPING_SECONDS = 0.1;
    /** Between two looks whether the run is where it was, when nothing is committed. */
    private static final double LOOK_SECONDS = 1;
    /** Between two looks which networks no child will want. */
    private static final double SWEEP_SECONDS = 1;

    private final MasterSettings settings;
    private final Ledger ledger;
    private final BestWeights bestWeights;
    private final SnapshotWriter snapshots;
    private final BlockingQueue<LinkEvent> events;
    private final Supplier<Link.Traffic> traffic;
    private final DoubleSupplier snapshotSeconds;
    private final RunListener listener;
    private final SearchStrategy strategy;
    private final Optional<WeightKeeper> weights;
    private final Optional<DataFeeder> data;
    private final CostMeter costs = new CostMeter();
    private final Dispatcher dispatcher;
    private final WorkerTable workers;
    private final LifeSigns lifeSigns;
    private final Obituaries obituaries = new Obituaries();
    private final Preparations preparations;
    private final Roster roster;
    private final Curves curves;
    private final Intake intake;

    private final Set<Long> readied = ConcurrentHashMap.newKeySet();
    private final Set<Long> proven = ConcurrentHashMap.newKeySet();
    private final Set<Long> givenUp = ConcurrentHashMap.newKeySet();
    private volatile Optional<String> stopRequest = Optional.empty();
    /** When who asked for the stop will wait no longer, on the run's clock. */
    private volatile double stopBy = Double.POSITIVE_INFINITY;

    private Optional<String> turnedAway = Optional.empty();
    /** As the loop lived through it: a run that was suspended has not waited for workers meanwhile. */
    private final AwakeTime awake = new AwakeTime(Duration.ofSeconds(1));

    private double lastHousekeeping;
    private double lastLook;
    private double lastSnapshot;
    private long toldAtSnapshot;
    private double lastSweep;
    private long toldAtSweep;

    /**
     * @param past the run so far, replayed; of an empty journal for a new run
     * @param events of the links to all workers
     * @param traffic over all links so far
     * @param snapshotSeconds that writing snapshots took so far, on a thread of its own
     * @param weights of a run whose candidates inherit
     * @param data of a run whose workers may have no files
     */
    public Master(
            MasterSettings settings,
            Budget budget,
            Replay past,
            Ledger ledger,
            BestWeights bestWeights,
            SnapshotWriter snapshots,
            BlockingQueue<LinkEvent> events,
            Supplier<Link.Traffic> traffic,
            DoubleSupplier snapshotSeconds,
            RunListener listener,
            Optional<WeightKeeper> weights,
            Optional<DataFeeder> data) {
        this.settings = settings;
        this.ledger = ledger;
        this.bestWeights = bestWeights;
        this.snapshots = snapshots;
        this.events = events;
        this.traffic = traffic;
        this.snapshotSeconds = snapshotSeconds;
        this.listener = listener;
        this.strategy = past.strategy();
        this.weights = weights;
        this.data = data;
        this.dispatcher = new Dispatcher(
                new MeteredStrategy(strategy, costs),
                new DispatchSettings(budget, settings.maxAttempts(), settings.prefetch(), settings.graceSeconds()),
                past.past(),
                settings.order() == SendingOrder.LONGEST
                        ? Optional.of(new MeasuredDurations(new LearntDuration(ledger.history())))
                        : Optional.empty());
        this.workers = new WorkerTable(settings.places(), past.nextWorker());
        this.lifeSigns = new LifeSigns(settings.silenceSeconds(), ledger.now());
        this.preparations = new Preparations(Roster.unit(settings.team()), settings.lonelySeconds(), awake.seconds());
        this.roster = new Roster(
                settings.team(),
                past.nextTeam(),
                // before a run without any team ends by itself
                Math.max(settings.lonelySeconds() / 2, 2 * settings.silenceSeconds()),
                dispatcher,
                ledger,
                obituaries,
                listener);
        this.curves = new Curves(past.rule(), ledger);
        this.intake = new Intake(dispatcher, ledger, bestWeights, obituaries, costs, listener, this::status, curves);
        this.lastSnapshot = ledger.now();
        past.unrecorded().forEach(i -> ledger.enter(new Entry.Inserted(i, ledger.now())));
    }

    /**
     * Asks the run to end early but cleanly: nothing more is handed out, what is out may come back for the grace time.
     */
    public void stop(String reason) {
        stop(reason, Double.POSITIVE_INFINITY);
    }

    /**
     * The same, for who has less than the grace time. Of several requests the one that leaves least time counts, and the
     * first one's reason.
     *
     * @param seconds for what is out to come back, from now on
     */
    public synchronized void stop(String reason, double seconds) {
        stopBy = Math.min(stopBy, ledger.now() + seconds);
        stopRequest = stopRequest.or(() -> Optional.of(reason));
    }

    /** Whether a process of this host has said that it can work. */
    public boolean hasBeenReady(long pid) {
        return readied.contains(pid);
    }

    /** Whether an evaluation has come from a process of this host. */
    public boolean hasWorked(long pid) {
        return proven.contains(pid);
    }

    /** Whether a process of this host was silent for too long: whatever it does, nobody waits for it any more. */
    public boolean isGivenUp(long pid) {
        return givenUp.contains(pid);
    }

    /** Whether a process of this host says that it is preparing, and is waited for. */
    public boolean isPreparing(long pid) {
        return preparations.isPreparing(pid);
    }

    /**
     * Runs until the budget is spent or the run is stopped.
     *
     * @throws RecordException if the disk does not take the journal; what was acknowledged before is there
     */
    public RunOutcome run() throws RecordException, InterruptedException {
        try {
            while (true) {
                List<Intake.Arrival> arrivals = receive();
                curves.answer();
                int evaluations = intake.settle(arrivals);
                decideEnding();
                act();
                if (dispatcher.isOver(ledger.now())) {
                    costs.loopEnds(evaluations);
                    break;
                }
                housekeeping();
                costs.loopEnds(evaluations);
            }
            Ending ending = dispatcher.ending().orElseThrow();
            return end(new RunOutcome(ending.complete(), ending.reason()));
        } finally {
            dismissAll();
            lifeSigns.close();
        }
    }

    private List<Intake.Arrival> receive() throws InterruptedException {
        List<LinkEvent> batch = new ArrayList<>();
        LinkEvent first = events.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
        costs.loopBegins();
        if (first != null) {
            batch.add(first);
            events.drainTo(batch);
        }
        List<Intake.Arrival> arrivals = new ArrayList<>();
        for (LinkEvent event : batch) {
            if (event instanceof LinkEvent.Joined joined) {
                welcome(joined.link());
            } else if (event instanceof LinkEvent.Lost lost) {
                forget(lost.link(), lost.reason());
            } else if (event instanceof LinkEvent.Received received) {
                workers.find(received.link()).ifPresent(seat -> {
                    seat.heard(ledger.now());
                    hear(seat, received.message(), arrivals);
                });
            }
        }
        return arrivals;
    }

    private void welcome(Link link) {
        boolean over = dispatcher.ending().isPresent();
        Optional<WorkerSeat> seat = over ? Optional.empty() : workers.seat(link, ledger.now());
        lifeSigns.add(link);
        if (seat.isPresent()) {
            welcome(seat.get());
        } else if (over || !workers.lineUp(link)) {
            dismiss(link, over ? "the run is over" : "all places are taken");
        }
    }

    private void welcome(WorkerSeat seat) {
        seat.link()
                .send(new Message.Welcome(
                        seat.rank(),
                        settings.inputYaml(),
                        settings.silenceSeconds(),
                        weights.map(WeightKeeper::place),
                        data.map(DataFeeder::data)));
    }

    private void hear(WorkerSeat seat, Message message, List<Intake.Arrival> arrivals) {
        if (message instanceof Message.Ready ready) {
            preparations.end(seat);
            if (!seat.isReady() && hasDoor(seat, ready) && hasTheData(seat, ready)) {
                turnedAway = Optional.empty();
                seat.ready(workers.newNumber(), ready);
                readied.add(ready.pid());
                ledger.enter(new Entry.WorkerJoined(
                        seat.number(),
                        seat.rank(),
                        ready.host(),
                        ready.device(),
                        ready.pid(),
                        ready.startSeconds(),
                        ledger.now(),
                        ready.threads(),
                        ready.machine()));
                seat.data()
                        .ifPresent(here -> ledger.enter(new Entry.DataCame(
                                seat.number(), here.fetched(), here.bytes(), here.seconds(), ledger.now())));
                roster.ready(seat);
                listener.note("worker " + seat.rank() + " is ready: " + ready.host() + ", " + ready.device()
                        + ", process " + ready.pid());
                ready.predecessor().ifPresent(ended -> {
                    obituaries.learn(ready.host(), ended);
                    listener.note("it takes the place of process " + ended.pid() + ", which " + ended.how());
                });
            }
        } else if (message instanceof Message.Result result) {
            take(seat, result).ifPresent(arrivals::add);
        } else if (message instanceof Message.EpochDone done) {
            boolean wanted = roster.leader(seat)
                    .filter(at -> dispatcher.has(at.place(), done.id(), done.attempt()))
                    .isPresent();
            curves.hear(seat.link(), done, wanted);
        } else if (message instanceof Message.Returned returned) {
            dispatcher
                    .returned(seat.place(), returned.id(), returned.attempt())
                    .ifPresent(a -> roster.enter(new Loss(a, false), seat, "taken back before it was begun"));
        } else if (message instanceof Message.Preparing preparing) {
            if (!seat.isReady()) {
                preparations.hear(seat, preparing, awake.seconds()).ifPresent(listener::note);
            }
        } else if (message instanceof Message.Unable unable) {
            listener.warning("worker " + seat.rank() + " cannot work: " + unable.message());
            forget(seat.link(), unable.message());
        } else if (message instanceof Message.Goodbye goodbye) {
            forget(seat.link(), goodbye.reason());
        } else if (!roster.hear(seat, message)) {
            if (message instanceof Message.DataHere here) {
                seat.has(here);
            }
            data.ifPresent(feeder -> feeder.hear(seat.link(), message));
            weights.ifPresent(keeper -> keeper.hear(seat.link(), message));
        }
    }

    private Optional<Intake.Arrival> take(WorkerSeat seat, Message.Result result) {
        Optional<WorkerSeat> leader = result.evaluation().id() == result.id() ? roster.leader(seat) : Optional.empty();
        Optional<Intake.Arrival> arrival = leader.flatMap(at -> dispatcher
                .arrived(at.place(), result.id(), result.attempt())
                .map(work -> new Intake.Arrival(work, at.number(), result)));
        if (arrival.isEmpty()) {
            LOG.info("worker {} sent an evaluation of {} that nobody waits for", seat.rank(), result.id());
        } else {
            roster.authors(seat).forEach(author -> proven.add(author.process()));
        }
        if (result.parting()) {
            roster.parted(seat, arrival.isEmpty());
        }
        return arrival;
    }

    /** Whoever is to be of a team says where its mates find it. */
    private boolean hasDoor(WorkerSeat seat, Message.Ready ready) {
        if (settings.team() == 1 || ready.door().isPresent()) {
            return true;
        }
        String closed = "worker " + seat.rank() + " on " + ready.host() + " has no door for team mates";
        listener.warning(closed + "; it is sent away");
        turnedAway = Optional.of(closed);
        workers.remove(seat);
        dismiss(seat.link(), closed);
        return false;
    }

    /** The first worker that is ready says which data the run's are; who has others is sent away. */
    private boolean hasTheData(WorkerSeat seat, Message.Ready ready) {
        Optional<Entry.DataUsed> used = ledger.history().data();
        if (used.isEmpty()) {
            if (!ready.data().isEmpty()) {
                ledger.enter(new Entry.DataUsed(ready.data(), settings.dataPlace(), ledger.now()));
            }
            return true;
        }
        if (used.get().checksum().equals(ready.data())) {
            return true;
        }
        String others = "worker " + seat.rank() + " on " + ready.host() + " has other data than the run: "
                + settings.dataPlace().replace("\n", ", ") + " there gives the checksum " + ready.data()
                + ", the run's is "
                + used.get().checksum();
        listener.warning(others + "; it is sent away");
        turnedAway = Optional.of(others);
        workers.remove(seat);
        dismiss(seat.link(), others);
        return false;
    }

    private void forget(Link link, String reason) {
        lifeSigns.remove(link);
        data.ifPresent(feeder -> feeder.forget(link));
        workers.leaveLine(link);
        workers.find(link).ifPresent(seat -> {
            workers.remove(seat);
            preparations.end(seat);
            if (seat.isReady()) {
                roster.left(seat, reason);
            }
            closeLater(link);
        });
    }

    private void decideEnding() {
        double now = ledger.now();
        dispatcher.wake(now);
        stopRequest.ifPresent(reason -> dispatcher.stop(reason, now, stopBy));
        if (dispatcher.ending().isEmpty()) {
            preparations
                    .lonely(dispatcher.ready(), awake.seconds())
                    .map(alone ->
                            roster.trouble().map(why -> alone + "; " + why).orElse(alone))
                    .map(alone -> turnedAway.map(why -> alone + "; " + why).orElse(alone))
                    .ifPresent(alone -> dispatcher.stop(alone, now, Double.POSITIVE_INFINITY));
        }
    }

    private void act() {
        for (Optional<Action> next = dispatcher.next(); next.isPresent(); next = dispatcher.next()) {
            WorkerSeat seat = workers.at(next.get().place());
            if (next.get() instanceof Action.Send send) {
                send(send, seat);
            } else if (next.get() instanceof Action.TakeBack back) {
                seat.link()
                        .send(new Message.Withdraw(
                                back.assignment().id(), back.assignment().attempt()));
            }
        }
    }

    private void send(Action.Send action, WorkerSeat seat) {
        Candidate candidate = action.assignment().candidate();
        int attempt = action.assignment().attempt();
        action.asked().forEach(asked -> ledger.enter(new Entry.Asked(asked, ledger.now())));
        // before it is sent: a worker may begin at once
        ledger.enter(new Entry.Dispatched(candidate.id(), attempt, seat.number(), ledger.now()));
        Incumbent best = dispatcher.incumbent();
        long started = System.nanoTime();
        Message assign = new Message.Assign(
                candidate,
                attempt,
                EvaluationSeed.of(settings.runSeed(), candidate),
                best.isPresent() ? best.fitness() : Double.POSITIVE_INFINITY);
        if (action.ahead() > 0 && settings.prefetch() > 1) {
            // several at a time leave together
            seat.link().post(assign);
        } else {
            seat.link().send(assign);
        }
        costs.sendSince(started);
    }

    private void housekeeping() throws RecordException {
        double now = ledger.now();
        if (now - lastHousekeeping < HOUSEKEEPING_SECONDS) {
            return;
        }
        lastHousekeeping = now;
        if (now - lastLook >= LOOK_SECONDS) {
            lastLook = now;
            ledger.check();
        }
        for (WorkerSeat seat : lifeSigns.silent(workers, now)) {
            givenUp.add(seat.process());
            forget(seat.link(), String.format(Locale.ROOT, "no sign of life for %.0f s", settings.silenceSeconds()));
        }
        preparations.stuck(awake.seconds()).forEach((seat, reason) -> {
            listener.warning(reason + ": it is given up");
            givenUp.add(preparations.process(seat));
            forget(seat.link(), reason);
        });
        for (WorkerSeat seat : roster.stuck()) {
            listener.warning("worker " + seat.rank() + " is given up: " + roster.stuckReason());
            givenUp.add(seat.process());
            forget(seat.link(), roster.stuckReason());
        }
        if (dispatcher.ending().isEmpty()) {
            admit(now);
        }
        roster.form(workers.all().stream().anyMatch(seat -> !seat.isReady()));
        sweep(now);
        listener.tick(status());
        boolean news = dispatcher.told() > toldAtSnapshot;
        if (news && now - lastSnapshot >= settings.snapshotSeconds()) {
            lastSnapshot = now;
            enterCosts();
            // a crash must not leave a run.h5 that shows more than the journal has
            ledger.commit();
            if (snapshots.offer(ledger.history(), bestWeights.current())) {
                toldAtSnapshot = dispatcher.told();
            }
        }
    }

    /** Networks that no child will want any more go. */
    private void sweep(double now) {
        if (weights.isPresent()
                && dispatcher.told() > toldAtSweep
                && now - lastSweep >= SWEEP_SECONDS
                && weights.get().isIdle()) {
            lastSweep = now;
            toldAtSweep = dispatcher.told();
            sweep();
        }
    }

    private void sweep() {
        weights.ifPresent(keeper -> keeper.sweep(strategy, dispatcher.outstanding(), dispatcher.asked()));
    }

    /** Those that wait take places that have become free. */
    private void admit(double now) {
        Optional<WorkerSeat> next = workers.seatNext(now);
        while (next.isPresent()) {
            welcome(next.get());
            next = workers.seatNext(now);
        }
    }

    private RunOutcome end(RunOutcome outcome) throws RecordException {
        roster.end(outcome.reason());
        for (WorkerSeat seat : workers.all()) {
            if (seat.isReady()) {
                ledger.enter(new Entry.WorkerLeft(seat.number(), ledger.now(), false, outcome.reason()));
            }
        }
        enterCosts();
        ledger.enter(new Entry.RunEnded(ledger.now(), outcome.complete(), outcome.reason()));
        ledger.commit();
        dismissAll();
        sweep();
        snapshots.finish(ledger.history(), bestWeights.current());
        return outcome;
    }

    private void enterCosts() {
        ledger.enter(costs.costs(traffic.get(), snapshotSeconds.getAsDouble(), ledger.now()));
    }

    private RunListener.Status status() {
        return new RunListener.Status(
                ledger.now(),
                dispatcher.told(),
                dispatcher.busy(),
                dispatcher.ready(),
                dispatcher.incumbent().fitness());
    }

    private void dismissAll() {
        String reason = dispatcher.ending().map(Ending::reason).orElse("the master failed");
        for (WorkerSeat seat : workers.all()) {
            workers.remove(seat);
            dismiss(seat.link(), reason);
        }
        for (Link link : workers.waiting()) {
            workers.leaveLine(link);
            dismiss(link, reason);
        }
    }

    private void dismiss(Link link, String reason) {
        lifeSigns.remove(link);
        data.ifPresent(feeder -> feeder.forget(link));
        link.send(new Message.Stop(reason));
        closeLater(link);
    }

    /** Closing waits a bounded time for what is still to be sent; the loop must not. */
    private void closeLater(Link link) {
        Thread closer = new Thread(link::close, "close-link");
        closer.setDaemon(true);
        closer.start();
    }
}
