package org.aevo.data;

import java.util.Arrays;

/** Brings the values of a sample into [0, 1]. */
sealed interface Scaler {

    /** Scales one sample into a place of a larger array. */
    void scale(double[] sample, float[] target, int start);

    /** Unsigned bytes. */
    record Bytes() implements Scaler {
        private static final double MAX = 255;

        @Override
        public void scale(double[] sample, float[] target, int start) {
            for (int i = 0; i < sample.length; i++) {
                target[start + i] = (float) (sample[i] / MAX);
            }
        }
    }

    /** Minimum and maximum, of each position of a sample or of all together. Sees the train part, then scales. */
    final class MinMax implements Scaler {
        private final double[] low;
        private final double[] high;

        /**
         * @param size values per sample
         */
        MinMax(boolean perFeature, int size) {
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

        @Override
        public void scale(double[] sample, float[] target, int start) {
            for (int i = 0; i < sample.length; i++) {
                int feature = low.length == 1 ? 0 : i;
                // halves: the range of doubles of both signs may exceed what a double holds
                double range = high[feature] / 2 - low[feature] / 2;
                double scaled = range > 0 ? (sample[i] / 2 - low[feature] / 2) / range : 0;
                target[start + i] = (float) Math.max(0, Math.min(1, scaled));
            }
        }
    }
}
