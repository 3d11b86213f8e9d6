package org.aevo.data.hdf5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of every kind are read as h5py reads them, or refused; never otherwise. {@code differential.py} makes them: special
 * ones of each version of the format, and drawn ones of all types, byte orders, layouts, chunk indexes, filters and fill
 * values.
 */
class DifferentialTest {
    private static final String PYTHON = "/usr/bin/python3";
    private static final int NO_H5PY = 77;

    @TempDir
    private Path directory;

    @Test
    void filesAreReadAsH5pyReadsThem() throws Exception {
        compare(250, 1);
    }

    @Test
    @Tag("long")
    void manyFilesAreReadAsH5pyReadsThem() throws Exception {
        compare(6000, 20260101);
    }

    private void compare(int drawn, int seed) throws Exception {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of(PYTHON)),
                "HDF5 DATA IS NOT COMPARED: no " + PYTHON + "; apt install python3-h5py");
        Path script = directory.resolve("differential.py");
        try (InputStream source = getClass().getResourceAsStream("differential.py")) {
            Files.write(script, source.readAllBytes());
        }
        Path said = directory.resolve("said");
        Process python = new ProcessBuilder(
                        PYTHON, script.toString(), directory.toString(), Integer.toString(drawn), "" + seed)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(said.toFile())
                .start();
        int code = python.waitFor();
        Assumptions.assumeTrue(code != NO_H5PY, "HDF5 DATA IS NOT COMPARED: apt install python3-h5py");
        assertEquals(0, code);
        List<String> wrong = new ArrayList<>();
        int values = 0;
        try (Hdf5Reader reader = new Hdf5Reader()) {
            for (String line : Files.readAllLines(said)) {
                String[] words = line.split(" ");
                Path file = directory.resolve(words[0] + ".h5");
                if (words[1].equals("refused")) {
                    Hdf5Exception refusal = assertThrows(Hdf5Exception.class, () -> read(reader, file), words[0]);
                    assertEquals(1, refusal.getMessage().lines().count(), words[0]);
                } else {
                    values++;
                    String difference = difference(reader, file, words);
                    if (!difference.isEmpty()) {
                        wrong.add(words[0] + ": " + difference);
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(values > drawn, "only " + values + " files");
    }

    private String difference(Hdf5Reader reader, Path file, String[] words) throws IOException {
        List<Double> read;
        try {
            read = read(reader, file);
        } catch (Hdf5Exception e) {
            return "refused: " + e.getMessage();
        }
        ByteBuffer expected = ByteBuffer.wrap(Files.readAllBytes(directory.resolve(words[0] + ".bin")))
                .order(ByteOrder.LITTLE_ENDIAN);
        if (read.size() != expected.capacity() / Double.BYTES) {
            return read.size() + " values, expected " + words[2];
        }
        for (int i = 0; i < read.size(); i++) {
            double value = expected.getDouble();
            // of zeros too the sign
            if (Double.compare(read.get(i), value) != 0) {
                return "value " + i + " is " + read.get(i) + ", h5py reads " + value;
            }
        }
        return "";
    }

    private static List<Double> read(Hdf5Reader reader, Path file) {
        List<Double> values = new ArrayList<>();
        Hdf5Array array = reader.describe(file, List.of("x")).get(0);
        reader.read(file, "x", array, (row, some) -> {
            for (double value : some) {
                values.add(value);
            }
        });
        return values;
    }
}
