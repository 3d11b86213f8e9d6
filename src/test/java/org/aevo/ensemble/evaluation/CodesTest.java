package org.aevo.ensemble.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.aevo.network.Classes;
import org.aevo.network.Shape;
import org.aevo.task.TaskData;
import org.aevo.train.Samples;
import org.junit.jupiter.api.Test;

/** Codes side by side, and samples drawn with replacement. */
class CodesTest {
    /** More than one batch. */
    private static final int COUNT = 600;

    private static Samples samples(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count * 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return new Samples(Shape.vector(3), count, values);
    }

    private static EnsembleData data() {
        int[] labels = new int[COUNT];
        for (int i = 0; i < COUNT; i++) {
            labels[i] = i % 2;
        }
        Classes classes = Classes.of(labels);
        TaskData seen = new TaskData(
                samples(COUNT, 1), samples(10, 2), Optional.of(labels), Optional.of(Arrays.copyOf(labels, 10)), 5);
        return new EnsembleData(
                seen, classes, Optional.of(new EnsembleData.Test(samples(20, 3), Arrays.copyOf(labels, 20))));
    }

    private static float[] sums(float[] values) {
        float[] sums = new float[values.length / 3];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = values[3 * i] + values[3 * i + 1] + values[3 * i + 2];
        }
        return sums;
    }

    @Test
    void codesOfSeveralStandBehindEachOtherAndAreStandardisedByTheTrainingSamples() {
        EnsembleData data = data();
        Codes codes = new Codes(data, 4);
        codes.add(3, values -> values);
        codes.add(1, CodesTest::sums);
        float[] raw = codes.train().values();
        float[] train = data.samples().train().values();
        assertArrayEquals(
                new float[] {train[3], train[4], train[5], train[3] + train[4] + train[5]},
                Arrays.copyOfRange(raw, 4, 8));
        float[] test = codes.test().orElseThrow().values().clone();
        double[] means = new double[4];
        double[] squares = new double[4];
        for (int i = 0; i < raw.length; i++) {
            means[i % 4] += raw[i] / (double) COUNT;
            squares[i % 4] += (double) raw[i] * raw[i] / COUNT;
        }
        assertTrue(codes.standardise());
        float[] standardised = codes.test().orElseThrow().values();
        for (int i = 0; i < test.length; i++) {
            double sd = Math.sqrt(squares[i % 4] - means[i % 4] * means[i % 4]);
            assertEquals((test[i] - means[i % 4]) / sd, standardised[i], 1e-4);
        }
    }

    @Test
    void codesThatAreNotFiniteAreSaid() {
        Codes codes = new Codes(data(), 1);
        codes.add(1, values -> {
            float[] sums = sums(values);
            sums[sums.length - 1] = Float.NaN;
            return sums;
        });
        assertFalse(codes.standardise());
    }

    @Test
    void aBootstrapSampleIsDrawnWithReplacementByItsSeed() {
        TaskData all = data().samples();
        TaskData drawn = Bootstrap.drawn(all, 7);
        float[] before = all.train().values();
        float[] after = drawn.train().values();
        assertEquals(before.length, after.length);
        int[] seen = new int[COUNT];
        for (int i = 0; i < COUNT; i++) {
            float[] sample = Arrays.copyOfRange(after, 3 * i, 3 * i + 3);
            int which = 0;
            while (!Arrays.equals(sample, Arrays.copyOfRange(before, 3 * which, 3 * which + 3))) {
                which++;
            }
            seen[which]++;
            assertEquals(
                    all.trainLabels().orElseThrow()[which], drawn.trainLabels().orElseThrow()[i]);
        }
        // 1 - 1/e of them are expected, with a standard deviation of some 8
        long different = Arrays.stream(seen).filter(n -> n > 0).count();
        assertTrue(Math.abs(different - 0.632 * COUNT) < 40, different + " different samples");
        assertArrayEquals(after, Bootstrap.drawn(all, 7).train().values());
        assertNotEquals(
                Arrays.hashCode(after),
                Arrays.hashCode(Bootstrap.drawn(all, 8).train().values()));
        assertArrayEquals(all.validation().values(), drawn.validation().values());
    }
}
