package org.aevo.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sun.misc.Signal;

/** A few lines of a terminal that are written over and over, in its size as that changes. */
final class Screen {
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]*) ([1-9][0-9]*)\\s*");
    private static final int DEFAULT_ROWS = 24;

    private final PrintStream out;
    private volatile boolean resized = true;
    private int rows = DEFAULT_ROWS;
    private int columns = Terminal.columns();
    private int drawn;

    Screen(PrintStream out) {
        this.out = out;
        Signal.handle(new Signal("WINCH"), signal -> resized = true);
    }

    /** Lines that there are, but for the one that the cursor is on. */
    int height() {
        measure();
        return Math.max(1, rows - 1);
    }

    int width() {
        measure();
        return columns;
    }

    private void measure() {
        if (!resized) {
            return;
        }
        resized = false;
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            stty.waitFor(1, TimeUnit.SECONDS);
            Matcher size = SIZE.matcher(said);
            if (size.matches()) {
                rows = Integer.parseInt(size.group(1));
                columns = Integer.parseInt(size.group(2));
            }
        } catch (IOException e) {
            // the size that there was
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Shows these lines in place of those before. */
    void draw(List<String> lines) {
        StringBuilder text = new StringBuilder();
        if (drawn > 0) {
            text.append("\u001b[").append(Math.min(drawn, height())).append('A');
        }
        text.append('\r');
        lines.forEach(line -> text.append(line).append("\u001b[K\n"));
        text.append("\u001b[J");
        out.print(text);
        out.flush();
        drawn = lines.size();
    }
}
