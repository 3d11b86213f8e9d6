package org.aevo.worker;

import java.util.random.RandomGenerator;

/** How long simulated evaluations take, in seconds. */
public sealed interface DurationDistribution {

    double sample(RandomGenerator random);

    /** Always the same. */
    record Constant(double seconds) implements DurationDistribution {
        public Constant {
            requireNotNegative("seconds", seconds);
        }

        @Override
        public double sample(RandomGenerator random) {
            return seconds;
        }
    }

    /**
     * Lognormal with a given mean.
     *
     * @param cv coefficient of variation: standard deviation over mean
     */
    record LogNormal(double mean, double cv) implements DurationDistribution {
        public LogNormal {
            requireNotNegative("mean", mean);
            if (!(cv >= 0) || Double.isInfinite(cv)) {
                throw new IllegalArgumentException("coefficient of variation must not be negative, was " + cv);
            }
        }

        @Override
        public double sample(RandomGenerator random) {
            double variance = Math.log1p(cv * cv);
            return Math.exp(Math.log(mean) - variance / 2 + Math.sqrt(variance) * random.nextGaussian());
        }
    }

    /**
     * Drawn with replacement from durations that were measured.
     *
     * @param seconds not empty, not copied
     */
    record Recorded(double[] seconds) implements DurationDistribution {
        public Recorded {
            if (seconds.length == 0) {
                throw new IllegalArgumentException("no recorded durations to draw from");
            }
        }

        @Override
        public double sample(RandomGenerator random) {
            return seconds[random.nextInt(seconds.length)];
        }
    }

    private static void requireNotNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must not be negative, was " + value);
        }
    }
}
