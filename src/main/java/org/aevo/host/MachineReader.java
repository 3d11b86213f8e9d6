package org.aevo.host;

import java.nio.file.Path;
import java.util.Optional;

/** Reads what a {@link Machine} holds from {@code /proc} and the control groups. */
final class MachineReader {
    private static final long KIB = 1024;

    private final Path root;

    /** @param root of the file system, {@code /} but for tests */
    MachineReader(Path root) {
        this.root = root;
    }

    Machine read() {
        ControlGroups groups = new ControlGroups(root);
        int cores = cores();
        double allowed = Math.min(affinity(cores), groups.cores());
        long memory = kibibytes(root.resolve("proc/meminfo"), "MemTotal")
                .map(k -> k * KIB)
                .orElse(-1L);
        long limit = groups.memoryBytes();
        return new Machine(
                cpu(),
                cores,
                Double.isInfinite(allowed) ? Double.NaN : allowed,
                KernelFiles.plain(mask().orElse("")),
                memory,
                limit == Long.MAX_VALUE ? memory : memory < 0 ? limit : Math.min(memory, limit),
                kernel(),
                load());
    }

    private String cpu() {
        Path info = root.resolve("proc/cpuinfo");
        // what ARM and POWER call it
        return KernelFiles.plain(KernelFiles.value(info, "model name")
                .or(() -> KernelFiles.value(info, "cpu"))
                .or(() -> KernelFiles.value(info, "CPU part").map(part -> "CPU part " + part))
                .orElse(""));
    }

    /** A list of ranges such as {@code 0-3,8}; of the machine, whatever this process may use. */
    private int cores() {
        Optional<String> online = KernelFiles.firstLine(root.resolve("sys/devices/system/cpu/online"));
        return online.map(MachineReader::count).filter(n -> n > 0).orElse(-1);
    }

    private double affinity(int cores) {
        int allowed = mask().map(MachineReader::count).orElse(0);
        // the mask may name processors that the machine could have, but has not
        return allowed > 0 ? (cores > 0 ? Math.min(cores, allowed) : allowed) : Double.POSITIVE_INFINITY;
    }

    private Optional<String> mask() {
        return KernelFiles.value(root.resolve("proc/self/status"), "Cpus_allowed_list");
    }

    /** Number of values in a list of ranges; 0 if it is none. */
    static int count(String ranges) {
        int count = 0;
        for (String range : ranges.strip().split(",")) {
            String[] ends = range.split("-", 2);
            Optional<Long> from = KernelFiles.number(ends[0]);
            Optional<Long> to = KernelFiles.number(ends[ends.length - 1]);
            if (from.isEmpty() || to.isEmpty() || to.get() < from.get()) {
                return 0;
            }
            count += Math.toIntExact(Math.min(to.get() - from.get() + 1, Integer.MAX_VALUE / 1024));
        }
        return count;
    }

    private static Optional<Long> kibibytes(Path file, String key) {
        return KernelFiles.value(file, key).flatMap(KernelFiles::number);
    }

    private String kernel() {
        String type =
                KernelFiles.firstLine(root.resolve("proc/sys/kernel/ostype")).orElse("");
        String release =
                KernelFiles.firstLine(root.resolve("proc/sys/kernel/osrelease")).orElse("");
        return KernelFiles.plain(type + " " + release);
    }

    private double load() {
        String first =
                KernelFiles.firstLine(root.resolve("proc/loadavg")).orElse("").split(" ")[0];
        try {
            return Double.parseDouble(first);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
