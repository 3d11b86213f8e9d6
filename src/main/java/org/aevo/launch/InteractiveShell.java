package org.aevo.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Whether somebody typed the command that became this process, and no script, launcher or scheduler started it. */
final class InteractiveShell {
    private static final Path PROC = Path.of("/proc");
    private static final Set<String> SHELLS =
            Set.of("ash", "bash", "csh", "dash", "fish", "ksh", "mksh", "sh", "tcsh", "zsh");
    /** Options of bash that name what it reads first. */
    private static final Set<String> WITH_A_FILE = Set.of("--rcfile", "--init-file");

    /** The tasks of a step are its children, and what is above them is another story. */
    private static final String STEP = "slurmstepd";

    private InteractiveShell() {}

    /** Whether there is a shell that reads commands from a terminal above this process, in the step that it is in. */
    static boolean isAbove() {
        return isAbove(PROC, ProcessHandle.current().pid());
    }

    /**
     * @param proc a file system as that in /proc
     */
    static boolean isAbove(Path proc, long pid) {
        try {
            long above = parent(proc, pid);
            while (above > 1) {
                List<String> command = command(proc, above);
                if (command.isEmpty() || command.get(0).startsWith(STEP)) {
                    return false;
                }
                if (isShell(command) && readsFromATerminal(proc, above)) {
                    return true;
                }
                above = parent(proc, above);
            }
        } catch (IOException e) {
            // of another user, or gone: nobody there who types
        }
        return false;
    }

    /** A shell without a script and without commands as an argument. */
    private static boolean isShell(List<String> command) {
        String name = command.get(0).replaceFirst(".*/", "").replaceFirst("^-", "");
        if (!SHELLS.contains(name)) {
            return false;
        }
        for (int i = 1; i < command.size(); i++) {
            String argument = command.get(i);
            if (WITH_A_FILE.contains(argument)) {
                i++;
            } else if (!argument.matches("--.*|[-+][^c]*")) {
                return false;
            }
        }
        return true;
    }

    private static boolean readsFromATerminal(Path proc, long pid) throws IOException {
        String input = Files.readSymbolicLink(proc.resolve(pid + "/fd/0")).toString();
        return input.startsWith("/dev/pts/") || input.startsWith("/dev/tty");
    }

    private static List<String> command(Path proc, long pid) throws IOException {
        String all = Files.readString(proc.resolve(pid + "/cmdline"), StandardCharsets.ISO_8859_1);
        return all.isEmpty() ? List.of() : List.of(all.split("\0"));
    }

    /** The second field after the name, which is in brackets and may hold some. */
    private static long parent(Path proc, long pid) throws IOException {
        String stat = Files.readString(proc.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[1]);
    }
}
