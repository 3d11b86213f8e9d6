package org.aevo.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.aevo.config.RunConfig;
import org.aevo.mpi.Link;
import org.aevo.mpi.LinkEvent;
import org.aevo.mpi.WorkerConnector;
import org.aevo.worker.WorkerLoop;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** This process as a worker, from joining its master to the end. */
final class WorkerRank {
    /** For one of several addresses. */
    private static final Duration ONE_HOST = Duration.ofSeconds(5);

    private WorkerRank() {}

    static int serve(MeetingPoint.Place master, Duration timeout) throws IOException, InterruptedException {
        // Ctrl-C reaches every process of a terminal: the master alone decides what it means.
        Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
        BlockingQueue<LinkEvent> events = new LinkedBlockingQueue<>();
        Link link = join(master, timeout, events);
        WorkerLoop.End end = new WorkerLoop(
                        link,
                        events,
                        yaml -> Evaluators.of(RunConfig.parse(yaml, "the master's input")),
                        () -> Runtime.getRuntime().halt(ExitCode.DONE))
                .run();
        link.close();
        return end == WorkerLoop.End.STOPPED ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** Tries the master's hosts in turn, until one answers as the master or the time is over. */
    private static Link join(MeetingPoint.Place master, Duration timeout, BlockingQueue<LinkEvent> events)
            throws IOException, InterruptedException {
        if (master.hosts().size() == 1) {
            return join(master, master.hosts().get(0), timeout, events);
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            IOException failure = new IOException("the master has no address");
            for (String host : master.hosts()) {
                try {
                    return join(master, host, ONE_HOST, events);
                } catch (IOException e) { // an address that does not lead there, or to somebody else
                    failure = e;
                }
            }
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "the master cannot be reached at any of " + String.join(", ", master.hosts()) + ": "
                                + failure.getMessage(),
                        failure);
            }
        }
    }

    private static Link join(MeetingPoint.Place master, String host, Duration timeout, BlockingQueue<LinkEvent> events)
            throws IOException, InterruptedException {
        return new WorkerConnector().connect(host, master.port(), master.secret(), timeout, events::add);
    }
}
