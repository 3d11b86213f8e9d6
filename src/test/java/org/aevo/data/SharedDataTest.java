package org.aevo.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.aevo.SmallDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class SharedDataTest {
    private static final int COUNT = 800;
    private static final int SIZE = 400;

    @TempDir
    private Path directory;

    private Path cache() {
        return directory.resolve("cache");
    }

    private Map<String, String> sharing() {
        return Map.of(CacheFolder.VARIABLE, cache().toString());
    }

    private static final Map<String, String> ALONE = Map.of(CacheFolder.VARIABLE, "none");

    /** Random images of 20x20 with labels. */
    private DataSettings images(long seed) {
        TestFiles.write(
                directory.resolve("images"), TestFiles.idx(TestFiles.random(COUNT * SIZE, seed), COUNT, 20, 20));
        TestFiles.write(directory.resolve("classes"), TestFiles.idx(TestFiles.labels(COUNT), COUNT));
        return DataSettings.of(DataKind.IDX)
                .path(directory.resolve("images"))
                .labels("classes")
                .seed(1)
                .build();
    }

    private static void assertSame(Split expected, Split actual) {
        assertEquals(expected.checksum(), actual.checksum());
        assertSame(expected.train(), actual.train());
        assertSame(expected.validation(), actual.validation());
        assertSame(expected.test(), actual.test());
    }

    private static void assertSame(Dataset expected, Dataset actual) {
        assertEquals(expected.toString(), actual.toString());
        assertArrayEquals(expected.values(), actual.values());
        assertEquals(expected.labels().isPresent(), actual.labels().isPresent());
        assertArrayEquals(expected.labels().orElse(new int[0]), actual.labels().orElse(new int[0]));
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(cache())) {
            return files.filter(f -> !f.endsWith("lock")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file() {
        assertEquals(1, files().size(), files().toString());
        return files().get(0);
    }

    @Test
    void whatIsSharedIsWhatIsRead() throws IOException {
        DataSettings settings = images(1);
        Split alone = Datasets.load(settings, ALONE);
        Summary summary = Datasets.inspect(settings, sharing());
        assertFalse(Files.exists(cache()), "a look makes no files");
        assertSame(alone, Datasets.load(settings, sharing()));
        Object made = Files.getAttribute(file(), "unix:ino");
        assertSame(alone, Datasets.load(settings, sharing()));
        assertEquals(made, Files.getAttribute(file(), "unix:ino"));
        CheckedData shared = Datasets.check(settings, sharing());
        assertEquals(summary, shared.summary());
        CheckedData.SeenLabels labels = Datasets.check(settings, ALONE).labels().orElseThrow();
        assertArrayEquals(labels.train(), shared.labels().orElseThrow().train());
        assertArrayEquals(labels.validation(), shared.labels().orElseThrow().validation());
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(cache())));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        assertTrue(Files.size(file()) < COUNT * SIZE + 20_000, "bytes are kept as bytes");
    }

    @Test
    void floatsAndComputedSamplesAreSharedToo() throws IOException {
        double[] values = new double[200 * 300];
        Arrays.setAll(values, i -> Math.sin(i));
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length);
        bytes.asDoubleBuffer().put(values);
        Path doubles = TestFiles.write(directory.resolve("doubles"), TestFiles.idx(0x0E, bytes.array(), 200, 300));
        DataSettings read = DataSettings.of(DataKind.IDX).path(doubles).build();
        assertSame(Datasets.load(read, ALONE), Datasets.load(read, sharing()));
        DataSettings computed = DataSettings.of(DataKind.BLOBS)
                .samples(1000)
                .features(100)
                .parts(700, 200, 100)
                .build();
        assertSame(Datasets.load(computed, ALONE), Datasets.load(computed, sharing()));
        assertSame(Datasets.load(computed, ALONE), Datasets.load(computed, sharing()));
        assertEquals(2, files().size());
    }

    /** The last sample then ends where a page of the file does. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void samplesThatFillWholePagesAreKeptToTheLastByte(boolean floats) {
        int count = 70;
        byte[] bytes = new byte[count * 4096];
        Arrays.fill(bytes, (byte) 7);
        if (floats) {
            FloatBuffer values = ByteBuffer.wrap(bytes).asFloatBuffer();
            for (int i = 0; values.hasRemaining(); i++) {
                values.put(i % 1024);
            }
        }
        Path file = TestFiles.write(
                directory.resolve("pages"),
                floats ? TestFiles.idx(0x0D, bytes, count, 32, 32) : TestFiles.idx(bytes, count, 64, 64));
        DataSettings settings = DataSettings.of(DataKind.IDX).path(file).build();
        assertSame(Datasets.load(settings, ALONE), Datasets.load(settings, sharing()));
        assertEquals(1, files().size());
    }

    @Test
    void batchesAreCopiedInTheOrderAskedFor() {
        Dataset train = Datasets.load(images(1), sharing()).train();
        float[] all = train.values();
        float[] batch = new float[3 * SIZE];
        train.copy(new int[] {9, 5, 0, 5, 7}, 1, 4, FloatBuffer.wrap(batch));
        assertArrayEquals(Arrays.copyOfRange(all, 5 * SIZE, 6 * SIZE), Arrays.copyOf(batch, SIZE));
        assertArrayEquals(Arrays.copyOf(all, SIZE), Arrays.copyOfRange(batch, SIZE, 2 * SIZE));
        assertArrayEquals(Arrays.copyOfRange(all, 5 * SIZE, 6 * SIZE), Arrays.copyOfRange(batch, 2 * SIZE, 3 * SIZE));
    }

    @Test
    void smallSetsAreNotWorthAFile() {
        DataSettings settings =
                DataSettings.of(DataKind.SWISS_ROLL).samples(1000).build();
        Datasets.load(settings, sharing());
        assertFalse(Files.exists(cache()));
    }

    /** Places from the first byte to the last: magic, version, lengths, checksum, description, values, labels. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 9, 14, 20, 25, 40, 0.1, 0.5, 0.9, 0.999999})
    void aByteThatIsWrongIsNoticed(double place) throws IOException {
        DataSettings settings = images(1);
        Datasets.load(settings, sharing());
        byte[] bytes = Files.readAllBytes(file());
        byte[] damaged = bytes.clone();
        damaged[place < 1 && place > 0 ? (int) (place * bytes.length) : (int) place] ^= 4;
        Files.write(file(), damaged);
        assertSame(Datasets.load(settings, ALONE), Datasets.load(settings, sharing()));
        assertArrayEquals(bytes, Files.readAllBytes(file()), "it was made again");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 31, 32, 100, 5000, -1, 1})
    void aFileOfAnotherLengthIsNoticed(int length) throws IOException {
        DataSettings settings = images(1);
        Datasets.load(settings, sharing());
        byte[] bytes = Files.readAllBytes(file());
        int size = length == 1 || length == -1 ? bytes.length + length : length;
        Files.delete(file());
        Files.write(cache().resolve("x"), Arrays.copyOf(bytes, size));
        Files.setPosixFilePermissions(cache().resolve("x"), PosixFilePermissions.fromString("rw-------"));
        Files.move(cache().resolve("x"), cache().resolve(name(settings)));
        assertSame(Datasets.load(settings, ALONE), Datasets.load(settings, sharing()));
        assertArrayEquals(bytes, Files.readAllBytes(file()));
    }

    private static String name(DataSettings settings) {
        return Fingerprint.of(settings, Map.of()).orElseThrow().name() + ".data";
    }

    @Test
    void dataThatHaveChangedAreReadAgain() throws IOException {
        DataSettings settings = images(1);
        Split old = Datasets.load(settings, sharing());
        FileTime time = Files.getLastModifiedTime(directory.resolve("images"));
        images(2);
        Files.setLastModifiedTime(directory.resolve("images"), time);
        Split changed = Datasets.load(settings, sharing());
        assertSame(Datasets.load(settings, ALONE), changed);
        assertFalse(Arrays.equals(old.train().values(), changed.train().values()));
    }

    @Test
    void otherSettingsGiveAnotherFile() {
        DataSettings settings = images(1);
        DataSettings other = DataSettings.of(DataKind.IDX)
                .path(directory.resolve("images"))
                .labels("classes")
                .seed(2)
                .build();
        Split one = Datasets.load(settings, sharing());
        Split two = Datasets.load(other, sharing());
        assertSame(Datasets.load(other, ALONE), two);
        assertFalse(Arrays.equals(one.train().values(), two.train().values()));
        assertEquals(2, files().size());
    }

    /** As if the fingerprints of two sets had the same hash. */
    @Test
    void aFileOfOtherDataIsNotUsed() throws IOException {
        DataSettings settings = images(1);
        Datasets.load(settings, sharing());
        DataSettings other =
                DataSettings.of(DataKind.IDX).path(directory.resolve("images")).build();
        Files.move(file(), cache().resolve(name(other)));
        assertSame(Datasets.load(other, ALONE), Datasets.load(other, sharing()));
    }

    @Test
    void aFileThatOthersMayWriteIsNotTrusted() throws IOException {
        DataSettings settings = images(1);
        Split good = Datasets.load(settings, sharing());
        Object first = Files.getAttribute(file(), "unix:ino");
        Path second = Files.copy(file(), directory.resolve("copy"));
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw--w----"));
        assertSame(good, Datasets.load(settings, sharing()));
        assertNotEquals(first, Files.getAttribute(file(), "unix:ino"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));

        Path place = file();
        Files.delete(place);
        Files.createSymbolicLink(place, second);
        assertSame(good, Datasets.load(settings, sharing()));
        assertFalse(Files.isSymbolicLink(file()));
        assertTrue(Files.exists(second));
    }

    @Test
    void aFolderOfSomebodyElseIsNotUsed() throws IOException {
        Files.createDirectory(cache());
        boolean given = true;
        try {
            Files.setAttribute(cache(), "unix:uid", 12345);
        } catch (IOException e) {
            given = false;
        }
        assumeTrue(given, "only root can give a folder away");
        DataSettings settings = images(1);
        assertSame(Datasets.load(settings, ALONE), Datasets.load(settings, sharing()));
        assertEquals(List.of(), files());
    }

    /** It may be one that the user shares, or needs for more than this. */
    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxrwx", "rwxrwx---", "rwxr-xr-x"})
    void aFolderThatIsThereKeepsItsPermissionsAndItsFiles(String permissions) throws IOException {
        Files.createDirectory(cache());
        Files.setPosixFilePermissions(cache(), PosixFilePermissions.fromString(permissions));
        Files.writeString(cache().resolve("mine.tmp"), "dear");
        sparse("mine", 5L << 30, 1000);
        DataSettings settings = images(1);
        assertSame(Datasets.load(settings, ALONE), Datasets.load(settings, sharing()));
        assertEquals(permissions, PosixFilePermissions.toString(Files.getPosixFilePermissions(cache())));
        assertEquals(5L << 30, Files.size(cache().resolve("mine.data")));
        assertEquals("dear", Files.readString(cache().resolve("mine.tmp")));
        assertEquals(permissions.equals("rwxr-xr-x") ? 3 : 2, files().size(), "others could write there");
    }

    @Test
    void withoutAFolderEverythingWorks() throws IOException {
        Files.writeString(directory.resolve("file"), "");
        Map<String, String> nowhere =
                Map.of(CacheFolder.VARIABLE, directory.resolve("file/cache").toString());
        DataSettings settings = images(1);
        assertSame(Datasets.load(settings, ALONE), Datasets.load(settings, nowhere));
    }

    @Test
    void dataThatAreWrongAreAnErrorAsEver() throws IOException {
        DataSettings settings = images(1);
        byte[] bytes = Files.readAllBytes(directory.resolve("images"));
        Files.write(directory.resolve("images"), Arrays.copyOf(bytes, bytes.length - 1));
        DataErrors.assertFails(() -> Datasets.load(settings, sharing()), "images: truncated");
        assertEquals(List.of(), files());
        Files.delete(directory.resolve("images"));
        DataErrors.assertFails(() -> Datasets.load(settings, sharing()), "images: no such file");
    }

    @Test
    void theLongestUnusedGoFirst() throws IOException {
        DataSettings settings = images(1);
        Files.createDirectory(cache());
        Path old = sparse("0".repeat(32), 3L << 30, 3000);
        Path recent = sparse("e".repeat(32), 3L << 30, 1000);
        Path unfinished = sparse("1".repeat(32), 1, 0);
        Files.move(unfinished, cache().resolve("1".repeat(32) + ".tmp"));
        Datasets.load(settings, sharing());
        assertFalse(Files.exists(old));
        assertTrue(Files.exists(recent));
        assertEquals(2, files().size(), "what was never finished is gone: " + files());
    }

    private Path sparse(String name, long size, long secondsAgo) throws IOException {
        Path path = cache().resolve(name + ".data");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(size);
        }
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(secondsAgo)));
        return path;
    }

    /** Another that makes a file is waited for as long as it writes. */
    @Test
    void onlyWhoIsFrozenIsNotWaitedFor() throws Exception {
        DataSettings settings = images(1);
        Duration patience = Duration.ofMillis(1500);
        Files.createDirectory(cache());
        Path unfinished = Files.createFile(cache().resolve("0".repeat(32) + ".tmp"));
        try (FileChannel channel =
                FileChannel.open(cache().resolve("lock"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            FileLock lock = channel.lock();
            assertEquals(Optional.empty(), SharedData.load(settings, sharing(), Duration.ofMillis(300), doing -> {}));
            AtomicInteger writes = new AtomicInteger();
            List<String> said = new ArrayList<>();
            ScheduledExecutorService other = Executors.newSingleThreadScheduledExecutor();
            try {
                Callable<Void> write = () -> {
                    Files.setLastModifiedTime(unfinished, FileTime.fromMillis(1000L * writes.incrementAndGet()));
                    if (writes.get() == 25) {
                        lock.release();
                    }
                    return null;
                };
                for (int i = 1; i <= 25; i++) {
                    other.schedule(write, 100L * i, TimeUnit.MILLISECONDS);
                }
                assertSame(
                        Datasets.load(settings, ALONE),
                        SharedData.load(settings, sharing(), patience, said::add)
                                .orElseThrow());
            } finally {
                other.shutdownNow();
            }
            assertEquals(25, writes.get());
            // whoever waits for this process hears that the other one gets on
            assertTrue(said.size() > 5 && said.size() <= 26, said.toString());
            assertTrue(said.get(0).startsWith("waiting for another process of this host"), said.get(0));
        }
    }

    /** Threads of one process, and processes, all at once. */
    @Test
    void manyThatStartTogetherMakeItOnce() throws Exception {
        DataSettings settings = images(1);
        int expected = Arrays.hashCode(Datasets.load(settings, ALONE).train().values());
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(new ProcessBuilder(Child.command(directory, cache())).start());
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Split> load = () -> Datasets.load(settings, sharing());
            for (Future<Split> one : threads.invokeAll(List.of(load, load, load, load))) {
                assertEquals(expected, Arrays.hashCode(one.get().train().values()));
            }
        } finally {
            threads.shutdownNow();
        }
        Set<String> files = Set.of(file() + " " + Files.getAttribute(file(), "unix:ino"));
        for (Process process : processes) {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(expected + "", said.strip());
            assertTrue(process.waitFor() == 0);
        }
        assertEquals(files, Set.of(file() + " " + Files.getAttribute(file(), "unix:ino")), "made once");
    }

    @Test
    void aFullDiskCostsNothingButTheSharing() throws Exception {
        DataSettings settings = images(1);
        int expected = Arrays.hashCode(Datasets.load(settings, ALONE).train().values());
        Files.createDirectory(cache());
        Optional<SmallDisk.Outcome> ended = SmallDisk.run(cache(), "200k", Child.command(directory, cache()));
        assumeTrue(ended.isPresent(), "no full disk was tried: mount is not permitted");
        String said = ended.get().said();
        assertEquals(0, ended.get().code(), said);
        assertTrue(said.contains("this process keeps the data for itself"), said);
        assertEquals(expected + "", said.strip().lines().reduce("", (a, b) -> b));
    }

    /** Prints a hash of the train part. */
    static final class Child {
        private Child() {}

        static List<String> command(Path directory, Path cache) {
            return List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Child.class.getName(),
                    directory.toString(),
                    cache.toString());
        }

        public static void main(String[] arguments) {
            DataSettings settings = DataSettings.of(DataKind.IDX)
                    .path(Path.of(arguments[0], "images"))
                    .labels("classes")
                    .seed(1)
                    .build();
            Split split = Datasets.load(settings, Map.of(CacheFolder.VARIABLE, arguments[1]));
            System.out.println(Arrays.hashCode(split.train().values()));
        }
    }
}
