package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.aevo.SmallDisk;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.search.Inheritance.Origin;
import org.aevo.search.ParentWeights;
import org.aevo.search.TrainedNetwork;
import org.aevo.search.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WeightStoreTest {
    private static final int MOST = 1 << 20;
    private static final String RUN = "0123456789abcdef0123456789abcdef";
    private static final Genome DESIGN =
            GenomeText.parse("dense(16,relu) | latent(2) | upsampling | adam(lr0.001,batch32)");

    @TempDir
    private Path dir;

    private Path folder;
    private WeightStore store;

    @BeforeEach
    void place() {
        folder = new RunPaths(dir).weights();
        store = new WeightStore(folder, RUN, MOST);
    }

    @Test
    void weightsComeBackAsTheyWere() throws Exception {
        Weights weights =
                new Weights(List.of(array("z", 3, 4), array("a", 5, 1, 3, 3), array("s"), array("none", 0, 2)));
        store.put(network(0, weights));
        SameWeights.check(weights, found(store, 0));
        store.put(network(0, weights(7)));
        SameWeights.check(weights(7), found(store, 0));
        store.put(network(Long.MAX_VALUE, new Weights(List.of())));
        assertEquals(0, found(store, Long.MAX_VALUE).arrays().size());
        float[] odd = {Float.NaN, -0f, Float.NEGATIVE_INFINITY, Float.MIN_VALUE};
        store.put(network(1, new Weights(List.of(new Weights.Array("odd", new int[] {4}, odd)))));
        SameWeights.check(new Weights(List.of(new Weights.Array("odd", new int[] {4}, odd))), found(store, 1));
        assertEquals(Set.of("0.weights", "1.weights", Long.MAX_VALUE + ".weights"), names());
    }

    @Test
    void whyNotIsSaid() throws Exception {
        assertNot(Origin.MISSING, 3);
        store.put(network(3, weights(3)));
        assertNot(Origin.MISSING, 4);
        Files.copy(file(3), file(4));
        assertTrue(assertNot(Origin.STALE, 4).endsWith("expected network number 4, found number 3"));
        Files.delete(file(3));
        Files.createDirectory(file(3));
        assertTrue(assertNot(Origin.DAMAGED, 3).contains("is a directory"));
        Files.createSymbolicLink(file(5), Path.of("/dev/zero"));
        assertTrue(assertNot(Origin.DAMAGED, 5).contains("is a device"));
        Files.delete(file(5));
    }

    /** What a power cut or a copy that was cut short can leave, at every length. */
    @Test
    void cutOffAnywhereIsDamage() throws Exception {
        store.put(network(3, weights(3)));
        byte[] whole = Files.readAllBytes(file(3));
        for (int length = 0; length < whole.length; length++) {
            Files.write(file(3), Arrays.copyOf(whole, length));
            assertNot(Origin.DAMAGED, 3);
            // the place is there, with zeros for what was lost
            Files.write(file(3), Arrays.copyOf(Arrays.copyOf(whole, length), whole.length));
            if (!Arrays.equals(whole, Files.readAllBytes(file(3)))) {
                assertNot(Origin.DAMAGED, 3);
            }
        }
        Files.write(file(3), Arrays.copyOf(whole, whole.length + 1));
        assertNot(Origin.DAMAGED, 3);
        Files.write(file(3), whole);
        SameWeights.check(weights(3), found(store, 3));
    }

    @Test
    void anyChangedBitIsDamage() throws Exception {
        store.put(network(3, weights(3)));
        byte[] whole = Files.readAllBytes(file(3));
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] changed = whole.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file(3), changed);
            assertNot(Origin.DAMAGED, 3);
        }
    }

    /** Somebody who wants to do harm brings the right checksum: nothing is thrown, and no length is believed. */
    @Test
    void hostileBytesAreRefused() throws Exception {
        store.put(network(3, weights(3)));
        byte[] whole = Files.readAllBytes(file(3));
        Random random = new Random(18);
        int damaged = 0;
        for (int i = 0; i < 600; i++) {
            byte[] changed = Arrays.copyOf(whole, i % 3 == 0 ? 20 + random.nextInt(whole.length) : whole.length);
            ByteBuffer bytes = ByteBuffer.wrap(changed);
            // behind magic, run and id, most of them where the lengths are
            int at = 52 + random.nextInt(i % 2 == 0 ? whole.length - 55 : 120);
            int[] values = {-1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0, 1 << 28, random.nextInt()};
            if (at + 8 <= changed.length) {
                bytes.putInt(at, values[random.nextInt(values.length)]);
            }
            seal(bytes);
            Files.write(file(3), changed);
            ParentWeights.Answer answer = store.get(3);
            if (answer instanceof ParentWeights.NotFound not) {
                assertTrue(not.why() == Origin.DAMAGED || not.why() == Origin.STALE, not.message());
                damaged++;
            }
        }
        assertTrue(damaged > 200, "refused: " + damaged);
    }

    private static void seal(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        int body = bytes.capacity() - Integer.BYTES;
        crc.update(bytes.slice(0, body));
        bytes.putInt(body, (int) crc.getValue());
    }

    @Test
    void whatIsTooLargeIsNeitherWrittenNorRead() throws Exception {
        store.put(network(3, weights(3)));
        int size = (int) Files.size(file(3));
        WeightStore exact = new WeightStore(folder, RUN, size);
        exact.put(network(3, weights(3)));
        SameWeights.check(weights(3), found(exact, 3));
        WeightStore small = new WeightStore(folder, RUN, size - 1);
        String message = assertThrows(RecordException.class, () -> small.put(network(4, weights(3))))
                .getMessage();
        assertTrue(
                message.startsWith(file(4) + ": network number 4 has " + size + " bytes, expected at most "), message);
        assertInstanceOf(ParentWeights.NotFound.class, small.get(3));
        assertEquals(Set.of("3.weights"), names());
        // a file of holes, larger than memory
        try (RandomAccessFile holes = new RandomAccessFile(file(5).toFile(), "rw")) {
            holes.setLength(1L << 40);
        }
        assertTrue(assertNot(Origin.DAMAGED, 5).contains("is larger than 1 MiB"));
    }

    @Test
    void onlyWhatIsKeptStays() throws Exception {
        store.keep(Set.of(1L), Long.MAX_VALUE);
        assertTrue(Files.notExists(folder), "nothing to be kept, nothing made");
        for (long id = 0; id < 6; id++) {
            store.put(network(id, weights(id)));
        }
        List<String> foreign = List.of(
                "notes.txt",
                "7.weights.bak",
                "07.weights",
                "-7.weights",
                "best.weights",
                "7.weights.tmp-",
                "7.weights.tmp-x",
                "9999999999999999999.weights",
                "weights");
        for (String name : foreign) {
            Files.writeString(folder.resolve(name), "of somebody else");
        }
        Files.createDirectory(folder.resolve("8.weights"));
        String left = DurableFiles.unique(file(5)).getFileName().toString();
        String busy = DurableFiles.unique(file(2)).getFileName().toString();
        Files.writeString(folder.resolve(left), "of a writer that was killed");
        Files.writeString(folder.resolve(busy), "of one that writes");
        store.keep(Set.of(2L, 4L, 77L), Long.MAX_VALUE);
        Set<String> expected = new TreeSet<>(foreign);
        expected.addAll(List.of("2.weights", "4.weights", "8.weights", busy));
        assertEquals(expected, names());
        SameWeights.check(weights(4), found(store, 4));
        store.keep(Set.of(), Long.MAX_VALUE);
        expected.removeAll(List.of("2.weights", "4.weights", busy));
        assertEquals(expected, names());
    }

    @Test
    void ofCandidatesThatNobodyHadHeardOfAllStay() throws Exception {
        for (long id = 0; id < 6; id++) {
            store.put(network(id, weights(id)));
        }
        store.keep(Set.of(1L), 4);
        assertEquals(Set.of("1.weights", "4.weights", "5.weights"), names());
    }

    @Test
    void whatIsOfAnotherRunIsStale() throws Exception {
        WeightStore other = new WeightStore(folder, RUN.replace('0', '9'), MOST);
        other.put(network(3, weights(3)));
        assertTrue(assertNot(Origin.STALE, 3).endsWith("has weights of another run"));
        TrainedNetwork own = new TrainedNetwork(3, DESIGN, 77, weights(3));
        store.put(own);
        TrainedNetwork found =
                assertInstanceOf(ParentWeights.Found.class, store.get(3)).network();
        assertEquals(List.of(3L, DESIGN, 77L), List.of(found.id(), found.design(), found.epochs()));
        assertInstanceOf(ParentWeights.NotFound.class, other.get(3));
    }

    @Test
    void theFolderSaysWhoseItIs() throws Exception {
        WeightStore other = new WeightStore(folder, RUN.replace('0', '9'), MOST);
        assertFalse(store.isHere(), "there is no folder");
        store.open(Set.of());
        assertTrue(store.isHere());
        assertFalse(other.isHere());
        for (long id = 0; id < 4; id++) {
            store.put(network(id, weights(id)));
        }
        Files.writeString(DurableFiles.unique(file(2)), "of a writer that was killed");
        Files.writeString(folder.resolve("run.tmp-77"), "of a master that was killed");
        store.open(Set.of(2L, 3L));
        assertEquals(Set.of("run", "2.weights", "3.weights"), names());
        other.mark();
        assertFalse(store.isHere(), "another run took the place");
        store.mark();
        Files.writeString(folder.resolve("run"), RUN);
        assertFalse(store.isHere(), "cut off");
        Files.delete(folder.resolve("run"));
        Files.createSymbolicLink(folder.resolve("run"), Path.of("/dev/zero"));
        assertFalse(store.isHere(), "a device");
    }

    @Test
    void aPlaceThatIsNoneIsRefusedBeforeAnythingIsWritten() throws Exception {
        WeightStore.check(folder, WeightShelf.PARENTS);
        assertTrue(Files.notExists(folder), "looked at, not made");
        Files.writeString(folder, "a file has the folder's name");
        for (Executable use :
                List.<Executable>of(() -> WeightStore.check(folder, WeightShelf.PARENTS), () -> store.open(Set.of()))) {
            String message = assertThrows(RecordException.class, use).getMessage();
            assertTrue(message.startsWith(folder + ": is no folder"), message);
            assertTrue(message.contains("evolution.inherit-weights=no"), message);
        }
    }

    /** Writers of one candidate and of several, readers, and one who cleans: every answer is whole. */
    @Test
    void noReaderSeesAPart() throws Exception {
        int rounds = 300;
        store.put(network(1, weights(1000)));
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<Integer>> writers = new ArrayList<>();
            for (int w = 0; w < 3; w++) {
                int writer = w;
                writers.add(threads.submit(() -> {
                    WeightStore own = new WeightStore(folder, RUN, MOST);
                    for (int i = 0; i < rounds; i++) {
                        own.put(network(writer == 2 ? 2 : 1, weights(1000 + i)));
                    }
                    return rounds;
                }));
            }
            List<Future<Integer>> readers = new ArrayList<>();
            for (int r = 0; r < 2; r++) {
                readers.add(threads.submit(() -> {
                    int read = 0;
                    while (!over.get()) {
                        Weights weights = found(store, 1);
                        float first = weights.arrays().get(0).values()[0];
                        SameWeights.check(weights((long) first), weights);
                        read++;
                    }
                    return read;
                }));
            }
            Future<Integer> cleaner = threads.submit(() -> {
                int cleaned = 0;
                while (!over.get()) {
                    store.keep(Set.of(1L, 2L), Long.MAX_VALUE);
                    cleaned++;
                }
                return cleaned;
            });
            for (Future<Integer> writer : writers) {
                assertEquals(rounds, writer.get());
            }
            over.set(true);
            for (Future<Integer> reader : readers) {
                assertTrue(reader.get() > 0);
            }
            assertTrue(cleaner.get() > 0);
        } finally {
            over.set(true);
            threads.shutdownNow();
            assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS));
        }
        assertEquals(Set.of("1.weights", "2.weights"), names());
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws Exception {
        Files.writeString(folder, "a file has the folder's name");
        String message = assertThrows(RecordException.class, () -> store.put(network(3, weights(3))))
                .getMessage();
        assertTrue(message.startsWith(file(3) + ": cannot be written: "), message);
        assertThrows(IllegalArgumentException.class, () -> store.put(network(-1, weights(3))));
        WeightStore lost = new WeightStore(dir.resolve("gone").resolve("weights"), RUN, MOST);
        assertThrows(RecordException.class, () -> lost.put(network(3, weights(3))));
        assertTrue(Files.notExists(dir.resolve("gone")), "a run that was deleted is not begun again");
    }

    /** Killed at any moment: what can be read afterwards is whole. */
    @Test
    void aKilledWriterLeavesNoPart() throws Exception {
        store.put(network(1, weights(1000)));
        for (int kill = 0; kill < 3; kill++) {
            Process writer = ChildJvm.start(Writer.class, folder.toString());
            try {
                // it says when it has begun
                assertEquals('.', writer.getInputStream().read());
                for (int i = 0; i < 40 * kill; i++) {
                    writer.getInputStream().read();
                }
            } finally {
                writer.destroyForcibly();
                assertTrue(writer.waitFor(20, TimeUnit.SECONDS));
            }
            Weights left = found(store, 1);
            SameWeights.check(weights((long) left.arrays().get(0).values()[0]), left);
        }
        store.keep(Set.of(), Long.MAX_VALUE);
        assertEquals(Set.of(), names());
    }

    /** Writes weights of one candidate until it is killed. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] args) throws Exception {
            WeightStore store = new WeightStore(Path.of(args[0]), RUN, MOST);
            for (int i = 0; ; i++) {
                store.put(network(1, weights(1000 + i % 500)));
                System.out.print('.');
                System.out.flush();
            }
        }
    }

    @Test
    void aFullDiskIsSaid() throws Exception {
        Optional<SmallDisk.Outcome> ended = SmallDisk.run(dir, "256k", ChildJvm.command(Filler.class, dir.toString()));
        assumeTrue(ended.isPresent(), "no full disk was tried: mount is not permitted");
        assertEquals(0, ended.get().code(), ended.get().said());
        assertTrue(
                ended.get().said().contains("No space left on device; free space on that disk"),
                ended.get().said());
    }

    /** Puts weights until the disk is full: what was there stays, nothing else is left, and room that is made helps. */
    static final class Filler {
        private Filler() {}

        public static void main(String[] args) throws Exception {
            Path folder = new RunPaths(Path.of(args[0])).weights();
            WeightStore store = new WeightStore(folder, RUN, MOST);
            RecordException full = null;
            long id = 0;
            while (full == null) {
                try {
                    store.put(network(id, weights(1000 + id)));
                    id++;
                } catch (RecordException e) {
                    full = e;
                }
            }
            check(id > 1, "some fit: " + id);
            check(full.isOfDisk(), full.getMessage());
            check(full.getMessage().startsWith(folder.resolve(id + ".weights").toString()), full.getMessage());
            for (long each = 0; each < id; each++) {
                SameWeights.check(weights(1000 + each), found(store, each));
            }
            check(store.get(id) instanceof ParentWeights.NotFound, "nothing of the one that did not fit");
            try (Stream<Path> files = Files.list(folder)) {
                check(files.count() == id, "no temporary file is left");
            }
            store.keep(Set.of(0L), Long.MAX_VALUE);
            store.put(network(id, weights(1000 + id)));
            SameWeights.check(weights(1000 + id), found(store, id));
            System.out.println(full.getMessage());
        }

        private static void check(boolean truth, String what) {
            if (!truth) {
                throw new AssertionError(what);
            }
        }
    }

    private String assertNot(Origin why, long id) {
        ParentWeights.NotFound not = assertInstanceOf(ParentWeights.NotFound.class, store.get(id));
        assertEquals(why, not.why(), not.message());
        assertTrue(not.message().startsWith(file(id).toString()), not.message());
        return not.message();
    }

    private static Weights found(WeightStore store, long id) {
        return assertInstanceOf(ParentWeights.Found.class, store.get(id))
                .network()
                .weights();
    }

    private Path file(long id) {
        return folder.resolve(id + ".weights");
    }

    private Set<String> names() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static TrainedNetwork network(long id, Weights weights) {
        return new TrainedNetwork(id, DESIGN, 5, weights);
    }

    /** Different ones for each number, which they begin with; from 1000 on larger than a page of a disk. */
    private static Weights weights(long number) {
        float[] values = new float[number < 1000 ? 6 : 5000];
        Arrays.fill(values, number);
        return new Weights(
                List.of(new Weights.Array("l0_W", new int[] {2, values.length / 2}, values), array("l0_b", 3)));
    }

    private static Weights.Array array(String name, int... shape) {
        float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        Random random = new Random(name.hashCode());
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Weights.Array(name, shape, values);
    }
}
