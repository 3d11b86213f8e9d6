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

    private InteractiveShell() {}

    /**
     * Whether a shell that reads commands from a terminal is above this process.
     *
     * @param task the process that the step was started with: what is above it is another story
     */
    static boolean isAbove(long task) {
        return isAbove(PROC, ProcessHandle.current().pid(), task);
    }

    /**
     * @param proc a file system as that in /proc
     */
    static boolean isAbove(Path proc, long pid, long task) {
        boolean found = false;
        try {
            long at = pid;
            while (at != task) {
                at = parent(proc, at);
                if (at <= 1) {
                    return false; // not of this step, whatever the environment says
                }
                found |= isShell(command(proc, at)) && readsFromATerminal(proc, at);
            }
            return found;
        } catch (IOException e) {
            return false; // of another user, or gone: nobody there who types
        }
    }

    /** A shell without a script and without commands as an argument. */
    private static boolean isShell(List<String> command) {
        if (command.isEmpty()) {
            return false;
        }
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
