package org.aevo.report;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/**
 * How figures look: sizes, fonts, and for each of several lines a colour, a stroke and a mark of its own, so that they
 * differ without colour too.
 */
public final class ChartStyle {
    /** Width of a figure, in points: a phone shows it at no less than 0.7 of that. */
    public static final int WIDTH = 760;

    public static final int HEIGHT = 340;
    /** All text of figures, so that none is too small where the page is narrow. */
    public static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

    public static final Font BOLD = FONT.deriveFont(Font.BOLD);

    /** The mark of one of very many points. */
    static final Shape DOT = new Rectangle2D.Double(-1.6, -1.6, 3.2, 3.2);

    private static final float LINE = 2f;
    private static final List<float[]> DASHES = List.of(
            new float[0],
            new float[] {7, 3},
            new float[] {2, 3},
            new float[] {10, 3, 2, 3},
            new float[] {14, 4},
            new float[] {5, 2, 1, 2, 1, 2});

    private ChartStyle() {}

    /** The width of a text in points; fails where Java finds no fonts. */
    public static double measure(String text) {
        return FONT.getStringBounds(text, new FontRenderContext(null, true, true))
                .getWidth();
    }

    /** The stroke of the n-th line, from 0. */
    public static BasicStroke stroke(int n) {
        float[] dash = DASHES.get(n % DASHES.size());
        return new BasicStroke(
                LINE, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash.length == 0 ? null : dash, 0);
    }

    /** The mark of the n-th kind of points, from 0, around the origin. */
    public static Shape mark(int n) {
        double r = 3.5;
        return switch (n % 5) {
            case 0 -> new Ellipse2D.Double(-r, -r, 2 * r, 2 * r);
            case 1 -> new Rectangle2D.Double(-r + 0.5, -r + 0.5, 2 * r - 1, 2 * r - 1);
            case 2 -> polygon(0, -r - 1, r + 1, r - 0.5, -r - 1, r - 0.5);
            case 3 -> polygon(0, -r - 1, r + 1, 0, 0, r + 1, -r - 1, 0);
            default -> polygon(0, r + 1, r + 1, -r + 0.5, -r - 1, -r + 0.5);
        };
    }

    private static Shape polygon(double... xy) {
        Path2D path = new Path2D.Double();
        path.moveTo(xy[0], xy[1]);
        for (int i = 2; i < xy.length; i += 2) {
            path.lineTo(xy[i], xy[i + 1]);
        }
        path.closePath();
        return path;
    }

    /** The house's axis: no ornaments. */
    public static <A extends ValueAxis> A axis(A axis) {
        axis.setLabelFont(FONT);
        axis.setTickLabelFont(FONT);
        axis.setLabelPaint(Palette.INK);
        axis.setTickLabelPaint(Palette.INK);
        axis.setAxisLinePaint(Palette.INK);
        axis.setTickMarkPaint(Palette.INK);
        axis.setLowerMargin(0.02);
        axis.setUpperMargin(0.03);
        return axis;
    }

    /** An empty plot between two axes. */
    public static XYPlot plot(ValueAxis x, ValueAxis y) {
        XYPlot plot = new XYPlot(null, axis(x), axis(y), null);
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        plot.setDomainGridlinePaint(Palette.GRID);
        plot.setRangeGridlinePaint(Palette.GRID);
        plot.setDomainGridlineStroke(new BasicStroke(1));
        plot.setRangeGridlineStroke(new BasicStroke(1));
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        return plot;
    }

    /**
     * Draws a plot.
     *
     * @param title above it; empty for none
     * @param legend whether to tell above it what is what
     */
    public static void draw(Graphics2D graphics, int width, int height, Plot plot, String title, boolean legend) {
        JFreeChart chart = new JFreeChart(null, FONT, plot, false);
        chart.setBackgroundPaint(null);
        chart.setPadding(new RectangleInsets(4, 4, 4, 12));
        if (!title.isEmpty()) {
            TextTitle text = new TextTitle(title, BOLD);
            text.setPaint(Palette.INK);
            text.setHorizontalAlignment(HorizontalAlignment.LEFT);
            chart.addSubtitle(text);
        }
        if (legend) {
            LegendTitle key = new LegendTitle(plot);
            key.setItemFont(FONT);
            key.setItemPaint(Palette.INK);
            key.setPosition(RectangleEdge.TOP);
            key.setHorizontalAlignment(HorizontalAlignment.LEFT);
            key.setFrame(BlockBorder.NONE);
            key.setBackgroundPaint(null);
            chart.addSubtitle(key);
        }
        chart.draw(graphics, new Rectangle2D.Double(0, 0, width, height));
    }
}
