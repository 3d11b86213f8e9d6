package org.aevo.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether what was printed has arrived: a print stream keeps to itself that it has not. */
final class StandardOutput {
    /** Of commands whose work is on the disk; what they print beside tells of it. */
    private static final Set<String> MAKERS = Set.of("bench", "recover", "report", "run", "train");

    /** With which they make nothing, and what they print is all. */
    private static final Set<String> PRINT_ONLY =
            Set.of("--dry-run", "--help", "--prepare", "--print-input", "--table");

    private StandardOutput() {}

    /**
     * The exit code of a command that ended with {@code code}. Where standard output took no more, it says so, and what
     * was done is {@link ExitCode#FAILED}; a reader that has closed its pipe, as {@code head} does, is told nothing.
     *
     * @param args the command line
     */
    static int settle(int code, String... args) {
        System.out.flush();
        if (!System.out.checkError()) {
            return code;
        }
        Optional<String> cause = cause();
        boolean closed = cause.filter("Broken pipe"::equals).isPresent();
        if (!closed) {
            System.err.println("aevo: standard output cannot be written"
                    + cause.map(text -> " (" + text + ")").orElse("") + ": what was printed there is not complete");
        }
        if (code != ExitCode.DONE) {
            return code;
        }
        if (!closed) {
            return ExitCode.FAILED;
        }
        return isMaker(List.of(args)) ? ExitCode.DONE : ExitCode.CLOSED_PIPE;
    }

    private static boolean isMaker(List<String> args) {
        return args.stream()
                        .filter(arg -> !arg.startsWith("-"))
                        .findFirst()
                        .filter(MAKERS::contains)
                        .isPresent()
                && args.stream().noneMatch(PRINT_ONLY::contains);
    }

    /** The print stream has forgotten it; who writes again is told again. */
    private static Optional<String> cause() {
        // closed thereby, as the end of the process would
        try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
            out.write('\n');
            return Optional.empty();
        } catch (IOException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }
}
