package org.aevo.cli;

import java.util.Locale;

/** What standard error and standard output are shown on, as bin/aevo found it. */
final class Terminal {
    private static final int DEFAULT_COLUMNS = 100;
    /** What {@code %.4g} shows without an exponent, whatever it is rounded to. */
    private static final double SMALLEST_PLAIN = 1.001e-4;

    private static final double LARGEST_PLAIN = 9999;
    private static final double THOUSAND = 999.95;

    private Terminal() {}

    /** Whether a line can be written over. */
    static boolean isLive() {
        return Boolean.getBoolean("aevo.terminal");
    }

    /** The same of standard output. */
    static boolean isOutputLive() {
        return Boolean.getBoolean("aevo.terminal.output");
    }

    /** Writes a line over that which stands on standard error. */
    static void overwrite(String line) {
        CleanStream.own(System.err, "\r");
        System.err.print(line);
        CleanStream.own(System.err, "\u001b[K");
    }

    /** Takes the line away that stands on standard error. */
    static void erase() {
        CleanStream.own(System.err, "\r\u001b[K");
    }

    static int columns() {
        return Math.max(40, Integer.getInteger("aevo.columns", DEFAULT_COLUMNS));
    }

    /** Hours, minutes and seconds: {@code 1:02:03} or {@code 2:03}. */
    static String time(double seconds) {
        long s = Math.round(Math.max(0, seconds));
        return s >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60)
                : String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60);
    }

    /** A text of one line, cut where it is longer. */
    static String fit(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }

    /** A loss with four significant digits. */
    static String loss(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        if (!(value >= SMALLEST_PLAIN && value < LARGEST_PLAIN)) {
            return String.format(Locale.ROOT, "%.4g", value);
        }
        int decimals = 0;
        for (double v = value; v < THOUSAND; v *= 10) {
            decimals++;
        }
        return fixed(value, decimals);
    }

    /** As {@code %.nf} of a value that is not negative nor large, at a tenth of its cost: thousands come in a second. */
    static String fixed(double value, int decimals) {
        long power = 1;
        for (int i = 0; i < decimals; i++) {
            power *= 10;
        }
        long scaled = Math.round(value * power);
        String digits = Long.toString(scaled % power + power);
        return scaled / power + (decimals == 0 ? "" : "." + digits.substring(1));
    }
}
