package org.aevo.train.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aevo.network.EnumText;
import org.aevo.train.EngineKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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
        List<Integer> resident = residentMegabytes(directory, engine, 1000, 50, "-Xms256m", "-Xmx256m", "-Xmn64m");
        assertTrue(resident.get(19) < 1.1 * resident.get(0), resident::toString);
    }

    /**
     * In a heap that is in memory from the start, so that what grows is native. Of the engine that frees at once: what
     * Deeplearning4j frees now and then shows in the long run alone.
     */
    @Test
    void aFewCandidatesOfTorchLeaveNoMoreThanHalfOfThem(@TempDir Path directory)
            throws IOException, InterruptedException {
        List<Integer> resident =
                residentMegabytes(directory, EngineKind.TORCH, 200, 50, "-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch");
        assertTrue(resident.get(3) < 1.1 * resident.get(1), resident::toString);
    }

    /** After each so many candidates. */
    private static List<Integer> residentMegabytes(
            Path directory, EngineKind engine, int candidates, int every, String... heap)
            throws IOException, InterruptedException {
        Path output = directory.resolve("memory.txt");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of("bash", "-c", "source bin/environment && exec \"$@\"", "bash"));
        command.addAll(List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(heap));
        command.addAll(List.of(
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryBenchmark.class.getName(),
                EnumText.of(engine),
                Integer.toString(candidates),
                Integer.toString(every)));
        Process process = new ProcessBuilder(command)
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
        assertEquals(candidates / every, lines.size(), () -> text(output));
        List<String[]> rows =
                lines.stream().map(line -> line.strip().split("\\s+")).toList();
        assertEquals("0", rows.get(rows.size() - 1)[3], () -> "failed candidates: " + text(output));
        return rows.stream().map(row -> Integer.parseInt(row[1])).toList();
    }

    private static String text(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
