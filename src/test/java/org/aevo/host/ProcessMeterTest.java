package org.aevo.host;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import sun.misc.Unsafe;

class ProcessMeterTest {
    private static final double MIB = 1 << 20;

    private volatile double sink;

    /** By the thread's own clock: what it worked while others slept. */
    @Test
    void whatThreadsWorkIsCountedAndSleepIsNot() throws Exception {
        ProcessMeter meter = ProcessMeter.start();
        double[] worked = new double[2];
        Thread[] threads = new Thread[2];
        for (int t = 0; t < threads.length; t++) {
            int number = t;
            threads[t] = new Thread(() -> worked[number] = work(0.2));
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double sum = worked[0] + worked[1];
        double counted = meter.cpuSeconds();
        assertTrue(counted >= sum - 0.05, counted + " s counted, " + sum + " s worked");
        double before = meter.cpuSeconds();
        TimeUnit.MILLISECONDS.sleep(100);
        assertTrue(meter.cpuSeconds() >= before, "it goes back");
    }

    @Test
    void theMarkIsSetBackWhereTheKernelAllowsIt() throws Exception {
        Assumptions.assumeTrue(Files.isWritable(Path.of("/proc/self/clear_refs")), "no process may set it back here");
        ProcessMeter first = ProcessMeter.start();
        double before = first.peakMemoryBytes();
        touch(128 << 20);
        double with = first.peakMemoryBytes();
        assertTrue(with >= before + 100 * MIB, before / MIB + " to " + with / MIB + " MiB");
        double after = ProcessMeter.start().peakMemoryBytes();
        assertTrue(after <= with - 100 * MIB, with / MIB + " to " + after / MIB + " MiB");
    }

    /** Pages that go back to the system at once; the heap would keep them. */
    private static void touch(int bytes) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
        for (int at = 0; at < bytes; at += 4096) {
            buffer.put(at, (byte) 1);
        }
        Field field = Unsafe.class.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        ((Unsafe) field.get(null)).invokeCleaner(buffer);
    }

    private double work(double seconds) {
        long begin = cpu();
        while (cpu() - begin < seconds * 1e9) {
            double[] values = new double[1000];
            Arrays.setAll(values, Math::sqrt);
            sink = values[999];
        }
        return (cpu() - begin) / 1e9;
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
