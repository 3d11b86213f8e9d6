package org.aevo.task;

import java.nio.FloatBuffer;
import org.aevo.random.Seeds;
import org.aevo.random.SplitMix;
import org.aevo.train.Samples;

/**
 * What is done to samples before a network sees them. What becomes of a sample depends on the seed and the sample's index
 * alone: not on the batch, the engine, the machine or its Java.
 */
public sealed interface Corruption {

    /** In place. */
    void corrupt(float[] values, SplitMix random);

    /**
     * The same samples corrupted, each as its batch is copied: they take no memory.
     *
     * @param seed another one for another draw
     */
    default Samples corrupted(Samples clean, long seed) {
        int size = Math.toIntExact(clean.shape().size());
        return new Samples(clean.shape(), clean.count(), (int[] order, int from, int to, FloatBuffer target) -> {
            int at = target.position();
            clean.copy(order, from, to, target);
            float[] sample = new float[size];
            for (int i = from; i < to; i++) {
                target.get(at, sample);
                corrupt(sample, new SplitMix(Seeds.of(seed, order[i])));
                target.put(at, sample);
                at += size;
            }
        });
    }

    /**
     * Gaussian noise is added to each value, and the sum is clipped to [0, 1].
     *
     * @param sigma its standard deviation
     */
    record Gaussian(double sigma) implements Corruption {
        public Gaussian {
            if (!(sigma >= 0 && Double.isFinite(sigma))) {
                throw new IllegalArgumentException("sigma must be at least 0, was " + sigma);
            }
        }

        @Override
        public void corrupt(float[] values, SplitMix random) {
            float scale = (float) sigma;
            NormalTable normal = NormalTable.SHARED;
            long bits = 0;
            for (int i = 0; i < values.length; i++) {
                bits = (i & 3) == 0 ? random.next() : bits >>> NormalTable.BITS;
                values[i] += scale * normal.value(bits);
            }
            // a loop of its own, of which the compiler makes one of vectors
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.max(0f, Math.min(1f, values[i]));
            }
        }
    }

    /**
     * Values become 0 or 1, either as likely.
     *
     * @param fraction probability of each value, in (0, 1)
     */
    record SaltAndPepper(double fraction) implements Corruption {
        public SaltAndPepper {
            checkFraction(fraction);
        }

        @Override
        public void corrupt(float[] values, SplitMix random) {
            LostValues.of(fraction, true).apply(values, random);
        }
    }

    /**
     * Values become 0.
     *
     * @param fraction probability of each value, in (0, 1)
     */
    record Masking(double fraction) implements Corruption {
        public Masking {
            checkFraction(fraction);
        }

        @Override
        public void corrupt(float[] values, SplitMix random) {
            LostValues.of(fraction, false).apply(values, random);
        }
    }

    /** Nothing is drawn: inputs are given beside their clean targets, see {@link Samples#inputs}. */
    record Given() implements Corruption {
        @Override
        public void corrupt(float[] values, SplitMix random) {
            // they are corrupted already
        }

        @Override
        public Samples corrupted(Samples clean, long seed) {
            return clean.inputs();
        }
    }

    private static void checkFraction(double fraction) {
        if (!(fraction > 0 && fraction < 1)) {
            throw new IllegalArgumentException("fraction must be between 0 and 1, was " + fraction);
        }
    }
}
