package org.aevo.data.hdf5;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A small virtual machine that runs {@link ReaderProcess}, watched from here. */
final class ReaderVm implements AutoCloseable {
    /** Of computing without an answer: a damaged file can make the library go round in circles. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx192m",
            // a crash is told by who asked
            "-XX:+SuppressFatalErrorMessage",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:+DisplayVMOutputToStderr",
            "-Djava.awt.headless=true");
    private static final List<String> INHERITED = List.of(
            "-XX:SharedArchiveFile",
            "-Xlog:",
            "-Xshare",
            "-Dorg.bytedeco.",
            "-Dsun.jnu.encoding",
            "-Dfile.encoding",
            "--enable-native-access",
            "--sun-misc-unsafe-memory-access");
    private static final int BUFFER = 1 << 18;
    private static final int TAIL = 2000;
    private static final int SIGNALLED = 128;
    private static final int SECONDS_TO_END = 10;

    private final Process process;
    private final InputStream output;
    private final StringBuffer said = new StringBuffer();
    private volatile long answeredAt;
    private volatile boolean stuck;

    private ReaderVm(Process process) {
        this.process = process;
        output = new BufferedInputStream(new Answers(), BUFFER);
        daemon("hdf5-said", this::listen);
        daemon("hdf5-watch", this::watch);
    }

    /**
     * @throws Hdf5Exception if no process can be started
     */
    static ReaderVm start() {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(OPTIONS);
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (INHERITED.stream().anyMatch(option::startsWith)) {
                command.add(option);
            }
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ReaderProcess.class.getName()));
        try {
            return new ReaderVm(new ProcessBuilder(command).start());
        } catch (IOException e) {
            throw new Hdf5Exception(
                    "cannot be read: the process that reads HDF5 files does not start: " + e.getMessage(), e);
        }
    }

    /** Where it is asked; its time for an answer begins. */
    OutputStream input() {
        answeredAt = cpuNanos();
        return process.getOutputStream();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    InputStream output() {
        return output;
    }

    /** Why there are no more answers, of a process that should have given some. */
    String death() {
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                return "cannot be read: the process that reads it says what is no answer";
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (stuck) {
            return "cannot be read: the HDF5 library computed for " + PATIENCE.toSeconds()
                    + " s without an end; the file is damaged";
        }
        int code = process.isAlive() ? 0 : process.exitValue();
        String last = said.toString().strip();
        return "cannot be read: the HDF5 library "
                + (code > SIGNALLED ? "was ended by signal " + (code - SIGNALLED) : "ended with code " + code)
                + " over it; the file is damaged, or there is no memory left"
                + (last.isEmpty() ? "" : " (" + last.substring(last.lastIndexOf('\n') + 1) + ")");
    }

    /** What it answers, with a note of when. */
    private final class Answers extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = process.getInputStream().read(bytes, offset, length);
            answeredAt = cpuNanos();
            return count;
        }
    }

    private long cpuNanos() {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }

    private void listen() {
        byte[] bytes = new byte[TAIL];
        try (InputStream in = process.getErrorStream()) {
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                said.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
                if (said.length() > 2 * TAIL) {
                    said.delete(0, said.length() - TAIL);
                }
            }
        } catch (IOException e) {
            said.append(e.getMessage());
        }
    }

    private void watch() {
        try {
            while (!process.waitFor(1, TimeUnit.SECONDS)) {
                if (cpuNanos() - answeredAt > PATIENCE.toNanos()) {
                    stuck = true;
                    process.destroyForcibly();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.getOutputStream().close();
            process.getInputStream().close();
        } catch (IOException e) {
            // it has ended
        }
    }
}
