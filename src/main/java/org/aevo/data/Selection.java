package org.aevo.data;

import java.util.Arrays;

/** Which samples of a part are wanted, and at which position each. */
final class Selection {
    private static final int NOT_WANTED = -1;
    private final boolean every;
    private final int[] slots;

    /**
     * @param wanted sample numbers below {@code count}, each at most once, or {@link DataSource#EVERY}
     * @param count number of samples there are
     */
    Selection(int[] wanted, int count) {
        every = wanted == DataSource.EVERY;
        slots = new int[every ? 0 : count];
        Arrays.fill(slots, NOT_WANTED);
        for (int slot = 0; slot < wanted.length; slot++) {
            slots[wanted[slot]] = slot;
        }
    }

    boolean wants(int sample) {
        return every || slots[sample] != NOT_WANTED;
    }

    int slot(int sample) {
        return every ? sample : slots[sample];
    }
}
