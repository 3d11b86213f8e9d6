package org.aevo.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever bytes a file holds, a reader reads them or says in one line why not; tests run with a small heap. */
class ReaderFuzzTest {
    private static Path directory;

    @BeforeContainer
    static void create() throws IOException {
        directory = Files.createTempDirectory("aevo-fuzz");
        TestFiles.cifarDirectory(directory, 2);
    }

    @AfterContainer
    static void delete() throws IOException {
        try (var left = Files.list(directory)) {
            for (Path path : left.toList()) {
                Files.delete(path);
            }
        }
        Files.delete(directory);
    }

    /** Headers with plausible and hostile sides, and too few, enough or too many bytes behind them; perhaps gzip. */
    @Provide
    Arbitrary<byte[]> idxFiles() {
        Arbitrary<Integer> sides = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 6),
                Arbitraries.of(Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 65_536, 1 << 30));
        Arbitrary<byte[]> headed = Combinators.combine(
                        Arbitraries.of(0x08, 0x08, 0x0D, 0x0E, 0x0B, 0),
                        sides.array(int[].class).ofMinSize(0).ofMaxSize(5),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(300))
                .as((type, header, values) -> TestFiles.idx(type, values, header));
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(64);
        Arbitrary<byte[]> plain = Arbitraries.frequencyOf(Tuple.of(5, headed), Tuple.of(1, any));
        return Arbitraries.oneOf(plain, plain.map(TestFiles::gzip), plain.map(bytes -> {
            byte[] packed = TestFiles.gzip(bytes);
            packed[packed.length / 2] ^= 0x10;
            return packed;
        }));
    }

    @Property(tries = 1500, seed = "1")
    void idx(@ForAll("idxFiles") byte[] bytes) {
        Path path = TestFiles.write(directory.resolve("samples"), bytes);
        try {
            DataSource source = IdxSource.ofFile(path, Optional.empty(), Layout.CHANNELS_FIRST, false);
            int count = source.contents().training();
            int[] read = {0};
            source.read(DataSource.Part.TRAINING, IntStream.range(0, count).toArray(), (slot, values, label) -> {
                assertEquals(source.contents().sampleSize(), values.length);
                read[0]++;
            });
            assertEquals(count, read[0]);
        } catch (DataException e) {
            assertEquals(1, e.getMessage().lines().count());
        }
    }

    @Property(tries = 500, seed = "2")
    void aGoodFileIsReadWhateverItHolds(@ForAll("smallSides") int[] sides, @ForAll boolean gzip, @ForAll long seed) {
        int size = IntStream.of(sides).reduce(1, (a, b) -> a * b);
        byte[] values = TestFiles.random(size, seed);
        byte[] file = TestFiles.idx(values, sides);
        Path path = TestFiles.write(directory.resolve("samples"), gzip ? TestFiles.gzip(file) : file);
        DataSource source = IdxSource.ofFile(path, Optional.empty(), Layout.CHANNELS_FIRST, false);
        source.read(DataSource.Part.TRAINING, IntStream.range(0, sides[0]).toArray(), (slot, sample, label) -> {
            for (int i = 0; i < sample.length; i++) {
                assertEquals(values[slot * sample.length + i] & 0xFF, sample[i]);
            }
        });
    }

    @Provide
    Arbitrary<int[]> smallSides() {
        return Arbitraries.integers()
                .between(1, 5)
                .array(int[].class)
                .ofMinSize(2)
                .ofMaxSize(4);
    }

    @Property(tries = 200, seed = "3")
    void cifar(
            @ForAll long seed,
            @ForAll @IntRange(max = 12) int label,
            @ForAll("cifarSizes") int size,
            @ForAll boolean gzip) {
        byte[] bytes = TestFiles.random(size, seed);
        for (int record = 0; record < size; record += TestFiles.CIFAR_RECORD) {
            bytes[record] = (byte) label;
        }
        Path path = TestFiles.write(directory.resolve("data_batch_3.bin"), gzip ? TestFiles.gzip(bytes) : bytes);
        boolean good = size == 2 * TestFiles.CIFAR_RECORD && label < 10;
        try {
            DataSource source = new Cifar10Source(directory, 2);
            assertTrue(good);
            source.read(DataSource.Part.TRAINING, new int[] {4, 5}, (slot, values, found) -> {
                assertEquals(label, found);
                for (int i = 0; i < values.length; i++) {
                    assertEquals(bytes[slot * TestFiles.CIFAR_RECORD + 1 + i] & 0xFF, values[i]);
                }
            });
        } catch (DataException e) {
            assertFalse(good, e.getMessage());
            assertTrue(e.getMessage().startsWith(path.toString()), e.getMessage());
            assertEquals(1, e.getMessage().lines().count());
        }
    }

    @Provide
    Arbitrary<Integer> cifarSizes() {
        return Arbitraries.oneOf(
                Arbitraries.just(2 * TestFiles.CIFAR_RECORD),
                Arbitraries.integers().between(0, 3 * TestFiles.CIFAR_RECORD));
    }
}
