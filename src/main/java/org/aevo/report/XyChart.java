package org.aevo.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.TickUnits;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.renderer.xy.XYStepRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.DefaultIntervalXYDataset;
import org.jfree.data.xy.XYDataset;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * Lines, points and bars over two number axes. What is added first lies below; each kind takes the next colour, stroke
 * and mark of {@link ChartStyle} unless told one. Values that are not finite, or not positive on a logarithmic axis, are
 * left out.
 */
public final class XyChart {
    private final List<Layer> layers = new ArrayList<>();
    private final String xLabel;
    private final String yLabel;
    private String title = "";
    private int xBase;
    private int yBase;
    private double xLow = Double.NaN;
    private double xHigh = Double.NaN;
    private double yLow = Double.NaN;
    private double yHigh = Double.NaN;
    private boolean xWhole;
    private int styles;

    private record Layer(
            String name,
            Kind kind,
            double[] x,
            double[] y,
            double[] low,
            double[] high,
            Color colour,
            BasicStroke stroke,
            int mark) {}

    private enum Kind {
        LINE,
        STEPS,
        POINTS,
        DOTS,
        MARKED_LINE,
        BAND,
        BARS
    }

    private XyChart(String xLabel, String yLabel) {
        this.xLabel = xLabel;
        this.yLabel = yLabel;
    }

    /** An empty chart; the labels name the units. */
    public static XyChart of(String xLabel, String yLabel) {
        return new XyChart(xLabel, yLabel);
    }

    /** A line of text above. */
    public XyChart title(String text) {
        title = text;
        return this;
    }

    /** Logarithmic axes: base 2 or 10 each, 0 for a linear one. */
    public XyChart log(int x, int y) {
        xBase = x;
        yBase = y;
        return this;
    }

    /** Numbers along the horizontal axis are counts: none between them is marked. */
    public XyChart wholeX() {
        xWhole = true;
        return this;
    }

    /** The ends of the horizontal axis; NaN for what the data need. */
    public XyChart xRange(double low, double high) {
        xLow = low;
        xHigh = high;
        return this;
    }

    /** The ends of the vertical axis; NaN for what the data need. */
    public XyChart yRange(double low, double high) {
        yLow = low;
        yHigh = high;
        return this;
    }

    /** A line through points. */
    public XyChart line(String name, double[] x, double[] y) {
        return line(name, x, y, Palette.series(styles), styles);
    }

    /**
     * A line through points.
     *
     * @param style number of the stroke, see {@link ChartStyle#stroke}
     */
    public XyChart line(String name, double[] x, double[] y, Color colour, int style) {
        return add(name, Kind.LINE, x, y, y, y, colour, ChartStyle.stroke(style), style);
    }

    /** A line that keeps each value until the next. */
    public XyChart steps(String name, double[] x, double[] y, Color colour, int style) {
        return add(name, Kind.STEPS, x, y, y, y, colour, ChartStyle.stroke(style), style);
    }

    /** Marks alone. */
    public XyChart points(String name, double[] x, double[] y, Color colour, int style) {
        return add(name, Kind.POINTS, x, y, y, y, colour, ChartStyle.stroke(0), style);
    }

    /** Points of which there are many: small and all alike. */
    public XyChart dots(String name, double[] x, double[] y, Color colour) {
        return add(name, Kind.DOTS, x, y, y, y, colour, ChartStyle.stroke(0), 0);
    }

    /**
     * A line with a mark at each point and the spread as a bar through it.
     *
     * @param low ends of the bars; the values themselves for no bar; likewise {@code high}
     */
    public XyChart spread(String name, double[] x, double[] y, double[] low, double[] high, Color colour, int style) {
        return add(name, Kind.MARKED_LINE, x, y, low, high, colour, ChartStyle.stroke(style), style);
    }

    /** A surface between two lines, and no entry in the legend. */
    public XyChart band(double[] x, double[] low, double[] high, Color colour) {
        return add("", Kind.BAND, x, low, low, high, colour, ChartStyle.stroke(0), 0);
    }

