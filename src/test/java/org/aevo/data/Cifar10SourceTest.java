package org.aevo.data;

import static org.aevo.data.DataErrors.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10SourceTest {
    @TempDir
    private Path directory;

    @Test
    void planesAreChannelsAndFilesFollowEachOther() {
        DataSource source = new Cifar10Source(TestFiles.cifarDirectory(directory, 4), 4);
        assertEquals(20, source.contents().training());
        assertEquals(4, source.contents().test());
        int[] all = IntStream.range(0, 20).toArray();
        int[] seen = {0};
        source.read(DataSource.Part.TRAINING, all, (slot, values, label) -> {
            assertEquals(slot % 10, label);
            assertEquals(slot, values[0]);
            assertEquals(slot, values[1023]);
            assertEquals(slot + 1, values[1024]);
            assertEquals(slot + 2, values[3071]);
            seen[0]++;
        });
        assertEquals(20, seen[0]);
        assertArrayEquals(IntStream.range(0, 20).map(i -> i % 10).toArray(), source.labels(DataSource.Part.TRAINING));
        assertEquals(4, source.labels(DataSource.Part.TEST).length);
        source.read(DataSource.Part.TEST, new int[] {3}, (slot, values, label) -> assertEquals(103, values[0]));
    }

    @Test
    void aBatchCutShortOrTooLongIsAnError() {
        TestFiles.cifarDirectory(directory, 4);
        byte[] whole = TestFiles.cifar(0, 4);
        Path path = directory.resolve("data_batch_4.bin");
        for (int length : new int[] {0, 1, TestFiles.CIFAR_RECORD, 3 * TestFiles.CIFAR_RECORD, whole.length - 1}) {
            TestFiles.write(path, Arrays.copyOf(whole, length));
            assertFails(() -> new Cifar10Source(directory, 4), path.toString(), length == 0 ? "empty" : "truncated");
        }
        TestFiles.write(path, Arrays.copyOf(whole, whole.length + 1));
        assertFails(
                () -> new Cifar10Source(directory, 4),
                "too long: 12293 bytes, expected 12292 (4 records of 3073 bytes)");
    }

    @Test
    void aLabelThatIsNoneTellsAForeignFile() {
        TestFiles.cifarDirectory(directory, 4);
        byte[] bytes = TestFiles.cifar(0, 4);
        bytes[2 * TestFiles.CIFAR_RECORD] = 10;
        Path path = TestFiles.write(directory.resolve("test_batch.bin"), bytes);
        assertFails(() -> new Cifar10Source(directory, 4), path + ": not a CIFAR-10 batch: record 2 has the label 10");
    }

    @Test
    void missingFilesAndDirectoriesAreNamed() throws IOException {
        Path nowhere = directory.resolve("nowhere");
        assertFails(() -> new Cifar10Source(nowhere), nowhere + ": no such directory");
        TestFiles.cifarDirectory(directory, 1);
        Files.delete(directory.resolve("data_batch_5.bin"));
        assertFails(() -> new Cifar10Source(directory, 1), directory.resolve("data_batch_5.bin") + ": no such file");
        Path file = directory.resolve("test_batch.bin");
        assertFails(() -> new Cifar10Source(file), file + ": is a file, expected a directory");
    }

    /** The real number of records; files with holes, so that this costs no disk. */
    @Test
    void theRealSizeIsTenThousandRecordsPerFile() throws IOException {
        for (String name : new String[] {
            "data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch"
        }) {
            try (RandomAccessFile file =
                    new RandomAccessFile(directory.resolve(name + ".bin").toFile(), "rw")) {
                file.setLength(30_730_000);
            }
        }
        Summary summary = Datasets.inspect(DataSettings.of(DataKind.CIFAR10)
                .path(directory)
                .parts(2000, 500, 1000)
                .build());
        assertEquals("CIFAR-10, 2000 + 500 + 1000 of 60000 images 3x32x32 (" + directory + ")", summary.description());
        assertEquals(3, summary.channels());
    }
}
