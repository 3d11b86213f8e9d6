package org.aevo.report;

import java.awt.Color;
import java.util.List;

/**
 * Colours that differ for those who see few colours, and in grey. After Okabe and Ito, "Color Universal Design" (2008),
 * in an order in which neighbours differ in lightness.
 */
public final class Palette {
    public static final Color BLUE = new Color(0x0072B2);
    public static final Color ORANGE = new Color(0xE69F00);
    public static final Color GREEN = new Color(0x009E73);
    public static final Color PURPLE = new Color(0xCC79A7);
    public static final Color VERMILLION = new Color(0xD55E00);
    public static final Color SKY = new Color(0x56B4E9);
    public static final Color YELLOW = new Color(0xF0E442);
    public static final Color BLACK = new Color(0x1A1A1A);
    /** Axes and labels. */
    public static final Color INK = new Color(0x333333);

    public static final Color GREY = new Color(0x8C8C8C);
    /** Many points behind what matters. */
    public static final Color LIGHT = new Color(0xB4B4B4);

    public static final Color GRID = new Color(0xE3E3E3);

    private static final List<Color> SERIES =
            List.of(BLUE, ORANGE, BLACK, SKY, VERMILLION, GREEN, PURPLE, new Color(0x7A5C00), GREY, YELLOW);

    private Palette() {}

    /** The colour of the n-th of a kind, from 0; repeats after ten. */
    public static Color series(int n) {
        return SERIES.get(n % SERIES.size());
    }

    /** Synchronous runs have one colour in all figures, asynchronous ones another. */
    public static Color mode(String mode) {
        return mode.equals("sync") ? VERMILLION : BLUE;
    }

    /** The same colour with its strength from 0 (nothing) to 1. */
    public static Color faint(Color colour, double strength) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), (int) Math.round(255 * strength));
    }
}
