package org.aevo.data;

import java.util.Arrays;
import java.util.Locale;

/**
 * Brings values into [0, 1] and back: {@code (x - minimum) / (maximum - minimum)}, clipped to [0, 1]; a feature whose
 * minimum is its maximum becomes 0. What it does is known from the rule and the ranges alone.
 */
public final class Scaler {
    /** Unsigned bytes: from 0 to 255, whatever the samples have. */
    static final Scaler BYTES = new Scaler(Rule.BYTES, new double[] {0}, new double[] {255});

    private final Rule rule;
    private final double[] low;
    private final double[] high;

    /** Where the ranges come from. */
    public enum Rule {
        /** Unsigned bytes are divided by 255. */
        BYTES,
        /** Minimum and maximum of all values of the train part. */
        GLOBAL,
        /** Minimum and maximum of each position of a sample in the train part. */
        PER_FEATURE;

        /** As it stands in files: {@code per-feature}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private Scaler(Rule rule, double[] low, double[] high) {
        this.rule = rule;
        this.low = low;
        this.high = high;
    }

    /**
     * One of known ranges.
     *
     * @param low minimum of all values, or of each position of a sample in C order
     * @param high maxima, as many
     * @throws IllegalArgumentException if these are no ranges, or none of the rule
     */
    public static Scaler of(Rule rule, double[] low, double[] high) {
        boolean ranges = low.length == high.length && low.length >= 1 && (rule == Rule.PER_FEATURE || low.length == 1);
        for (int i = 0; ranges && i < low.length; i++) {
            ranges = Double.isFinite(low[i]) && Double.isFinite(high[i]) && low[i] <= high[i];
        }
        if (!ranges || rule == Rule.BYTES && (low[0] != BYTES.low[0] || high[0] != BYTES.high[0])) {
            throw new IllegalArgumentException("no minima and maxima of the rule " + rule.text() + ": "
                    + low.length + " from " + (low.length == 0 ? "" : low[0]) + " and " + high.length + " from "
                    + (high.length == 0 ? "" : high[0]));
        }
        return rule == Rule.BYTES ? BYTES : new Scaler(rule, low.clone(), high.clone());
    }

    public Rule rule() {
        return rule;
    }

    /** A copy of the minima: one, or one per position of a sample in C order [channel, row, column]. */
    public double[] low() {
        return low.clone();
    }

    /** A copy of the maxima, as many. */
    public double[] high() {
        return high.clone();
    }

    /** Scales one sample into a place of a larger array. */
    void scale(double[] sample, float[] target, int start) {
        for (int i = 0; i < sample.length; i++) {
            int feature = low.length == 1 ? 0 : i;
            // halves: the range of doubles of both signs may exceed what a double holds
            double range = high[feature] / 2 - low[feature] / 2;
            double scaled = range > 0 ? (sample[i] / 2 - low[feature] / 2) / range : 0;
            target[start + i] = (float) Math.max(0, Math.min(1, scaled));
        }
    }

    /** How many values of a sample lie outside of their range, and are clipped. */
    int outside(double[] sample) {
        int count = 0;
        for (int i = 0; i < sample.length; i++) {
            int feature = low.length == 1 ? 0 : i;
            count += sample[i] < low[feature] || sample[i] > high[feature] ? 1 : 0;
        }
        return count;
    }

    /**
     * Brings values of whole samples back to the units of the data, in place; a float holds them to seven digits.
     *
     * @param size values per sample
     */
    public void restore(float[] values, int size) {
        for (int i = 0; i < values.length; i++) {
            int feature = low.length == 1 ? 0 : i % size;
            double range = high[feature] / 2 - low[feature] / 2;
            values[i] = (float) (2 * (low[feature] / 2 + values[i] * range));
        }
    }

    /** Minima and maxima that widen to hold each sample seen. */
    static final class Ranges {
        private final double[] low;
        private final double[] high;
        private final boolean perFeature;

        /**
         * @param size values per sample
         */
        Ranges(boolean perFeature, int size) {
            this.perFeature = perFeature;
            low = new double[perFeature ? size : 1];
            high = new double[low.length];
            Arrays.fill(low, Double.POSITIVE_INFINITY);
            Arrays.fill(high, Double.NEGATIVE_INFINITY);
        }

        /** Widens the ranges to hold a sample of the train part. */
        void see(double[] sample) {
            for (int i = 0; i < sample.length; i++) {
                int feature = low.length == 1 ? 0 : i;
                low[feature] = Math.min(low[feature], sample[i]);
                high[feature] = Math.max(high[feature], sample[i]);
            }
        }

        /** By the ranges of what was seen. */
        Scaler scaler() {
            return Scaler.of(perFeature ? Rule.PER_FEATURE : Rule.GLOBAL, low, high);
        }
    }
}