    /** A thin grey dashed line: what would be ideal, or a level to compare with. */
    public XyChart reference(String name, double[] x, double[] y) {
        BasicStroke thin =
                new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {4, 4}, 0);
        styles--;
        return add(name, Kind.LINE, x, y, y, y, Palette.GREY, thin, 0);
    }

    /**
     * Bars that stand on zero.
     *
     * @param edges of the bars, one more than there are heights
     */
    public XyChart bars(String name, double[] edges, double[] heights, Color colour) {
        double[] low = new double[heights.length];
        double[] high = new double[heights.length];
        for (int i = 0; i < heights.length; i++) {
            low[i] = edges[i];
            high[i] = edges[i + 1];
        }
        return add(name, Kind.BARS, low, heights, low, high, colour, ChartStyle.stroke(0), 0);
    }

    /** The figure, of the usual size. */
    public Figure figure(String name, String caption) {
        return figure(name, caption, ChartStyle.HEIGHT);
    }

    /** The figure, of the usual width. */
    public Figure figure(String name, String caption, int height) {
        return new Figure(
                name,
                caption,
                ChartStyle.WIDTH,
                height,
                // a plot listens to its parts: each drawing has its own
                (graphics, w, h) -> ChartStyle.draw(graphics, w, h, plot(), title, hasLegend()));
    }

    private XyChart add(
            String name,
            Kind kind,
            double[] x,
            double[] y,
            double[] low,
            double[] high,
            Color colour,
            BasicStroke stroke,
            int mark) {
        layers.add(new Layer(name, kind, x, y, low, high, colour, stroke, mark));
        styles += kind == Kind.BAND ? 0 : 1;
        return this;
    }

    private boolean hasLegend() {
        long named = layers.stream().filter(layer -> !layer.name().isEmpty()).count();
        return named > 1 || layers.size() > 1 && named == 1;
    }

    private XYPlot plot() {
        ValueAxis x = axis(xLabel, xBase, false, xWhole);
        ValueAxis y = axis(yLabel, yBase, layers.stream().anyMatch(l -> l.kind() == Kind.BARS), false);
        XYPlot plot = ChartStyle.plot(x, y);
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        boolean empty = true;
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            XYDataset data = data(layer);
            XYItemRenderer renderer = renderer(layer);
            boolean nothing = data.getItemCount(0) == 0;
            renderer.setSeriesVisibleInLegend(0, !nothing && !layer.name().isEmpty());
            empty &= nothing;
            plot.setDataset(i, data);
            plot.setRenderer(i, renderer);
        }
        range(x, xLow, xHigh);
        range(y, yLow, yHigh);
        if (empty) {
            // a logarithmic axis does not reach 0
            x.setRange(1, 2);
            y.setRange(1, 2);
            x.setTickLabelsVisible(false);
            y.setTickLabelsVisible(false);
            XYTextAnnotation none = new XYTextAnnotation("no values", 1.5, 1.5);
            none.setFont(ChartStyle.FONT.deriveFont(Font.ITALIC));
            none.setPaint(Palette.INK);
            none.setTextAnchor(TextAnchor.CENTER);
            plot.addAnnotation(none);
        }
        return plot;
    }

    /** After the data: they say where an end is that was left open. */
    private static void range(ValueAxis axis, double low, double high) {
        double from = Double.isNaN(low) ? axis.getLowerBound() : low;
        double to = Double.isNaN(high) ? axis.getUpperBound() : high;
        if (from < to) {
            axis.setRange(from, to);
        }
    }

    /** Equal steps of such an axis are equal factors: whoever reads it must know. */
    private static String logarithmic(String label) {
        return label.endsWith(")") ? label.substring(0, label.length() - 1) + ", log scale)" : label + " (log scale)";
    }

    private static ValueAxis axis(String label, int base, boolean fromZero, boolean whole) {
        ValueAxis axis;
        if (base > 0) {
            axis = new DecadeAxis(logarithmic(label), base);
        } else {
            NumberAxis linear = new NumberAxis(label);
            linear.setAutoRangeIncludesZero(fromZero);
            linear.setStandardTickUnits(units(whole ? 0 : -12));
            axis = linear;
        }
        ChartStyle.axis(axis);
        return axis;
    }

    /** Steps of 1, 2 and 5 from a power of ten on, whose labels have no more digits than they need. */
    private static TickUnits units(int smallest) {
        TickUnits units = new TickUnits();
        for (int power = smallest; power <= 15; power++) {
            for (double step : new double[] {1, 2, 5}) {
                units.add(new NumberTickUnit(step * Math.pow(10, power)) {
                    private static final long serialVersionUID = 1;

                    @Override
                    public String valueToString(double value) {
                        return Numbers.text(Math.abs(value) < getSize() / 1e6 ? 0 : value);
                    }
                });
            }
        }
        return units;
    }

    private XYDataset data(Layer layer) {
        if (layer.kind() == Kind.BARS) {
            double[] middle = new double[layer.x().length];
            for (int i = 0; i < middle.length; i++) {
                middle[i] = (layer.low()[i] + layer.high()[i]) / 2;
            }
            DefaultIntervalXYDataset bars = new DefaultIntervalXYDataset();
            bars.addSeries(
                    layer.name(), new double[][] {middle, layer.low(), layer.high(), layer.y(), layer.y(), layer.y()});
            return bars;
        }
        YIntervalSeries series = new YIntervalSeries(layer.name(), false, true);
        for (int i = 0; i < layer.x().length; i++) {
            if (fits(layer.x()[i], xBase) && fits(layer.y()[i], yBase)) {
                double low = fits(layer.low()[i], yBase) ? layer.low()[i] : layer.y()[i];
                double high = fits(layer.high()[i], yBase) ? layer.high()[i] : layer.y()[i];
                series.add(layer.x()[i], layer.y()[i], low, high);
            }
        }
        YIntervalSeriesCollection data = new YIntervalSeriesCollection();
        data.addSeries(series);
        return data;
    }

    private static boolean fits(double value, int base) {
        return Double.isFinite(value) && (base == 0 || value > 0);
    }

    private static XYItemRenderer renderer(Layer layer) {
        XYItemRenderer renderer =
                switch (layer.kind()) {
                    case STEPS -> new XYStepRenderer();
                    case BAND -> band(layer);
                    case BARS -> bars();
                    case MARKED_LINE -> spread(layer);
                    case LINE -> lines(true, false);
                    case POINTS, DOTS -> lines(false, true);
                };
        renderer.setSeriesPaint(0, layer.colour());
        renderer.setSeriesStroke(0, layer.stroke());
        renderer.setSeriesShape(0, layer.kind() == Kind.DOTS ? ChartStyle.DOT : ChartStyle.mark(layer.mark()));
        return renderer;
    }

    private static XYLineAndShapeRenderer lines(boolean line, boolean marks) {
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(line, marks);
        // one path of many points is lighter than many of two, and dashes go through
        renderer.setDrawSeriesLineAsPath(true);
        renderer.setDrawOutlines(false);
        renderer.setLegendLine(new Line2D.Double(-14, 0, 14, 0));
        return renderer;
    }

    private static XYItemRenderer band(Layer layer) {
        DeviationRenderer renderer = new DeviationRenderer(true, false);
        renderer.setAlpha(1);
        renderer.setSeriesFillPaint(0, Palette.faint(layer.colour(), 0.2));
        renderer.setSeriesLinesVisible(0, false);
        return renderer;
    }

    private static XYItemRenderer spread(Layer layer) {
        XYErrorRenderer renderer = new XYErrorRenderer();
        renderer.setDefaultLinesVisible(true);
        renderer.setDrawXError(false);
        renderer.setErrorPaint(layer.colour());
        renderer.setErrorStroke(new BasicStroke(1.2f));
        renderer.setCapLength(6);
        renderer.setLegendLine(new Line2D.Double(-14, 0, 14, 0));
        return renderer;
    }

    private static XYItemRenderer bars() {
        XYBarRenderer renderer = new XYBarRenderer(0.06);
        renderer.setBarPainter(new StandardXYBarPainter());
        renderer.setShadowVisible(false);
        renderer.setDrawBarOutline(false);
        renderer.setUseYInterval(false);
        renderer.setLegendBar(new Rectangle2D.Double(-5, -5, 10, 10));
        return renderer;
    }
}
