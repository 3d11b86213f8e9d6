package org.aevo.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.aevo.network.Shape;
import org.aevo.train.Samples;
import org.junit.jupiter.api.Test;

class AugmentationTest {
    private static final Shape SHAPE = new Shape(2, 7, 9);
    private static final int SIZE = 2 * 7 * 9;
    private static final int COUNT = 8000;
    private static final Set<Augmentation> FLIP = Set.of(Augmentation.FLIP);
    private static final Set<Augmentation> CROP = Set.of(Augmentation.CROP);
    private static final Set<Augmentation> BOTH = Set.of(Augmentation.CROP, Augmentation.FLIP);

    /** All the same: each value says where it is. */
    private static final Samples PLAIN = new Samples(SHAPE, COUNT, (order, from, to, target) -> {
        for (int i = from; i < to; i++) {
            for (int v = 0; v < SIZE; v++) {
                target.put(v + 1);
            }
        }
    });

    private static float value(int channel, int row, int column) {
        boolean inside = row >= 0 && row < 7 && column >= 0 && column < 9;
        return inside ? (channel * 7 + row) * 9 + column + 1 : 0;
    }

    /** What an image must be that was flipped, and then moved. */
    private static float[] expected(boolean flipped, int down, int right) {
        float[] values = new float[SIZE];
        int at = 0;
        for (int channel = 0; channel < 2; channel++) {
            for (int row = 0; row < 7; row++) {
                for (int column = 0; column < 9; column++) {
                    int from = column + right;
                    boolean inside = from >= 0 && from < 9;
                    values[at++] = inside ? value(channel, row + down, flipped ? 8 - from : from) : 0;
                }
            }
        }
        return values;
    }

    private static float[] image(float[] all, int index) {
        return Arrays.copyOfRange(all, index * SIZE, (index + 1) * SIZE);
    }

    @Test
    void halfTheImagesAreFlipped() {
        float[] all = Augmentation.augmented(FLIP, PLAIN, 4).values();
        float[] straight = expected(false, 0, 0);
        float[] flipped = expected(true, 0, 0);
        int flips = 0;
        for (int i = 0; i < COUNT; i++) {
            float[] image = image(all, i);
            boolean isFlipped = Arrays.equals(flipped, image);
            flips += isFlipped ? 1 : 0;
            assertTrue(isFlipped || Arrays.equals(straight, image), "image " + i);
        }
        // the standard deviation is 45
        assertEquals(COUNT / 2.0, flips, 200);
    }

    @Test
    void windowsAreAtAllPlacesAlike() {
        float[] all = Augmentation.augmented(CROP, PLAIN, 4).values();
        int[] times = new int[81];
        for (int i = 0; i < COUNT; i++) {
            times[place(image(all, i), false)]++;
        }
        assertEven(times, COUNT);
    }

    /** Chi-square of 80 degrees of freedom: above 125 once in a thousand. */
    private static void assertEven(int[] times, int all) {
        double expected = (double) all / times.length;
        double square = IntStream.of(times)
                .mapToDouble(n -> (n - expected) * (n - expected) / expected)
                .sum();
        assertTrue(square < 125, () -> square + " " + Arrays.toString(times));
    }

    private static int place(float[] image, boolean flipped) {
        for (int place = 0; place < 81; place++) {
            if (Arrays.equals(expected(flipped, place / 9 - 4, place % 9 - 4), image)) {
                return place;
            }
        }
        return -1;
    }

    @Test
    void bothAreDrawnApart() {
        float[] all = Augmentation.augmented(BOTH, PLAIN, 4).values();
        int[] straight = new int[81];
        int[] flipped = new int[81];
        for (int i = 0; i < COUNT; i++) {
            int place = place(image(all, i), false);
            if (place >= 0) {
                straight[place]++;
            } else {
                flipped[place(image(all, i), true)]++;
            }
        }
        assertEven(straight, Arrays.stream(straight).sum());
        assertEven(flipped, Arrays.stream(flipped).sum());
        assertEquals(COUNT / 2.0, Arrays.stream(flipped).sum(), 200);
    }

    /** What becomes of a sample depends on the seed and its index alone. */
    @Test
    void batchesMakeNoDifference() {
        Samples augmented = Augmentation.augmented(BOTH, PLAIN, 9);
        float[] all = augmented.values(0, 40);
        int[] order = {7, 3, 39, 3, 0, 12};
        FloatBuffer some = FloatBuffer.allocate(5 * SIZE + 2);
        some.put(-1);
        augmented.copy(order, 1, 6, some);
        assertEquals(5 * SIZE + 1, some.position());
        for (int i = 1; i < 6; i++) {
            float[] image = Arrays.copyOfRange(some.array(), (i - 1) * SIZE + 1, i * SIZE + 1);
            assertArrayEquals(image(all, order[i]), image);
        }
        assertArrayEquals(all, Augmentation.augmented(BOTH, PLAIN, 9).values(0, 40));
        assertFalse(Arrays.equals(all, Augmentation.augmented(BOTH, PLAIN, 10).values(0, 40)));
        assertSame(PLAIN, Augmentation.augmented(Set.of(), PLAIN, 9));
    }

    @Test
    void onlyImagesCanBeAugmented() {
        assertEquals(Optional.empty(), Augmentation.problem(BOTH, new Shape(3, 5, 32)));
        assertEquals(Optional.empty(), Augmentation.problem(Set.of(), Shape.vector(5)));
        assertEquals(Optional.empty(), Augmentation.problem(FLIP, new Shape(1, 4, 4)));
        assertEquals(
                Optional.of("data.augment is for images, but samples are vectors of 5 values: leave it out"),
                Augmentation.problem(FLIP, Shape.vector(5)));
        assertEquals(
                Optional.of("data.augment is for images, but samples are signals of 2x1x90: leave it out"),
                Augmentation.problem(CROP, new Shape(2, 1, 90)));
        assertEquals(
                Optional.of(
                        "data.augment has crop, which moves images by up to 4 rows and columns: of 1x4x9 nothing would"
                                + " be left; leave it out"),
                Augmentation.problem(BOTH, new Shape(1, 4, 9)));
    }
}
