package org.aevo.train;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bound on the heap and native memory of this process, which the kernel keeps: it refuses memory beyond it, which a
 * training library reports as an error of the one candidate, where the system would end the process, or another's.
 *
 * <p>What the kernel counts (RLIMIT_DATA) is private memory that may be written, used or not. So the limit is set when
 * all libraries have what they will ever reserve, and what is reserved and unused then is allowed on top; but not the
 * unused heap, which will be used. Files that are mapped do not count: data and natives.
 */
public final class MemoryLimit {
    private static final Path STATUS = Path.of("/proc/self/status");

    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern LIMIT = Pattern.compile("Max data size +(\\d+) .*");

    private MemoryLimit() {}

    /** Bytes that this process may still take; empty if nobody limits it, or it cannot be found out. */
    static OptionalLong left() {
        try {
            for (String line : Files.readAllLines(LIMITS)) {
                Matcher limit = LIMIT.matcher(line);
                if (limit.matches()) {
                    return OptionalLong.of(Long.parseLong(limit.group(1)) - (kibibytes("VmData") << 10));
                }
            }
        } catch (IOException e) {
            // another system
        }
        return OptionalLong.empty();
    }

    /**
     * Sets it.
     *
     * @param bytes of heap and native memory together
     * @throws IOException if that is not possible here, or this process has no room left below it; one line says why
     */
    public static void set(long bytes) throws IOException, InterruptedException {
        Runtime heap = Runtime.getRuntime();
        long used = kibibytes("RssAnon") << 10;
        long reserved = (kibibytes("VmData") << 10) - used;
        long unusedHeap = heap.freeMemory();
        long limit = bytes + reserved - unusedHeap;
        if (used + unusedHeap >= bytes) {
            throw new IOException((used >> 20) + " of " + (bytes >> 20) + " MiB are used, and " + (unusedHeap >> 20)
                    + " are for the heap");
        }
        Process prlimit = new ProcessBuilder(
                        "prlimit",
                        "--pid",
                        Long.toString(ProcessHandle.current().pid()),
                        "--data=" + limit + ":")
                .redirectErrorStream(true)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        String said = new String(prlimit.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (prlimit.waitFor() != 0) {
            throw new IOException(said.strip());
        }
    }

    private static long kibibytes(String field) throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(field + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow(() -> new IOException(STATUS + " has no " + field));
    }
}
