package org.aevo.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineTest {
    @TempDir
    private Path root;

    /** What programs of the system say of this host. */
    @Test
    void isWhatTheSystemsOwnProgramsSay() throws Exception {
        Machine here = Machine.here();
        assertEquals(said("uname", "-sr"), here.kernel());
        assertEquals(said("getconf", "_NPROCESSORS_ONLN"), "" + here.cores());
        long kibibytes = Long.parseLong(said("sh", "-c", "free -k | awk '/^Mem/ {print $2}'"));
        assertEquals(kibibytes << 10, here.memoryBytes());
        assertTrue(
                here.allowedCores() > 0
                        && here.allowedCores() <= Integer.parseInt(said("env", "-u", "OMP_NUM_THREADS", "nproc")),
                here.toString());
        assertTrue(here.allowedMemoryBytes() > 0 && here.allowedMemoryBytes() <= here.memoryBytes(), here.toString());
        assertTrue(here.load() >= 0, here.toString());
        assertFalse(here.cpu().isEmpty());
    }

    @Test
    void maskAndQuotaBindTogether() throws Exception {
        file("proc/cpuinfo", "processor\t: 0\nmodel name\t: A\u0007 CPU  \n");
        file("proc/meminfo", "MemTotal:       2048 kB\n");
        file("proc/loadavg", "1.25 0.50 0.10 1/100 7\n");
        file("proc/sys/kernel/ostype", "Linux\n");
        file("proc/sys/kernel/osrelease", "6.1.0\n");
        file("sys/devices/system/cpu/online", "0-3,6-7\n");
        // as kernels are built, for more processors than there are
        file("proc/self/status", "Name:\tjava\nCpus_allowed_list:\t0-1,7\n");
        assertEquals(new Machine("A? CPU", 6, 3, "0-1,7", 2 << 20, 2 << 20, "Linux 6.1.0", 1.25), read());
        file("proc/self/mountinfo", "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
        file("proc/self/cgroup", "0::/\n");
        file("sys/fs/cgroup/cpu.max", "50000 100000\n");
        file("sys/fs/cgroup/memory.max", "1048576\n");
        assertEquals(new Machine("A? CPU", 6, 0.5, "0-1,7", 2 << 20, 1 << 20, "Linux 6.1.0", 1.25), read());
        file("proc/self/status", "Cpus_allowed_list:\t0-1023\n");
        file("sys/fs/cgroup/cpu.max", "max 100000\n");
        assertEquals(6, read().allowedCores());
    }

    @Test
    void whatIsNotKnownIsSaidToBeUnknown() {
        assertEquals(Machine.UNKNOWN, read());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"0;1", "0-3;4", "0-3,8;5", "0,2,4-5;4", "'';0", "a;0", "3-1;0", "0-;0"})
    void rangesAreCounted(String ranges, int expected) {
        assertEquals(expected, MachineReader.count(ranges));
    }

    private Machine read() {
        return new MachineReader(root).read();
    }

    private void file(String place, String text) throws IOException {
        Path file = root.resolve(place);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String said(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, process.waitFor(), text);
        return text;
    }
}
