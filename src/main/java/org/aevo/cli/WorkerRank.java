package org.aevo.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.aevo.config.RunConfig;
import org.aevo.launch.MeetingPoint;
import org.aevo.launch.WorkerAgent;
import org.aevo.mpi.AwakeTime;
import org.aevo.mpi.Link;
import org.aevo.mpi.LinkListener;
import org.aevo.mpi.Message;
import org.aevo.mpi.OtherVersionException;
import org.aevo.mpi.WorkerConnector;
import org.aevo.mpi.WrongSecretException;
import org.aevo.search.Evaluator;
import org.aevo.worker.AtMaster;
import org.aevo.worker.Introduction;
import org.aevo.worker.Rendezvous;
import org.aevo.worker.WorkerLoop;

/** This process as a worker, or as several simulated ones, from joining the master to the end. */
final class WorkerRank {
    /** For one of several names of the master's host. */
    private static final Duration ONE_HOST = Duration.ofSeconds(5);

    private static final long PAUSE_MILLIS = 100;

    private final MeetingPoint.Place master;
    private final Duration timeout;
    private final Duration refusedTimeout;
    private final Introduction introduction;
    /** One for all workers of this process: it reads MPJ's class files once. */
    private final WorkerConnector connector = new WorkerConnector();

    /**
     * @param timeout to reach the master
     * @param refusedTimeout the same, if its host answers that nobody listens
     */
    WorkerRank(MeetingPoint.Place master, Duration timeout, Duration refusedTimeout, Introduction introduction) {
        this.master = master;
        this.timeout = timeout;
        this.refusedTimeout = refusedTimeout;
        this.introduction = introduction;
    }

    /** Works as one worker on the calling thread, or as several on as many threads; answers an exit code. */
    int serve(int workers) throws IOException, InterruptedException {
        // Ctrl-C reaches every process of a terminal: the master alone decides what it means.
        StopSignals.ignore();
        if (workers == 1) {
            return code(work(end -> Runtime.getRuntime().halt(code(Optional.of(end)))));
        }
        List<Thread> threads = new ArrayList<>();
        List<Integer> codes = Collections.synchronizedList(new ArrayList<>());
        for (int w = 1; w <= workers; w++) {
            Thread thread = new Thread(() -> codes.add(workUntilInterrupted()), "worker-" + w);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return codes.stream().max(Integer::compare).orElse(ExitCode.FAILED);
    }

    /** Simulated evaluations end when their thread is interrupted; other workers of this process go on. */
    private int workUntilInterrupted() {
        Thread self = Thread.currentThread();
        Optional<WorkerLoop.End> end = Optional.of(WorkerLoop.End.LOST);
        while (end.equals(Optional.of(WorkerLoop.End.LOST))) { // nobody else brings this one worker back
            Thread.interrupted(); // of the evaluation that was abandoned
            AtomicReference<Optional<WorkerLoop.End>> abandoned = new AtomicReference<>(Optional.empty());
            try {
                end = work(reason -> {
                    abandoned.set(Optional.of(reason));
                    self.interrupt();
                });
            } catch (InterruptedException e) {
                end = abandoned.get();
            } catch (IOException e) {
                System.err.println("aevo: " + e.getMessage());
                return ExitCode.FAILED;
            }
        }
        return code(end);
    }

    /** Of a worker that lost its master one that brings another in its place: the link alone may be gone. */
    private static int code(Optional<WorkerLoop.End> end) {
        return end.map(e -> e == WorkerLoop.End.STOPPED ? ExitCode.DONE : ExitCode.FAILED)
                .orElse(WorkerAgent.UNREACHABLE);
    }

    private static RunConfig config(Message.Welcome welcome) {
        return RunConfig.parse(welcome.inputYaml(), "the master's input");
    }

    /** Works as one worker; empty if the master was not to be found. */
    private Optional<WorkerLoop.End> work(Consumer<WorkerLoop.End> abandon) throws IOException, InterruptedException {
        WorkerLoop loop = new WorkerLoop(
                introduction,
                new WorkerLoop.Evaluators() {
                    @Override
                    public Evaluator of(Message.Welcome welcome, AtMaster atMaster, Consumer<String> doing) {
                        RunConfig config = config(welcome);
                        return Evaluators.of(
                                config,
                                KeptWeights.ofWorker(welcome.store(), KeptWeights.shelf(config), atMaster.weights()),
                                () -> WorkerData.of(config, welcome.data(), atMaster.data(), doing),
                                doing);
                    }

                    @Override
                    public List<Integer> rungs(Message.Welcome welcome) {
                        return config(welcome).stopping().rungs();
                    }

                    @Override
                    public Optional<Rendezvous> rendezvous(Message.Welcome welcome) throws IOException {
                        return config(welcome).cluster().team() == 1
                                ? Optional.empty()
                                : Optional.of(TeamMeeting.open(master));
                    }
                },
                abandon);
        try (Link link = join(loop)) {
            return Optional.of(loop.run(link));
        } catch (ConnectException e) {
            System.err.println("aevo: " + e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Tries the master's hosts in turn, until one answers as the master.
     *
     * @throws ConnectException if none does in time
     */
    private Link join(LinkListener listener) throws IOException, InterruptedException {
        // a round takes as long as hosts that do not answer; a job that was suspended meanwhile has lost no time
        AwakeTime time = new AwakeTime(ONE_HOST.multipliedBy(2));
        long refusedSince = 0;
        Set<String> said = new HashSet<>();
        while (true) {
            IOException failure = new IOException("it has no address");
            boolean refused = true;
            for (String host : master.hosts()) {
                try {
                    return connector.connect(host, master.port(), master.secret(), ONE_HOST, timeout, listener);
                } catch (IOException e) { // an address that does not lead there, or to somebody else
                    failure = e;
                    // The right master may come yet; but if not, whoever waits for this worker should know why.
                    if ((e instanceof WrongSecretException || e instanceof OtherVersionException)
                            && said.add(e.getMessage())) {
                        System.err.println("aevo: " + e.getMessage());
                    }
                    refused &= e.getCause() instanceof ConnectException || e.getCause() instanceof UnknownHostException;
                }
            }
            long now = time.nanoseconds();
            refusedSince = refused ? refusedSince : now;
            if (now > timeout.toNanos() || now - refusedSince > refusedTimeout.toNanos()) {
                ConnectException last = new ConnectException(failure.getMessage());
                last.initCause(failure);
                throw last;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
