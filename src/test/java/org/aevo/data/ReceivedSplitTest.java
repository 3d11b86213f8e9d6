package org.aevo.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ReceivedSplitTest {
    private static final int COUNT = 800;
    private static final int SIZE = 400;
    private static final int PIECE = 50_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Map<String, String> NO_FOLDER = Map.of(CacheFolder.VARIABLE, "none");

    @TempDir
    private Path directory;

    private final AtomicInteger fetches = new AtomicInteger();

    private Map<String, String> folder(String name) {
        return Map.of(CacheFolder.VARIABLE, directory.resolve(name).toString());
    }

    /** Random images of 20x20 with labels. */
    private DataSettings images() {
        TestFiles.write(directory.resolve("images"), TestFiles.idx(TestFiles.random(COUNT * SIZE, 1), COUNT, 20, 20));
        TestFiles.write(directory.resolve("classes"), TestFiles.idx(TestFiles.labels(COUNT), COUNT));
        return DataSettings.of(DataKind.IDX)
                .path(directory.resolve("images"))
                .labels("classes")
                .seed(1)
                .build();
    }

    private static DataSettings small() {
        return DataSettings.of(DataKind.SWISS_ROLL).samples(200).build();
    }

    private static HeldSplit held(DataSettings settings, Map<String, String> environment) {
        return HeldSplit.of(settings, Datasets.check(settings, environment), environment);
    }

    /** A source that reads what is held. */
    private class Pieces implements SplitSource {
        private final HeldSplit held;
        private final String checksum;

        Pieces(HeldSplit held) {
            this(held, held.checksum());
        }

        Pieces(HeldSplit held, String checksum) {
            this.held = held;
            this.checksum = checksum;
        }

        @Override
        public String checksum() {
            return checksum;
        }

        @Override
        public long bytes() {
            return held.bytes();
        }

        @Override
        public void fetch(Sink sink) throws IOException {
            fetches.incrementAndGet();
            for (long from = 0; from < bytes(); from += PIECE) {
                sink.take(from, change(from, held.read(from, (int) Math.min(PIECE, bytes() - from))));
            }
        }

        byte[] change(long from, byte[] piece) throws IOException {
            return piece;
        }
    }

    private static ReceivedSplit receive(SplitSource source, Map<String, String> environment) {
        return ReceivedSplit.from(source, environment, PATIENCE, doing -> {});
    }

    private static void assertSame(Split expected, Split actual) {
        assertEquals(expected.checksum(), actual.checksum());
        assertArrayEquals(expected.form().scaler().low(), actual.form().scaler().low());
        assertArrayEquals(
                expected.form().scaler().high(), actual.form().scaler().high());
        assertArrayEquals(expected.train().values(), actual.train().values());
        assertArrayEquals(expected.validation().values(), actual.validation().values());
        assertArrayEquals(expected.test().values(), actual.test().values());
        assertArrayEquals(
                expected.train().labels().orElse(new int[0]),
                actual.train().labels().orElse(new int[0]));
        assertArrayEquals(
                expected.test().labels().orElse(new int[0]),
                actual.test().labels().orElse(new int[0]));
    }

    private List<String> names(String folder) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("lock"))
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsReceivedIsWhatIsRead(boolean masterHasAFolder) throws IOException {
        DataSettings settings = images();
        try (HeldSplit held = held(settings, masterHasAFolder ? folder("master") : NO_FOLDER)) {
            Split alone = Datasets.load(settings, NO_FOLDER);
            assertEquals(alone.checksum(), held.checksum());
            ReceivedSplit first = receive(new Pieces(held), folder("worker"));
            assertTrue(first.fetched());
            assertSame(alone, first.split());
            ReceivedSplit second = receive(new Pieces(held), folder("worker"));
            assertFalse(second.fetched());
            assertSame(alone, second.split());
            assertEquals(1, names("worker").size());
            assertSame(alone, receive(new Pieces(held), NO_FOLDER).split());
            assertEquals(2, fetches.get());
        }
    }

    @Test
    void whatIsSmallIsFetchedByEachAndNeedsNoFolder() throws IOException {
        try (HeldSplit held = held(small(), folder("master"))) {
            assertFalse(Files.exists(directory.resolve("master")));
            for (int i = 1; i <= 2; i++) {
                ReceivedSplit received = receive(new Pieces(held), folder("worker"));
                assertTrue(received.fetched());
                assertSame(Datasets.load(small(), NO_FOLDER), received.split());
            }
            assertFalse(Files.exists(directory.resolve("worker")));
        }
    }

    /** The copy that somebody made from files is as good, whatever it is called. */
    @Test
    void onTheMastersHostNothingIsFetched() throws IOException {
        DataSettings settings = images();
        try (HeldSplit held = held(settings, folder("shared"))) {
            assertFalse(receive(new Pieces(held), folder("shared")).fetched());
            assertEquals(0, fetches.get());
        }
    }

    @Test
    void ofManyOneFetches() throws Exception {
        List<Boolean> fetched = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try (HeldSplit held = held(images(), NO_FOLDER)) {
            List<Future<ReceivedSplit>> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                all.add(threads.submit(() -> receive(new Pieces(held), folder("worker"))));
            }
            for (Future<ReceivedSplit> one : all) {
                fetched.add(one.get().fetched());
                assertEquals(held.checksum(), one.get().split().checksum());
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(1, fetched.stream().filter(yes -> yes).count());
        assertEquals(1, fetches.get());
    }

    @Test
    void whatIsNotTheRunsIsRefusedByItsChecksum() throws IOException {
        String other = "ab".repeat(32);
        for (Map<String, String> environment : List.of(folder("worker"), NO_FOLDER)) {
            try (HeldSplit held = held(images(), NO_FOLDER)) {
                DataException refused =
                        assertThrows(DataException.class, () -> receive(new Pieces(held, other), environment));
                assertEquals(
                        "the data that the master sent are not the run's: their checksum is " + held.checksum()
                                + ", that of the run's data " + other,
                        refused.getMessage());
            }
        }
        assertEquals(List.of(), names("worker"));
    }

    /** One byte of a sample is another, and all that the copy says of itself is right. */
    @Test
    void aCopyThatLiesAboutItsChecksumIsFoundOut() throws IOException {
        try (HeldSplit held = held(images(), NO_FOLDER)) {
            byte[] all = held.read(0, (int) held.bytes());
            all[all.length / 2] ^= 1;
            CRC32C crc = new CRC32C();
            crc.update(all, 32, all.length - 32);
            ByteBuffer.wrap(all).putLong(24, crc.getValue());
            Pieces liar = new Pieces(held) {
                @Override
                byte[] change(long from, byte[] piece) {
                    return Arrays.copyOfRange(all, (int) from, (int) from + piece.length);
                }
            };
            DataException refused = assertThrows(DataException.class, () -> receive(liar, folder("worker")));
            assertTrue(refused.getMessage().contains("are not the run's: their checksum is "), refused.getMessage());
        }
    }

    @Test
    void damagedBytesAreNamed() throws IOException {
        try (HeldSplit held = held(images(), NO_FOLDER)) {
            Pieces damaged = new Pieces(held) {
                @Override
                byte[] change(long from, byte[] piece) {
                    piece[0] ^= 1;
                    return piece;
                }
            };
            DataException refused = assertThrows(DataException.class, () -> receive(damaged, folder("worker")));
            assertTrue(refused.getMessage().contains("that are no data as this program keeps them"));
            assertEquals(List.of(), names("worker"));
            assertTrue(receive(new Pieces(held), folder("worker")).fetched(), "the next one tries again");
        }
    }

    /** What the master does not give is no reason to try it without a file. */
    @Test
    void whoGetsNothingSaysSoAndLeavesNothingBroken() throws IOException {
        try (HeldSplit held = held(images(), NO_FOLDER)) {
            Pieces silent = new Pieces(held) {
                @Override
                byte[] change(long from, byte[] piece) {
                    if (from > bytes() / 2) {
                        throw new IllegalStateException("the master is silent");
                    }
                    return piece;
                }
            };
            IllegalStateException failed =
                    assertThrows(IllegalStateException.class, () -> receive(silent, folder("worker")));
            assertEquals("the master is silent", failed.getMessage());
            assertEquals(1, fetches.get());
            assertEquals(List.of(), names("worker"));
        }
    }

    /** A disk that fills up costs the sharing: everything is fetched again, into memory. */
    @Test
    void aDiskThatFillsUpCostsTheSharing() throws IOException {
        try (HeldSplit held = held(images(), NO_FOLDER)) {
            Pieces filling = new Pieces(held) {
                @Override
                byte[] change(long from, byte[] piece) throws IOException {
                    if (fetches.get() == 1 && from > bytes() / 2) {
                        throw new IOException("No space left on device");
                    }
                    return piece;
                }
            };
            ReceivedSplit received = receive(filling, folder("worker"));
            assertTrue(received.fetched());
            assertEquals(2, fetches.get());
            assertEquals(List.of(), names("worker"));
            assertSame(Datasets.load(images(), NO_FOLDER), received.split());
        }
    }

    @Test
    void whatFitsNowhereIsSaid() {
        SplitSource large = new SplitSource() {
            @Override
            public String checksum() {
                return "cd".repeat(32);
            }

            @Override
            public long bytes() {
                return 1L << 50;
            }

            @Override
            public void fetch(Sink sink) {
                throw new AssertionError("there is no room for it");
            }
        };
        String inFolder = assertThrows(DataException.class, () -> receive(large, folder("worker")))
                .getMessage();
        assertTrue(
                inFolder.startsWith("the data take 1073741824 MiB, and this process can keep them neither in a file ("
                        + directory.resolve("worker") + ": they take 1073741824 MiB, more than half of the "),
                inFolder);
        assertTrue(
                inFolder.endsWith("name a folder with room in AEVO_DATA_CACHE, or set smaller data.train,"
                        + " data.validation, data.test"),
                inFolder);
    }

    /** What rank 0 sends stays what it was when somebody clears the folder meanwhile. */
    @Test
    void aHeldFileThatIsDeletedIsStillHeld() throws IOException {
        DataSettings settings = images();
        try (HeldSplit held = held(settings, folder("master"))) {
            Files.delete(directory.resolve("master").resolve(names("master").get(0)));
            assertSame(
                    Datasets.load(settings, NO_FOLDER),
                    receive(new Pieces(held), NO_FOLDER).split());
        }
    }

    /** What the check has read is not read again. */
    @Test
    void theFilesAreReadOnceToCheckAndOnceToHold() throws IOException {
        DataSettings settings = images();
        CheckedData checked = Datasets.check(settings, NO_FOLDER);
        Files.write(directory.resolve("classes"), new byte[0]);
        assertThrows(DataException.class, () -> Datasets.check(settings, NO_FOLDER));
        try (HeldSplit held = HeldSplit.of(settings, checked, NO_FOLDER)) {
            assertTrue(held.bytes() > COUNT * SIZE);
        }
    }
}
