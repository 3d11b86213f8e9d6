package org.aevo.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aevo.network.Shape;
import org.aevo.train.Samples;
import org.junit.jupiter.api.Test;

class HeldOutTest {
    private static final Shape SHAPE = Shape.vector(2);

    /** Sample i is (i, -i) and has label i. */
    private static Part part(int from, int to) {
        float[] values = new float[2 * (to - from)];
        for (int i = from; i < to; i++) {
            values[2 * (i - from)] = i;
            values[2 * (i - from) + 1] = -i;
        }
        return new Part(
                new Samples(SHAPE, to - from, values),
                Optional.of(IntStream.range(from, to).toArray()));
    }

    @Test
    void everySampleIsInOnePartWithItsLabel() {
        HeldOut data = HeldOut.of(part(0, 70), part(70, 105), 3);
        assertEquals(95, data.fitted().count());
        assertEquals(10, data.heldOut().count());
        int[] labels = IntStream.concat(
                        Arrays.stream(data.fitted().labels().orElseThrow()),
                        Arrays.stream(data.heldOut().labels().orElseThrow()))
                .toArray();
        assertArrayEquals(
                IntStream.range(0, 105).toArray(),
                Arrays.stream(labels).sorted().toArray());
        int at = 0;
        for (Part part : new Part[] {data.fitted(), data.heldOut()}) {
            float[] values = part.samples().values();
            for (int i = 0; i < part.count(); i++, at++) {
                assertEquals(labels[at], values[2 * i]);
                assertEquals(-labels[at], values[2 * i + 1]);
            }
        }
    }

    @Test
    void whatGoesInStaysBesideWhatShouldComeOut() {
        HeldOut data = HeldOut.of(paired(0, 70), paired(70, 105), 3);
        for (Part part : new Part[] {data.fitted(), data.heldOut()}) {
            float[] targets = part.samples().values();
            float[] inputs = part.samples().inputs().values();
            for (int i = 0; i < targets.length; i += 2) {
                assertEquals(targets[i] + 0.5f, inputs[i]);
            }
        }
    }

    private static Part paired(int from, int to) {
        Part part = part(from, to);
        float[] inputs = part.samples().values();
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] += 0.5f;
        }
        Samples noisy = new Samples(SHAPE, to - from, inputs);
        return new Part(Samples.pairs(noisy, part.samples()), part.labels());
    }

    /** Samples of both parts are held out, others with another seed. */
    @Test
    void theSeedDraws() {
        int[] held = held(1);
        assertArrayEquals(held, held(1));
        assertFalse(Arrays.equals(held, held(2)));
        assertEquals(
                2,
                Arrays.stream(held).map(label -> label < 600 ? 0 : 1).distinct().count());
    }

    private static int[] held(long seed) {
        return HeldOut.of(part(0, 600), part(600, 1000), seed)
                .heldOut()
                .labels()
                .orElseThrow();
    }

    @Test
    void twoSamplesAreTheLeast() {
        HeldOut two = HeldOut.of(part(0, 1), part(1, 2), 1);
        assertEquals(1, two.fitted().count());
        assertEquals(1, two.heldOut().count());
        Part other = new Part(new Samples(Shape.vector(1), 1, new float[1]), Optional.empty());
        assertThrows(IllegalArgumentException.class, () -> HeldOut.of(part(0, 9), other, 1));
    }
}
