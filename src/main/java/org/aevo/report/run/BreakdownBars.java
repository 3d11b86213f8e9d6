package org.aevo.report.run;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import org.aevo.record.Accounting;
import org.aevo.report.ChartStyle;
import org.aevo.report.Figure;
import org.aevo.report.Palette;

/** Where the workers' time went: one bar of length 1 for each run. */
public final class BreakdownBars {
    private static final int TITLE = 24;
    private static final int BAR = 26;
    private static final int PITCH = 34;
    private static final int MAX_LABEL = 190;

    private final List<Bar> bars;

    /** A run under its name. */
    public record Bar(String label, Accounting accounting) {}

    private final String title;

    private BreakdownBars(String title, List<Bar> bars) {
        this.title = title;
        this.bars = List.copyOf(bars);
    }

    /** The figure of some runs, in their order. */
    public static Figure of(String name, String title, String caption, List<Bar> bars) {
        BreakdownBars figure = new BreakdownBars(title, bars);
        int height = TITLE + 2 * Key.LINE + 8 + bars.size() * PITCH + 46;
        return new Figure(name, caption, ChartStyle.WIDTH, height, figure::draw);
    }

    private void draw(Graphics2D graphics, int width, int height) {
        FontMetrics metrics = graphics.getFontMetrics();
        graphics.setColor(Palette.INK);
        graphics.setFont(ChartStyle.BOLD);
        graphics.drawString(title, 8, 18);
        graphics.setFont(ChartStyle.FONT);
        int top = TITLE + Key.draw(graphics, shown(), 8, TITLE + 2, width - 16) + 10;
        double label = bars.stream()
                .mapToDouble(bar -> metrics.stringWidth(Fit.text(bar.label(), metrics, MAX_LABEL)))
                .max()
                .orElse(0);
        double left = 8 + label + (label > 0 ? 10 : 0);
        Ruler ruler = new Ruler(1, left, width - left - 24);
        ruler.draw(graphics, top, top + bars.size() * PITCH, "share of the workers' time");
        for (int i = 0; i < bars.size(); i++) {
            double y = top + i * PITCH + (PITCH - BAR) / 2.0;
            String text = Fit.text(bars.get(i).label(), metrics, MAX_LABEL);
            graphics.setColor(Palette.INK);
            graphics.drawString(text, (float) (left - 10 - metrics.stringWidth(text)), (float) (y + 18));
            bar(graphics, bars.get(i).accounting(), ruler, y);
        }
    }

    private static void bar(Graphics2D graphics, Accounting accounting, Ruler ruler, double y) {
        FontMetrics metrics = graphics.getFontMetrics();
        double from = 0;
        for (Activity activity : Activity.values()) {
            double share = activity.share(accounting);
            Rectangle2D box = new Rectangle2D.Double(ruler.x(from), y, ruler.x(from + share) - ruler.x(from), BAR);
            graphics.setColor(activity.colour);
            graphics.fill(box);
            String text = Fit.percent(share);
            if (metrics.stringWidth(text) + 8 < box.getWidth()) {
                graphics.setColor(activity == Activity.BUSY || activity == Activity.LOST ? Color.WHITE : Palette.BLACK);
                graphics.drawString(text, (float) (box.getCenterX() - metrics.stringWidth(text) / 2.0), (float)
                        (y + BAR / 2.0 + 5));
            }
            from += share;
        }
        graphics.setColor(Palette.GREY);
        graphics.setStroke(new BasicStroke(0.8f));
        graphics.draw(new Rectangle2D.Double(ruler.x(0), y, ruler.x(1) - ruler.x(0), BAR));
    }

    private List<Activity> shown() {
        return Arrays.stream(Activity.values())
                .filter(activity -> bars.stream().anyMatch(bar -> activity.share(bar.accounting()) > 0))
                .toList();
    }
}
