package org.aevo.data;

import static org.aevo.data.DataErrors.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Noisy sample i is full of i, its clean target full of 100 + i, its label is i mod 10. */
class CleanTargetsTest {
    private static final Map<String, String> ALONE = Map.of(CacheFolder.VARIABLE, "none");
    private static final int COUNT = 60;
    private static final int SIZE = 12;

    @TempDir
    private Path directory;

    @BeforeEach
    void write() {
        write("noisy", TestFiles.images(COUNT, SIZE), COUNT, 4, 3);
        write("clean", clean(), COUNT, 4, 3);
        write("labels", TestFiles.labels(COUNT), COUNT);
    }

    private void write(String name, byte[] values, int... sides) {
        TestFiles.write(directory.resolve(name), TestFiles.idx(values, sides));
    }

    private static byte[] clean() {
        byte[] clean = TestFiles.images(COUNT, SIZE);
        for (int i = 0; i < clean.length; i++) {
            clean[i] += 100;
        }
        return clean;
    }

    private DataSettings.Builder pairs(String targets) {
        return DataSettings.of(DataKind.IDX)
                .path(directory.resolve("noisy"))
                .labels("labels")
                .clean(Optional.of(new DataSettings.Place(
                        Optional.of(directory.resolve(targets)), Optional.empty(), Optional.empty())))
                .seed(3);
    }

    private static List<Dataset> parts(Split split) {
        return List.of(split.train(), split.validation(), split.test());
    }

    @Test
    void samplesAndTargetsAreSplitTogether() {
        DataSettings settings = pairs("clean").build();
        Split split = Datasets.load(settings, ALONE);
        int seen = 0;
        for (Dataset part : parts(split)) {
            Dataset clean = part.clean().orElseThrow();
            assertEquals(part.count(), clean.count());
            assertArrayEquals(part.labels().orElseThrow(), clean.labels().orElseThrow());
            for (int i = 0; i < part.count(); i++) {
                float noisy = part.sample(i)[SIZE - 1] * 255;
                assertEquals(noisy % 10, part.labels().orElseThrow()[i], 1e-3);
                assertEquals(100 + noisy, clean.sample(i)[0] * 255, 1e-3);
                seen++;
            }
        }
        assertEquals(COUNT, seen);
    }

    @Test
    void oneCopyForAHostHoldsBoth() {
        Map<String, String> sharing =
                Map.of(CacheFolder.VARIABLE, directory.resolve("cache").toString());
        DataSettings settings = pairs("clean").build();
        Split alone = Datasets.load(settings, ALONE);
        for (Split shared : List.of(Datasets.load(settings, sharing), Datasets.load(settings, sharing))) {
            assertEquals(alone.checksum(), shared.checksum());
            for (int i = 0; i < 3; i++) {
                Dataset expected = parts(alone).get(i);
                Dataset found = parts(shared).get(i);
                assertArrayEquals(expected.values(), found.values());
                assertArrayEquals(
                        expected.clean().orElseThrow().values(),
                        found.clean().orElseThrow().values());
                assertArrayEquals(
                        expected.labels().orElseThrow(), found.labels().orElseThrow());
            }
        }
    }

    /** From the least to the largest value of the train part of both. */
    @Test
    void oneRangeScalesBoth() {
        Split split = Datasets.load(pairs("clean").scaling(Scaling.GLOBAL).build(), ALONE);
        float least = 1;
        float largest = 0;
        float apart =
                split.train().clean().orElseThrow().values()[0] - split.train().values()[0];
        for (Dataset part : parts(split)) {
            float[] noisy = part.values();
            float[] clean = part.clean().orElseThrow().values();
            for (int i = 0; i < noisy.length; i++) {
                boolean inside = noisy[i] > 0 && clean[i] < 1; // others may be clipped
                assertEquals(apart, clean[i] - noisy[i], inside || part == split.train() ? 1e-6 : 0.05);
                least = part == split.train() ? Math.min(least, noisy[i]) : least;
                largest = part == split.train() ? Math.max(largest, clean[i]) : largest;
            }
        }
        assertEquals(0, least);
        assertEquals(1, largest);
        assertEquals(100 / 159.0, apart, 0.03);
    }

    @Test
    void theChecksumIsOfBoth() {
        String one = Datasets.checksum(pairs("clean").build(), ALONE);
        write("elsewhere", clean(), COUNT, 4, 3);
        assertEquals(one, Datasets.checksum(pairs("elsewhere").build(), ALONE));
        assertEquals(one, Datasets.load(pairs("clean").build(), ALONE).checksum());
        for (int at = 0; at < COUNT * SIZE; at += 101) {
            byte[] other = clean();
            other[at] ^= 1;
            write("other", other, COUNT, 4, 3);
            assertNotEquals(one, Datasets.checksum(pairs("other").build(), ALONE));
        }
        assertNotEquals(
                one, Datasets.checksum(pairs("clean").clean(Optional.empty()).build(), ALONE));
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        write("fewer", new byte[59 * SIZE], 59, 4, 3);
        fails("fewer", "task.clean: ", "fewer) has 59 targets for the 60 samples of ", "noisy)");
        write("turned", new byte[COUNT * SIZE], COUNT, 3, 4);
        fails("turned", "task.clean: ", "has targets of 1x3x4, expected 1x4x3, as the samples of ");
        fails("noisy", "task.clean names the samples of data themselves");
        fails("none", "none");
    }

    private void fails(String targets, String... words) {
        assertFails(() -> Datasets.check(pairs(targets).build(), ALONE), words);
    }

    @Test
    void everyStartSaysIt() {
        String said = Datasets.inspect(pairs("clean").build(), ALONE).remarks().toString();
        assertTrue(
                said.contains("targets are clean samples of their own, " + directory.resolve("clean")
                        + ", scaled as the samples are"),
                said);
    }
}
