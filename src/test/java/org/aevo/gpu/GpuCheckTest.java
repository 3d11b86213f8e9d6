package org.aevo.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench/gpu}: what is packed here runs from its pieces, with nothing else of Java in sight. */
class GpuCheckTest {
    private static final long LIMIT_SECONDS = 1700;

    @TempDir
    Path folder;

    /** How a command ended; with both its outputs. */
    private record Said(int code, String text) {
        String lastLine() {
            return text.strip().lines().reduce("", (a, b) -> b);
        }
    }

    private Said run(Map<String, String> environment, Path where, String... command)
            throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", command) + " does not end: " + Files.readString(output));
        }
        return new Said(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    private static String file(String name) {
        return Path.of(name).toAbsolutePath().toString();
    }

    /** {@code check} beside a manifest alone, which is as far as it comes. */
    private Said refused(String manifest, String... options) throws Exception {
        Path pieces = Files.createDirectories(folder.resolve("pieces"));
        Files.copy(Path.of("bench/gpu/check"), pieces.resolve("check"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(pieces.resolve("manifest.json"), manifest);
        List<String> command = new ArrayList<>(
                List.of("/usr/bin/python3", pieces.resolve("check").toString()));
        command.addAll(List.of(options));
        Said said = run(Map.of("PATH", "/nowhere"), folder, command.toArray(String[]::new));
        assertEquals(1, said.code(), said.text());
        assertFalse(Files.exists(folder.resolve("aevo-gpu-check")), "nothing is unpacked");
        return said;
    }

    @Test
    void whatIsMissingIsSaidInOneLineBeforeAnythingIsUnpacked() throws Exception {
        String gpu =
                "{\"kind\": \"gpu\", \"glibc\": \"2.17\", \"parts\": {\"a\": [{\"file\": \"a.tar.xz.00\", \"sha256\": \"00\"}]}}";
        if (!Files.exists(Path.of("/dev/nvidia0")) && !Files.exists(Path.of("/proc/driver/nvidia/version"))) {
            Said none = refused(gpu);
            assertEquals(1, none.text().lines().count(), none.text());
            assertTrue(none.text().startsWith("check: there is no NVIDIA GPU here"), none.text());
        }
        assertTrue(refused(gpu, "--cpu").text().startsWith("check: this pack is for GPUs"));
        String cpu = gpu.replace("gpu", "cpu");
        assertTrue(refused(cpu).text().startsWith("check: this pack computes on the CPU: give --cpu"));
        assertTrue(refused(cpu.replace("2.17", "2.99"), "--cpu")
                .text()
                .contains("needs glibc 2.99, this machine has glibc 2."));
        assertTrue(refused(cpu, "--cpu").lastLine().startsWith("check: a.tar.xz.00 is missing in "));
        Files.writeString(folder.resolve("pieces/a.tar.xz.00"), "not what was packed");
        assertTrue(refused(cpu, "--cpu").lastLine().startsWith("check: a.tar.xz.00 is damaged"));
        for (String[] wrong : new String[][] {
            {"--python", "no/python", "check: --python: there is no no/python"},
            {"-o", "nowhere/results", "check: results cannot be written into " + folder.resolve("nowhere")},
        }) {
            Said said = refused(cpu, "--cpu", wrong[0], wrong[1]);
            assertEquals(1, said.text().lines().count(), said.text());
            assertTrue(said.text().startsWith(wrong[2]), said.text());
        }
        Path piece = folder.resolve("pieces/a.tar.xz.00");
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(piece)));
        Said noFolder =
                refused(cpu.replace("\"00\"", '"' + digest + '"'), "--cpu", "--work", piece.resolve("work") + "");
        assertTrue(noFolder.lastLine().startsWith("check: " + piece + "/work cannot be made: "), noFolder.text());
        assertFalse(noFolder.text().contains("Traceback"), noFolder.text());
    }

    /** Packs, and runs the pieces; 150 MB of them, most of the time goes into compressing. */
    @Test
    @Tag("long")
    @Timeout(2 * LIMIT_SECONDS)
    void aPackForTheCpuRunsFromItsPieces() throws Exception {
        Path pieces = folder.resolve("pieces");
        Said packed = run(Map.of(), Path.of("."), file("bench/gpu/pack"), pieces.toString(), "--cpu", "--level", "0");
        assertEquals(0, packed.code(), packed.text());
        try (Stream<Path> files = Files.list(pieces)) {
            for (Path piece : files.toList()) {
                assertTrue(Files.size(piece) <= 60_000_000, piece + " is too large");
            }
        }
        Said checked = run(
                // neither a JDK nor the libraries of a build
                Map.of("PATH", "/usr/bin:/bin", "JAVA_HOME", "/nowhere", "HOME", folder.toString()),
                folder,
                pieces.resolve("check").toString(),
                "--cpu",
                "--python",
                "/usr/bin/python3",
                "--models",
                "dense,conv",
                "--batches",
                "16,64",
                "--seconds",
                "0.3",
                "--repeats",
                "1",
                "--evaluations",
                "4");
        assertEquals(0, checked.code(), checked.text());
        String results = Files.readString(folder.resolve("results.md"));
        for (String model : List.of("dense | 16", "dense | 64", "conv | 16", "conv | 64")) {
            assertTrue(results.contains("| " + model + " | "), results);
        }
        assertTrue(results.contains("worker 1 is ready: ") && results.contains("worker 2 is ready: "), results);
        assertTrue(Files.size(folder.resolve("results.json")) > 0);
        assertFalse(Files.exists(folder.resolve(".javacpp")), "natives were unpacked again");
    }
}
