package org.aevo.launch;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.aevo.mpi.AwakeTime;
import org.aevo.mpi.Message;

/**
 * What a launcher's rank other than the master is: it starts the worker as its child, with one GPU to see, and starts
 * it again when it dies or freezes. The launcher itself would leave the place empty.
 */
public final class WorkerAgent {
    /** Exit code of a worker that finds nobody where the master was. */
    public static final int UNREACHABLE = 4;

    /** Workers that may die young, one after the other, before the host is given up. */
    private static final int MAX_FAILURES = 10;

    private static final long YOUNG_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long BACKOFF_MILLIS = 500;
    private static final long LOOK_MILLIS = 1000;

    private final Meeting meeting;
    private final Function<MeetingPoint.Place, List<String>> command;
    private final Optional<String> gpu;
    private final Duration startTimeout;
    private final Duration silence;
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
     * @param startTimeout for the worker's first sign of life
     * @param silence without a sign of life after which it is frozen, and ended
     * @param log takes what the worker prints and how it ends
     */
    public WorkerAgent(
            Meeting meeting,
            Function<MeetingPoint.Place, List<String>> command,
            Optional<String> gpu,
            Duration startTimeout,
            Duration silence,
            Consumer<String> log) {
        this.startTimeout = startTimeout;
        this.silence = silence;
        this.meeting = meeting;
        this.command = command;
        this.gpu = gpu;
        this.log = log;
    }

    /** Keeps a worker at work until the run ends; whether it ended in order. */
    public boolean run() throws InterruptedException {
        Optional<Message.Ended> predecessor = Optional.empty();
        int failures = 0;
        while (failures < MAX_FAILURES) {
            long started = System.nanoTime();
            try {
                Optional<MeetingPoint.Place> master = meeting.place();
                if (master.isEmpty()) {
                    return true;
                }
                WorkerProcess worker = WorkerProcess.start(
                        command.apply(master.get()), master.get().secret(), gpu, predecessor);
                int code = watch(worker);
                if (code == 0) {
                    return true;
                }
                if (code == UNREACHABLE) {
                    if (meeting.place().equals(master)) {
                        return false;
                    }
                    continue; // what lay there was from another start, or the run is over
                }
                Message.Ended ended = worker.ended(code);
                log.accept("the worker, process " + ended.pid() + ", " + ended.how());
                predecessor = Optional.of(ended);
            } catch (IOException e) { // no process to be had just now, or no answer of the file system
                log.accept("no worker can be started: " + e);
            }
            failures = System.nanoTime() - started > YOUNG_NANOS ? 1 : failures + 1;
            Thread.sleep(BACKOFF_MILLIS * failures);
        }
        log.accept("its worker ended " + MAX_FAILURES + " times in a row: it is not started again");
        return false;
    }

    /** Follows a worker to its end, and brings that about if it is frozen; its exit code. */
    private int watch(WorkerProcess worker) throws IOException, InterruptedException {
        Thread watcher = new Thread(() -> endWhenSilent(worker), "watch-worker");
        watcher.setDaemon(true);
        watcher.start();
        try {
            worker.follow(log);
            return worker.await();
        } finally {
            watcher.interrupt();
        }
    }

    private void endWhenSilent(WorkerProcess worker) {
        try {
            AwakeTime time = new AwakeTime(Duration.ofMillis(LOOK_MILLIS));
            long heard = worker.lastHeard();
            long heardAt = time.nanoseconds();
            while (true) {
                Thread.sleep(LOOK_MILLIS);
                long now = time.nanoseconds();
                if (heard != worker.lastHeard()) {
                    heard = worker.lastHeard();
                    heardAt = now;
                }
                Duration allowed = worker.hasBeenAlive() ? silence : startTimeout;
                if (now - heardAt > allowed.toNanos()) {
                    log.accept("the worker, process " + worker.pid() + ", gave no sign of life for "
                            + allowed.toSeconds() + " s: it is ended");
                    worker.kill();
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
