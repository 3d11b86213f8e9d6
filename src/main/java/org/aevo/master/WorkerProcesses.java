package org.aevo.master;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.aevo.mpi.RunSecret;

/**
 * Workers as child processes on this machine, where no launcher such as srun starts them. One that dies is started
 * again; a place whose processes die before they bring anything, several times in a row, is given up.
 *
 * <p>The run's secret goes through a pipe to the child's standard input, so that it stands on no command line. The pipe
 * stays open: its end tells the child that the master is gone, whatever happened to it.
 */
public final class WorkerProcesses implements AutoCloseable {
    private static final long BACKOFF_MILLIS = 500;

    private final List<String> command;
    private final String secret;
    private final int maxFailures;
    private final WorkerRecords records;
    private final Consumer<String> log;
    private final Consumer<String> hopeless;
    private final List<Thread> keepers = new ArrayList<>();
    private final List<Process> alive = new ArrayList<>();
    private int working;
    private boolean closing;

    /**
     * @param command of one worker
     * @param secret first line of each child's standard input
     * @param maxFailures processes of a place that may die in a row before they bring anything; more than the attempts
     *     that each candidate has, or one that kills its workers takes the place with it
     * @param records of the processes, as the master keeps them
     * @param log takes what children print, and what happens to them
     * @param hopeless called once if no place is left: with the last words of the last child
     */
    public WorkerProcesses(
            List<String> command,
            String secret,
            int maxFailures,
            WorkerRecords records,
            Consumer<String> log,
            Consumer<String> hopeless) {
        this.command = List.copyOf(command);
        this.secret = secret;
        this.maxFailures = maxFailures;
        this.records = records;
        this.log = log;
        this.hopeless = hopeless;
    }

    /** Starts the workers; returns at once. */
    public synchronized void start(int workers) {
        working = workers;
        for (int place = 1; place <= workers; place++) {
            int number = place;
            Thread keeper = new Thread(() -> keep(number), "keep-worker-" + place);
            keeper.setDaemon(true);
            keepers.add(keeper);
            keeper.start();
        }
        Thread watch = new Thread(this::endSilentOnes, "watch-workers");
        watch.setDaemon(true);
        watch.start();
    }

    /** A process that the master has given up, frozen most likely, would keep its place for ever. */
    private synchronized void endSilentOnes() {
        try {
            while (!closing) {
                alive.stream()
                        .filter(process -> records.isGivenUp(process.pid()))
                        .forEach(Process::destroyForcibly);
                wait(BACKOFF_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep(int place) {
        int failures = 0;
        String lastWords = "";
        while (failures < maxFailures) {
            boolean good = false;
            StringBuilder said = new StringBuilder();
            int code;
            try {
                Process process = launch();
                if (process == null) {
                    return;
                }
                read(place, process, said);
                code = process.waitFor();
                remove(process);
                good = records.hasWorked(process.pid());
            } catch (IOException | UncheckedIOException e) {
                said.append(e.getMessage());
                code = -1;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            if (isClosing()) {
                return;
            }
            lastWords = said.isEmpty() ? "it said nothing" : said.toString();
            failures = good ? 0 : failures + 1;
            log.accept("worker process " + place + " ended with code " + code);
            if (!pause()) {
                return;
            }
        }
        giveUp(place, lastWords);
    }

    private synchronized Process launch() throws IOException {
        if (closing) {
            return null;
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // another run's, which a worker would take in place of the one on its standard input
        builder.environment().remove(RunSecret.VARIABLE);
        Process process = builder.start();
        alive.add(process);
        OutputStream in = process.getOutputStream();
        in.write((secret + "\n").getBytes(StandardCharsets.US_ASCII));
        in.flush();
        return process;
    }

    /** Follows the child's output to its end; keeps its last line. */
    private void read(int place, Process process, StringBuilder lastLine) throws IOException {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = out.readLine()) != null) {
                lastLine.setLength(0);
                lastLine.append(line);
                log.accept("worker process " + place + ": " + line);
            }
        }
    }

    private synchronized void remove(Process process) {
        alive.remove(process);
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    private synchronized boolean pause() {
        try {
            if (!closing) {
                wait(BACKOFF_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return !closing;
    }

    private void giveUp(int place, String lastWords) {
        log.accept("worker process " + place + " failed " + maxFailures + " times in a row, it is not started again");
        boolean last;
        synchronized (this) {
            last = --working == 0 && !closing;
        }
        if (last) {
            hopeless.accept(lastWords);
        }
    }

    /** Ends what still runs: children have a few seconds to go by themselves. Returns when none is left. */
    @Override
    public void close() {
        List<Process> rest;
        synchronized (this) {
            closing = true;
            notifyAll();
            rest = List.copyOf(alive);
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        for (Process process : rest) {
            try {
                process.getOutputStream().close();
            } catch (IOException e) {
                log.accept("closing the pipe to process " + process.pid() + ": " + e.getMessage());
            }
        }
        boolean interrupted = false;
        for (Process process : rest) {
            try {
                if (!process.waitFor(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                interrupted = true;
                process.destroyForcibly();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
