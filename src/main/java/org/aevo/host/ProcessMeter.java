package org.aevo.host;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What this process uses from now on: processor time of all its threads, and the most memory that it has at once.
 *
 * <p>The kernel keeps one mark of the most memory for each process, and a process may set it back. Where it may not, the mark
 * is of the time since the process began.
 */
public final class ProcessMeter {
    private static final Path SET_BACK = Path.of("/proc/self/clear_refs");
    private static final byte[] PEAK = "5".getBytes(StandardCharsets.US_ASCII);
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long KIB = 1024;
    private static final double NANO = 1e-9;

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final long begin;

    private ProcessMeter() {
        try {
            Files.write(SET_BACK, PEAK, StandardOpenOption.WRITE);
        } catch (IOException | SecurityException e) {
            // the mark goes on from where it was
        }
        begin = system.getProcessCpuTime();
    }

    /** Begins to measure. */
    public static ProcessMeter start() {
        return new ProcessMeter();
    }

    /** Seconds of processors, user and system, since then; NaN if they are not counted here. To 10 ms, as Linux tells. */
    public double cpuSeconds() {
        long now = system.getProcessCpuTime();
        return begin < 0 || now < 0 ? Double.NaN : (now - begin) * NANO;
    }

    /** Bytes of the largest resident set since then, or since the process began; NaN if unknown. */
    public double peakMemoryBytes() {
        return KernelFiles.value(STATUS, "VmHWM")
                .flatMap(KernelFiles::number)
                .map(k -> (double) (k * KIB))
                .orElse(Double.NaN);
    }
}
