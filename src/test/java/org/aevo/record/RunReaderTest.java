package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.nio.file.Files;
import java.nio.file.Path;
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
