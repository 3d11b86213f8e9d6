package org.aevo.launch;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.aevo.mpi.AwakeTime;
import org.aevo.mpi.Message;
import org.aevo.mpi.RunSecret;

/**
 * Workers as child processes on this machine, where no launcher such as srun starts them. One that dies is started
 * again; a place whose processes die before they bring anything, several times in a row, is given up.
 */
public final class WorkerProcesses implements AutoCloseable {
    private static final long BACKOFF_MILLIS = 500;

    private final IntFunction<List<String>> commands;
    private final IntFunction<Optional<String>> gpus;
    private final RunSecret secret;
    private final int maxFailures;
    private final int least;
    private final Duration startTimeout;
    private final WorkerRecords records;
    private final Consumer<String> log;
    private final Consumer<String> hopeless;
    private final List<WorkerProcess> alive = new ArrayList<>();
    private int working;
    private boolean closing;

    /**
     * @param commands of the process at each place, from 1
     * @param gpus that each place is to see, {@link Gpus#NONE} for none; empty to leave that as it is
     * @param maxFailures processes of a place that may die in a row before they bring anything; more than the attempts
     *     that each candidate has, or one that kills its workers takes the place with it
     * @param least places without which there is nothing that the others can do
     * @param startTimeout for a process to be ready, or to say that it is preparing
     * @param log takes what children print, and what happens to them
     * @param hopeless called once if fewer places than that are left: with the last words of the last child
     */
    public WorkerProcesses(
            IntFunction<List<String>> commands,
            IntFunction<Optional<String>> gpus,
            RunSecret secret,
            int maxFailures,
            int least,
            Duration startTimeout,
            WorkerRecords records,
            Consumer<String> log,
            Consumer<String> hopeless) {
        this.commands = commands;
        this.gpus = gpus;
        this.secret = secret;
        this.maxFailures = maxFailures;
        this.least = least;
        this.startTimeout = startTimeout;
        this.records = records;
        this.log = log;
        this.hopeless = hopeless;
    }

    /** Starts the processes; returns at once. */
    public synchronized void start(int places) {
        working = places;
        for (int place = 1; place <= places; place++) {
            int number = place;
            daemon(() -> keep(number), "keep-worker-" + place);
        }
        daemon(this::endSilentOnes, "watch-workers");
    }

    private static void daemon(Runnable body, String name) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** A process that the master has given up, or never got to know, frozen most likely, would keep its place for ever. */
    private synchronized void endSilentOnes() {
        AwakeTime time = new AwakeTime(Duration.ofMillis(BACKOFF_MILLIS));
        long last = 0;
        try {
            while (!closing) {
                long lived = time.nanoseconds() - last;
                alive.forEach(process -> process.lived(lived));
                last += lived;
                alive.stream().filter(this::isSilent).forEach(WorkerProcess::kill);
                wait(BACKOFF_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isSilent(WorkerProcess process) {
        return records.isGivenUp().test(process.pid())
                || process.age().compareTo(startTimeout) > 0
                        && !records.hasBeenReady().test(process.pid())
                        && !records.isPreparing().test(process.pid());
    }

    private void keep(int place) {
        int failures = 0;
        String lastWords = "it said nothing";
        Optional<Message.Ended> predecessor = Optional.empty();
        try {
            while (failures < maxFailures) {
                boolean good = false;
                try {
                    Optional<WorkerProcess> launched = launch(place, predecessor);
                    if (launched.isEmpty()) {
                        return;
                    }
                    WorkerProcess process = launched.get();
                    process.follow(line -> log.accept("process " + process.pid() + ": " + line));
                    int code = process.await();
                    remove(process);
                    good = records.hasWorked().test(process.pid());
                    if (isClosing()) {
                        return;
                    }
                    Message.Ended ended = process.ended(code);
                    log.accept("process " + process.pid() + ", a worker, " + ended.how());
                    lastWords = process.lastWords().isEmpty() ? lastWords : process.lastWords();
                    predecessor = Optional.of(ended);
                } catch (IOException e) {
                    lastWords = e.getMessage();
                    log.accept("a worker's process cannot be started: " + e.getMessage());
                }
                failures = good ? 0 : failures + 1;
                if (!pause()) {
                    return;
                }
            }
            giveUp(place, lastWords);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Holds no lock while the system starts the process: that can take as long as a file system does that hangs. */
    private Optional<WorkerProcess> launch(int place, Optional<Message.Ended> predecessor) throws IOException {
        if (isClosing()) {
            return Optional.empty();
        }
        WorkerProcess process = WorkerProcess.start(commands.apply(place), secret, gpus.apply(place), predecessor);
        synchronized (this) {
            if (!closing) {
                alive.add(process);
                return Optional.of(process);
            }
        }
        process.kill();
        return Optional.empty();
    }

    private synchronized void remove(WorkerProcess process) {
        alive.remove(process);
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    private synchronized boolean pause() throws InterruptedException {
        if (!closing) {
            wait(BACKOFF_MILLIS);
        }
        return !closing;
    }

    private void giveUp(int place, String lastWords) {
        log.accept("a worker's process failed " + maxFailures + " times in a row, it is not started again");
        boolean last;
        synchronized (this) {
            last = --working == least - 1 && !closing;
        }
        if (last) {
            hopeless.accept(lastWords);
        }
    }

    /** Ends what still runs: children have a few seconds to go by themselves. Returns when none is left. */
    @Override
    public void close() {
        List<WorkerProcess> rest;
        synchronized (this) {
            closing = true;
            notifyAll();
            rest = List.copyOf(alive);
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        for (WorkerProcess process : rest) {
            try {
                process.dismiss();
            } catch (IOException e) {
                log.accept("closing the pipe to process " + process.pid() + ": " + e.getMessage());
            }
        }
        boolean interrupted = false;
        for (WorkerProcess process : rest) {
            try {
                process.end(deadline);
            } catch (InterruptedException e) {
                interrupted = true;
                process.kill();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
