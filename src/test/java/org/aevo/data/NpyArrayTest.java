package org.aevo.data;

import static org.aevo.data.DataErrors.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Arrays that NumPy wrote, of all types, orders and versions, are read as NumPy reads them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NpyArrayTest {
    private static final String PYTHON = "/usr/bin/python3";
    private static final String WRITE =
            """
            import os, sys, warnings
            try:
                import numpy as np
            except ImportError:
                sys.exit(77)
            d = sys.argv[1]
            r = np.random.default_rng(0)
            n = 0
            def save(x, how, version=None):
                global n
                name = f"a{n}"; n += 1
                path = os.path.join(d, name)
                if how == "npy":
                    with open(path + ".npy", "wb") as f: np.lib.format.write_array(f, x, version=version)
                else:
                    (np.savez if how == "npz" else np.savez_compressed)(path + ".npz", x=x, other=np.zeros(3))
                with np.errstate(all="ignore"): x.astype("<f8").tofile(path + ".bin", "")
                print(name, how[:3], *x.shape)
            for t in ["?", "u1", "i1"] + [o + t for o in "<>" for t in ("u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4", "f8")]:
                for shape in ((7, 3), (5, 2, 3), (4, 3, 2, 2)):
                    if "f" in t:
                        x = (r.standard_normal(shape) * 100).astype(t); x.flat[0] = 6e-8; x.flat[1] = np.inf
                    elif t == "?":
                        x = r.integers(0, 2, shape) == 1
                    else:
                        i = np.iinfo(t); x = r.integers(i.min, i.max, shape, dtype=np.dtype(t).newbyteorder("="), endpoint=True).astype(t)
                    save(x, "npy"); save(np.asfortranarray(x), "npy", (2, 0))
                save(x, "npz"); save(np.asfortranarray(x), "npzc")
            warnings.simplefilter("ignore")
            save(np.arange(6.0).reshape(3, 2), "npy", (3, 0))
            np.save(d + "/object.npy", np.array([{}, 1], dtype=object), allow_pickle=True)
            np.save(d + "/complex.npy", np.ones((3, 2), "c8"))
            np.save(d + "/text.npy", np.array(["a", "b"]))
            np.save(d + "/compound.npy", np.zeros(3, [("a", "f4"), ("b", "i4")]))
            np.save(d + "/long.npy", np.ones((3, 2), np.longdouble))
            np.save(d + "/none.npy", np.ones((0, 2)))
            np.savez(d + "/data.npz", x=r.integers(0, 256, (30, 4, 4)).astype("u1"), y=(np.arange(30) % 3)[:, None].astype("u8"))
            np.save(d + "/x.npy", r.random((30, 4)).astype("f4")); np.save(d + "/y.npy", np.arange(30) % 3 == 0)
            """;

    private Path directory;
    private List<String> arrays = List.of();

    @BeforeAll
    void write(@TempDir Path temporary) throws IOException, InterruptedException {
        directory = temporary;
        Assumptions.assumeTrue(Files.isExecutable(Path.of(PYTHON)), "NUMPY DATA ARE NOT TESTED: no " + PYTHON);
        Path said = directory.resolve("said");
        int exit = new ProcessBuilder(PYTHON, "-c", WRITE, directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();
        Assumptions.assumeTrue(exit != 77, "NUMPY DATA ARE NOT TESTED: apt install python3-numpy");
        assertEquals(0, exit);
        arrays = Files.readAllLines(said);
    }

    @Test
    void arraysAreReadAsNumpyReadsThem() throws IOException {
        assertTrue(arrays.size() > 160, arrays.size() + " arrays");
        for (String line : arrays) {
            String[] words = line.split(" ");
            NpyArray array = NpyArray.of(
                    directory.resolve(words[0] + "." + words[1]),
                    words[1].equals("npz") ? Optional.of("x") : Optional.empty());
            ByteBuffer expected = ByteBuffer.wrap(Files.readAllBytes(directory.resolve(words[0] + ".bin")))
                    .order(ByteOrder.LITTLE_ENDIAN);
            List<Double> read = new ArrayList<>();
            array.read(row -> true, (row, values) -> {
                for (double value : values) {
                    read.add(value);
                }
            });
            assertEquals(expected.capacity() / Double.BYTES, read.size(), line);
            for (double value : read) {
                assertEquals(expected.getDouble(), value, line);
            }
            if (array.bytes()) {
                List<Double> bytes = new ArrayList<>();
                array.readBytes(row -> true, (row, values) -> {
                    for (byte value : values) {
                        bytes.add((double) (value & 0xFF));
                    }
                });
                assertEquals(read, bytes, line);
            }
        }
    }

    @Test
    void samplesHaveLabels() {
        DataSettings archive = DataSettings.of(DataKind.NPY)
                .path(directory.resolve("data.npz"))
                .dataset("x")
                .labels("y")
                .build();
        assertEquals(
                "NumPy x, 24 + 3 + 3 of 30 images 1x4x4 (" + directory.resolve("data.npz") + ")",
                Datasets.inspect(archive).description());
        DataSettings files = DataSettings.of(DataKind.NPY)
                .path(directory.resolve("x.npy"))
                .labels("y.npy")
                .parts(10, 10, 10)
                .build();
        for (int label : Datasets.load(files).test().labels().orElseThrow()) {
            assertTrue(label == 0 || label == 1);
        }
    }

    @Test
    void whatIsNoArrayOfNumbersIsRefused() throws IOException {
        assertFails(() -> array("object.npy"), "holds object (pickled) values");
        assertFails(() -> array("complex.npy"), "holds complex values");
        assertFails(() -> array("text.npy"), "holds text values");
        assertFails(() -> array("compound.npy"), "holds compound values");
        assertFails(() -> array("long.npy"), "expected numbers of up to 64 bits");
        assertFails(() -> array("none.npy"), "is empty: its shape is [0, 2]");
        assertFails(() -> array("data.npz"), "which of its arrays? set data.dataset; it has: x, y");
        assertFails(
                () -> NpyArray.of(directory.resolve("data.npz"), Optional.of("z")),
                "there is no array z; it has: x, y");
        byte[] whole = Files.readAllBytes(directory.resolve("x.npy"));
        Path cut = TestFiles.write(directory.resolve("cut.npy"), java.util.Arrays.copyOf(whole, whole.length - 1));
        assertFails(() -> NpyArray.of(cut, Optional.empty()), cut + ": truncated: ");
    }

    private NpyArray array(String name) {
        return NpyArray.of(directory.resolve(name), Optional.empty());
    }
}
