package org.aevo.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.aevo.mpi.Message;
import org.aevo.mpi.RunSecret;

/**
 * A worker as a child process. The run's secret goes through a pipe to its standard input, so that it stands on no
 * command line. The pipe stays open: its end tells the child that its parent is gone, whatever happened to it.
 */
public final class WorkerProcess {
    /** The line by which a worker tells its parent that it lives, now and then. */
    public static final String ALIVE = "(alive)";

    private static final int SIGNALED = 128;
    private static final int KILL = 9;
    private static final long KILL_SECONDS = 5;
    private static final Map<Integer, String> SIGNALS =
            Map.of(4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV", 15, "SIGTERM");

    private final Process process;
    private final LastWords lastWords = new LastWords();

    private final long memoryKills = MemoryKills.count();
    private volatile Duration age = Duration.ZERO;
    private volatile boolean alive;
    private volatile long lastHeard = System.nanoTime();

    private WorkerProcess(Process process) {
        this.process = process;
    }

    /**
     * @param command of a worker; {@code --predecessor} is added
     * @param gpu the one that it is to see, {@link Gpus#NONE} for none; empty to leave that as it is
     * @param predecessor the process that it takes the place of
     */
    static WorkerProcess start(
            List<String> command, RunSecret secret, Optional<String> gpu, Optional<Message.Ended> predecessor)
            throws IOException {
        ProcessBuilder builder =
                VmOptions.fromCommandLine(new ProcessBuilder(command)).redirectErrorStream(true);
        gpu.ifPresent(id -> {
            builder.environment().put(Gpus.VARIABLE, id);
            // numbers are those of nvidia-smi and of schedulers, not CUDA's own, fastest first
            builder.environment().putIfAbsent(Gpus.ORDER, "PCI_BUS_ID");
            if (!id.isEmpty()) {
                builder.command().addAll(List.of("--gpu", id));
            }
        });
        predecessor.ifPresent(p -> builder.command().addAll(List.of("--predecessor", p.pid() + " " + p.how())));
        // another run's, which a worker would take in place of the one on its standard input
        builder.environment().remove(RunSecret.VARIABLE);
        Process process = builder.start();
        OutputStream in = process.getOutputStream();
        in.write((secret.hex() + "\n").getBytes(StandardCharsets.US_ASCII));
        in.flush();
        return new WorkerProcess(process);
    }

    /** Follows its output to its end. */
    void follow(Consumer<String> lines) throws IOException {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lastHeard = System.nanoTime();
                if (line.equals(ALIVE)) {
                    alive = true;
                } else {
                    lastWords.hear(line);
                    lines.accept(line);
                }
            }
        }
    }

    long pid() {
        return process.pid();
    }

    /** Whether it has said that it lives. */
    boolean hasBeenAlive() {
        return alive;
    }

    /** When it last said anything, by {@link System#nanoTime}. */
    long lastHeard() {
        return lastHeard;
    }

    /** How old it is, by what its parent has said. */
    Duration age() {
        return age;
    }

    /** It has grown so much older, as its parent lived through it: a time in which that stood still makes none older. */
    void lived(long nanoseconds) {
        age = age.plusNanos(nanoseconds);
    }

    /** Its exit code; 128 and more for a signal. */
    int await() throws InterruptedException {
        return process.waitFor();
    }

    /** What it said at its end; empty if that was nothing. */
    String lastWords() {
        return lastWords.text();
    }

    /** How it ended, for its successor to tell. */
    Message.Ended ended(int code) {
        int signal = code - SIGNALED;
        String how = signal > 0 && signal < 65
                ? "was killed by signal " + signal
                        + (SIGNALS.containsKey(signal) ? " (" + SIGNALS.get(signal) + ")" : "")
                        + (signal == KILL && MemoryKills.count() > memoryKills
                                ? ", most likely for want of memory, the job's or the host's"
                                : "")
                : "ended with code " + code;
        return new Message.Ended(pid(), lastWords().isEmpty() ? how : how + ": " + lastWords());
    }

    void kill() {
        process.destroyForcibly();
    }

    /** Tells it to end, without waiting for that. */
    void dismiss() throws IOException {
        process.getOutputStream().close();
    }

    /** Returns when it has ended, by itself until a deadline, by force then. */
    void end(long deadlineNanos) throws InterruptedException {
        if (!process.waitFor(Math.max(1, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS)) {
            // one that a device or a dead file system holds does not end even then
            process.destroyForcibly().waitFor(KILL_SECONDS, TimeUnit.SECONDS);
        }
    }
}
