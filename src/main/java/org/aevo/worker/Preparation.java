package org.aevo.worker;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.aevo.mpi.Message;

/**
 * What a worker does before it is ready, and whether it gets on: it computes, reads or writes, or hears (by {@link
 * #accept}) that what it waits for does. Told by one thread, asked by another.
 */
public final class Preparation implements Consumer<String> {
    /** Of a processor; a virtual machine that does nothing but say that it lives uses less. */
    private static final double BUSY = 0.05;
    /** In bytes; signs of life are less. */
    private static final long MOVED = 1 << 16;

    private final LongSupplier processorNanos;
    private final LongSupplier bytes;
    private final LongSupplier clock;
    private final long began;
    private String doing = "beginning";
    private long lastProgress;
    private long lastLook;
    private long nanosThen;
    private long bytesThen;

    /** Of this process. */
    public static Preparation ofThisProcess() {
        return new Preparation(Preparation::processorNanos, Preparation::bytesMoved, System::nanoTime);
    }

    /**
     * @param processorNanos used by the process so far
     * @param bytes read and written by it so far
     * @param clock in nanoseconds
     */
    Preparation(LongSupplier processorNanos, LongSupplier bytes, LongSupplier clock) {
        this.processorNanos = processorNanos;
        this.bytes = bytes;
        this.clock = clock;
        began = clock.getAsLong();
        lastProgress = began;
        lastLook = began;
        nanosThen = processorNanos.getAsLong();
        bytesThen = bytes.getAsLong();
    }

    /** It has begun something, or sees that what it waits for gets on. */
    @Override
    public synchronized void accept(String what) {
        doing = what;
        lastProgress = clock.getAsLong();
    }

    /** How it stands; to be asked every few seconds. */
    synchronized Message.Preparing look(String host, long pid) {
        long now = clock.getAsLong();
        long nanos = processorNanos.getAsLong();
        long moved = bytes.getAsLong();
        if (nanos - nanosThen > BUSY * (now - lastLook) || moved - bytesThen >= MOVED) {
            lastProgress = now;
        }
        lastLook = now;
        nanosThen = nanos;
        bytesThen = moved;
        return new Message.Preparing(host, pid, doing, (now - began) / 1e9, (now - lastProgress) / 1e9);
    }

    /** Whether it has got on since this was last asked. */
    public boolean isGettingOn() {
        return look("", 0).idleSeconds() == 0;
    }

    private static long processorNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    /** As Linux counts them; 0 where it does not. */
    private static long bytesMoved() {
        try {
            long sum = 0;
            for (String line : Files.readAllLines(Path.of("/proc/self/io"))) {
                if (line.startsWith("rchar: ") || line.startsWith("wchar: ")) {
                    sum += Long.parseLong(line.substring("rchar: ".length()));
                }
            }
            return sum;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}
