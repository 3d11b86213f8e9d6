package org.aevo.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.aevo.train.Samples;

/**
 * What the search has seen, all of it, divided anew: weights are fitted to the one part, the other says when to stop.
 *
 * @param heldOut a tenth
 */
public record HeldOut(Part fitted, Part heldOut) {
    private static final int SHARE = 10;

    /**
     * @param train samples that the search trained on
     * @param validation samples that it measured the fitness on
     * @param seed that the division is drawn from
     * @throws IllegalArgumentException if there are fewer than two samples, or the parts do not fit together
     */
    public static HeldOut of(Part train, Part validation, long seed) {
        if (!train.samples().shape().equals(validation.samples().shape())
                || train.labels().isPresent() != validation.labels().isPresent()) {
            throw new IllegalArgumentException("training and validation samples are of different data");
        }
        int all = Math.addExact(train.count(), validation.count());
        if (all < 2) {
            throw new IllegalArgumentException("one sample cannot be divided");
        }
        int[] order = new int[all];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < all; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        int held = Math.max(1, all / SHARE);
        return new HeldOut(
                chosen(train, validation, Arrays.copyOfRange(order, held, all)),
                chosen(train, validation, Arrays.copyOf(order, held)));
    }

    private static Part chosen(Part train, Part validation, int[] which) {
        int first = train.count();
        Samples samples = train.samples().followedBy(validation.samples()).chosen(which);
        Optional<int[]> labels = train.labels().map(some -> {
            int[] others = validation.labels().orElseThrow();
            return Arrays.stream(which)
                    .map(index -> index < first ? some[index] : others[index - first])
                    .toArray();
        });
        return new Part(samples, labels);
    }
}
