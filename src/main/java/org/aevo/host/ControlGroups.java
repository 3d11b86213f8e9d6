package org.aevo.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The limits of the control groups that a process is in, of version 1 and 2 of their interface. A group is bound by those
 * above it, as far as the mount shows them.
 */
final class ControlGroups {
    /** From here on a limit in bytes is none: the kernel shows the largest multiple of a page there. */
    private static final long NO_LIMIT = 1L << 62;

    private final Path root;
    private final List<Mount> mounts = new ArrayList<>();

    /**
     * A hierarchy of groups where it is mounted.
     *
     * @param group that is at the mount point: the host's path of what a container sees as its root
     * @param controllers that it has; empty for the one hierarchy of version 2
     */
    private record Mount(String group, Path point, List<String> controllers) {}

    /** @param root of the file system, {@code /} but for tests */
    ControlGroups(Path root) {
        this.root = root;
        for (String line : KernelFiles.lines(root.resolve("proc/self/mountinfo"))) {
            mount(line).ifPresent(mounts::add);
        }
    }

    /** Processors' worth of time; infinite without a quota. */
    double cores() {
        double quota = Double.POSITIVE_INFINITY;
        for (Path group : groups("cpu")) {
            quota = Math.min(quota, cores(group));
        }
        return quota;
    }

    /** Bytes; {@link Long#MAX_VALUE} without a limit. */
    long memoryBytes() {
        long limit = Long.MAX_VALUE;
        for (Path group : groups("memory")) {
            for (String file : List.of("memory.max", "memory.limit_in_bytes")) {
                limit = Math.min(
                        limit, first(group.resolve(file), KernelFiles::number).orElse(Long.MAX_VALUE));
            }
        }
        return limit >= NO_LIMIT ? Long.MAX_VALUE : limit;
    }

    private static double cores(Path group) {
        // version 2: "max 100000" or "150000 100000"
        String[] two =
                KernelFiles.firstLine(group.resolve("cpu.max")).orElse("max").split("\\s+");
        if (two.length == 2) {
            return ratio(KernelFiles.number(two[0]), KernelFiles.number(two[1]));
        }
        return ratio(
                first(group.resolve("cpu.cfs_quota_us"), KernelFiles::number),
                first(group.resolve("cpu.cfs_period_us"), KernelFiles::number));
    }

    private static double ratio(Optional<Long> quota, Optional<Long> period) {
        return quota.isPresent() && period.isPresent() && quota.get() > 0 && period.get() > 0
                ? (double) quota.get() / period.get()
                : Double.POSITIVE_INFINITY;
    }

    private static <T> Optional<T> first(Path file, Function<String, Optional<T>> parse) {
        return KernelFiles.firstLine(file).flatMap(parse);
    }

    /** The folders of the process's group for a controller and of those above it, in both versions. */
    private List<Path> groups(String controller) {
        List<Path> folders = new ArrayList<>();
        for (String line : KernelFiles.lines(root.resolve("proc/self/cgroup"))) {
            // hierarchy:controllers:path, of version 2 without controllers
            String[] parts = line.split(":", 3);
            if (parts.length < 3) {
                continue;
            }
            List<String> controllers = parts[1].isEmpty() ? List.of() : Arrays.asList(parts[1].split(","));
            if (!controllers.isEmpty() && !controllers.contains(controller)) {
                continue;
            }
            for (Mount mount : mounts) {
                boolean same = controllers.isEmpty()
                        ? mount.controllers().isEmpty()
                        : mount.controllers().contains(controller);
                if (same) {
                    folders.addAll(upwards(mount, parts[2]));
                }
            }
        }
        return folders;
    }

    private static List<Path> upwards(Mount mount, String group) {
        String below = mount.group().equals("/")
                ? group
                : group.startsWith(mount.group())
                        ? group.substring(mount.group().length())
                        : "/";
        List<Path> folders = new ArrayList<>();
        Path folder = mount.point().resolve(below.replaceAll("^/+", "")).normalize();
        while (folder != null && folder.startsWith(mount.point())) {
            folders.add(folder);
            folder = folder.getParent();
        }
        return folders;
    }

    /** Of a line as proc(5) has it: ID PARENT DEVICE ROOT POINT OPTIONS FIELDS... - TYPE SOURCE SUPER-OPTIONS. */
    private Optional<Mount> mount(String line) {
        String[] halves = line.split(" - ", 2);
        String[] own = halves[0].split(" ");
        String[] type = halves.length < 2 ? new String[0] : halves[1].split(" ");
        if (own.length < 5 || type.length < 3 || !type[0].startsWith("cgroup")) {
            return Optional.empty();
        }
        Path point = root.resolve(own[4].replaceAll("^/+", ""));
        List<String> controllers = type[0].equals("cgroup2") ? List.of() : Arrays.asList(type[2].split(","));
        return Optional.of(new Mount(own[3], point, controllers));
    }
}
