package org.aevo.train;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.aevo.search.EvaluationSeed;

/** The orders in which epochs see the samples, or a part of them: Fisher-Yates shuffles, each of the order before it. */
final class EpochOrder {
    private final int[] order;
    private final RandomGenerator random;

    EpochOrder(int samples, RandomGenerator random) {
        this(IntStream.range(0, samples).toArray(), random);
    }

    private EpochOrder(int[] order, RandomGenerator random) {
        this.order = order;
        this.random = random;
    }

    /**
     * Of a part of the samples, which is drawn by a seed of its own; of all of them nothing is drawn.
     *
     * @param part number of samples in it
     * @param seed of a fold's training
     */
    static EpochOrder of(int samples, int part, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        if (part == samples) {
            return new EpochOrder(samples, random);
        }
        EpochOrder all = new EpochOrder(samples, new SplittableRandom(EvaluationSeed.ofPart(seed)));
        return new EpochOrder(Arrays.copyOf(all.next(part), part), random);
    }

    /** An array whose first {@code count} entries are the next epoch's samples; good until the next call. */
    int[] next(int count) {
        for (int i = 0; i < count; i++) {
            int j = i + random.nextInt(order.length - i);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
