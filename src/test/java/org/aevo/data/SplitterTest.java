package org.aevo.data;

import static org.aevo.data.DataErrors.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SplitterTest {

    private static Contents contents(int training, int test) {
        return Contents.of("Set", "/place")
                .shape(1, 2, 2)
                .training(training)
                .test(test)
                .unsignedBytes()
                .build();
    }

    private static DataSettings settings(int train, int validation, int test, long seed) {
        return DataSettings.of(DataKind.MNIST)
                .parts(train, validation, test)
                .seed(seed)
                .build();
    }

    private static SplitPlan plan(int training, int official, int train, int validation, int test) {
        return Splitter.plan(contents(training, official), settings(train, validation, test, 1));
    }

    private static String sizes(SplitPlan plan) {
        return plan.train().length + " " + plan.validation().length + " " + plan.test().length;
    }

    @Property(tries = 500, seed = "1")
    void partsAreDisjointAndAsLargeAsAsked(
            @ForAll @IntRange(min = 1, max = 60) int train,
            @ForAll @IntRange(min = 1, max = 60) int validation,
            @ForAll @IntRange(min = 1, max = 60) int test,
            @ForAll @IntRange(max = 60) int rest,
            @ForAll boolean official,
            @ForAll long seed) {
        int all = train + validation + (official ? 0 : test) + rest;
        Contents contents = contents(all, official ? test + rest : 0);
        SplitPlan plan = Splitter.plan(contents, settings(train, validation, test, seed));

        assertEquals(train + " " + validation + " " + test, sizes(plan));
        assertEquals(official, plan.officialTest());
        int[] fromTraining = Stream.of(plan.train(), plan.validation(), official ? new int[0] : plan.test())
                .flatMapToInt(Arrays::stream)
                .toArray();
        assertTrue(Arrays.stream(fromTraining).allMatch(i -> i >= 0 && i < all));
        assertEquals(fromTraining.length, Arrays.stream(fromTraining).distinct().count());
        assertEquals(test, Arrays.stream(plan.test()).distinct().count());
        assertTrue(Arrays.stream(plan.test()).allMatch(i -> i >= 0 && i < (official ? test + rest : all)));
    }

    @Test
    void theSeedDecides() {
        SplitPlan plan = Splitter.plan(contents(1000, 100), settings(500, 100, 50, 7));
        SplitPlan same = Splitter.plan(contents(1000, 100), settings(500, 100, 50, 7));
        SplitPlan other = Splitter.plan(contents(1000, 100), settings(500, 100, 50, 8));
        assertArrayEquals(plan.train(), same.train());
        assertArrayEquals(plan.validation(), same.validation());
        assertArrayEquals(plan.test(), same.test());
        assertFalse(Arrays.equals(plan.train(), other.train()));
        assertFalse(Arrays.equals(plan.test(), other.test()));
    }

    /** Each sample comes into a part of a fifth of the set with probability 1/5. */
    @Test
    void everySampleHasTheSameChance() {
        int[] hits = new int[50];
        int runs = 5000;
        for (int seed = 0; seed < runs; seed++) {
            for (int sample :
                    Splitter.plan(contents(50, 0), settings(10, 1, 1, seed)).train()) {
                hits[sample]++;
            }
        }
        double expected = runs / 5.0;
        // without replacement the statistic is smaller by (1 - 1/5) * 50/49; 49 degrees of freedom, p = 1e-4
        double chi = Arrays.stream(hits)
                        .mapToDouble(h -> Math.pow(h - expected, 2) / expected)
                        .sum()
                / 0.8
                * 49
                / 50;
        assertTrue(chi < 95, "chi-square " + chi);
        assertTrue(chi > 19, "chi-square " + chi);
    }

    @Test
    void defaultsFillWhatIsNotGiven() {
        assertEquals("54000 6000 10000", sizes(plan(60_000, 10_000, 0, 0, 0)));
        assertEquals("2000 200 10000", sizes(plan(60_000, 10_000, 2000, 0, 0)));
        assertEquals("59500 500 1000", sizes(plan(60_000, 10_000, 0, 500, 1000)));
        assertEquals("800 100 100", sizes(plan(1000, 0, 0, 0, 0)));
        assertEquals("100 10 10", sizes(plan(1000, 0, 100, 0, 0)));
        assertEquals("1 1 1", sizes(plan(3, 0, 0, 0, 0)));
    }

    @Test
    void moreThanThereIsNamesBothNumbers() {
        assertFails(
                () -> plan(60_000, 10_000, 59_000, 2000, 0),
                "data asks for 61000 samples (train 59000 + validation 2000)",
                "the training part of Set (/place) has 60000");
        assertFails(
                () -> plan(100, 0, 80, 15, 10), "asks for 105 samples (train 80 + validation 15 + test 10)", "has 100");
        assertFails(() -> plan(100, 10, 80, 15, 11), "data.test asks for 11 samples", "has 10");
        assertFails(() -> plan(2, 0, 0, 0, 0), "asks for 3 samples", "has 2");
        DataSettings made = DataSettings.of(DataKind.BLOBS).parts(80, 15, 10).build();
        assertFails(() -> Splitter.plan(contents(100, 0), made), "has 100: raise data.samples");
        int most = Integer.MAX_VALUE;
        assertFails(() -> plan(100, 10, most, most, most), "asks for 4294967294 samples");
    }

    @Test
    void partsThatNoArrayHoldsAreRefused() {
        Contents large = Contents.of("Set", "")
                .shape(3, 1000, 1000)
                .training(1000)
                .unsignedBytes()
                .build();
        assertFails(
                () -> Splitter.plan(large, settings(900, 50, 50, 1)),
                "data.train: 900 samples of 3000000 values are 2700000000 values, expected at most 2147483639");
    }
}
