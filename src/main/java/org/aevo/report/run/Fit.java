package org.aevo.report.run;

import java.awt.FontMetrics;
import java.util.Locale;

/** Texts of figures. */
final class Fit {
    private Fit() {}

    /** A text cut to a width, with dots where something is missing. */
    static String text(String text, FontMetrics metrics, double width) {
        if (metrics.stringWidth(text) <= width) {
            return text;
        }
        int[] points = text.codePoints().limit(400).toArray();
        int length = points.length;
        while (length > 0 && metrics.stringWidth(new String(points, 0, length) + "…") > width) {
            length--;
        }
        return new String(points, 0, length) + "…";
    }

    /** A text cut to a number of characters. */
    static String text(String text, int characters) {
        int[] points = text.codePoints().limit(characters + 1L).toArray();
        return points.length <= characters ? text : new String(points, 0, characters - 1) + "…";
    }

    /** A share with a digit after the point. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }
}
