package org.aevo.report.run;

import java.util.Arrays;
import org.aevo.report.XyChart;
import org.aevo.stat.Statistics;

/**
 * Which fitnesses a figure shows: those that are worst by far would press all others together.
 *
 * @param low the lowest of all; NaN if there is none
 * @param high what at most a twentieth of them exceeds, and nothing that must be shown
 * @param wide whether these differ by so much that the scale is logarithmic
 */
record FitnessRange(double low, double high, boolean wide) {
    private static final double MOST = 0.95;
    /** Fitness that spans more than this is shown on a logarithmic scale. */
    private static final double WIDE = 8;

    /** @param shown what must not lie above, besides most of the evaluations; what is not finite does not count */
    static FitnessRange of(Evaluated evaluated, double[] shown) {
        return of(evaluated.fitness, shown);
    }

    /** The same of other values that are the better the lower they are. */
    static FitnessRange of(double[] values, double[] shown) {
        double[] finite =
                Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        double low = Statistics.quantile(finite, 0);
        double highest = Arrays.stream(shown).filter(Double::isFinite).max().orElse(Double.NEGATIVE_INFINITY);
        double high = Math.max(Statistics.quantile(finite, MOST), highest);
        return new FitnessRange(low, high, low > 0 && high / low > WIDE);
    }

    /** The upper end of the axis. */
    double top() {
        return high + (high - low) * 0.05;
    }

    /** Gives a chart this vertical axis; where all are equal the chart's own. */
    void putOn(XyChart chart) {
        chart.log(0, wide ? 10 : 0);
        if (high > low) {
            chart.yRange(wide ? low / 1.1 : low - (high - low) * 0.04, top());
        }
    }
}
