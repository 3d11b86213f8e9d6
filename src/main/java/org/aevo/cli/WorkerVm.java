package org.aevo.cli;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.aevo.config.RunConfig;
import org.aevo.launch.VmOptions;

/** The virtual machine of a worker: this one's options, a memory of its own. */
final class WorkerVm {
    private static final long MIB = 1 << 20;
    private static final long SIMULATED_HEAP_MIB = 96;
    private static final long SIMULATED_WORKER_MIB = 4;

    /** All options that bound a heap or its parts. */
    private static final Pattern HEAP = Pattern.compile(
            "-Xm[nsx].*|-XX:((Max|Min|Initial)(Heap|New|RAM)|New)" + "(Size|Ratio|Percentage|Fraction)=.*");

    private final boolean simulated;
    private final WorkerMemory memory;
    private final Optional<String> warning;
    private final Path crashes;

    /**
     * @param availableMiB for one worker, if the input does not say
     * @param crashes folder for the report of a virtual machine that crashes
     */
    WorkerVm(RunConfig config, long availableMiB, Path crashes) {
        this.crashes = crashes.toAbsolutePath();
        this.simulated = config.simulated();
        this.memory = WorkerMemory.of(config, availableMiB);
        this.warning = simulated ? Optional.empty() : warning(config, availableMiB);
    }

    /** What to say if workers that train have more memory than there is, or less than a candidate may need. */
    Optional<String> warning() {
        return warning;
    }

    private Optional<String> warning(RunConfig config, long availableMiB) {
        if (memory.mebibytes() > availableMiB) {
            return Optional.of("cluster.worker-memory is " + memory.mebibytes() + " MiB, but there are " + availableMiB
                    + " for each worker here: lower it, start fewer workers, or ask for more memory");
        }
        long left = memory.candidate(config.engine());
        long most = config.maxMemoryMiB();
        return left >= most
                ? Optional.empty()
                : Optional.of("a worker has " + memory.mebibytes() + " MiB of memory here, " + Math.max(0, left)
                        + " of them for a candidate, which may need " + most
                        + " (space.max-memory): lower that, start fewer workers, or ask for more memory");
    }

    static long physicalMemoryMiB() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize() / MIB;
    }

    /**
     * Its command line.
     *
     * @param master HOST[,HOST...]:PORT
     * @param workers that it is
     */
    List<String> command(String master, int workers) {
        long heap = simulated ? SIMULATED_HEAP_MIB + SIMULATED_WORKER_MIB * (workers - 1) : memory.heap();
        List<String> command = new ArrayList<>(VmOptions.command()
                .filter(option -> !HEAP.matcher(option).matches())
                .filter(option -> !option.startsWith("-XX:ErrorFile") && !option.startsWith("-D" + Parent.PROPERTY))
                .toList());
        command.add("-Xmx" + heap + "m");
        command.add("-XX:ErrorFile=" + crashes.resolve("aevo-crash-%p.log"));
        // what a candidate does not survive, the process does not
        command.add("-XX:+ExitOnOutOfMemoryError");
        // The optimising compiler would take time and memory for minutes. Simulated, each link has classes of its own,
        // which it would compile one by one; otherwise native code does the work.
        command.add("-XX:TieredStopAtLevel=1");
        if (!simulated) {
            // All of it is there from the start: a virtual machine that cannot enlarge its heap at the limit ends.
            command.add("-Xms" + heap + "m");
            command.add("-Xmn" + WorkerMemory.YOUNG + "m");
            // Beyond it JavaCPP throws OutOfMemoryError, which costs the candidate and not the process.
            command.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=" + memory.mebibytes() + "m");
            command.add("-D" + WorkerMemory.PROPERTY + "=" + memory.mebibytes());
        }
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        command.add("worker");
        command.add("--master");
        command.add(master);
        if (workers > 1) {
            command.add("--count");
            command.add(Integer.toString(workers));
        }
        return command;
    }
}
