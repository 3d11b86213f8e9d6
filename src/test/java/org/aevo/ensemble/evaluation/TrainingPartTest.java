package org.aevo.ensemble.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aevo.network.Shape;
import org.aevo.task.TaskData;
import org.aevo.train.Samples;
import org.aevo.train.TrainingSettings;
import org.junit.jupiter.api.Test;

class TrainingPartTest {
    private static final int COUNT = 50;
    private static final TrainingSettings ALL = new TrainingSettings(1, 1, 0, Double.POSITIVE_INFINITY, 100, 0);

    /** Each sample says its own number, and its label the same. */
    private final TaskData data = new TaskData(
            numbered(), numbered(), Optional.of(IntStream.range(0, COUNT).toArray()), Optional.empty(), 1);

    private static Samples numbered() {
        float[] values = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            values[i] = i;
        }
        return new Samples(Shape.vector(1), COUNT, values);
    }

    private int[] drawn(double fraction, long seed) {
        TaskData part = TrainingPart.drawn(data, ALL.onPart(fraction), seed);
        int[] labels = part.trainLabels().orElseThrow();
        assertEquals(labels.length, part.train().count());
        float[] values = part.train().values();
        for (int i = 0; i < labels.length; i++) {
            assertEquals(labels[i], values[i], "a label stays with its sample");
        }
        assertEquals(COUNT, part.validation().count());
        return labels;
    }

    @Test
    void aPartHasSomeOfTheSamplesEachOnceByItsSeed() {
        int[] labels = drawn(0.3, 7);
        assertEquals(15, labels.length);
        assertEquals(15, Arrays.stream(labels).distinct().count());
        assertArrayEquals(labels, drawn(0.3, 7));
        assertFalse(Arrays.equals(labels, drawn(0.3, 8)));
        long[] often = new long[COUNT];
        for (long seed = 0; seed < 2000; seed++) {
            Arrays.stream(drawn(0.1, seed)).forEach(label -> often[label]++);
        }
        // 200 expected of each, with a deviation of 13
        assertEquals(200, Arrays.stream(often).min().orElseThrow(), 70);
        assertEquals(200, Arrays.stream(often).max().orElseThrow(), 70);
    }

    @Test
    void allOfItIsNotDrawn() {
        assertSame(data, TrainingPart.drawn(data, ALL, 7));
    }
}
