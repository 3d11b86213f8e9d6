package org.aevo.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.aevo.launch.VmOptions;

/**
 * A command of this program in a virtual machine of its own, with this one's options. It runs as long as this process
 * lets it, and stops cleanly when this one is gone, however that ended: see {@link Parent}.
 */
final class ChildVm implements AutoCloseable {
    private final Process process;

    private ChildVm(Process process) {
        this.process = process;
    }

    /**
     * @param output to which all that it prints is appended
     */
    static ChildVm start(List<String> arguments, Path output) throws IOException {
        List<String> command = new ArrayList<>(VmOptions.command().toList());
        command.add("-D" + Parent.PROPERTY + "=true");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        return new ChildVm(VmOptions.fromCommandLine(new ProcessBuilder(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start());
    }

    /** Its exit code; empty if it has not ended after a time. */
    OptionalInt await(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS)
                ? OptionalInt.of(process.exitValue())
                : OptionalInt.empty();
    }

    /** Asks it to stop, as a person's SIGTERM would. */
    void stop() {
        process.destroy();
    }

    /** Lets it know that nobody waits for it any more. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
