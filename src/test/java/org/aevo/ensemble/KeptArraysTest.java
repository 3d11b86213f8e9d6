package org.aevo.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aevo.genome.GenomeText;
import org.aevo.network.Design;
import org.aevo.search.Inheritance.Origin;
import org.aevo.search.ParentWeights;
import org.aevo.search.TrainedNetwork;
import org.aevo.search.Weights;
import org.junit.jupiter.api.Test;

/** Numbers and names of what is kept, and predictions as arrays. */
class KeptArraysTest {
    private static final Design DESIGN = GenomeText.parse("- | latent(2) | upsampling | adam(lr0.01,batch100)");

    private static Predictions predictions(boolean test) {
        Predictions.Part part = new Predictions.Part(new float[] {0.1f, 0.9f, 0.5f, 0.5f, 1, 0}, new int[] {1, 0, 1});
        return new Predictions(2, part, test ? Optional.of(part) : Optional.empty(), List.of(0.5, 2.0));
    }

    @Test
    void everythingHasANumberAndANameOfItsOwn() {
        Set<Long> numbers = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (long task = 0; task < 30; task++) {
            for (int epoch : new int[] {0, 1, 2, 10, 11, KeptArrays.MOST_EPOCHS}) {
                long number = KeptArrays.number(task, epoch);
                assertTrue(number >= 0 && numbers.add(number));
                assertTrue(names.add(KeptArrays.fileName(number)));
            }
        }
        assertEquals("task-12-epoch-3.arrays", KeptArrays.fileName(KeptArrays.number(12, 3)));
        assertEquals("task-40.arrays", KeptArrays.fileName(KeptArrays.number(40, 0)));
        assertThrows(IllegalArgumentException.class, () -> KeptArrays.number(0, KeptArrays.MOST_EPOCHS + 1));
        assertThrows(IllegalArgumentException.class, () -> KeptArrays.number(-1, 1));
        assertThrows(IllegalArgumentException.class, () -> KeptArrays.number(1L << 43, 1));
    }

    @Test
    void predictionsComeBackAsTheyWere() {
        for (boolean test : new boolean[] {false, true}) {
            Predictions before = predictions(test);
            Predictions after = Predictions.of(before.arrays()).orElseThrow();
            assertEquals(2, after.classes());
            assertEquals(before.encodeSeconds(), after.encodeSeconds());
            assertEquals(test, after.test().isPresent());
            assertArrayEquals(
                    before.validation().probabilities(), after.validation().probabilities());
            assertArrayEquals(before.validation().labels(), after.validation().labels());
            after.test().ifPresent(part -> assertArrayEquals(new int[] {1, 0, 1}, part.labels()));
        }
    }

    @Test
    void otherArraysAreNoPredictions() {
        Weights.Array some = new Weights.Array("validation_probabilities", new int[] {1, 2}, new float[2]);
        Weights.Array flat = new Weights.Array("validation_probabilities", new int[] {2}, new float[2]);
        Weights.Array outside = new Weights.Array("validation_classes", new int[] {1}, new float[] {2});
        Weights.Array seconds = new Weights.Array("encode_seconds", new int[] {0}, new float[0]);
        for (List<Weights.Array> arrays : List.of(
                List.<Weights.Array>of(),
                List.of(some),
                List.of(flat, outside, seconds),
                List.of(some, outside, seconds))) {
            assertEquals(Optional.empty(), Predictions.of(new Weights(arrays)), arrays.toString());
        }
    }

    @Test
    void whatIsNotThereIsSaid() {
        Map<Long, TrainedNetwork> kept = new HashMap<>();
        ParentWeights store = new ParentWeights() {
            @Override
            public Answer get(long id) {
                return kept.containsKey(id) ? new Found(kept.get(id)) : new NotFound(Origin.MISSING, "no file " + id);
            }

            @Override
            public void put(TrainedNetwork network) {
                kept.put(network.id(), network);
            }
        };
        assertEquals(new KeptArrays.NotFound("no file " + KeptArrays.number(3, 0)), KeptArrays.predictions(store, 3));
        TrainedNetwork network = KeptArrays.of(3, DESIGN, predictions(true));
        kept.put(network.id(), network);
        assertInstanceOf(KeptArrays.Found.class, KeptArrays.predictions(store, 3));
        kept.put(network.id(), new TrainedNetwork(network.id(), DESIGN, 0, new Weights(List.of())));
        KeptArrays.NotFound none = assertInstanceOf(KeptArrays.NotFound.class, KeptArrays.predictions(store, 3));
        assertEquals("task-3.arrays: has other arrays than predictions have", none.problem());
    }
}
