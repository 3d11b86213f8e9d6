package org.aevo.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelCountsTest {
    private static int[] repeated(int label, int count) {
        return IntStream.generate(() -> label).limit(count).toArray();
    }

    @Test
    void classesAreThoseOfAnyPart() {
        LabelCounts counts = LabelCounts.of(new int[] {7, 3, 7}, new int[] {3, 12}, new int[] {0, 7});
        assertArrayEquals(new int[] {0, 3, 7, 12}, counts.labels());
        assertEquals(Optional.empty(), counts.problem());
        assertEquals(
                List.of(
                        "train has 2 classes, samples of each: 3: 1, 7: 2",
                        "validation has 2 classes, samples of each: 3: 1, 12: 1",
                        "test has 2 classes, samples of each: 0: 1, 7: 1",
                        "note: classes 0, 12 have no training sample: what was never shown cannot be learnt",
                        "note: class 3 has one training sample",
                        "note: class 7 has no validation sample",
                        "note: class 3 has no test sample"),
                counts.words());
    }

    @Test
    void ofManyClassesTheExtremesAreSaid() {
        int[] train = IntStream.concat(IntStream.range(0, 30), IntStream.of(repeated(4, 8)))
                .toArray();
        List<String> words =
                LabelCounts.of(train, train, IntStream.range(0, 30).toArray()).words();
        assertEquals("train has 30 classes of 1 (label 0) to 9 (label 4) samples", words.get(0));
        assertEquals("test has 30 classes of 1 (label 0) to 1 (label 0) samples", words.get(2));
        assertEquals("note: classes 0, 1, 2, 3, 5, 6, 7, 8 and 21 more have one training sample", words.get(3));
        assertEquals(4, words.size());
    }

    @Test
    void aStrongImbalanceIsSaidWithItsRatio() {
        int[] train = IntStream.concat(IntStream.of(repeated(0, 41)), IntStream.of(repeated(1, 2)))
                .toArray();
        List<String> words = LabelCounts.of(train, train, train).words();
        assertTrue(
                words.get(3)
                        .startsWith("note: the largest class of train (label 0) has 20 times the samples of the"
                                + " smallest (label 1)"),
                words.toString());
        int[] even = IntStream.concat(IntStream.of(repeated(0, 19)), IntStream.of(repeated(1, 2)))
                .toArray();
        assertEquals(3, LabelCounts.of(even, even, even).words().size());
    }

    @Test
    void whatCannotBeToldApartIsSaid() {
        assertEquals(
                Optional.of("all 8 samples have the label 3, expected at least two classes"),
                LabelCounts.of(repeated(3, 5), new int[] {3}, new int[] {3, 3}).problem());
        int[] most = IntStream.range(0, Labels.MOST_CLASSES).toArray();
        assertEquals(
                Optional.empty(),
                LabelCounts.of(most, new int[] {1}, new int[] {2}).problem());
        assertEquals(
                Optional.of("there are 65537 different labels, expected at most 65536: are they values?"),
                LabelCounts.of(most, new int[] {1}, new int[] {Integer.MAX_VALUE})
                        .problem());
    }
}
