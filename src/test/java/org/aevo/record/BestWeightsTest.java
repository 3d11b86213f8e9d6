package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.aevo.search.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BestWeightsTest {
    @TempDir
    private Path dir;

    private RunPaths paths;

    @BeforeEach
    void place() throws Exception {
        paths = new RunPaths(dir);
        Files.createDirectories(paths.best());
    }

    /** The names are not in alphabetical order, as h5py and jHDF list them. */
    @Test
    void weightsComeBackInTheirOrderAndShape() throws Exception {
        Weights weights = new Weights(List.of(
                array("z_last", 3, 4),
                array("e0_conv_W", 5, 1, 3, 3),
                array("a_b", 7),
                array("scalar"),
                array("m", 1, 1)));
        new BestWeights(paths).save(12, weights);
        Weights back = new BestWeights(paths).load(12).orElseThrow().weights();
        assertEquals(weights.arrays().size(), back.arrays().size());
        for (int i = 0; i < weights.arrays().size(); i++) {
            Weights.Array expected = weights.arrays().get(i);
            Weights.Array found = back.arrays().get(i);
            assertEquals(expected.name(), found.name());
            assertArrayEquals(expected.shape(), found.shape());
            assertArrayEquals(expected.values(), found.values());
        }
    }

    @Test
    void weightsWithoutValuesAreStoredAsNone() throws Exception {
        new BestWeights(paths).save(1, new Weights(List.of()));
        assertEquals(
                0,
                new BestWeights(paths).load(1).orElseThrow().weights().arrays().size());
    }

    @Test
    void onlyTheBestStays() throws Exception {
        BestWeights best = new BestWeights(paths);
        best.save(3, new Weights(List.of(array("w", 2))));
        best.save(9, new Weights(List.of(array("w", 2))));
        assertTrue(Files.exists(paths.bestWeights(3)), "until the journal has the better one");
        best.removeOthers(9, "genome");
        assertFalse(Files.exists(paths.bestWeights(3)));
        assertEquals(9, best.current().orElseThrow().id());
        assertEquals("genome\n", Files.readString(paths.bestGenome()));
        assertEquals(Optional.empty(), best.load(3));
    }

    @Test
    void damageIsNamed() throws Exception {
        BestWeights best = new BestWeights(paths);
        best.save(3, new Weights(List.of(array("w", 200))));
        byte[] whole = Files.readAllBytes(paths.bestWeights(3));
        for (int length : new int[] {0, 7, 100, whole.length / 2}) {
            Files.write(paths.bestWeights(3), Arrays.copyOf(whole, length));
            RecordException e = assertThrows(RecordException.class, () -> best.load(3), "length " + length);
            assertTrue(e.getMessage().startsWith(paths.bestWeights(3).toString()), e.getMessage());
        }
        Files.write(paths.bestWeights(4), whole);
        assertTrue(assertThrows(RecordException.class, () -> best.load(4))
                .getMessage()
                .contains("of evaluation 3"));
    }

    /** All else that a run recorded is good without them. */
    @Test
    void damagedWeightsAreSaidAndLeftOut() throws Exception {
        RunHistory history = SampleRun.history(SampleRun.entries(3, 20, 2, 0));
        long id = history.best().getAsLong();
        new BestWeights(paths).save(id, new Weights(List.of(array("w", 200))));
        byte[] whole = Files.readAllBytes(paths.bestWeights(id));
        List<String> said = new ArrayList<>();
        assertTrue(new BestWeights(paths).restore(history, said::add).isPresent());
        assertEquals(List.of(), said);
        for (int length : new int[] {0, 100, whole.length - 300}) {
            Files.write(paths.bestWeights(id), Arrays.copyOf(whole, length));
            said.clear();
            assertEquals(Optional.empty(), new BestWeights(paths).restore(history, said::add));
            assertEquals(1, said.size(), said.toString());
            assertTrue(said.get(0).startsWith(paths.bestWeights(id).toString()), said.get(0));
            assertTrue(said.get(0).endsWith("/best/weights of run.h5 is left out"), said.get(0));
            assertEquals(length, Files.size(paths.bestWeights(id)), "it stays");
        }
    }

    @Test
    void aNameThatHdf5WouldBreakIsRefused() {
        for (String name : List.of("", "a/b", "x".repeat(255), ".", "..")) {
            assertThrows(
                    RecordException.class,
                    () -> new BestWeights(paths)
                            .save(1, new Weights(List.of(new Weights.Array(name, new int[] {1}, new float[1])))),
                    name);
            assertFalse(Files.exists(paths.bestWeights(1)));
        }
    }

    private static Weights.Array array(String name, int... shape) {
        float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        Random random = new Random(name.hashCode());
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Weights.Array(name, shape, values);
    }
}
