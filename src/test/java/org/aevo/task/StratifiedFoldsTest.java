package org.aevo.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.aevo.metric.Oracle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StratifiedFoldsTest {
    private final Random random = new Random(12);

    @Test
    void foldsHaveAsManyOfEachClassAsThoseOfScikit(@TempDir Path directory) throws Exception {
        Oracle oracle = new Oracle(directory);
        Map<String, Double> ours = new TreeMap<>();
        for (int set = 0; set < 120; set++) {
            int[] labels = labels();
            int folds = 2 + random.nextInt(rarest(labels) - 1);
            String name = "set" + set;
            oracle.give(name + ".labels", labels);
            oracle.ask(name, folds);
            StratifiedFolds division = StratifiedFolds.of(labels, folds, set);
            for (int fold = 0; fold < folds; fold++) {
                int at = fold;
                int[] heldOut = division.heldOut(fold);
                IntStream.of(labels)
                        .distinct()
                        .forEach(label ->
                                ours.put(name + " " + folds + " " + at + " " + label, (double) IntStream.of(heldOut)
                                        .filter(i -> labels[i] == label)
                                        .count()));
            }
        }
        Map<String, Double> answers = oracle.answers(StratifiedFoldsTest.class, "folds.py");
        assertTrue(ours.size() > 500, () -> ours.size() + " sizes");
        assertEquals(answers, ours);
    }

    /** Labels with gaps between them, some rarer than others, in any order. */
    private int[] labels() {
        int classes = 2 + random.nextInt(5);
        IntStream.Builder all = IntStream.builder();
        for (int c = 0; c < classes; c++) {
            int label = 3 * c + random.nextInt(3);
            int count = 2 + random.nextInt(random.nextBoolean() ? 6 : 40);
            for (int i = 0; i < count; i++) {
                all.add(label);
            }
        }
        int[] labels = all.build().toArray();
        for (int i = labels.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = labels[i];
            labels[i] = labels[j];
            labels[j] = swapped;
        }
        return labels;
    }

    private static int rarest(int[] labels) {
        return IntStream.of(labels)
                .map(label -> (int)
                        IntStream.of(labels).filter(other -> other == label).count())
                .min()
                .orElseThrow();
    }

    @Test
    void everySampleIsHeldOutOnce() {
        int[] labels = labels();
        int folds = rarest(labels);
        StratifiedFolds division = StratifiedFolds.of(labels, Math.max(2, folds), 3);
        int[] times = new int[labels.length];
        for (int fold = 0; fold < division.count(); fold++) {
            int[] heldOut = division.heldOut(fold);
            IntStream.of(heldOut).forEach(i -> times[i]++);
            int[] both = IntStream.concat(IntStream.of(heldOut), IntStream.of(division.training(fold)))
                    .sorted()
                    .toArray();
            assertArrayEquals(IntStream.range(0, labels.length).toArray(), both);
        }
        assertTrue(Arrays.stream(times).allMatch(n -> n == 1));
    }

    /** Which samples are together is drawn: with another seed others, with the same seed the same. */
    @Test
    void theSeedDecides() {
        int[] labels = IntStream.range(0, 90).map(i -> i / 30).toArray();
        int[] one = StratifiedFolds.of(labels, 3, 1).heldOut(0);
        assertArrayEquals(one, StratifiedFolds.of(labels, 3, 1).heldOut(0));
        assertFalse(Arrays.equals(one, StratifiedFolds.of(labels, 3, 2).heldOut(0)));
        int[] together = new int[90];
        for (int seed = 0; seed < 3000; seed++) {
            IntStream.of(StratifiedFolds.of(labels, 3, seed).heldOut(0)).forEach(i -> together[i]++);
        }
        // binomial of 3000 and 1/3: 1000, standard deviation 26
        assertTrue(Arrays.stream(together).allMatch(n -> Math.abs(n - 1000) < 130), () -> Arrays.toString(together));
    }

    @Test
    void eachFoldNeedsOneOfEachClass() {
        int[] labels = {4, 4, 4, 9, 9};
        assertEquals(
                "folds must be from 2 to the 2 samples of the smallest class, were 3",
                assertThrows(IllegalArgumentException.class, () -> StratifiedFolds.of(labels, 3, 1))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> StratifiedFolds.of(labels, 1, 1));
        assertEquals(2, StratifiedFolds.of(labels, 2, 1).count());
    }
}
