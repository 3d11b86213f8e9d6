package org.aevo.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InteractiveShellTest {
    private static final String TERMINAL = "/dev/pts/3";

    @TempDir
    Path proc;

    private void process(long pid, long parent, String input, String... command) throws IOException {
        Path folder = Files.createDirectories(proc.resolve(Long.toString(pid)));
        Files.writeString(folder.resolve("stat"), pid + " (a) b (c) S " + parent + " 5 5 0\n");
        Files.writeString(folder.resolve("cmdline"), String.join("\0", command) + "\0");
        Files.createSymbolicLink(Files.createDirectory(folder.resolve("fd")).resolve("0"), Path.of(input));
    }

    @ParameterizedTest
    @CsvSource({
        "/bin/bash, true",
        "-bash, true",
        "/usr/bin/zsh|-l|-i, true",
        "bash|--init-file|/etc/site.bash|-i, true",
        "tcsh, true",
        "bash|/home/me/aevo/slurm/rank|/home/me/aevo|word, false",
        "bash|-c|bin/aevo run in.yaml; date, false",
        "sh|-ec|bin/aevo run in.yaml; date, false",
        "python3|-i, false"
    })
    void aShellWithoutAScript(String command, boolean interactive) throws IOException {
        process(30, 20, TERMINAL, command.split("\\|"));
        process(40, 30, TERMINAL, "make");
        process(50, 40, TERMINAL, "java");
        assertEquals(interactive, InteractiveShell.isAbove(proc, 50, 30));
    }

    @Test
    void whatReadsAScriptFromAPipeOrIsOutsideOfTheStepIsNot() throws IOException {
        process(10, 2, TERMINAL, "bash");
        process(20, 10, "pipe:[4710]", "slurmd");
        process(30, 20, "pipe:[4711]", "bash");
        process(50, 30, "pipe:[4711]", "java");
        assertFalse(InteractiveShell.isAbove(proc, 50, 30), "a pipe");
        process(51, 20, TERMINAL, "java");
        assertFalse(InteractiveShell.isAbove(proc, 51, 51), "the task itself");
        assertFalse(InteractiveShell.isAbove(proc, 50, 99), "of no step");
    }
}
