package org.aevo.mpi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What a process uses, and waiting for it. */
final class Processes {
    private Processes() {}

    /** Open sockets, and what waits for them: no files and no pipes, for other tests have processes meanwhile. */
    static int descriptors() {
        int sockets = 0;
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                try {
                    String open = Files.readSymbolicLink(descriptor).toString();
                    sockets += open.startsWith("socket:") || open.startsWith("anon_inode:") ? 1 : 0;
                } catch (NoSuchFileException e) {
                    // closed meanwhile
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sockets;
    }

    /** How many threads of links and of MPJ there are. */
    static int threads() {
        return (int) linkThreads().count();
    }

    /** Threads of links, and of MPJ, which are named by number. */
    private static Stream<Thread> linkThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith("mpi-") || t.getName().startsWith("Thread-"));
    }

    /** Processor seconds of the threads of links that run now. */
    static double linkCpuSeconds() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return linkThreads()
                        .mapToLong(t -> threads.getThreadCpuTime(t.getId()))
                        .filter(nanoseconds -> nanoseconds > 0)
                        .sum()
                / 1e9;
    }

    static boolean within(double seconds, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(5);
        }
        return true;
    }

    /** A JVM on the test's class path that knows the secret. */
    static Process java(Class<?> main, RunSecret secret, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put(RunSecret.VARIABLE, secret.hex());
        return builder.start();
    }
}
