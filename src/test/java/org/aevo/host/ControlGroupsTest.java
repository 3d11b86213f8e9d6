package org.aevo.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlGroupsTest {
    private static final double NONE = Double.POSITIVE_INFINITY;

    @TempDir
    private Path root;

    /** What a batch system sets: a quota for the step, the memory for the job above it. */
    @Test
    void theLowestLimitOfAllGroupsAboveBinds() throws Exception {
        mounts("30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate");
        file("proc/self/cgroup", "0::/slurm/job_7/step_0");
        file("sys/fs/cgroup/slurm/job_7/step_0/cpu.max", "150000 100000");
        file("sys/fs/cgroup/slurm/job_7/step_0/memory.max", "max");
        file("sys/fs/cgroup/slurm/job_7/cpu.max", "max 100000");
        file("sys/fs/cgroup/slurm/job_7/memory.max", "3221225472");
        file("sys/fs/cgroup/slurm/memory.max", "9221225472");
        assertEquals(1.5, groups().cores());
        assertEquals(3L << 30, groups().memoryBytes());
    }

    @Test
    void versionOneHasAHierarchyForEachController() throws Exception {
        mounts(
                "31 30 0:27 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct",
                "32 30 0:28 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory",
                "33 30 0:29 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw");
        file("proc/self/cgroup", "4:memory:/m/n", "3:cpu,cpuacct:/c", "0::/");
        file("sys/fs/cgroup/cpu,cpuacct/c/cpu.cfs_quota_us", "-1");
        file("sys/fs/cgroup/cpu,cpuacct/c/cpu.cfs_period_us", "100000");
        file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "400000");
        file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000");
        file("sys/fs/cgroup/memory/m/n/memory.limit_in_bytes", "1073741824");
        file("sys/fs/cgroup/memory/m/memory.limit_in_bytes", "9223372036854771712");
        assertEquals(4, groups().cores());
        assertEquals(1L << 30, groups().memoryBytes());
    }

    /** A container sees its own group at the mount point, whatever the host calls it. */
    @Test
    void aContainerSeesItsOwnGroupAsTheRoot() throws Exception {
        mounts("32 30 0:28 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory");
        file("proc/self/cgroup", "4:memory:/docker/abc", "5:cpu:/docker/abc");
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", "536870912");
        assertEquals(512L << 20, groups().memoryBytes());
        assertEquals(NONE, groups().cores());
    }

    @Test
    void whatIsNotThereOrNoNumberIsNoLimit() throws Exception {
        assertEquals(NONE, groups().cores());
        assertEquals(Long.MAX_VALUE, groups().memoryBytes());
        mounts("30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw", "nonsense", "1 2 3 - cgroup", "");
        file("proc/self/cgroup", "0::/../..", "::", "x");
        file("sys/fs/cgroup/cpu.max", "a lot");
        file("sys/fs/cgroup/memory.max", "-");
        assertEquals(NONE, groups().cores());
        assertEquals(Long.MAX_VALUE, groups().memoryBytes());
    }

    private ControlGroups groups() {
        return new ControlGroups(root);
    }

    private void mounts(String... lines) throws IOException {
        file("proc/self/mountinfo", lines);
    }

    private void file(String place, String... lines) throws IOException {
        Path file = root.resolve(place);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", lines) + "\n");
    }
}
