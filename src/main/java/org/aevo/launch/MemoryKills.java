package org.aevo.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many processes the kernel has ended for want of memory in the control group of this one: what tells such an end from
 * any other by SIGKILL. See cgroups(7), and memory.oom_control of version 1, memory.events of version 2.
 */
final class MemoryKills {
    private static final Pattern KILLS = Pattern.compile("(?m)^oom_kill (\\d{1,18})$");
    /** Root within its file system, mount point, type, options of the file system. */
    private static final Pattern MOUNT = Pattern.compile("\\S+ \\S+ \\S+ (\\S+) (\\S+) .* - (\\S+) \\S+ (\\S+)");

    private MemoryKills() {}

    /** So many up to now; 0 where the kernel does not say. */
    static long count() {
        try {
            return count(
                    Files.readAllLines(Path.of("/proc/self/cgroup")),
                    Files.readAllLines(Path.of("/proc/self/mountinfo")));
        } catch (IOException | RuntimeException e) { // no such files, or not of UTF-8
            return 0;
        }
    }

    static long count(List<String> groups, List<String> mounts) throws IOException {
        for (Path file : files(groups, mounts)) {
            Matcher kills = KILLS.matcher(Files.exists(file) ? Files.readString(file) : "");
            if (kills.find()) {
                return Long.parseLong(kills.group(1));
            }
        }
        return 0;
    }

    /** Where it may stand: a group's path is that of the hierarchy, of which a mount may show a part. */
    private static List<Path> files(List<String> groups, List<String> mounts) {
        List<Path> files = new ArrayList<>();
        for (String mount : mounts) {
            Matcher m = MOUNT.matcher(mount);
            if (!m.matches()) {
                continue;
            }
            boolean second = m.group(3).equals("cgroup2");
            if (second
                    || m.group(3).equals("cgroup")
                            && List.of(m.group(4).split(",")).contains("memory")) {
                String root = m.group(1).equals("/") ? "" : m.group(1);
                group(groups, second)
                        .filter(path -> path.startsWith(root))
                        .ifPresent(path -> files.add(Path.of(
                                m.group(2) + path.substring(root.length()),
                                second ? "memory.events" : "memory.oom_control")));
            }
        }
        return files;
    }

    private static Optional<String> group(List<String> groups, boolean second) {
        Pattern line = Pattern.compile(second ? "0::(/.*)" : "\\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(/.*)");
        return groups.stream()
                .map(line::matcher)
                .filter(Matcher::matches)
                .map(m -> m.group(1))
                .findFirst();
    }
}
