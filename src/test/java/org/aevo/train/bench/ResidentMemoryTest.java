package org.aevo.train.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aevo.genome.EnumText;
import org.aevo.train.EngineKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A worker does not grow: in a process with a worker's environment and settings. */
class ResidentMemoryTest {
    private static final long DEADLINE_MINUTES = 20;

    @Tag("long")
    @ParameterizedTest
    @EnumSource(EngineKind.class)
    void aThousandCandidatesLeaveNoMoreThanFifty(EngineKind engine, @TempDir Path directory)
            throws IOException, InterruptedException {
        Path output = directory.resolve("memory.txt");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        "bash",
                        "-c",
                        "source bin/environment && exec \"$@\"",
                        "bash",
                        java,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MemoryBenchmark.class.getName(),
                        EnumText.of(engine),
                        "1000",
                        "50")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(process.waitFor(DEADLINE_MINUTES, TimeUnit.MINUTES), () -> "no end: " + text(output));
        } finally {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), () -> text(output));
        List<String> lines = Files.readAllLines(output).stream()
                .filter(line -> line.matches("\\s+\\d+(\\s+\\S+){6}"))
                .toList();
        assertEquals(20, lines.size(), () -> text(output));
        String[] last = lines.get(lines.size() - 1).strip().split("\\s+");
        assertEquals("1000", last[0]);
        assertEquals("0", last[3], () -> "failed candidates: " + text(output));
        assertTrue(Double.parseDouble(last[6]) < 1.1, () -> text(output));
    }

    private static String text(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
