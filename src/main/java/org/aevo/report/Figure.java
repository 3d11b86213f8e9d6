package org.aevo.report;

import java.awt.Graphics2D;

/**
 * A figure, drawn once for the screen, for paper and as pixels.
 *
 * @param name unique in the report, of small letters, digits and hyphens: the name of its files
 * @param caption says what is shown and how to read it; the page shows it below
 * @param width in points of the screen, before scaling; likewise the height
 */
public record Figure(String name, String caption, int width, int height, Drawing drawing) implements Section.Block {
    public Figure {
        if (!name.matches("[a-z0-9][a-z0-9-]*")) {
            throw new IllegalArgumentException("name of a figure must be small letters, digits, hyphens, was " + name);
        }
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a figure of " + width + " by " + height + " cannot be drawn");
        }
    }

    /** Draws a figure; must not depend on anything but what it holds. */
    @FunctionalInterface
    public interface Drawing {
        void draw(Graphics2D graphics, int width, int height);
    }
}
