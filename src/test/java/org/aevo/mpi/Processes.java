package org.aevo.mpi;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What a process uses, and waiting for it. */
final class Processes {
    private Processes() {}

    static int descriptors() {
        String[] open = new File("/proc/self/fd").list();
        return open == null ? 0 : open.length;
    }

    static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** Processor seconds of the threads of links and of MPJ, which are named by number, that run now. */
    static double linkCpuSeconds() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                        .filter(t ->
                                t.getName().startsWith("mpi-") || t.getName().startsWith("Thread-"))
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
