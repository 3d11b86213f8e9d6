package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aevo.record.RunHistory;
import org.aevo.record.RunPaths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code aevo evaluate --serve}: another program asks. */
@Timeout(200)
class ServeCommandTest {
    private static final String INPUT =
            """
            name: asked
            seed: 4
            space: {family: dense, latent: 2}
            evaluator: {kind: simulated, mean-seconds: 0.02, shape: [1, 8, 8]}
            cluster: {workers: 2, workers-per-process: 2}
            """;

    @TempDir
    Path folder;

    private static String request(Object id, int units) {
        return "{\"id\": " + id + ", \"genome\": \"dense(" + units
                + ",relu) | latent(2) | upsampling | adam(lr0.001,batch64)\"}";
    }

    /** The program with its two ends. */
    private final class Served implements AutoCloseable {
        final Process process;
        final PrintWriter in;
        final BufferedReader out;

        Served(String... arguments) throws IOException {
            List<String> command = new ArrayList<>(AevoProcess.program());
            command.addAll(List.of("evaluate", "--serve"));
            command.addAll(List.of(arguments));
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(folder.resolve("err").toFile())
                    .start();
            in = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
            out = process.inputReader(StandardCharsets.UTF_8);
        }

        int end() throws InterruptedException {
            in.close();
            assertTrue(process.waitFor(100, TimeUnit.SECONDS));
            return process.exitValue();
        }

        @Override
        public void close() throws InterruptedException {
            process.destroyForcibly();
            process.waitFor();
        }
    }

    private Path input() throws IOException {
        return Files.writeString(folder.resolve("input.yaml"), INPUT);
    }

    private static String field(String line, String name) {
        Matcher found = Pattern.compile('"' + name + "\": (\"[^\"]*\"|[^,}]*)").matcher(line);
        assertTrue(found.find(), () -> name + " in " + line);
        return found.group(1);
    }

    @Test
    void eachRequestIsAnsweredAndWhatIsWrongIsSaid() throws Exception {
        input();
        List<String> lines = new ArrayList<>();
        try (Served served = new Served("input.yaml", "-o", "run")) {
            served.in.println(request(1, 8));
            served.in.println(request("\"b\"", 16));
            served.in.println("what?");
            served.in.println("{\"id\": 3}");
            served.in.println("{\"id\": 4, \"genome\": \"dense(\"}");
            served.in.println("{\"id\": 5, \"gnome\": \"dense(\"}");
            served.in.println("{\"id\": 6, \"genome\": [1]}");
            served.in.println("");
            served.in.println(request(7, 32));
            assertEquals(ExitCode.DONE, served.end(), Files.readString(folder.resolve("err")));
            served.out.lines().forEach(lines::add);
        }
        assertEquals(8, lines.size(), lines::toString);
        List<String> good =
                lines.stream().filter(line -> line.contains("\"fitness\"")).toList();
        assertEquals(
                new TreeSet<>(List.of("1", "\"b\"", "7")),
                new TreeSet<>(good.stream().map(line -> field(line, "id")).toList()));
        for (String line : good) {
            assertEquals("\"ok\"", field(line, "status"));
            assertTrue(Double.parseDouble(field(line, "fitness")) > 0);
        }
        String errors = String.join("\n", lines);
        for (String part : List.of(
                "line 3: expected one object of JSON in a line",
                "line 4: needs genome or network, and has neither",
                "line 5: ",
                "line 6: unknown key 'gnome'; known here: id, genome, network",
                "line 7: genome must be a text")) {
            assertTrue(errors.contains(part), () -> part + " in " + errors);
        }
        RunHistory history = RunHistory.read(new RunPaths(folder.resolve("run")).journal());
        assertEquals(3, history.evaluated());
        assertTrue(history.complete());
        Said verified = Said.by("verify", folder.resolve("run").toString());
        assertEquals(ExitCode.DONE, verified.code(), verified.out());
        Said refused = Said.by("run", "--resume", folder.resolve("run").toString());
        assertEquals(ExitCode.USAGE, refused.code());
        assertTrue(refused.err().contains("'aevo evaluate --serve --resume "), refused.err());
    }

