package org.aevo.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them: four digits that count. Full precision is in the CSV files. */
public final class Numbers {
    private static final int DIGITS = 4;
    private static final double SMALL = 1e-4;
    private static final double LARGE = 1e9;
    private static final double MILLI = 1e-3;
    private static final double MICRO = 1e-6;

    private Numbers() {}

    /** A number in few characters; a dash for none. */
    public static String text(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "−∞";
        }
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        if (size < SMALL || size >= LARGE) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(DIGITS));
        if (size >= 1000) {
            rounded = new BigDecimal(value).setScale(0, RoundingMode.HALF_EVEN);
        }
        return rounded.stripTrailingZeros().toPlainString();
    }

    /** A value of a table. */
    static String text(Object value) {
        if (value instanceof Double number) {
            return text(number.doubleValue());
        }
        if (value instanceof Boolean truth) {
            return truth ? "yes" : "no";
        }
        return value.toString();
    }

    /** Of any length, in the unit that fits: {@code 35 µs}, {@code 220 ms}, {@code 1.25 s}, {@code 2 h 05 min}. */
    public static String duration(double seconds) {
        if (!(seconds >= 60)) {
            return seconds > 0 && seconds < MILLI
                    ? text(seconds / MICRO) + " µs"
                    : seconds >= MILLI && seconds < 1 ? text(seconds / MILLI) + " ms" : text(seconds) + " s";
        }
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
    }

    /** {@code 1 epoch}, {@code 2 epochs}. */
    public static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** A share of one in percent: {@code 97.7 %}. */
    public static String percent(double share) {
        return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
