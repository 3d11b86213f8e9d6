package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.aevo.search.EvaluationStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts of others on a terminal. */
class CleanStreamTest {
    private static final String ODD = "\u001b]0;owned\u0007 \u009b2J \u202Ex \u007f";

    @TempDir
    Path folder;

    @Test
    void whateverPrintsIsCleaned() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream target = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        PrintStream clean = CleanStream.of(target);
        clean.print("a\u001bb");
        clean.print('\u0007');
        clean.printf("%s %d|", "\u009bc", 7);
        clean.append("\bd").println((Object) "e\u001b");
        clean.println(3);
        clean.println("größe\t|");
        CleanStream.own(clean, "\u001b[K");
        assertEquals("a?b??c 7|?de?\n3\ngröße\t|\n\u001b[K", bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void noCommandShowsWhatCommandsTheTerminal() throws Exception {
        Path run = folder.resolve("run");
        HandMadeRun.started(1, ODD)
                .joined(0, 1, 1)
                .asked(0, 0, 2)
                .arrived(0, 1, 0, 6, 4, Double.NaN, EvaluationStatus.DIVERGED, ODD)
                .write(run);
        for (List<String> command : List.of(
                List.of("show", run.toString()),
                List.of("show", run.toString(), "--csv"),
                List.of("show", run.toString(), "--json"),
                List.of("verify", run.toString()),
                List.of("recover", run.toString()),
                List.of("run", folder.resolve("\u001b[2J.yaml").toString()))) {
            Said said = Said.by(command.toArray(String[]::new));
            assertTrue(
                    said.all().chars().noneMatch(c -> c == 0x1B || c == 7 || c == 0x7F || c == 0x9B || c == 0x202E),
                    command + ": " + said.all());
        }
    }
}
