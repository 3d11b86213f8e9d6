package org.aevo.data;

import static org.aevo.data.DataErrors.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aevo.data.hdf5.Hdf5Reader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that h5py wrote are read back equal: value i of an array in C order is {@code i * 7 % 251}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Hdf5SourceTest {
    private static final String PYTHON = "/usr/bin/python3";
    private static final String WRITE =
            """
            import sys, numpy as np
            try:
                import h5py
            except ImportError:
                sys.exit(77)
            def values(*shape):
                return (np.arange(np.prod(shape)) * 7 % 251).reshape(shape)
            with h5py.File(sys.argv[1], "w") as f:
                f["u8"] = values(40, 2, 5, 3).astype("u1")
                f["i8"] = (values(40, 6) - 125).astype("i1")
                f["u16"] = values(40, 6).astype("u2")
                f["big_endian"] = values(40, 5, 4).astype(">i4")
                f["i64"] = values(40, 6).astype("i8")
                f["f16"] = values(40, 6).astype("f2")
                f["f32"] = values(40, 6).astype("f4")
                f["f64"] = values(40, 5, 4).astype("f8")
                f["group/deep"] = values(40, 6).astype("f8")
                f.create_dataset("gzip", data=values(40, 7, 9).astype("f8"), chunks=(16, 3, 4), compression="gzip")
                f.create_dataset("shuffled", data=values(40, 6).astype("f4"), chunks=(7, 4), compression="gzip",
                                 shuffle=True)
                f.create_dataset("lzf", data=values(40, 6).astype("f4"), compression="lzf")
                f.create_dataset("checked", data=values(40, 6).astype("f4"), chunks=(7, 4), fletcher32=True)
                f.create_dataset("extended", data=values(40, 6), chunks=(8, 6), maxshape=(None, 6))
                f["labels"] = (np.arange(40) % 10).astype("u1")
                f["labels_column"] = (np.arange(40) % 10)[:, None]
                f["labels_row"] = (np.arange(40) % 10)[None, :] * 1.0
                f["labels_u64"] = (np.arange(40) % 10).astype("u8")
                f["labels_bool"] = np.arange(40) % 2 == 1
                f.create_dataset("labels_enum", data=np.arange(40) % 3, dtype=h5py.enum_dtype({"A": 0, "B": 1, "C": 2}))
                filled = values(40, 6).astype("f4"); filled[:, 1] = -32767; filled[0, 0] = 250
                f["filled"] = filled
                f["filled"].attrs.update({"_FillValue": np.float32(-32767), "scale_factor": 0.5, "MATLAB_class": np.bytes_("single")})
                f["outside"] = h5py.ExternalLink(sys.argv[2], "/plain")
                f["link"] = h5py.SoftLink("/f32")
                f["u64"] = values(40, 6).astype("u8")
                f.create_dataset("packed", data=values(40, 6), chunks=(8, 6), scaleoffset=0)
                # what cannot be used
                f["text"] = ["a", "b"]
                f["complex"] = values(40, 6).astype("c16")
                f["scalar"] = 5.0
                f["flat"] = values(40)
                f["deep5"] = values(2, 2, 2, 2, 2)
                f["none"] = np.zeros((0, 6))
                f.create_dataset("unwritten", shape=(40, 6), dtype="f4", chunks=(4, 6))
                f.create_dataset("huge", shape=(2**31, 1000, 1000), dtype="f8", chunks=(1, 100, 100))
                f["labels_f"] = np.arange(40) + 0.5
                f["labels_negative"] = np.arange(40) - 3
                f["labels_nan"] = np.where(np.arange(40) == 5, np.nan, 1.0)
                f["labels_short"] = np.arange(39)
                f["dangling"] = h5py.SoftLink("/nowhere")
                f["nan"] = np.where(values(40, 6) == 14, np.nan, 1.0)
            with h5py.File(sys.argv[2], "w") as f:
                f["plain"] = values(400, 6).astype("f8")
                f.create_dataset("chunked", data=values(400, 6).astype("f8"), chunks=(50, 6), compression="gzip")
            with h5py.File(sys.argv[3], "w", userblock_size=1024) as f:
                f["x"] = values(40, 6)
            """;

    private final Hdf5Reader reader = new Hdf5Reader();
    private Path directory;

    private Path file;
    private Path small;
    private Path block;

    @BeforeAll
    void write(@TempDir Path temporary) throws IOException, InterruptedException {
        directory = temporary;
        file = directory.resolve("arrays.h5");
        small = directory.resolve("small.h5");
        block = directory.resolve("block.h5");
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of(PYTHON)),
                "HDF5 DATA IS NOT TESTED: no " + PYTHON + "; apt install python3-h5py");
        Process python = new ProcessBuilder(PYTHON, "-c", WRITE, file.toString(), small.toString(), block.toString())
                .inheritIO()
                .start();
        int exit = python.waitFor();
        Assumptions.assumeTrue(exit != 77, "HDF5 DATA IS NOT TESTED: apt install python3-h5py");
        assertEquals(0, exit);
    }

    @AfterAll
    void end() {
        reader.close();
    }

    private DataSource source(String dataset) {
        return source(file, dataset, Optional.empty());
    }

    private DataSource source(Path path, String dataset, Optional<String> labels) {
        return new ArraySource(
                Hdf5Numbers.of(reader, path, dataset),
                labels.map(name -> Hdf5Numbers.of(reader, path, name)),
                Layout.CHANNELS_FIRST,
                false);
    }

    private void read(Path path, String dataset) {
        DataSource source = source(path, dataset, Optional.empty());
        int[] all = IntStream.range(0, source.contents().training()).toArray();
        source.read(DataSource.Part.TRAINING, all, (slot, values, label) -> {});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "u8",
                "i8",
                "u16",
                "big_endian",
                "i64",
                "f16",
                "f32",
                "f64",
                "group/deep",
                "/group/deep",
                "gzip",
                "shuffled",
                "lzf",
                "checked",
                "extended",
                "u64",
                "packed",
                "link"
            })
    void everyNumericArrayIsReadBackEqual(String dataset) {
        DataSource source = source(dataset);
        Contents contents = source.contents();
        assertEquals(40, contents.training());
        assertEquals(dataset.equals("u8"), contents.bytes());
        int offset = dataset.equals("i8") ? -125 : 0;
        boolean[] seen = new boolean[40];
        source.read(DataSource.Part.TRAINING, IntStream.range(0, 40).toArray(), (slot, values, label) -> {
            for (int i = 0; i < values.length; i++) {
                assertEquals((slot * values.length + i) * 7 % 251 + offset, values[i], dataset);
            }
            assertEquals(-1, label);
            seen[slot] = true;
        });
        for (boolean s : seen) {
            assertTrue(s);
        }
    }

    @Test
    void sidesBecomeChannelsHeightAndWidth() {
        assertEquals("2x5x3", shape("u8"));
        assertEquals("1x5x4", shape("f64"));
        assertEquals("6x1x1", shape("f32"));
    }

    private String shape(String dataset) {
        Contents c = source(dataset).contents();
        return c.channels() + "x" + c.height() + "x" + c.width();
    }

    @Test
    void labelsGoWithTheirSamples() {
        DataSettings settings = DataSettings.of(DataKind.HDF5)
                .path(file)
                .dataset("u8")
                .layout(Layout.CHANNELS_FIRST)
                .labels("labels")
                .parts(10, 10, 20)
                .build();
        Split split = Datasets.load(settings);
        for (int i = 0; i < 20; i++) {
            int first = Math.round(split.test().sample(i)[0] * 255);
            int sample = IntStream.range(0, 40)
                    .filter(s -> s * 30 * 7 % 251 == first)
                    .findFirst()
                    .orElseThrow();
            assertEquals(sample % 10, split.test().labels().orElseThrow()[i]);
        }
        CheckedData checked = Datasets.check(settings);
        assertEquals(
                "HDF5 u8, 10 + 10 + 20 of 40 images 2x5x3 (" + file + ")",
                checked.summary().description());
        assertArrayEquals(
                split.train().labels().orElseThrow(),
                checked.labels().orElseThrow().train());
        assertArrayEquals(
                split.validation().labels().orElseThrow(),
                checked.labels().orElseThrow().validation());
    }

    /** Keras has them as [n, 1], MATLAB as [1, n]; any type of number will do. */
    @ParameterizedTest
    @ValueSource(strings = {"labels", "labels_column", "labels_row", "labels_u64", "labels_bool", "labels_enum"})
    void labelsMeanOneThing(String name) {
        int classes = name.equals("labels_bool") ? 2 : name.equals("labels_enum") ? 3 : 10;
        assertArrayEquals(
                IntStream.range(0, 40).map(i -> i % classes).toArray(),
                source(file, "f32", Optional.of(name)).labels(DataSource.Part.TRAINING));
    }

    @Test
    void whatTheFileSaysBesideIsRemarked() {
        List<String> remarks = Datasets.inspect(DataSettings.of(DataKind.HDF5)
                        .path(file)
                        .dataset("filled")
                        .build())
                .remarks();
        String all = String.join("|", remarks);
        for (String part : new String[] {
            "samples are vectors of 6 features; 32-bit floats from -32767 to 2",
            "attribute scale_factor 0.5 (netCDF): it is not applied",
            "MATLAB wrote the array and calls its shape [6, 40]",
            "32 values are -32767, which the file says stands for missing ones",
            "1 of the 6 features are the same"
        }) {
            assertTrue(all.contains(part), part + " is not in " + all);
        }
    }

    /** A shared copy is not used when a file has changed that only the array tells of. */
    @Test
    void filesBehindLinksCount() {
        DataSource source = source("outside");
        assertEquals(List.of(small), source.contents().otherFiles());
        String before = Fingerprint.states(source.contents().otherFiles());
        assertTrue(small.toFile().setLastModified(1_000_000_000_000L));
        assertFalse(before.equals(Fingerprint.states(source.contents().otherFiles())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text",
                "complex",
                "scalar",
                "flat",
                "deep5",
                "none",
                "unwritten",
                "huge",
                "dangling",
                "group",
                "nowhere",
                "group/nowhere",
                "f32/below",
                "",
                "/"
            })
    void whatCannotBeUsedIsOneLine(String dataset) {
        assertFails(() -> source(dataset), file.toString(), dataset);
    }

    @Test
    void theLinesSayWhatWasExpected() {
        assertFails(
                () -> source("nowhere"), "dataset nowhere is not there (", "; at its top the file has: big_endian, ");
        assertFails(() -> source("group"), "dataset group is a group, expected an array");
        assertFails(() -> source("text"), "expected numbers");
        assertFails(() -> source("flat"), "has the shape [40], expected [n, features]");
        assertFails(() -> source("none"), "is empty: its shape is [0, 6]");
        assertFails(() -> source("unwritten"), "of shape [40, 6] was never written");
        assertFails(() -> source("huge"), "[2147483648, 1000, 1000]");
        assertFails(
                () -> source(file, "u8", Optional.of("labels_short")),
                "labels_short has the shape [39], expected [40]");
        assertFails(() -> source(file, "u8", Optional.of("labels_f")), "labels_f: label 0 is 0.5");
        assertFails(() -> source(file, "u8", Optional.of("labels_nan")), "labels_nan: label 5 is NaN");
        assertFails(
                () -> source(file, "u8", Optional.of("labels_negative")),
                "labels_negative: label 0 is -3, expected a whole number from 0 to 2147483647");
        DataSettings nan =
                DataSettings.of(DataKind.HDF5).path(file).dataset("nan").build();
        assertFails(() -> Datasets.inspect(nan), "value 2 of sample 0 (counted from 0) is NaN");
    }

    @Test
    void filesThatAreNoHdf5AreSaidToBe() {
        Path foreign = TestFiles.write(directory.resolve("foreign.h5"), TestFiles.random(5000, 1));
        assertFails(() -> source(foreign, "x", Optional.empty()), foreign + ": not an HDF5 file");
        Path empty = TestFiles.write(directory.resolve("empty.h5"), new byte[0]);
        assertFails(() -> source(empty, "x", Optional.empty()), empty + ": is empty");
        Path missing = directory.resolve("missing.h5");
        assertFails(() -> source(missing, "x", Optional.empty()), missing + ": no such file");
    }

    @Test
    void aUserBlockIsSkipped() {
        DataSource source = source(block, "x", Optional.empty());
        source.read(DataSource.Part.TRAINING, new int[] {39}, (slot, values, label) -> {
            assertEquals((39 * 6 + 5) * 7 % 251, values[5]);
        });
    }

    @Test
    void truncatedFilesAreAnError() throws IOException {
        byte[] whole = Files.readAllBytes(small);
        Path cut = directory.resolve("cut.h5");
        for (String dataset : new String[] {"plain", "chunked"}) {
            int good = 0;
            for (int length = 0; length < whole.length; length += 1501) {
                TestFiles.write(cut, Arrays.copyOf(whole, length));
                try {
                    read(cut, dataset);
                    good++;
                } catch (DataException e) {
                    assertTrue(e.getMessage().startsWith(cut + ": "), e.getMessage());
                }
            }
            assertEquals(0, good, dataset + " was read from a truncated file");
        }
    }

    /** Bytes changed at random: a line, or an array that is read. */
    @Test
    void damagedFilesAreReadOrAnError() throws IOException {
        byte[] whole = Files.readAllBytes(small);
        java.util.Random random = new java.util.Random(5);
        Path damaged = directory.resolve("damaged.h5");
        int errors = 0;
        for (int round = 0; round < 40; round++) {
            byte[] bytes = whole.clone();
            for (int i = 0; i < 8; i++) {
                bytes[random.nextInt(4096)] = (byte) random.nextInt(256);
            }
            TestFiles.write(damaged, bytes);
            try {
                read(damaged, round % 2 == 0 ? "plain" : "chunked");
            } catch (DataException e) {
                errors++;
                assertFalse(e.getMessage().contains("\n"));
            }
        }
        assertTrue(errors > 0);
    }
}
