package org.aevo.report.run;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import org.aevo.report.Numbers;
import org.aevo.report.Palette;

/** A horizontal axis from 0 to a value, below a drawing of ours. */
record Ruler(double end, double left, double width) {

    /** Where a value is. */
    double x(double value) {
        return left + width * value / end;
    }

    /** Grid lines from {@code top} to {@code bottom}, numbers below, and the label below them. */
    void draw(Graphics2D graphics, double top, double bottom, String label) {
        FontMetrics metrics = graphics.getFontMetrics();
        double step = step(end / 8);
        for (int i = 0; i * step <= end * (1 + 1e-9); i++) {
            double x = x(i * step);
            line(graphics, Palette.GRID, x, top, bottom);
            line(graphics, Palette.INK, x, bottom, bottom + 4);
            String text = Numbers.text(i * step);
            graphics.drawString(text, (float) (x - metrics.stringWidth(text) / 2.0), (float) (bottom + 18));
        }
        graphics.drawString(label, (float) (left + (width - metrics.stringWidth(label)) / 2), (float) (bottom + 37));
    }

    private static void line(Graphics2D graphics, Color colour, double x, double from, double to) {
        graphics.setColor(colour);
        graphics.setStroke(new BasicStroke(1));
        graphics.draw(new Line2D.Double(x, from, x, to));
        graphics.setColor(Palette.INK);
    }

    /** The next of 1, 2, 5 times a power of ten. */
    private static double step(double atLeast) {
        double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
        double times = atLeast / power;
        return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
    }
}
