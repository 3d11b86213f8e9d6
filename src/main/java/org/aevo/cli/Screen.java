package org.aevo.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aevo.io.Printable;
import sun.misc.Signal;

/** A few lines of a terminal that are written over and over, in its size as that changes. */
final class Screen {
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,5}) ([1-9][0-9]{0,5})\\s*");
    private static final int DEFAULT_ROWS = 24;

    private final PrintStream out;
    private final AtomicBoolean resized = new AtomicBoolean(true);
    private Size size = new Size(DEFAULT_ROWS, Terminal.columns());
    private int drawn;

    private record Size(int rows, int columns) {}

    Screen(PrintStream out) {
        this.out = out;
        AtomicBoolean changed = resized;
        Signal.handle(new Signal("WINCH"), signal -> changed.set(true));
    }

    /** Lines that there are, but for the one that the cursor is on. */
    int height() {
        return Math.max(1, size().rows() - 1);
    }

    int width() {
        return size().columns();
    }

    private Size size() {
        if (resized.getAndSet(false)) {
            size = measured().orElse(size);
        }
        return size;
    }

    private static Optional<Size> measured() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            Matcher numbers = SIZE.matcher(said);
            return numbers.matches()
                    ? Optional.of(new Size(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2))))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Shows these lines in place of those before. */
    void draw(List<String> lines) {
        StringBuilder text = new StringBuilder();
        if (drawn > 0) {
            text.append("\u001b[").append(Math.min(drawn, height())).append('A');
        }
        text.append('\r');
        lines.forEach(line -> text.append(Printable.line(line)).append("\u001b[K\n"));
        text.append("\u001b[J");
        CleanStream.own(out, text.toString());
        out.flush();
        drawn = lines.size();
    }
}