    /** The master is killed; who asks the same again gets what was evaluated, and the rest is evaluated now. */
    @Test
    void whatWasEvaluatedAnswersAgain() throws Exception {
        input();
        List<String> before = new ArrayList<>();
        try (Served served = new Served("input.yaml", "-o", "run", "--set", "evaluator.mean-seconds=0.2")) {
            for (int i = 0; i < 12; i++) {
                served.in.println(request(i, 8 + i));
            }
            for (int i = 0; i < 4; i++) {
                before.add(served.out.readLine());
            }
            served.process.destroyForcibly().waitFor();
        }
        List<String> after = new ArrayList<>();
        try (Served served = new Served("--resume", "run")) {
            for (int i = 0; i < 12; i++) {
                served.in.println(request(100 + i, 8 + i));
            }
            assertEquals(ExitCode.DONE, served.end(), Files.readString(folder.resolve("err")));
            served.out.lines().forEach(after::add);
        }
        assertEquals(12, after.size(), after::toString);
        for (String line : before) {
            String same = after.stream()
                    .filter(other -> field(other, "id").equals("" + (100 + Integer.parseInt(field(line, "id")))))
                    .findFirst()
                    .orElseThrow();
            assertEquals(field(line, "fitness"), field(same, "fitness"));
            assertEquals(field(line, "candidate"), field(same, "candidate"));
            assertEquals("true", field(same, "recorded"));
        }
        RunHistory history = RunHistory.read(new RunPaths(folder.resolve("run")).journal());
        assertEquals(12, history.asked(), "nothing was evaluated twice");
        assertTrue(history.complete());
    }

    @Test
    void inputsThatDoNotFitAreRefused() throws Exception {
        input();
        for (String[] wrong : new String[][] {
            {"--serve"},
            {"--serve", "a.yaml", "b.yaml"},
            {"--serve", "--repeats", "2", "input.yaml"},
            {"--resume", "run", "input.yaml"},
            {"--serve", "--resume", "run", "--seed", "3"}
        }) {
            List<String> words = new ArrayList<>(List.of("evaluate"));
            words.addAll(List.of(wrong));
            Said said = Said.by(words.toArray(String[]::new));
            assertEquals(ExitCode.USAGE, said.code(), String.join(" ", wrong));
            assertFalse(Files.exists(folder.resolve("runs")));
        }
    }

    /** The client that comes with it. */
    @Test
    void pythonAsks() throws Exception {
        input();
        Path aevo = Files.writeString(
                folder.resolve("aevo"), "#!/bin/sh\nexec '" + String.join("' '", AevoProcess.program()) + "' \"$@\"\n");
        Files.setPosixFilePermissions(aevo, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path script = Files.writeString(
                folder.resolve("ask.py"),
                """
                import sys
                sys.path.insert(0, sys.argv[1])
                import aevo_serve
                found = {}
                with aevo_serve.Evaluations("input.yaml", "-o", "run", aevo=sys.argv[2]) as aevo:
                    units = {}
                    for u in (4, 8, 16, 32, 64):
                        units[aevo.ask(f"dense({u},relu) | latent(2) | upsampling | adam(lr0.001,batch64)")] = u
                        if aevo.waiting == 2:
                            result = aevo.result()
                            found[units[result["id"]]] = result["fitness"]
                    aevo.ask("nonsense")
                    errors = 0
                    while aevo.waiting:
                        result = aevo.result()
                        if "error" in result:
                            errors += 1
                        else:
                            found[units[result["id"]]] = result["fitness"]
                print(sorted(found), min(found, key=found.get), errors, aevo.close())
                """);
        Process python = new ProcessBuilder(
                        "/usr/bin/python3",
                        script.toString(),
                        Path.of("bench/serve").toAbsolutePath().toString(),
                        aevo.toString())
                .directory(folder.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(python.waitFor(100, TimeUnit.SECONDS));
        assertEquals("[4, 8, 16, 32, 64] 64 1 0", said.strip(), () -> said);
    }
}
