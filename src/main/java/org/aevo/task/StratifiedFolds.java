package org.aevo.task;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.aevo.random.Generators;

/**
 * Divides samples into folds in which each class has its share (R. Kohavi, 1995, A study of cross-validation and bootstrap
 * for accuracy estimation and model selection). How many samples of a class a fold has is what scikit-learn's {@code
 * StratifiedKFold} allocates; which of them is drawn.
 */
public final class StratifiedFolds {
    private final int[] foldOf;
    private final int folds;

    private StratifiedFolds(int[] foldOf, int folds) {
        this.foldOf = foldOf;
        this.folds = folds;
    }

    /**
     * @param labels one per sample
     * @param folds at least 2, and at most as many as samples have the rarest label
     * @throws IllegalArgumentException if there are more
     */
    public static StratifiedFolds of(int[] labels, int folds, long seed) {
        int[] classes = byFirstOccurrence(labels);
        int[] sizes = new int[Arrays.stream(classes).max().orElse(0) + 1];
        for (int index : classes) {
            sizes[index]++;
        }
        int smallest = Arrays.stream(sizes).min().getAsInt();
        if (folds < 2 || folds > smallest) {
            throw new IllegalArgumentException(
                    "folds must be from 2 to the " + smallest + " samples of the smallest class, were " + folds);
        }
        RandomGenerator random = Generators.seeded(seed);
        int[] foldOf = new int[labels.length];
        int before = 0;
        for (int index = 0; index < sizes.length; index++) {
            int[] dealt = dealt(before, sizes[index], folds);
            shuffle(dealt, random);
            int next = 0;
            for (int i = 0; i < labels.length; i++) {
                if (classes[i] == index) {
                    foldOf[i] = dealt[next++];
                }
            }
            before += sizes[index];
        }
        return new StratifiedFolds(foldOf, folds);
    }

    /** The samples, sorted by class, are dealt to the folds in turn: the turn goes on from one class to the next. */
    private static int[] dealt(int before, int count, int folds) {
        int[] dealt = new int[count];
        for (int i = 0; i < count; i++) {
            dealt[i] = (before + i) % folds;
        }
        return dealt;
    }

    /** Fisher and Yates. */
    private static void shuffle(int[] values, RandomGenerator random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }

    /** Classes numbered in the order in which they first occur, as scikit-learn numbers them: the allocation depends on it. */
    private static int[] byFirstOccurrence(int[] labels) {
        Map<Integer, Integer> numbers = new LinkedHashMap<>();
        int[] classes = new int[labels.length];
        for (int i = 0; i < labels.length; i++) {
            Integer number = numbers.get(labels[i]);
            if (number == null) {
                number = numbers.size();
                numbers.put(labels[i], number);
            }
            classes[i] = number;
        }
        return classes;
    }

    public int count() {
        return folds;
    }

    /**
     * The samples that a fold holds out, in ascending order.
     *
     * @param fold from 0
     */
    public int[] heldOut(int fold) {
        return which(fold, true);
    }

    /** The samples that a fold trains on: all others. */
    public int[] training(int fold) {
        return which(fold, false);
    }

    private int[] which(int fold, boolean heldOut) {
        int[] some = new int[foldOf.length];
        int count = 0;
        for (int i = 0; i < foldOf.length; i++) {
            if ((foldOf[i] == fold) == heldOut) {
                some[count++] = i;
            }
        }
        return Arrays.copyOf(some, count);
    }
}
