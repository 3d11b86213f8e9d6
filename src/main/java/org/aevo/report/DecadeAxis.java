package org.aevo.report;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.TickUnit;
import org.jfree.chart.axis.ValueTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * A logarithmic axis that has enough ticks however short it is: the library's own marks powers alone. With base 10 the
 * ticks are at 1, or 1 and 3, or 1, 2 and 5 of each decade, or evenly spaced; with base 2 at powers of two.
 */
final class DecadeAxis extends LogAxis {
    private static final long serialVersionUID = 1;
    private static final int FEW = 3;
    private static final int MANY = 8;
    private static final double[][] STEPS = {{1}, {1, 3}, {1, 2, 5}, {1, 1.5, 2, 3, 4, 5, 6, 8}};

    private final int base;

    DecadeAxis(String label, int base) {
        super(label);
        this.base = base;
        setBase(base);
        setSmallestValue(1e-300);
        setMinorTickMarksVisible(false);
        setTickUnit(new NumberTickUnit(1), false, false);
        setAutoTickUnitSelection(false);
    }

    @Override
    protected List<ValueTick> refreshTicksHorizontal(Graphics2D graphics, Rectangle2D area, RectangleEdge edge) {
        return ticks(edge == RectangleEdge.TOP ? TextAnchor.BOTTOM_CENTER : TextAnchor.TOP_CENTER);
    }

    @Override
    protected List<ValueTick> refreshTicksVertical(Graphics2D graphics, Rectangle2D area, RectangleEdge edge) {
        return ticks(edge == RectangleEdge.RIGHT ? TextAnchor.CENTER_LEFT : TextAnchor.CENTER_RIGHT);
    }

    @Override
    protected double estimateMaximumTickLabelWidth(Graphics2D graphics, TickUnit unit) {
        return graphics.getFontMetrics(getTickLabelFont()).stringWidth("0.0005");
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other) && other instanceof DecadeAxis axis && axis.base == base;
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + base;
    }

    private List<ValueTick> ticks(TextAnchor anchor) {
        List<ValueTick> ticks = new ArrayList<>();
        for (double value : values(getRange().getLowerBound(), getRange().getUpperBound(), base)) {
            ticks.add(new NumberTick(value, Numbers.text(value), anchor, TextAnchor.CENTER, 0));
        }
        return ticks;
    }

    /** Where the ticks are: at least three where that can be, and not many more than eight. */
    static List<Double> values(double low, double high, int base) {
        if (!(low > 0 && high > low && high < Double.POSITIVE_INFINITY)) {
            return List.of();
        }
        List<Double> best = List.of();
        for (double[] steps : base == 2 ? new double[][] {{1}} : STEPS) {
            best = values(low, high, base, steps);
            if (best.size() >= FEW) {
                break;
            }
        }
        if (best.size() < FEW) {
            // less than an octave: as on any other axis
            double step = Math.pow(10, Math.floor(Math.log10((high - low) / FEW)));
            step *= (high - low) / step > 2 * MANY ? 5 : (high - low) / step > MANY ? 2 : 1;
            best = new ArrayList<>();
            for (double i = Math.ceil(low / step); i * step <= high; i++) {
                best.add(i * step);
            }
        }
        int every = (best.size() + MANY) / (MANY + 1);
        List<Double> kept = new ArrayList<>();
        for (int i = 0; i < best.size(); i += every) {
            kept.add(best.get(i));
        }
        return kept;
    }

    private static List<Double> values(double low, double high, int base, double[] steps) {
        List<Double> values = new ArrayList<>();
        int first = (int) Math.floor(Math.log(low) / Math.log(base) - 1e-9);
        int last = (int) Math.ceil(Math.log(high) / Math.log(base) + 1e-9);
        for (int power = first; power <= last; power++) {
            for (double step : steps) {
                double value = step * Math.pow(base, power);
                if (value >= low && value <= high) {
                    values.add(value);
                }
            }
        }
        return values;
    }
}
