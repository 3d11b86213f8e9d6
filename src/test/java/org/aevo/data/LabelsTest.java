package org.aevo.data;

import static org.aevo.data.DataErrors.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aevo.data.DataSettings.Place;
import org.aevo.data.hdf5.Hdf5Reader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Labels of files that h5py and NumPy wrote, numbers and one-hot rows of any type: each is what Python says it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabelsTest {
    private static final String PYTHON = "/usr/bin/python3";
    private static final int COUNT = 60;
    /** Prints of each good array its name and labels. */
    private static final String WRITE =
            """
            import sys, os, numpy as np
            try:
                import h5py
            except ImportError:
                sys.exit(77)
            folder = sys.argv[1]
            n = 60
            rng = np.random.default_rng(17)
            good, bad = {}, {}
            for k in (2, 3, 10, 300):
                labels = rng.integers(0, k, n)
                rows = np.eye(k)[labels]
                for t in ("u1", "i1", "<u2", ">i2", "i4", ">u4", "i8", "u8", "f2", "f4", ">f8", "?"):
                    good[f"hot_{k}_{t}".replace("<", "l").replace(">", "b").replace("?", "bool")] = (rows.astype(t), labels)
                good[f"fortran_{k}"] = (np.asfortranarray(rows), labels)
                for t in ("<u2", ">i2", "i4", ">u4", "i8", "u8", "f4", ">f8"):
                    good[f"number_{k}_{t}".replace("<", "l").replace(">", "b")] = (labels.astype(t), labels)
            good["huge"] = (np.full(n, 2**31 - 1, "u8") - np.arange(n) % 2 * 7, 2**31 - 1 - np.arange(n) % 2 * 7)
            hot = np.eye(4)[np.arange(n) % 4]
            def changed(place, value, t="f8"):
                rows = hot.astype(t); rows[place] = value; return rows
            bad["two"] = changed((7, 0), 1)
            bad["none"] = changed((5, 1), 0, "u1")
            bad["soft"] = changed((3, 2), 0.5)
            bad["nan"] = changed((9, 0), np.nan, "f4")
            bad["infinite"] = changed((9, 0), np.inf)
            bad["minus"] = changed((11, 3), -1, "i4")
            bad["grey"] = hot.astype("u1") * 255
            bad["turned"] = hot.T
            bad["deep"] = hot[:, None, :]
            bad["few"] = hot[:-1]
            bad["more"] = np.arange(n + 1)
            bad["wide"] = np.zeros((n, 65537), "u1")
            bad["fraction"] = np.arange(n) + 0.25
            bad["negative"] = np.arange(n) - 2
            bad["endless"] = np.where(np.arange(n) == 4, np.inf, 1)
            bad["large"] = np.full(n, 2**31, "i8")
            bad["larger"] = np.full(n, 2**64 - 1, "u8")
            with h5py.File(os.path.join(folder, "labels.h5"), "w") as f:
                f["x"] = rng.random((n, 5))
                f["other"] = rng.random((n, 5))
                for name, (array, _) in good.items():
                    f.create_dataset(name, data=array, chunks=array.shape if len(name) % 2 else None)
                for name, array in bad.items():
                    f.create_dataset(name, data=array, compression="gzip")
            arrays = {"x": rng.random((n, 5)), **{k: a for k, (a, _) in good.items()}, **bad}
            np.savez_compressed(os.path.join(folder, "labels.npz"), **arrays)
            for name, (_, labels) in good.items():
                print(name, *labels)
            """;

    private static final Map<String, String> ALONE = Map.of(CacheFolder.VARIABLE, "none");

    private final Hdf5Reader reader = new Hdf5Reader();
    private final Map<String, int[]> expected = new HashMap<>();

    @TempDir
    Path folder;

    private Path hdf5;
    private Path npz;

    @BeforeAll
    void write(@TempDir Path temporary) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of(PYTHON)),
                "LABELS ARE NOT TESTED: no " + PYTHON + "; apt install python3-h5py");
        hdf5 = temporary.resolve("labels.h5");
        npz = temporary.resolve("labels.npz");
        Process python = new ProcessBuilder(PYTHON, "-c", WRITE, temporary.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = python.waitFor();
        Assumptions.assumeTrue(exit != 77, "LABELS ARE NOT TESTED: apt install python3-h5py");
        assertEquals(0, exit);
        printed.lines()
                .map(line -> line.split(" "))
                .forEach(words -> expected.put(
                        words[0],
                        IntStream.range(1, words.length)
                                .map(i -> Integer.parseInt(words[i]))
                                .toArray()));
    }

    @AfterAll
    void end() {
        reader.close();
    }

    private ArraySource ofHdf5(String labels) {
        return new ArraySource(
                Hdf5Numbers.of(reader, hdf5, "x"),
                Optional.of(Hdf5Numbers.of(reader, hdf5, labels)),
                Layout.AUTO,
                false);
    }

    private ArraySource ofNumpy(String labels) {
        return new ArraySource(
                NpyArray.of(npz, Optional.of("x")),
                Optional.of(NpyArray.of(npz, Optional.of(labels))),
                Layout.AUTO,
                false);
    }

    @Test
    void numbersAndOneHotRowsOfEachTypeAreTheLabelsThatPythonSays() {
        assertEquals(4 * (12 + 1 + 8) + 1, expected.size());
        expected.forEach((name, labels) -> {
            for (ArraySource source : List.of(ofHdf5(name), ofNumpy(name))) {
                assertArrayEquals(labels, source.labels(DataSource.Part.TRAINING), name);
                boolean told = source.contents().remarks().stream()
                        .anyMatch(remark -> remark.startsWith("labels are one-hot rows of "));
                assertEquals(!name.startsWith("number") && !name.equals("huge"), told, name);
            }
        });
    }

    @Test
    void whatIsNoLabelIsRefusedWithFilePlaceAndReason() {
        refused("two", "row 7 (counted from 0) is no one-hot label: values 0 and 3 are 1, expected one");
        refused("none", "of shape [60, 4]: row 5 (counted from 0) is no one-hot label: all values are 0");
        refused("soft", "row 3 (counted from 0) is no one-hot label: value 2 is 0.5, expected 0 or 1");
        refused("nan", "row 9 (counted from 0) is no one-hot label: value 0 is NaN");
        refused("infinite", "row 9 (counted from 0) is no one-hot label: value 0 is Infinity");
        refused("minus", "row 11 (counted from 0) is no one-hot label: value 3 is -1.0");
        refused("grey", "row 0 (counted from 0) is no one-hot label: value 0 is 255.0, expected 0 or 1");
        refused(
                "turned",
                "has the shape [4, 60], expected [60], one label per sample",
                "or one-hot [60, classes]",
                "transpose it");
        refused("deep", "has the shape [60, 1, 4], expected [60]");
        refused("few", "has the shape [59, 4], expected [60]");
        refused("more", "has the shape [61], expected [60]");
        refused("wide", "one-hot rows of 65537 values, expected at most 65536 classes");
        refused("fraction", "label 0 is 0.25, expected a whole number from 0 to 2147483647");
        refused("negative", "label 0 is -2, expected a whole number from 0");
        refused("endless", "label 4 is Infinity");
        refused("large", "label 0 is 2147483648, expected a whole number from 0 to 2147483647");
        refused("larger", "label 0 is 1.8446744073709552E19");
    }

    private void refused(String name, String... reasons) {
        List<String> inHdf5 = new ArrayList<>(List.of(reasons));
        inHdf5.add(hdf5 + ": dataset " + name);
        assertFails(() -> ofHdf5(name), inHdf5.toArray(String[]::new));
        List<String> inNumpy = new ArrayList<>(List.of(reasons));
        inNumpy.add(npz + ": array " + name);
        assertFails(() -> ofNumpy(name), inNumpy.toArray(String[]::new));
    }

    /** Sample i of each has the label i mod 300. */
    @Test
    void idxLabelsMayHaveAnyTypeAndBeOneHot() {
        byte[] images = TestFiles.idx(TestFiles.images(COUNT, 4), COUNT, 4);
        Path samples = TestFiles.write(folder.resolve("samples"), images);
        int[] labels = IntStream.range(0, COUNT).map(i -> i * 5).toArray();
        byte[] shorts = new byte[8 + 2 * COUNT];
        ByteBuffer.wrap(shorts).putInt(0x00000B01).putInt(COUNT);
        byte[] hot = new byte[12 + 300 * COUNT];
        ByteBuffer.wrap(hot).putInt(0x00000802).putInt(COUNT).putInt(300);
        for (int i = 0; i < COUNT; i++) {
            ByteBuffer.wrap(shorts).putShort(8 + 2 * i, (short) labels[i]);
            hot[12 + 300 * i + labels[i]] = 1;
        }
        for (byte[] bytes : List.of(shorts, hot)) {
            Path file = TestFiles.write(folder.resolve("labels"), bytes);
            DataSource source = IdxSource.ofFile(samples, Optional.of(file), Layout.AUTO, false);
            assertArrayEquals(labels, source.labels(DataSource.Part.TRAINING));
        }
        ByteBuffer.wrap(shorts).putShort(8 + 2 * 7, (short) -1);
        Path file = TestFiles.write(folder.resolve("labels"), shorts);
        assertFails(
                () -> IdxSource.ofFile(samples, Optional.of(file), Layout.AUTO, false),
                file + ": label 7 is -1, expected");
        assertFails(() -> IdxFile.mnistLabels(file), "not an IDX file of labels", "0x00000b01, expected 0x00000801");
    }

    @Test
    void labelsOfATableThatAreNumbersMustBeWhole() {
        refusedTable("x,k\n1,0\n2,1\n3,-1\n", "row 3 (line 4), column k (2): the label is -1, expected a whole number");
        refusedTable("x,k\n1,0\n2,1.5\n", "row 2 (line 3), column k (2): the label is 1.5, expected a whole number");
        refusedTable("x,k\n1,0\n2,inf\n", "row 2 (line 3), column k (2): the label is inf");
        refusedTable("x,k\n1,0\n2,nan\n", "row 2 (line 3), column k (2): a missing value");
        // among names a number is a name
        assertArrayEquals(new int[] {1, 0, 2}, table("x,k\n1,1.5\n2,-1\n3,a\n").labels(DataSource.Part.TRAINING));
    }

    @Test
    void aTableMayHaveThousandsOfNames() {
        StringBuilder text = new StringBuilder("x,k\n");
        for (int i = 0; i < 20_000; i++) {
            text.append(i).append(",name").append(10_000 + i * 7 % 20_000 * 4).append('\n');
        }
        int[] labels = table(text.toString()).labels(DataSource.Part.TRAINING);
        assertEquals(20_000, IntStream.of(labels).distinct().count());
        assertTrue(IntStream.range(1, 20_000).allMatch(i -> labels[i] >= 0));
    }

    private CsvSource table(String text) {
        Path file = TestFiles.write(folder.resolve("table.csv"), text.getBytes(StandardCharsets.UTF_8));
        return new CsvSource(file, TableFormat.AUTO, Optional.of("k"), List.of(), false);
    }

    private void refusedTable(String text, String reason) {
        Path file = TestFiles.write(folder.resolve("table.csv"), text.getBytes(StandardCharsets.UTF_8));
        DataSettings settings =
                DataSettings.of(DataKind.CSV).path(file).labels("k").build();
        assertFails(() -> Datasets.check(settings, ALONE), file + ": " + reason);
    }

    @Test
    void aTableOfAPartHasNamesOnlyWhereTheTrainingTableHas() {
        Path train = TestFiles.write(
                folder.resolve("train.csv"), "x,k\n1,0\n2,1\n3,0\n4,1\n".getBytes(StandardCharsets.UTF_8));
        Path test = TestFiles.write(folder.resolve("test.csv"), "x,k\n9,cat\n8,dog\n".getBytes(StandardCharsets.UTF_8));
        DataSettings settings = DataSettings.of(DataKind.CSV)
                .path(train)
                .labels("k")
                .testFrom(Optional.of(new Place(Optional.of(test), Optional.empty(), Optional.empty())))
                .build();
        assertFails(() -> Datasets.source(settings), test + "): has the label dog, but labels of", "are numbers");
    }

    /** There are as many samples in either part: nothing else would tell that all labels are wrong. */
    @Test
    void aPartDoesNotTakeTheLabelsOfTheTrainingSamples() {
        DataSettings.Builder settings =
                DataSettings.of(DataKind.HDF5).path(hdf5).dataset("x").labels("hot_3_u1");
        assertFails(
                () -> Datasets.source(settings.validationFrom(
                                Optional.of(new Place(Optional.empty(), Optional.of("other"), Optional.empty())))
                        .build()),
                "data.validation-from has samples of its own, but its labels would be those of the training samples",
                hdf5 + ": hot_3_u1: set data.validation-from.labels");
        assertEquals(
                COUNT,
                Datasets.source(settings.validationFrom(Optional.of(
                                        new Place(Optional.empty(), Optional.of("other"), Optional.of("hot_2_i4"))))
                                .build())
                        .contents()
                        .validation());
        for (String name : List.of("train", "test")) {
            TestFiles.write(folder.resolve(name), TestFiles.idx(TestFiles.images(COUNT, 4), COUNT, 4));
        }
        Path classes = TestFiles.write(folder.resolve("classes"), TestFiles.idx(TestFiles.labels(COUNT), COUNT));
        DataSettings idx = DataSettings.of(DataKind.IDX)
                .path(folder.resolve("train"))
                .labels("classes")
                .testFrom(
                        Optional.of(new Place(Optional.of(folder.resolve("test")), Optional.empty(), Optional.empty())))
                .build();
        assertFails(() -> Datasets.source(idx), "data.test-from has samples of its own", classes.toString());
    }

    @Test
    void aPartWithoutLabelsIsRefusedWhereOthersHaveThem() {
        for (String name : List.of("train", "test")) {
            TestFiles.write(folder.resolve(name), TestFiles.idx(TestFiles.images(COUNT, 4), COUNT, 4));
        }
        TestFiles.write(folder.resolve("own"), TestFiles.idx(TestFiles.labels(COUNT), COUNT));
        Path test = folder.resolve("test");
        DataSettings settings = DataSettings.of(DataKind.IDX)
                .path(folder.resolve("train"))
                .testFrom(Optional.of(new Place(Optional.of(test), Optional.empty(), Optional.of("own"))))
                .build();
        assertFails(
                () -> Datasets.source(settings), folder.resolve("train") + "): has no labels, but", test.toString());
    }

    @Test
    void countsAreKnownBeforeALoadAndAfterIt() {
        DataSettings settings = DataSettings.of(DataKind.HDF5)
                .path(hdf5)
                .dataset("x")
                .labels("hot_10_f2")
                .parts(40, 10, 10)
                .build();
        LabelCounts checked = Datasets.check(settings, ALONE).labelCounts().orElseThrow();
        Split split = Datasets.load(settings, ALONE);
        assertEquals(checked, split.labelCounts().orElseThrow());
        assertEquals(
                LabelCounts.of(
                        split.train().labels().orElseThrow(),
                        split.validation().labels().orElseThrow(),
                        split.test().labels().orElseThrow()),
                checked);
        assertArrayEquals(
                IntStream.of(expected.get("hot_10_f2")).distinct().sorted().toArray(), checked.labels());
    }
}
