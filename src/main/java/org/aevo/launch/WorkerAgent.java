package org.aevo.launch;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.aevo.mpi.Message;

/**
 * What a launcher's rank other than the master is: it starts the worker as its child, with one GPU to see, and starts
 * it again when it dies, as often as the run needs it. The launcher itself would leave the place empty.
 */
public final class WorkerAgent {
    /** Exit code of a worker that finds nobody where the master was. */
    public static final int UNREACHABLE = 4;

    /** Workers that may die young, one after the other, before the host is given up. */
    private static final int MAX_FAILURES = 10;

    private static final long YOUNG_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long BACKOFF_MILLIS = 500;

    private final Meeting meeting;
    private final Function<MeetingPoint.Place, List<String>> command;
    private final Optional<String> gpu;
    private final Consumer<String> log;

    /** Where the master is to be found. */
    @FunctionalInterface
    public interface Meeting {
        /** Empty if its run is over. */
        Optional<MeetingPoint.Place> place() throws IOException;
    }

    /**
     * @param meeting asked before each start of a worker
     * @param command of a worker for the master there
     * @param gpu that the worker is to see, {@link Gpus#NONE} for none; empty to leave that as it is
     * @param log takes what the worker prints and how it ends
     */
    public WorkerAgent(
            Meeting meeting,
            Function<MeetingPoint.Place, List<String>> command,
            Optional<String> gpu,
            Consumer<String> log) {
        this.meeting = meeting;
        this.command = command;
        this.gpu = gpu;
        this.log = log;
    }

    /** Keeps a worker at work until the run ends; whether it ended in order. */
    public boolean run() throws IOException, InterruptedException {
        Optional<Message.Ended> predecessor = Optional.empty();
        int failures = 0;
        while (failures < MAX_FAILURES) {
            Optional<MeetingPoint.Place> master = meeting.place();
            if (master.isEmpty()) {
                return true;
            }
            long started = System.nanoTime();
            WorkerProcess worker = WorkerProcess.start(
                    command.apply(master.get()), master.get().secret(), gpu, predecessor);
            worker.follow(log);
            int code = worker.await();
            if (code == 0 || code == UNREACHABLE) {
                return code == 0;
            }
            Message.Ended ended = worker.ended(code);
            log.accept("the worker, process " + ended.pid() + ", " + ended.how());
            predecessor = Optional.of(ended);
            failures = System.nanoTime() - started > YOUNG_NANOS ? 1 : failures + 1;
            Thread.sleep(BACKOFF_MILLIS * failures);
        }
        log.accept("its worker died " + MAX_FAILURES + " times in a row: it is not started again");
        return false;
    }
}
