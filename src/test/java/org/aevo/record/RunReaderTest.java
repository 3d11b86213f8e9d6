package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.aevo.search.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReaderTest {
    @TempDir
    private Path dir;

    @Test
    void whatWasWrittenIsRead() throws Exception {
        RunHistory history = SampleRun.history(SampleRun.entries(3, 200, 5, 0.05));
        long best = history.best().getAsLong();
        Weights weights = new Weights(List.of(new Weights.Array("e0_dense_W", new int[] {2, 3}, new float[6])));
        Path file = dir.resolve("run.h5");
        RunFile.write(file, history, Optional.of(new BestWeights.Saved(best, weights)));
        RunData run = RunReader.read(dir);

        assertEquals("größe", run.about().name());
        assertEquals(5, run.about().places());
        assertTrue(run.about().simulated() && run.about().complete());
        assertEquals(history.started().orElseThrow().inputYaml(), run.about().inputYaml());
        assertEquals("77", run.about().slurm().get("slurm_job_id"));
        assertEquals(history.wallSeconds(), run.about().wallSeconds());
        assertEquals(history.evaluated(), run.evaluations().rows());
        assertEquals(best, run.evaluations().longs("id")[run.bestRow()]);
        assertEquals(history.genomeText(best), run.genomes().get(run.bestRow()));
        assertEquals(history.bestFitness(), run.evaluations().doubles("fitness")[run.bestRow()]);
        assertEquals("e0_dense_W", run.weights().orElseThrow().arrays().get(0).name());
        assertEquals(
                SampleRun.ODD_TEXT,
                run.messages().stream()
                        .filter(m -> !m.isEmpty())
                        .findFirst()
                        .orElseThrow()
                        .substring(0, SampleRun.ODD_TEXT.length()));
        assertEquals("nöde1", run.workers().texts("host")[run.workers().rowsWhere("rank", 1)[0]]);
        assertEquals(Accounting.of(history), run.accounting());
        assertArrayEquals(
                IntStream.range(0, history.inserted())
                        .mapToDouble(i -> history.insertion(i).bestFitness())
                        .toArray(),
                run.progress().doubles("best_fitness"));
    }

    /** Tables without rows stand in the file as one row of missing values. */
    @Test
    void aRunThatHasJustBegunIsEmpty() throws Exception {
        RunFile.write(dir.resolve("run.h5"), SampleRun.history(List.of(SampleRun.started(2))), Optional.empty());
        RunData run = RunReader.read(dir.resolve("run.h5"));
        assertEquals(0, run.evaluations().rows());
        assertEquals(0, run.evaluations().doubles("fitness").length);
        assertEquals(List.of(), run.genomes());
        assertEquals(Optional.empty(), run.accounting());
        assertEquals(-1, run.bestRow());
        assertFalse(run.about().complete());
    }

    @Test
    void aRunInProgressIsReadFromItsJournal() throws Exception {
        List<Entry> entries = SampleRun.entries(3, 50, 3, 0.05);
        List<Entry> some = entries.subList(0, entries.size() / 2);
        RunPaths paths = new RunPaths(dir);
        Files.createDirectories(paths.best());
        try (Journal journal = Journal.create(paths.journal())) {
            for (Entry entry : some) {
                journal.append(entry);
            }
            journal.force();
        }
        RunHistory early = SampleRun.history(entries.subList(0, 20));
        RunFile.write(paths.hdf5(), early, Optional.empty());
        RunHistory history = SampleRun.history(some);
        RunData run = RunReader.read(dir);
        assertEquals(history.evaluated(), run.evaluations().rows());
        assertEquals(Accounting.of(history), run.accounting());
        assertEquals(dir, run.source());
        Files.delete(paths.hdf5());
        assertEquals(history.evaluated(), RunReader.read(dir).evaluations().rows());
    }

    /** Times say nothing: whichever of the files is the younger, what they hold decides. */
    @Test
    void theJournalIsReadUnlessRunH5ShowsAllOfIt() throws Exception {
        List<Entry> entries = SampleRun.entries(3, 50, 3, 0.05);
        RunPaths paths = new RunPaths(dir);
        Files.createDirectories(paths.best());
        write(paths.journal(), entries.subList(0, 100));
        RunFile.write(paths.hdf5(), RunHistory.read(paths.journal()), Optional.empty());
        touch(paths.hdf5(), -3600);
        assertEquals(read(List.of()), RunHistory.read(paths.journal()).evaluated());

        long early = Files.size(paths.journal());
        try (Journal journal = Journal.open(paths.journal(), entry -> {})) {
            journal.append(entries.subList(100, entries.size()).toArray(Entry[]::new));
            journal.force();
        }
        touch(paths.hdf5(), 3600);
        int all = RunHistory.read(paths.journal()).evaluated();
        assertEquals(read(List.of("is older than run.journal")), all);

        // cut between two records: run.h5 is the proof that there were more
        RunFile.write(paths.hdf5(), RunHistory.read(paths.journal()), Optional.empty());
        assertEquals(read(List.of()), all);
        try (FileChannel journal = FileChannel.open(paths.journal(), StandardOpenOption.WRITE)) {
            journal.truncate(early);
        }
        int fewer = RunHistory.read(paths.journal()).evaluated();
        assertTrue(fewer < all);
        assertEquals(read(List.of("has lost records: run.h5 shows " + all + " evaluations")), fewer);
        assertTrue(assertThrows(RecordException.class, () -> LostRecords.refuse(paths))
                .getMessage()
                .contains("restore it from a copy"));

        // of another run
        Entry.RunStarted s = (Entry.RunStarted) entries.get(0);
        Files.delete(paths.journal());
        write(
                paths.journal(),
                List.of(new Entry.RunStarted(
                        s.name(),
                        s.mode(),
                        s.strategy(),
                        s.seed() + 1,
                        s.startUtc(),
                        s.createdBy(),
                        s.inputYaml(),
                        s.commandLine(),
                        s.gitCommit(),
                        s.javaVersion(),
                        s.libraries(),
                        s.slurm(),
                        s.simulated(),
                        s.workers())));
        assertEquals(read(List.of("was not made from the run.journal beside it")), 0);
        assertEquals(Optional.empty(), LostRecords.of(paths));
    }

    private int read(List<String> said) throws Exception {
        List<String> heard = new ArrayList<>();
        int rows = RunReader.read(dir, heard::add).evaluations().rows();
        assertEquals(said.size(), heard.size(), heard.toString());
        for (int i = 0; i < said.size(); i++) {
            assertTrue(
                    heard.get(i).contains(said.get(i)) && heard.get(i).endsWith("its journal is read"), heard.get(i));
        }
        return rows;
    }

    private static void write(Path file, List<Entry> entries) throws Exception {
        try (Journal journal = Journal.create(file)) {
            journal.append(entries.toArray(Entry[]::new));
        }
    }

    private static void touch(Path file, long seconds) throws Exception {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(seconds)));
    }

    /** Whichever bit of what the file says: it is read from the journal, or refused where there is none. */
    @Test
    void aFlippedBitIsSeen() throws Exception {
        RunPaths paths = new RunPaths(dir);
        Files.createDirectories(paths.best());
        write(paths.journal(), SampleRun.entries(3, 50, 3, 0.05));
        RunHistory history = RunHistory.read(paths.journal());
        RunFile.write(paths.hdf5(), history, Optional.empty());
        byte[] good = Files.readAllBytes(paths.hdf5());
        RunData whole = RunReader.read(dir);
        byte[] fitness = ByteBuffer.allocate(Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(history.bestFitness())
                .array();
        byte[] name = "größe".getBytes(StandardCharsets.UTF_8);
        for (byte[] wanted : List.of(fitness, name)) {
            byte[] bad = good.clone();
            int at = find(good, wanted);
            bad[at + wanted.length - 2] ^= 1;
            Files.write(paths.hdf5(), bad);
            List<String> said = new ArrayList<>();
            RunData read = RunReader.read(dir, said::add);
            assertEquals(whole.about(), read.about());
            assertArrayEquals(
                    whole.evaluations().doubles("fitness"), read.evaluations().doubles("fitness"));
            assertEquals(1, said.size(), said.toString());
            assertTrue(said.get(0).contains("aevo recover makes a run.h5 anew"), said.get(0));
            Path copy = dir.resolve("copied.h5");
            Files.write(copy, bad);
            assertMessage(copy, "aevo recover makes a run.h5 anew");
        }
        Path copy = Files.write(dir.resolve("copied.h5"), good);
        assertEquals(history.bestFitness(), RunReader.read(copy).evaluations().doubles("fitness")[whole.bestRow()]);
    }

    private static int find(byte[] bytes, byte[] wanted) {
        return IntStream.range(0, bytes.length - wanted.length)
                .filter(at -> Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsNoRunIsNamed() throws Exception {
        assertMessage(dir, "no run here");
        assertMessage(dir.resolve("nowhere"), "no such directory");
        Path foreign = dir.resolve("foreign.h5");
        try (WritableHdfFile hdf5 = HdfFile.write(foreign)) {
            hdf5.putDataset("x", new double[] {1});
        }
        assertMessage(foreign, "not of a run of aevo");
        Path newer = dir.resolve("newer.h5");
        try (WritableHdfFile hdf5 = HdfFile.write(newer)) {
            hdf5.putAttribute("schema", RunFile.SCHEMA);
            hdf5.putAttribute("schema_version", RunFile.SCHEMA_VERSION + 1);
            hdf5.putDataset("x", new double[] {1});
        }
        assertMessage(newer, "use a newer aevo");
        Path text = dir.resolve("notes.txt");
        Files.writeString(text, "no HDF5 at all");
        assertMessage(text, "cannot be read as a run");
    }

    /** Whatever bytes there are: a run or a message, nothing else. */
    @Test
    void damagedFilesAreRefused() throws Exception {
        Path file = dir.resolve("run.h5");
        RunFile.write(file, SampleRun.history(SampleRun.entries(3, 20, 2, 0)), Optional.empty());
        byte[] good = Files.readAllBytes(file);
        Path cut = dir.resolve("cut.h5");
        Files.write(cut, java.util.Arrays.copyOf(good, good.length / 2));
        assertMessage(cut, "cut.h5");
        Random random = new Random(7);
        for (int trial = 0; trial < 100; trial++) {
            byte[] bad = good.clone();
            for (int i = 0; i < 20; i++) {
                bad[random.nextInt(trial < 50 ? bad.length : 2000)] = (byte) random.nextInt(256);
            }
            Files.write(cut, bad);
            try {
                RunReader.read(cut).accounting();
            } catch (RecordException e) {
                assertTrue(e.getMessage().startsWith(cut.toString()), e.getMessage());
            }
        }
    }

    private static void assertMessage(Path place, String part) {
        RecordException e = assertThrows(RecordException.class, () -> RunReader.read(place));
        assertTrue(e.getMessage().startsWith(place.toString()) && e.getMessage().contains(part), e.getMessage());
    }
}
