package org.aevo.cli;

import java.util.Arrays;

/** A curve in one line of text, of characters that every terminal has: the higher the loss, the darker. */
final class LossPlot {
    private static final String SHADES = "_.-=*#";

    private LossPlot() {}

    /**
     * The last points of a curve, between its lowest and its highest value.
     *
     * @param most points that are shown
     */
    static String of(double[] losses, int most) {
        double[] shown = Arrays.copyOfRange(losses, Math.max(0, losses.length - most), losses.length);
        double low = Arrays.stream(shown).filter(Double::isFinite).min().orElse(0);
        double high = Arrays.stream(shown).filter(Double::isFinite).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (double loss : shown) {
            if (!Double.isFinite(loss)) {
                text.append('?');
            } else {
                double height = high > low ? (loss - low) / (high - low) : 0;
                text.append(SHADES.charAt((int) Math.round(height * (SHADES.length() - 1))));
            }
        }
        return text.toString();
    }
}
