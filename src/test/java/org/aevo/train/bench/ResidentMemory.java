package org.aevo.train.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What of this process is in memory, by the kernel's account. */
final class ResidentMemory {
    private ResidentMemory() {}

    static long megabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10)
                .findFirst()
                .orElseThrow(() -> new IOException("/proc/self/status says nothing of VmRSS"));
    }
}
