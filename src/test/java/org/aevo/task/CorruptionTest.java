package org.aevo.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.aevo.network.Shape;
import org.aevo.train.Samples;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CorruptionTest {
    private static final int COUNT = 50;
    private static final Shape SHAPE = new Shape(1, 5, 6);
    private static final int SIZE = 30;

    private final Samples clean = samples();

    private static Samples samples() {
        Random random = new Random(1);
        float[] values = new float[COUNT * SIZE];
        for (int i = 0; i < values.length; i++) {
            values[i] = 0.25f + 0.5f * random.nextFloat();
        }
        return new Samples(SHAPE, COUNT, values);
    }

    static List<Corruption> all() {
        return List.of(new Corruption.Gaussian(0.5), new Corruption.SaltAndPepper(0.25), new Corruption.Masking(0.25));
    }

    /** Alone, in any batch, at any place, in the heap or outside. */
    @ParameterizedTest
    @MethodSource("all")
    void aSampleDependsOnSeedAndIndexAlone(Corruption corruption) {
        Samples corrupted = corruption.corrupted(clean, 7);
        float[] all = corrupted.values();
        int[] order = {9, 41, 0, 9, 17};
        FloatBuffer batch = ByteBuffer.allocateDirect((order.length + 2) * SIZE * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer()
                .position(SIZE);
        corrupted.copy(order, 1, 5, batch);
        assertEquals(5 * SIZE, batch.position());
        for (int i = 1; i < 5; i++) {
            float[] sample = new float[SIZE];
            batch.get(i * SIZE, sample);
            assertArrayEquals(Arrays.copyOfRange(all, order[i] * SIZE, (order[i] + 1) * SIZE), sample);
        }
        assertEquals(0, batch.get(0));
        assertEquals(0, batch.get(5 * SIZE));
        assertArrayEquals(all, corruption.corrupted(clean, 7).values());
        assertFalse(Arrays.equals(all, corruption.corrupted(clean, 8).values()));
        assertFalse(Arrays.equals(all, clean.values()));
        assertEquals(COUNT, corrupted.count());
        assertEquals(SHAPE, corrupted.shape());
    }

    /** All that was ever measured on validation and test inputs stands on these; worked out by the definitions in Python. */
    @Test
    void itIsTheSameForEver() {
        Samples grey = new Samples(
                Shape.vector(6), 2, new float[] {0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f
                });
        assertEquals(
                "[0.4649095, 0.64439476, 0.5620508, 0.62826174, 0.46437204, 0.43983468]",
                Arrays.toString(new Corruption.Gaussian(0.1).corrupted(grey, 42).values(1, 2)));
        assertEquals(
                "[0.0, 0.0, 0.0, 0.5, 0.5, 0.5]",
                Arrays.toString(
                        new Corruption.SaltAndPepper(0.8).corrupted(grey, 42).values(1, 2)));
    }

    @Test
    void quantilesAreThoseOfTheNormalDistribution() {
        NormalDistribution normal = new NormalDistribution();
        for (int i : new int[] {0, 1, 77, 5000, 20000, 32000, 32760, 32767}) {
            double expected = normal.inverseCumulativeProbability(0.5 + (i + 0.5) / 65536);
            // up to the scale that makes the variance 1
            assertEquals(expected, NormalTable.SHARED.value(i), 1e-3 * expected + 1e-7, "quantile " + i);
            assertEquals(-NormalTable.SHARED.value(i), NormalTable.SHARED.value(i | 1 << 15));
        }
        double squares = 0;
        for (int i = 0; i < 1 << 16; i++) {
            squares += Math.pow(NormalTable.SHARED.value(i), 2);
        }
        assertEquals(1, squares / (1 << 16), 1e-6);
    }

    @Test
    void gaussianNoiseHasItsMoments() {
        int count = 4000;
        Samples grey = grey(count, 0.5f);
        float[] values = new Corruption.Gaussian(0.1).corrupted(grey, 3).values();
        double[] moments = new double[5];
        double neighbours = 0;
        double samples = 0;
        for (int i = 0; i < values.length; i++) {
            double z = (values[i] - 0.5) / 0.1;
            for (int m = 1; m < 5; m++) {
                moments[m] += Math.pow(z, m) / values.length;
            }
            neighbours += i == 0 ? 0 : z * (values[i - 1] - 0.5) / 0.1 / values.length;
            samples += i < SIZE ? 0 : z * (values[i - SIZE] - 0.5) / 0.1 / values.length;
        }
        // standard errors of 120,000 draws: 0.003, 0.004, 0.007, 0.028
        assertEquals(0, moments[1], 0.012);
        assertEquals(1, moments[2], 0.016);
        assertEquals(0, moments[3], 0.03);
        assertEquals(3, moments[4], 0.12);
        assertEquals(0, neighbours, 0.012);
        assertEquals(0, samples, 0.012);
    }

    @Test
    void gaussianNoiseStaysBetweenZeroAndOne() {
        float[] values =
                new Corruption.Gaussian(0.5).corrupted(grey(1000, 0.9f), 3).values();
        int ones = 0;
        for (float value : values) {
            assertTrue(value >= 0 && value <= 1);
            ones += value == 1 ? 1 : 0;
        }
        // all that is above 0.2 standard deviations
        assertEquals(0.4207, ones / (double) values.length, 0.012);
        assertArrayEquals(
                clean.values(), new Corruption.Gaussian(0).corrupted(clean, 3).values());
    }

    @Test
    void valuesAreLostAsOftenAsAsked() {
        float[] values =
                new Corruption.SaltAndPepper(0.3).corrupted(grey(4000, 0.5f), 3).values();
        assertEquals(0.15, share(values, 0), 0.005);
        assertEquals(0.15, share(values, 1), 0.005);
        assertEquals(0.7, share(values, 0.5f), 0.006);
        values = new Corruption.Masking(0.3).corrupted(grey(4000, 0.5f), 3).values();
        assertEquals(0.3, share(values, 0), 0.006);
        assertEquals(0.7, share(values, 0.5f), 0.006);
    }

    private static double share(float[] values, float wanted) {
        int count = 0;
        for (float value : values) {
            count += value == wanted ? 1 : 0;
        }
        return count / (double) values.length;
    }

    private static Samples grey(int count, float level) {
        float[] values = new float[count * SIZE];
        Arrays.fill(values, level);
        return new Samples(SHAPE, count, values);
    }

    @Test
    void bounds() {
        assertMessage("sigma must be at least 0, was -0.1", () -> new Corruption.Gaussian(-0.1));
        assertMessage("was NaN", () -> new Corruption.Gaussian(Double.NaN));
        assertMessage("fraction must be between 0 and 1, was 1.0", () -> new Corruption.Masking(1));
        assertMessage("was 0.0", () -> new Corruption.SaltAndPepper(0));
    }

    private static void assertMessage(String part, org.junit.jupiter.api.function.Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }
}
