package org.aevo.data.hdf5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.aevo.fuzz.Mutations;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a damaged file does to the library, is an exception of one line here; the next good file is read rightly. */
class Hdf5FuzzTest {
    /** More would be read for seconds; the data package refuses it. */
    private static final long MANY = 1 << 20;

    @TempDir
    private Path directory;

    @Test
    void damagedFilesAreReadOrRefused() throws IOException {
        damage(40, 1);
    }

    @Test
    @Tag("long")
    void manyDamagedFilesAreReadOrRefused() throws IOException {
        damage(3000, 2);
    }

    private void damage(int rounds, long seed) throws IOException {
        double[][] values = {{1, 2, 3}, {4, 5, 6}};
        Path good = directory.resolve("good.h5");
        try (WritableHdfFile file = HdfFile.write(good)) {
            file.putDataset("x", values);
            file.putDataset("name", "text");
        }
        byte[] whole = Files.readAllBytes(good);
        Path damaged = directory.resolve("damaged.h5");
        Random random = new Random(seed);
        int ended = 0;
        try (Hdf5Reader reader = new Hdf5Reader()) {
            for (int round = 0; round < rounds; round++) {
                Files.write(damaged, Mutations.bytes(random, whole.clone(), whole));
                try {
                    read(reader, damaged);
                } catch (Hdf5Exception e) {
                    assertFalse(e.getMessage().isBlank());
                    ended += e.getMessage().contains("ended") || e.getMessage().contains("signal") ? 1 : 0;
                }
            }
            assertArrayEquals(values, read(reader, good));
        }
        System.out.println(
                "fuzz hdf5: " + rounds + " cases, seed " + seed + ", the library's process ended over " + ended);
    }

    private static double[][] read(Hdf5Reader reader, Path file) {
        Hdf5Array array = reader.describe(file, List.of("x")).get(0);
        double size = array.sides().stream().mapToDouble(side -> side).reduce(1, (a, b) -> a * b);
        if (array.sides().isEmpty() || size > MANY) {
            return new double[0][];
        }
        double[][] rows = new double[array.sides().get(0).intValue()][];
        reader.read(file, "x", array, (row, some) -> rows[(int) row] = some.clone());
        for (double[] row : rows) {
            assertEquals(array.rowSize(), row.length);
        }
        return rows;
    }
}
