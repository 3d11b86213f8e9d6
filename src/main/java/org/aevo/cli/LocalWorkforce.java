package org.aevo.cli;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.aevo.master.WorkerProcesses;
import org.aevo.master.WorkerRecords;
import org.aevo.mpi.MasterOptions;
import org.aevo.mpi.RunSecret;

/** Processes on this machine, each with this virtual machine's options and memory of its own. */
final class LocalWorkforce implements Workforce {
    /** Left to the system, the master and the file cache. */
    private static final double SHARE_OF_MEMORY = 0.8;

    private static final long MIB = 1 << 20;
    private static final long SIMULATED_HEAP_MIB = 96;
    private static final long SMALLEST_HEAP_MIB = 512;

    /** Processes that may die in a row before a place is given up, however few attempts a candidate has. */
    private static final int MIN_FAILURES = 3;

    private final int workers;
    private final int maxAttempts;
    private final OptionalLong memoryMiB;
    private final boolean simulated;

    /**
     * @param maxAttempts of each candidate
     * @param memoryMiB of one worker; empty for an equal share of the machine's
     */
    LocalWorkforce(int workers, int maxAttempts, OptionalLong memoryMiB, boolean simulated) {
        this.workers = workers;
        this.maxAttempts = maxAttempts;
        this.memoryMiB = memoryMiB;
        this.simulated = simulated;
    }

    @Override
    public MasterOptions listening() {
        return MasterOptions.loopback();
    }

    @Override
    public Engagement engage(
            InetSocketAddress address,
            RunSecret secret,
            WorkerRecords records,
            Consumer<String> log,
            Consumer<String> hopeless) {
        WorkerProcesses processes = new WorkerProcesses(
                command(address.getAddress().getHostAddress() + ":" + address.getPort()),
                secret.hex(),
                Math.max(MIN_FAILURES, maxAttempts + 1),
                records,
                log,
                hopeless);
        processes.start(workers);
        return processes::close;
    }

    private List<String> command(String address) {
        long memory = memoryMiB.orElseGet(() -> (long) ((double) physicalMemory() / MIB * SHARE_OF_MEMORY / workers));
        long heap = simulated ? SIMULATED_HEAP_MIB : Math.max(SMALLEST_HEAP_MIB, memory / 4);
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!option.startsWith("-Xmx") && !option.startsWith("-Daevo.terminal")) {
                command.add(option);
            }
        }
        command.add("-Xmx" + heap + "m");
        if (!simulated) {
            // Beyond it JavaCPP throws OutOfMemoryError, which costs the candidate and not the process.
            command.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=" + Math.max(memory, 2 * heap) + "m");
        }
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        command.add("worker");
        command.add("--master");
        command.add(address);
        return command;
    }

    private static long physicalMemory() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
    }
}
