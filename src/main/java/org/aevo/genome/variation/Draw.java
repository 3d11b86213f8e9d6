package org.aevo.genome.variation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.aevo.genome.DoubleRange;
import org.aevo.genome.IntRange;

/** Draws of parameters. Logarithms are strict, so that a seed means the same on every machine. */
final class Draw {
    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);

    private Draw() {}

    static boolean chance(double probability, RandomGenerator random) {
        return random.nextDouble() < probability;
    }

    static <T> T choice(List<T> choices, RandomGenerator random) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Any choice but the old one; the old one if there is no other. */
    static <T> T otherChoice(List<T> choices, T old, RandomGenerator random) {
        List<T> others = new ArrayList<>(choices);
        others.remove(old);
        return others.isEmpty() ? old : choice(others, random);
    }

    /** Log-uniform: as likely to be in 8..15 as in 16..31. */
    static int size(IntRange range, RandomGenerator random) {
        double low = StrictMath.log(range.min());
        double high = StrictMath.log(range.max() + 1.0);
        return range.clamp((int) StrictMath.exp(low + random.nextDouble() * (high - low)));
    }

    /** Gaussian around the old value and rounded, at least one step away; the old one if the range has no other. */
    static int otherSize(IntRange range, int old, double sigma, RandomGenerator random) {
        if (range.min() == range.max()) {
            return old;
        }
        double change = random.nextGaussian() * sigma * old;
        int direction = change < 0 ? -1 : 1;
        int step = (int) Math.max(1, Math.min(Math.round(Math.abs(change)), range.max()));
        int value = range.clamp(old + direction * step);
        return value != old ? value : range.clamp(old - direction);
    }

    /** The same by what steps are measured by. */
    static int otherSize(IntRange range, int old, VariationRates rates, RandomGenerator random) {
        return rates.steps() == VariationRates.Steps.RELATIVE
                ? otherSize(range, old, rates.sigma(), random)
                : otherOnLogScale(range, old, rates.sigma(), random);
    }

    /**
     * Gaussian on a logarithmic scale, rounded, at least one step away; the old one if the range has no other.
     *
     * @param sigma in widths of the range
     */
    static int otherOnLogScale(IntRange range, int old, double sigma, RandomGenerator random) {
        if (range.min() == range.max()) {
            return old;
        }
        double width = StrictMath.log((double) range.max() / range.min());
        double step = random.nextGaussian() * sigma * width;
        int value = range.clamp((int) Math.min(range.max(), Math.round(old * StrictMath.exp(step))));
        if (value != old) {
            return value;
        }
        int direction = step < 0 ? -1 : 1;
        return range.contains(old + direction) ? old + direction : range.clamp(old - direction);
    }

    /** Gaussian on a logarithmic scale, three significant digits remain; sigma is in widths of the range. */
    static double otherRate(DoubleRange range, double old, double sigma, RandomGenerator random) {
        double width = StrictMath.log(range.max() / range.min());
        return threeDigits(range, old * StrictMath.exp(random.nextGaussian() * sigma * width));
    }

    /** How often something happens that happens independently and so often in the mean (Knuth's method). */
    static int poisson(double mean, RandomGenerator random) {
        double limit = StrictMath.exp(-mean);
        int count = 0;
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }

    /** Log-uniform, with three significant digits. */
    static double rate(DoubleRange range, RandomGenerator random) {
        double low = StrictMath.log(range.min());
        double high = StrictMath.log(range.max());
        return threeDigits(range, StrictMath.exp(low + random.nextDouble() * (high - low)));
    }

    /** Rounded to three significant digits, where the range has such a number near. */
    static double threeDigits(DoubleRange range, double value) {
        return range.clamp(
                new BigDecimal(range.clamp(value)).round(THREE_DIGITS).doubleValue());
    }

    /** Rounded to two decimals, where the range has such a number near. */
    static double twoDecimals(DoubleRange range, double value) {
        return range.clamp(Math.round(range.clamp(value) * 100) / 100.0);
    }
}
