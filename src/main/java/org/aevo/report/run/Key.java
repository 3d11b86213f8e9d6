package org.aevo.report.run;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.aevo.report.Palette;

/** The legend of the activities, in one line or more. */
final class Key {
    static final int LINE = 20;

    private static final int SWATCH = 12;
    private static final int GAP = 18;

    private Key() {}

    /** Draws it from a corner on, within a width; gives its height. */
    static int draw(Graphics2D graphics, List<Activity> activities, int left, int top, int width) {
        FontMetrics metrics = graphics.getFontMetrics();
        double x = left;
        double y = top;
        for (Activity activity : activities) {
            double needs = SWATCH + 5 + metrics.stringWidth(activity.text);
            if (x > left && x + needs > left + width) {
                x = left;
                y += LINE;
            }
            swatch(graphics, activity.colour, x, y + 2);
            graphics.setColor(Palette.INK);
            graphics.drawString(activity.text, (float) (x + SWATCH + 5), (float) (y + 13));
            x += needs + GAP;
        }
        return (int) (y - top) + LINE;
    }

    private static void swatch(Graphics2D graphics, Color colour, double x, double y) {
        Rectangle2D box = new Rectangle2D.Double(x, y, SWATCH, SWATCH);
        graphics.setColor(colour);
        graphics.fill(box);
        graphics.setColor(Palette.GREY);
        graphics.setStroke(new BasicStroke(0.8f));
        graphics.draw(box);
    }
}
