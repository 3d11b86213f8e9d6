package org.aevo.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.aevo.mpi.Link;
import org.aevo.mpi.LinkEvent;
import org.aevo.mpi.LinkListener;
import org.aevo.mpi.Message;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluator;
import org.aevo.team.TeamLostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a rank that evaluates: it is welcomed with the run's input, makes its evaluator of it, and then evaluates
 * what it is sent, one candidate at a time on the calling thread, until it is told to stop or the link is lost. It is
 * the listener of that link, and so hears the end also while an evaluation is going on.
 */
public final class WorkerLoop implements LinkListener {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerLoop.class);

    private static final long HEARTBEAT_MILLIS = 2000;
    /** Until the master has said how long it and its workers wait for each other. */
    private static final double FIRST_SILENCE_SECONDS = 120;
    /** For the master to write or read a network, or a piece of the data, while it does so for other workers. */
    private static final double LEAST_PATIENCE_SECONDS = 120;

    private final Introduction introduction;
    private final Evaluators evaluators;
    private final Consumer<End> abandon;
    private final BlockingQueue<LinkEvent> inbox = new LinkedBlockingQueue<>();
    private volatile boolean evaluating;
    private volatile boolean ended;
    private volatile long candidate = Candidate.NONE;
    private volatile Optional<Preparation> preparing = Optional.empty();
    private volatile Optional<WeightsByMessage> weights = Optional.empty();
    private volatile Optional<TeamWork> teams = Optional.empty();
    private volatile Optional<DataByMessage> data = Optional.empty();
    private volatile Optional<CurveReport> report = Optional.empty();
    private volatile List<Integer> rungs = List.of();
    private volatile long lastHeard = System.nanoTime();
    private volatile double silenceSeconds = FIRST_SILENCE_SECONDS;

    /** Why the loop ended. */
    public enum End {
        /** The master said so. */
        STOPPED,
        /** The link to the master is gone. */
        LOST,
        /** No evaluator could be made; the master knows why. */
        UNABLE
    }

    /** Makes the evaluator of a run. */
    @FunctionalInterface
    public interface Evaluators {
        /**
         * The evaluator of what the master said.
         *
         * @param atMaster what the worker may ask for by messages
         * @param doing told meanwhile what this is at, and again when it has waited for something that got on
         */
        Evaluator of(Message.Welcome welcome, AtMaster atMaster, Consumer<String> doing);

        /** Epochs after which the master judges evaluations. */
        default List<Integer> rungs(Message.Welcome welcome) {
            return List.of();
        }

        /**
         * Where the worker meets its team mates; empty in a run whose workers are alone.
         *
         * @throws IOException if it cannot be opened
         */
        default Optional<Rendezvous> rendezvous(Message.Welcome welcome) throws IOException {
            return Optional.empty();
        }
    }

    /**
     * @param introduction what the master is told of this worker
     * @param evaluators what they throw makes this worker unable
     * @param abandon called on another thread when the end comes in the middle of an evaluation, or of making the
     *     evaluator, whose result nobody will want: ends the process, or interrupts the thread that evaluates. Told which
     *     end it is
     */
    public WorkerLoop(Introduction introduction, Evaluators evaluators, Consumer<End> abandon) {
        this.introduction = introduction;
        this.evaluators = evaluators;
        this.abandon = abandon;
    }

    /**
     * Works until the end.
     *
     * @param link to the master; this is its listener
     */
    public End run(Link link) throws InterruptedException {
        Thread heart = new Thread(() -> beat(link), "heartbeat");
        heart.setDaemon(true);
        heart.start();
        try {
            return obey(link);
        } finally {
            heart.interrupt();
        }
    }

    /**
     * A sign of life now and then, also while the data load or an evaluation goes on; and an end when the master gives
     * none, for a host that vanishes closes no connection.
     */
    private void beat(Link link) {
        try {
            long round = System.nanoTime();
            while (link.isOpen()) {
                link.send(sign());
                Thread.sleep(HEARTBEAT_MILLIS);
                long now = System.nanoTime();
                if (now - round > TimeUnit.MILLISECONDS.toNanos(2 * HEARTBEAT_MILLIS)) {
                    // this process was held up, and has heard nobody meanwhile
                    lastHeard = Math.min(now, lastHeard + now - round);
                }
                round = now;
                double silence = (now - lastHeard) / 1e9;
                if (silence > silenceSeconds) {
                    end(new LinkEvent.Lost(
                            link, String.format(Locale.ROOT, "the master gave no sign of life for %.0f s", silence)));
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Message sign() {
        Optional<Preparation> preparation = preparing;
        return preparation.isPresent() ? introduction.preparing(preparation.get()) : new Message.Heartbeat(candidate);
    }

    /** Puts the end in the inbox; an evaluation that is going on is for nobody. */
    private void end(LinkEvent last) {
        End end = last instanceof LinkEvent.Lost ? End.LOST : End.STOPPED;
        if (last instanceof LinkEvent.Lost lost && !ended) { // the master closes it after the word to stop
            LOG.warn("the link is lost: {}", lost.reason());
        }
        ended = true;
        inbox.add(last);
        report.ifPresent(CurveReport::end);
        teams.ifPresent(team -> team.end(end == End.LOST ? "the master is gone" : "the run is over"));
        if (evaluating) {
            abandon.accept(end);
        }
    }

    private End obey(Link link) throws InterruptedException {
        while (true) {
            LinkEvent event = inbox.take();
            if (event instanceof LinkEvent.Lost) {
                return End.LOST;
            }
            if (event instanceof LinkEvent.Received received) {
                if (received.message() instanceof Message.Stop stop) {
                    LOG.info("told to stop: {}", stop.reason());
                    return End.STOPPED;
                }
                if (received.message() instanceof Message.Welcome welcome) {
                    return welcomed(link, welcome);
                }
            }
        }
    }

    @Override
    public void on(LinkEvent event) {
        lastHeard = System.nanoTime();
        if (event instanceof LinkEvent.Lost
                || event instanceof LinkEvent.Received r && r.message() instanceof Message.Stop) {
            end(event);
        } else if (event instanceof LinkEvent.Received r && r.message() instanceof Message.Withdraw withdrawn) {
            if (inbox.removeIf(waiting -> isTask(waiting, withdrawn))) {
                r.link().send(new Message.Returned(withdrawn.id(), withdrawn.attempt()));
            }
        } else if (!(event instanceof LinkEvent.Received r && isHeardAtOnce(r.message()))) {
            inbox.add(event);
            if (event instanceof LinkEvent.Received received) {
                teams.ifPresent(team -> team.hear(received.message()));
            }
        }
    }

    /** The thread that works through the inbox may be the one that waits for it. */
    private boolean isHeardAtOnce(Message message) {
        if (message instanceof Message.Verdict verdict) {
            report.ifPresent(waiting -> waiting.hear(verdict));
            return true;
        }
        return message instanceof Message.Heartbeat
                || weights.filter(asked -> asked.hear(message)).isPresent()
                || data.filter(asked -> asked.hear(message)).isPresent();
    }

    private static boolean isTask(LinkEvent event, Message.Withdraw withdrawn) {
        return event instanceof LinkEvent.Received r
                && r.message() instanceof Message.Assign task
                && task.candidate().id() == withdrawn.id()
                && task.attempt() == withdrawn.attempt();
    }

    private End welcomed(Link link, Message.Welcome welcome) throws InterruptedException {
        silenceSeconds = welcome.silenceSeconds();
        Preparation preparation = Preparation.ofThisProcess();
        preparing = Optional.of(preparation);
        link.send(sign());
        double patience = Math.max(silenceSeconds, LEAST_PATIENCE_SECONDS);
        WeightsByMessage weightsAtMaster = new WeightsByMessage(link, patience);
        weights = Optional.of(weightsAtMaster);
        DataByMessage dataAtMaster = new DataByMessage(link, patience);
        data = Optional.of(dataAtMaster);
        Evaluator evaluator;
        Optional<Rendezvous> rendezvous;
        evaluating = true;
        try {
            evaluator = new Metered(evaluators.of(welcome, new AtMaster(weightsAtMaster, dataAtMaster), preparation));
            rendezvous = evaluators.rendezvous(welcome);
            rungs = evaluators.rungs(welcome);
        } catch (IOException | RuntimeException | LinkageError e) {
            LOG.error("this worker cannot work: {}", firstLine(e));
            LOG.info("because of", e);
            link.send(new Message.Unable(firstLine(e)));
            link.close();
            return End.UNABLE;
        } finally {
            evaluating = false;
            preparing = Optional.empty();
        }
        try (evaluator;
                Rendezvous door = rendezvous.orElse(null)) {
            teams = rendezvous.map(at -> new TeamWork(
                    at,
                    Duration.ofMillis((long) (1000 * silenceSeconds)),
                    link,
                    evaluator,
                    task -> evaluate(evaluator, task, link)));
            if (ended) { // before there were teams
                teams.ifPresent(team -> team.end("the run is over"));
            }
            link.send(introduction.ready(evaluator, rendezvous.map(Rendezvous::door)));
            return work(link, evaluator);
        } finally {
            teams.ifPresent(team -> team.end("this worker ends"));
        }
    }

    private End work(Link link, Evaluator evaluator) throws InterruptedException {
        long idleSince = System.nanoTime();
        while (true) {
            LinkEvent event = inbox.take();
            if (event instanceof LinkEvent.Lost) {
                return End.LOST;
            }
            if (!(event instanceof LinkEvent.Received received)) {
                continue;
            }
            if (received.message() instanceof Message.Stop stop) {
                LOG.info("told to stop: {}", stop.reason());
                return End.STOPPED;
            }
            if (received.message() instanceof Message.Assign task) {
                double waited = (System.nanoTime() - idleSince) / 1e9;
                Optional<Evaluator.Outcome> outcome =
                        teams.isPresent() ? teams.get().lead(task) : evaluate(evaluator, task, link);
                if (outcome.isEmpty()) {
                    continue;
                }
                boolean parting = teams.filter(TeamWork::isParting).isPresent();
                Message result = new Message.Result(
                        task.candidate().id(),
                        task.attempt(),
                        waited,
                        outcome.get().evaluation(),
                        outcome.get().weights(),
                        parting);
                if (inbox.isEmpty()) {
                    link.send(result);
                } else {
                    link.post(result);
                }
                idleSince = System.nanoTime();
            } else if (received.message() instanceof Message.Assemble word && teams.isPresent()) {
                teams.get().assemble(word);
                idleSince = System.nanoTime();
            } else if (received.message() instanceof Message.Disband word) {
                teams.ifPresent(team -> team.disband(word));
            }
        }
    }

    /** The outcome; empty if the end came first, and it is cut off or for nobody. */
    private Optional<Evaluator.Outcome> evaluate(Evaluator evaluator, Message.Assign task, Link link) {
        candidate = task.candidate().id();
        CurveReport following = new CurveReport(link, task, rungs);
        report = Optional.of(following);
        evaluating = true;
        if (ended) { // before the flag was up
            return Optional.empty();
        }
        try {
            Evaluator.Outcome outcome = evaluator.evaluate(task.job(), following);
            evaluating = false;
            return ended ? Optional.empty() : Optional.of(outcome);
        } catch (TeamLostException e) {
            evaluating = false;
            throw e;
        } finally {
            report = Optional.empty();
            candidate = Candidate.NONE;
        }
    }

    private static String firstLine(Throwable e) {
        String text = e.getMessage() == null ? e.toString() : e.getMessage();
        return text.lines().findFirst().orElse(e.toString());
    }
}
