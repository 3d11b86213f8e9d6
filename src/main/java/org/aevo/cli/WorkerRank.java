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
    private WorkerRank() {}

    static int serve(MeetingPoint.Place master, Duration timeout) throws IOException, InterruptedException {
        // Ctrl-C reaches every process of a terminal: the master alone decides what it means.
        Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
        BlockingQueue<LinkEvent> events = new LinkedBlockingQueue<>();
        Link link = new WorkerConnector().connect(master.host(), master.port(), master.secret(), timeout, events::add);
        WorkerLoop.End end = new WorkerLoop(
                        link,
                        events,
                        yaml -> Evaluators.of(RunConfig.parse(yaml, "the master's input")),
                        () -> Runtime.getRuntime().halt(ExitCode.DONE))
                .run();
        link.close();
        return end == WorkerLoop.End.STOPPED ? ExitCode.DONE : ExitCode.FAILED;
    }
}
