package org.aevo.data;

import static org.aevo.data.DataErrors.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxSourceTest {
    @TempDir
    private Path directory;

    private Path file(byte[] bytes) {
        return TestFiles.write(directory.resolve("samples"), bytes);
    }

    private static DataSource source(Path file) {
        return IdxSource.ofFile(file, Optional.empty(), Layout.CHANNELS_FIRST, false);
    }

    private static double[][] readAll(DataSource source, DataSource.Part part, int count) {
        double[][] samples = new double[count][];
        source.read(part, IntStream.range(0, count).toArray(), (slot, v, label) -> samples[slot] = v.clone());
        return samples;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bytesAreReadAsTheyAre(boolean gzip) {
        byte[] values = TestFiles.random(6 * 4 * 5, 1);
        byte[] bytes = TestFiles.idx(values, 6, 4, 5);
        DataSource source = source(file(gzip ? TestFiles.gzip(bytes) : bytes));

        Contents contents = source.contents();
        assertEquals(
                "[1, 4, 5] 6 0 true false",
                Arrays.toString(new int[] {contents.channels(), contents.height(), contents.width()}) + " "
                        + contents.training() + " " + contents.test() + " " + contents.bytes() + " "
                        + contents.labelled());
        double[][] samples = readAll(source, DataSource.Part.TRAINING, 6);
        for (int i = 0; i < values.length; i++) {
            assertEquals(values[i] & 0xFF, samples[i / 20][i % 20]);
        }
    }

    @Test
    void floatsAndDoublesAreReadAsTheyAre() {
        double[] values = {0, -1.5, 3.25e-3, 1e30, Math.PI, 7};
        ByteBuffer floats = ByteBuffer.allocate(24);
        ByteBuffer doubles = ByteBuffer.allocate(48);
        for (double value : values) {
            floats.putFloat((float) value);
            doubles.putDouble(value);
        }
        double[][] fromDoubles =
                readAll(source(file(TestFiles.idx(0x0E, doubles.array(), 2, 3))), DataSource.Part.TRAINING, 2);
        assertArrayEquals(Arrays.copyOfRange(values, 3, 6), fromDoubles[1]);

        DataSource source = source(file(TestFiles.idx(0x0D, floats.array(), 1, 6, 1, 1)));
        assertArrayEquals(
                Arrays.stream(values).map(v -> (float) v).toArray(), readAll(source, DataSource.Part.TRAINING, 1)[0]);
        assertEquals(6, source.contents().channels());
        assertFalse(source.contents().bytes());
    }

    @Test
    void integersOfAllWidthsAreRead() {
        byte[] bytes = {(byte) 0xff, (byte) 0xfe, 0, 3};
        assertArrayEquals(
                new double[] {-1, -2, 0, 3},
                readAll(source(file(TestFiles.idx(0x09, bytes, 1, 4))), DataSource.Part.TRAINING, 1)[0]);
        assertArrayEquals(
                new double[] {-2, 3},
                readAll(source(file(TestFiles.idx(0x0B, bytes, 1, 2))), DataSource.Part.TRAINING, 1)[0]);
        assertArrayEquals(
                new double[] {-131069},
                readAll(source(file(TestFiles.idx(0x0C, bytes, 1, 1))), DataSource.Part.TRAINING, 1)[0]);
    }

    @Test
    void onlyTheChosenSamplesAreHandedOutWithTheirLabels() {
        Path labels = TestFiles.write(directory.resolve("labels"), TestFiles.idx(TestFiles.labels(30), 30));
        DataSource source = IdxSource.ofFile(
                file(TestFiles.idx(TestFiles.images(30, 4), 30, 4)), Optional.of(labels), Layout.AUTO, false);
        int[] wanted = {29, 3, 17};
        int[] seen = new int[3];
        source.read(DataSource.Part.TRAINING, wanted, (slot, values, label) -> {
            assertArrayEquals(new double[] {wanted[slot], wanted[slot], wanted[slot], wanted[slot]}, values);
            assertEquals(wanted[slot] % 10, label);
            seen[slot]++;
        });
        assertArrayEquals(new int[] {1, 1, 1}, seen);
    }

    @Test
    void truncatedAtEveryPlaceIsOneClearLine() {
        byte[] whole = TestFiles.idx(TestFiles.random(24, 2), 2, 3, 4);
        assertEquals(2, source(file(whole)).contents().training());
        for (int length = 0; length < whole.length; length++) {
            Path path = file(Arrays.copyOf(whole, length));
            assertFails(() -> source(path), path.toString(), length == 0 ? "is empty" : "truncated");
        }
    }

    @Test
    void truncatedGzipAtEveryPlaceIsOneClearLine() {
        byte[] whole = TestFiles.gzip(TestFiles.idx(TestFiles.random(240, 3), 20, 3, 4));
        assertEquals(20, source(file(whole)).contents().training());
        for (int length = 0; length < whole.length; length++) {
            Path path = file(Arrays.copyOf(whole, length));
            assertFails(() -> source(path), path.toString());
        }
        Path path = file(Arrays.copyOf(whole, whole.length / 2));
        assertFails(() -> source(path), "truncated", "expected 256 (header and 20x3x4 values)");
    }

    @Test
    void damagedGzipIsFoundByItsChecksum() {
        byte[] bytes = TestFiles.gzip(TestFiles.idx(TestFiles.random(240, 4), 20, 3, 4));
        bytes[bytes.length / 2] ^= 1;
        Path path = file(bytes);
        assertFails(() -> source(path), path.toString(), "damaged gzip data");
    }

    @Test
    void bytesTooManyAreAnError() {
        byte[] longer = Arrays.copyOf(TestFiles.idx(TestFiles.random(24, 5), 2, 3, 4), 16 + 24 + 1);
        Path plain = file(longer);
        assertFails(() -> source(plain), "too long: 41 bytes, expected 40 (header and 2x3x4 values)");
        Path gzip = file(TestFiles.gzip(longer));
        assertFails(() -> source(gzip), "too long", "expected 40");
    }

    @Test
    void foreignFilesAreNamedByTheirMagicNumber() {
        Path zip = file(new byte[] {0x50, 0x4b, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0});
        assertFails(
                () -> IdxFile.mnistImages(zip),
                zip + ": not an IDX file of samples: magic number 0x504b0304, expected 0x00000803");
        Path labels = file(TestFiles.idx(TestFiles.labels(5), 5));
        assertFails(() -> source(labels), "magic number 0x00000801");
        Path longs = file(TestFiles.idx(0x0F, new byte[32], 2, 2));
        assertFails(() -> source(longs), "magic number 0x00000f02");
        Path xz = file(new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0, 0, 0, 0, 0});
        assertFails(() -> source(xz), "it is an xz file: unpack it: xz -d");
        Path images = file(TestFiles.idx(new byte[8], 2, 2, 2));
        assertFails(() -> IdxFile.labels(images), "not an IDX file of labels", "0x00000803, expected 0x00000801");
    }

    @Test
    void hostileHeadersAllocateNothing() {
        int huge = -1; // 2^32 - 1
        for (boolean gzip : new boolean[] {false, true}) {
            byte[][] headers = {
                TestFiles.idx(new byte[8], Integer.MIN_VALUE, 28, 28),
                TestFiles.idx(new byte[8], Integer.MAX_VALUE, 1, 1),
                TestFiles.idx(new byte[8], huge, huge, huge),
                TestFiles.idx(0x0E, new byte[8], huge, huge, huge, huge),
                TestFiles.idx(new byte[8], 1, huge, huge),
            };
            for (byte[] header : headers) {
                Path path = file(gzip ? TestFiles.gzip(header) : header);
                assertFails(() -> source(path), path.toString());
            }
        }
        // its product is 2^64 and overflows to 0
        Path overflow = file(TestFiles.idx(new byte[0], 1 << 30, 1 << 30, 16));
        assertFails(() -> source(overflow), "1073741824x1073741824x16 values, more than any file can hold");
        Path none = file(TestFiles.idx(new byte[0], 0, 28, 28));
        assertFails(() -> source(none), "holds no samples");
    }

    @Test
    void whatIsNoFileIsSaid() throws IOException {
        Path missing = directory.resolve("missing");
        assertFails(() -> source(missing), missing + ": no such file");
        assertFails(() -> source(directory), directory + ": is a directory, expected a file");
        Path dangling = Files.createSymbolicLink(directory.resolve("link"), missing);
        assertFails(() -> source(dangling), "no such file");
        assertFails(() -> source(Path.of("/dev/null")), "/dev/null: not a regular file");
    }

    @Test
    void labelsMustBeAsManyAsSamples() {
        Path samples = file(TestFiles.idx(new byte[20], 10, 2));
        Path labels = TestFiles.write(directory.resolve("labels"), TestFiles.idx(new byte[9], 9));
        assertFails(
                () -> IdxSource.ofFile(samples, Optional.of(labels), Layout.CHANNELS_FIRST, false),
                labels + " has the shape [9], expected [10], one label per sample of IDX");
    }

    @Test
    void aDirectoryOfMnistHoldsTwoSets() {
        DataSource source = IdxSource.ofMnistDirectory("MNIST", TestFiles.mnist(directory));
        assertEquals(30, source.contents().training());
        assertEquals(10, source.contents().test());
        assertTrue(source.contents().labelled());
        assertEquals(9, readAll(source, DataSource.Part.TEST, 10)[9][0]);
        assertEquals(29, readAll(source, DataSource.Part.TRAINING, 30)[29][19]);
    }

    @Test
    void eachFileOfMnistIsNeeded() throws IOException {
        for (String name : new String[] {
            "train-images-idx3-ubyte",
            "train-labels-idx1-ubyte",
            "t10k-images-idx3-ubyte.gz",
            "t10k-labels-idx1-ubyte.gz"
        }) {
            TestFiles.mnist(directory);
            Files.delete(directory.resolve(name));
            assertFails(
                    () -> IdxSource.ofMnistDirectory("MNIST", directory),
                    directory.resolve(name.replace(".gz", "")) + "[.gz]: no such file");
        }
    }

    @Test
    void testImagesMustHaveTheShapeOfTheOthers() {
        TestFiles.mnist(directory);
        TestFiles.write(directory.resolve("t10k-images-idx3-ubyte.gz"), TestFiles.idx(new byte[200], 10, 4, 5));
        assertFails(() -> IdxSource.ofMnistDirectory("MNIST", directory), "images of 1x4x5, expected 1x5x4 as in ");
    }

    @Test
    void theNamesOfOtherDistributionsAreFound() throws IOException {
        TestFiles.mnist(directory);
        Files.move(directory.resolve("train-images-idx3-ubyte"), directory.resolve("train-images.idx3-ubyte"));
        assertEquals(
                30, IdxSource.ofMnistDirectory("MNIST", directory).contents().training());
    }

    @Test
    void aFileThatShrinksAfterTheCheckIsAnError() {
        Path path = file(TestFiles.idx(TestFiles.random(24, 6), 2, 3, 4));
        DataSource source = source(path);
        file(TestFiles.idx(new byte[13], 2, 3, 4));
        assertFails(() -> readAll(source, DataSource.Part.TRAINING, 2), path.toString(), "truncated");
    }
}
