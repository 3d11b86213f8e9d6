package org.aevo.report.run;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.aevo.report.ChartStyle;
import org.aevo.report.Figure;
import org.aevo.report.Palette;

/** How often the children of each operator improved on their better parent: a bar each. */
final class OperatorBars {
    private static final int BAR = 16;
    private static final int PITCH = 24;
    private static final int TOP = 30;
    private static final int MAX_LABEL = 220;
    private static final int MAX_BARS = 20;

    private final String title;
    private final List<Payoff> payoffs;

    private OperatorBars(String title, List<Payoff> payoffs) {
        this.title = title;
        this.payoffs = payoffs;
    }

    static Figure of(Names names, List<Payoff> all) {
        List<Payoff> payoffs = all.stream()
                .filter(payoff -> payoff.compared() > 0)
                .limit(MAX_BARS)
                .toList();
        OperatorBars bars = new OperatorBars(names.title("Which operators paid"), payoffs);
        return new Figure(
                names.of("operators"),
                "Share of an operator's children that are better than the better of their parents; beside it how many"
                        + " of how many.",
                ChartStyle.WIDTH,
                TOP + payoffs.size() * PITCH + 48,
                (graphics, width, height) -> bars.draw(graphics, width));
    }

    private void draw(Graphics2D graphics, int width) {
        graphics.setFont(ChartStyle.BOLD);
        graphics.setColor(Palette.INK);
        graphics.drawString(title, 8, 18);
        graphics.setFont(ChartStyle.FONT);
        FontMetrics metrics = graphics.getFontMetrics();
        double label = payoffs.stream()
                .mapToDouble(p -> metrics.stringWidth(Fit.text(p.operator(), metrics, MAX_LABEL)))
                .max()
                .orElse(0);
        double most = payoffs.stream().mapToDouble(Payoff::share).max().orElse(1);
        double counts = payoffs.stream()
                .mapToDouble(p -> metrics.stringWidth(count(p)))
                .max()
                .orElse(0);
        double left = 8 + label + 10;
        Ruler ruler = new Ruler(Math.max(0.05, most), left, width - left - counts - 24);
        ruler.draw(graphics, TOP, TOP + payoffs.size() * PITCH, "share of children that improved");
        for (int i = 0; i < payoffs.size(); i++) {
            Payoff payoff = payoffs.get(i);
            double y = TOP + i * PITCH + (PITCH - BAR) / 2.0;
            String text = Fit.text(payoff.operator(), metrics, MAX_LABEL);
            graphics.drawString(text, (float) (left - 8 - metrics.stringWidth(text)), (float) (y + 13));
            graphics.setColor(Palette.BLUE);
            graphics.fill(new Rectangle2D.Double(left, y, ruler.x(payoff.share()) - left, BAR));
            graphics.setColor(Palette.INK);
            graphics.drawString(count(payoff), (float) (ruler.x(payoff.share()) + 6), (float) (y + 13));
        }
    }

    private static String count(Payoff payoff) {
        return payoff.improved() + " of " + payoff.compared();
    }
}
