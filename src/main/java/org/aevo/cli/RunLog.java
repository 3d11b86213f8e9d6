package org.aevo.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.aevo.io.Printable;
import org.aevo.io.RegularFile;

/**
 * {@code run.log}: what was printed, and more. A log that cannot be written never stops a run. What is only recorded
 * is in the file with the next line that is not, or the next {@link #flush}.
 */
final class RunLog implements AutoCloseable {
    private final BufferedWriter out;
    private boolean broken;

    RunLog(Path file) {
        out = opened(file);
    }

    private static BufferedWriter opened(Path file) {
        try {
            return new BufferedWriter(Channels.newWriter(
                    RegularFile.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                    StandardCharsets.UTF_8));
        } catch (IOException e) {
            System.err.println("aevo: " + file + " cannot be written: " + e);
            return new BufferedWriter(Writer.nullWriter());
        }
    }

    synchronized void line(String text) {
        record(text);
        flush();
    }

    /** A line of many: thousands may come in a second. */
    synchronized void record(String text) {
        attempt(() -> {
            out.write(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + Printable.text(text));
            out.newLine();
        });
    }

    synchronized void flush() {
        attempt(out::flush);
    }

    private interface Write {
        void run() throws IOException;
    }

    private void attempt(Write write) {
        if (broken) {
            return;
        }
        try {
            write.run();
        } catch (IOException e) {
            broken = true;
            System.err.println("aevo: run.log cannot be written any more: " + e.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException e) {
            broken = true;
        }
    }
}
