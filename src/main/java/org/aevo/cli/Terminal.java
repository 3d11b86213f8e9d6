package org.aevo.cli;

import java.util.Locale;

/** What standard error and standard output are shown on, as bin/aevo found it. */
final class Terminal {
    private static final int DEFAULT_COLUMNS = 100;

    private Terminal() {}

    /** Whether a line can be written over. */
    static boolean isLive() {
        return Boolean.getBoolean("aevo.terminal");
    }

    /** The same of standard output. */
    static boolean isOutputLive() {
        return Boolean.getBoolean("aevo.terminal.output");
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
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4g", value);
    }
}
