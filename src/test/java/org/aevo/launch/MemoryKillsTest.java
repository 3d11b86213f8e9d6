package org.aevo.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryKillsTest {
    @TempDir
    Path folder;

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void theSecondVersionSaysItInItsEvents() throws IOException {
        file("system.slice/job_7/memory.events", "low 0\nhigh 0\nmax 17\noom 4\noom_kill 3\n");
        List<String> mounts = List.of(
                "22 28 0:20 / /sys rw,nosuid - sysfs sysfs rw",
                "30 23 0:26 / " + folder + " rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate");
        assertEquals(3, MemoryKills.count(List.of("0::/system.slice/job_7"), mounts));
        assertEquals(0, MemoryKills.count(List.of("0::/system.slice/job_8"), mounts));
    }

    /** As in a container or a lab: a mount shows a part of the hierarchy only, over one that shows all of it. */
    @Test
    void theFirstVersionHasOneHierarchyForMemory() throws IOException {
        file("uid_0/job_1/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n");
        List<String> groups = List.of("9:freezer:/else", "4:memory:/node/uid_0/job_1", "0::/");
        List<String> mounts = List.of(
                "33 25 0:30 / " + folder + "/freezer rw,relatime - cgroup cgroup rw,freezer",
                "34 25 0:31 / " + folder + " rw,relatime - cgroup cgroup rw,memory",
                "99 34 0:31 /node " + folder + " rw,relatime - cgroup cgroup rw,memory");
        assertEquals(2, MemoryKills.count(groups, mounts));
    }

    @Test
    void whereNothingIsKnownThereWereNone() throws IOException {
        assertEquals(0, MemoryKills.count(List.of("garbage", ""), List.of("more of it", "")));
        assertTrue(MemoryKills.count() >= 0);
    }
}
