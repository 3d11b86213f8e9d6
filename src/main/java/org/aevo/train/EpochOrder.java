package org.aevo.train;

import java.util.random.RandomGenerator;

/** The orders in which epochs see the samples: Fisher-Yates shuffles, each of the order before it. */
final class EpochOrder {
    private final int[] order;
    private final RandomGenerator random;

    EpochOrder(int samples, RandomGenerator random) {
        this.order = new int[samples];
        for (int i = 0; i < samples; i++) {
            order[i] = i;
        }
        this.random = random;
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
