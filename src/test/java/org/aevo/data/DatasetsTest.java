package org.aevo.data;

import static org.aevo.data.DataErrors.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {
    @TempDir
    private Path directory;

    private Path doubles(double[] values, int... sides) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length);
        bytes.asDoubleBuffer().put(values);
        return TestFiles.write(directory.resolve("doubles"), TestFiles.idx(0x0E, bytes.array(), sides));
    }

    @Test
    void imagesAreSplitScaledAndKeepTheirLabels() {
        DataSettings settings = DataSettings.of(DataKind.MNIST)
                .path(TestFiles.mnist(directory))
                .parts(20, 10, 10)
                .seed(1)
                .build();
        Split split = Datasets.load(settings);
        Set<Integer> training = new TreeSet<>();
        for (Dataset part : new Dataset[] {split.train(), split.validation()}) {
            collect(part, training);
        }
        assertEquals(30, training.size());
        Set<Integer> test = new TreeSet<>();
        collect(split.test(), test);
        assertEquals(10, test.size());
        Summary summary = Datasets.inspect(settings);
        assertEquals(
                new Summary(
                        1,
                        5,
                        4,
                        20,
                        10,
                        10,
                        true,
                        "MNIST, 20 + 10 + 10 of 40 images 1x5x4 (" + directory + ")",
                        summary.remarks()),
                summary);
        assertEquals(
                "samples are images of 1 channel, 5 rows, 4 columns",
                summary.remarks().get(0).split(";")[0]);
    }

    /** Before a load they are what they are after it. */
    @Test
    void labelsAreKnownWithoutALoad() {
        Path images = TestFiles.write(directory.resolve("bytes"), TestFiles.idx(TestFiles.images(30, 2), 30, 2));
        TestFiles.write(directory.resolve("classes"), TestFiles.idx(TestFiles.labels(30), 30));
        for (DataSettings.Builder kind : List.of(
                DataSettings.of(DataKind.MNIST).path(TestFiles.mnist(directory)),
                DataSettings.of(DataKind.IDX).path(images).labels("classes"),
                DataSettings.of(DataKind.BLOBS).samples(40).centers(7))) {
            DataSettings settings = kind.parts(15, 9, 5).seed(4).build();
            Split split = Datasets.load(settings);
            CheckedData.SeenLabels labels = Datasets.check(settings).labels().orElseThrow();
            assertArrayEquals(split.train().labels().orElseThrow(), labels.train());
            assertArrayEquals(split.validation().labels().orElseThrow(), labels.validation());
        }
        for (DataSettings.Builder kind :
                List.of(DataSettings.of(DataKind.IDX).path(images), DataSettings.of(DataKind.S_CURVE))) {
            assertEquals(Optional.empty(), Datasets.check(kind.build()).labels());
        }
    }

    /** Sample i of the files is full of i and has the label i mod 10. */
    private static void collect(Dataset part, Set<Integer> found) {
        for (int i = 0; i < part.count(); i++) {
            float[] sample = part.sample(i);
            int number = Math.round(sample[0] * 255);
            for (float value : sample) {
                assertEquals((float) (number / 255.0), value);
            }
            assertEquals(number % 10, part.labels().orElseThrow()[i]);
            found.add(number);
        }
    }

    @Test
    void theSameSettingsGiveTheSameSplit() {
        DataSettings settings =
                DataSettings.of(DataKind.BLOBS).samples(100).seed(3).build();
        Split one = Datasets.load(settings);
        Split two = Datasets.load(settings);
        assertArrayEquals(one.train().values(), two.train().values());
        assertArrayEquals(one.test().labels().orElseThrow(), two.test().labels().orElseThrow());
    }

    /** The largest and the smallest value are in the train part or clipped to its range. */
    @Test
    void vectorsAreScaledPerFeatureByTheTrainPart() {
        Split split = Datasets.load(DataSettings.of(DataKind.SWISS_ROLL)
                .samples(500)
                .noise(0.1)
                .parts(100, 200, 200)
                .seed(2)
                .build());
        for (int feature = 0; feature < 3; feature++) {
            float low = 1;
            float high = 0;
            for (int i = feature; i < split.train().values().length; i += 3) {
                low = Math.min(low, split.train().values()[i]);
                high = Math.max(high, split.train().values()[i]);
            }
            assertEquals(0, low);
            assertEquals(1, high);
        }
        int clipped = 0;
        for (float value : split.test().values()) {
            assertTrue(value >= 0 && value <= 1);
            clipped += value == 0 || value == 1 ? 1 : 0;
        }
        assertTrue(clipped > 0);
        assertTrue(clipped < 60, clipped + " of 600 values clipped");
    }

    @Test
    void floatImagesAreScaledTogether() {
        double[] values = new double[40];
        for (int i = 0; i < 40; i++) {
            values[i] = 100 + i % 4;
        }
        DataSettings.Builder settings =
                DataSettings.of(DataKind.IDX).path(doubles(values, 10, 2, 2)).seed(1);
        assertArrayEquals(
                new float[] {0, 1 / 3f, 2 / 3f, 1},
                Datasets.load(settings.build()).test().sample(0));
        assertArrayEquals(
                new float[] {0, 0, 0, 0},
                Datasets.load(settings.scaling(Scaling.PER_FEATURE).build())
                        .test()
                        .sample(0));
    }

    @Test
    void bytesMayBeScaledByTheirRangeToo() {
        Path path =
                TestFiles.write(directory.resolve("bytes"), TestFiles.idx(new byte[] {10, 20, 10, 20, 10, 20}, 3, 2));
        Split split = Datasets.load(
                DataSettings.of(DataKind.IDX).path(path).scaling(Scaling.GLOBAL).build());
        assertArrayEquals(new float[] {0, 1}, split.test().sample(0));
    }

    @Test
    void aValueThatIsNoNumberIsNamedByItsPlace() {
        double[] values = new double[30];
        values[17 + 1] = Double.NaN;
        DataSettings nan =
                DataSettings.of(DataKind.IDX).path(doubles(values, 10, 3)).build();
        assertFails(() -> Datasets.inspect(nan), "doubles", "value 0 of sample 6 (counted from 0) is NaN");
        values[18] = Double.NEGATIVE_INFINITY;
        doubles(values, 10, 3);
        assertFails(() -> Datasets.load(nan), "value 0 of sample 6 (counted from 0) is -Infinity");
    }

    @Test
    void vectorsAreDescribedAsSuch() {
        assertEquals(
                "blobs, 16 + 2 + 2 of 20 samples of 7 features",
                Datasets.inspect(DataSettings.of(DataKind.BLOBS)
                                .samples(20)
                                .features(7)
                                .build())
                        .description());
    }

    @Test
    void whatDoesNotFitIntoMemoryIsRefusedBeforeItIsRead() {
        long tooMany = Runtime.getRuntime().maxMemory() / (4L * 100_000) + 100;
        DataSettings settings = DataSettings.of(DataKind.BLOBS)
                .samples((int) tooMany)
                .features(100_000)
                .parts((int) tooMany / 3, (int) tooMany / 3, (int) tooMany / 3)
                .build();
        Map<String, String> alone = Map.of(CacheFolder.VARIABLE, "none");
        assertFails(() -> Datasets.load(settings, alone), "samples of blobs need ", "but this JVM has ", "-Xmx");
    }

    @Test
    void whatAKindNeedsIsAskedFor() {
        assertFails(
                () -> Datasets.inspect(DataSettings.of(DataKind.CIFAR10).build()),
                "data.path is missing: cifar10 needs the directory of its binary version");
        assertFails(
                () -> Datasets.inspect(DataSettings.of(DataKind.HDF5)
                        .path(directory.resolve("x.h5"))
                        .build()),
                "data.dataset is missing: hdf5 needs");
    }

    @Test
    void labelsThatAreNoFileNameAreAnError() {
        Path path = TestFiles.write(directory.resolve("bytes"), TestFiles.idx(new byte[8], 4, 2));
        assertFails(
                () -> Datasets.inspect(
                        DataSettings.of(DataKind.IDX).path(path).labels("a\0b").build()),
                "data.labels is no file name");
    }

    @Test
    void labelsOfAnIdxFileLieBesideIt() {
        Path path = TestFiles.write(directory.resolve("bytes"), TestFiles.idx(TestFiles.images(10, 2), 10, 2));
        TestFiles.write(directory.resolve("classes"), TestFiles.idx(TestFiles.labels(10), 10));
        Split split = Datasets.load(
                DataSettings.of(DataKind.IDX).path(path).labels("classes").build());
        assertEquals(
                Math.round(split.test().sample(0)[0] * 255),
                split.test().labels().orElseThrow()[0]);
    }
}
