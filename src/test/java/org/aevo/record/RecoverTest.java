package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aevo.search.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoverTest {
    private final List<Entry> entries = SampleRun.entries(4, 40, 3, 0.1);

    @TempDir
    private Path dir;

    private RunPaths paths;

    @BeforeEach
    void run() throws Exception {
        paths = new RunPaths(dir.resolve("run"));
        try (RunDirectory directory = RunDirectory.create(paths.directory());
                Journal journal = Journal.create(directory.paths().journal())) {
            journal.append(entries.toArray(Entry[]::new));
        }
    }

    @Test
    void theFileIsRebuiltFromNothingOrRubbish() throws Exception {
        recover();
        byte[] whole = Files.readAllBytes(paths.hdf5());
        checkFile();
        for (byte[] bad : List.of(new byte[0], "rubbish".getBytes(), Arrays.copyOf(whole, whole.length / 2))) {
            Files.write(paths.hdf5(), bad);
            recover();
            assertTrue(Arrays.equals(whole, Files.readAllBytes(paths.hdf5())), "the same history gives the same file");
        }
    }

    @Test
    void theBestWeightsComeAlong() throws Exception {
        long best = SampleRun.history(entries).best().getAsLong();
        float[] values = {1, 2, 3};
        new BestWeights(paths).save(best, new Weights(List.of(new Weights.Array("w", new int[] {3}, values))));
        recover();
        try (HdfFile file = new HdfFile(paths.hdf5())) {
            assertTrue(Arrays.equals(
                    values, (float[]) file.getDatasetByPath("/best/weights/w").getData()));
        }
    }

    @Test
    void aTornJournalGivesWhatIsGood() throws Exception {
        Files.write(paths.journal(), new byte[] {0, 0, 0, 9, 1}, StandardOpenOption.APPEND);
        recover();
        checkFile();
    }

    @Test
    void aJournalWithoutARunIsNamed() throws Exception {
        Files.write(paths.journal(), JournalFormat.header());
        RecordException e = assertThrows(RecordException.class, this::recover);
        assertTrue(e.getMessage().contains("empty"), e.getMessage());
    }

    @Test
    void theHalvesOfAJournalDamagedInTheMiddleAreToldApart() throws Exception {
        List<Long> offsets = offsets();
        byte[] whole = Files.readAllBytes(paths.journal());
        recover();
        byte[] view = Files.readAllBytes(paths.hdf5());
        int bad = 70;
        long end = offsets.get(bad);
        byte[] damaged = whole.clone();
        damaged[(int) end + 9] ^= 0x20;
        Files.write(paths.journal(), damaged);

        DamagedJournalException e = assertThrows(DamagedJournalException.class, this::recover);
        assertEquals(end, e.offset());
        assertTrue(e.getMessage().contains("'aevo recover " + paths.directory() + " --until damage'"), e.getMessage());
        JournalPart part = JournalPart.read(paths.journal(), JournalPart.UP_TO_DAMAGE);
        assertEquals(end, part.end());
        assertEquals(whole.length - end, part.leftOut());
        assertEquals(
                SampleRun.history(entries.subList(0, bad)).evaluated(),
                part.history().evaluated());

        Path file = paths.hdf5Until(end);
        Recover.export(paths, part, file, problem -> {});
        try (HdfFile hdf5 = new HdfFile(file)) {
            assertEquals(0, hdf5.getAttribute("complete").getData());
            assertEquals(
                    part.leftOut(), hdf5.getAttribute("journal_bytes_left_out").getData());
            assertEquals(
                    part.history().evaluated(),
                    hdf5.getDatasetByPath("/evaluations/id").getSize());
        }
        assertArrayEquals(damaged, Files.readAllBytes(paths.journal()), "exporting changes nothing");
        assertArrayEquals(view, Files.readAllBytes(paths.hdf5()));

        cut(end);
        assertEquals(entries.subList(0, bad), JournalTest.read(paths.journal()));
        assertArrayEquals(damaged, Files.readAllBytes(paths.damagedJournal(1)));
        assertArrayEquals(view, Files.readAllBytes(paths.damagedHdf5(1)));
        try (Journal journal = Journal.open(paths.journal(), x -> {})) {
            assertEquals(0, journal.cutBytes());
            journal.append(entries.get(bad));
        }
        assertEquals(entries.subList(0, bad + 1), JournalTest.read(paths.journal()));
        assertArrayEquals(damaged, Files.readAllBytes(paths.damagedJournal(1)), "the kept one is a file of its own");

        // a second time: nothing kept is overwritten
        cut(offsets.get(30));
        assertArrayEquals(damaged, Files.readAllBytes(paths.damagedJournal(1)));
        assertEquals(entries.subList(0, bad + 1), JournalTest.read(paths.damagedJournal(2)));
    }

    @Test
    void aPartEndsWithTheLastRecordBeforeTheOffset() throws Exception {
        List<Long> offsets = offsets();
        for (int records : new int[] {1, 2, 50, offsets.size() - 1}) {
            long end = offsets.get(records);
            for (long until : new long[] {end, end + 1, offsets.get(Math.min(records + 1, offsets.size() - 1)) - 1}) {
                if (until >= end) {
                    JournalPart part = JournalPart.read(paths.journal(), until);
                    assertEquals(end, part.end(), "until " + until);
                    assertEquals(Files.size(paths.journal()) - end, part.leftOut());
                }
            }
        }
    }

    @Test
    void nothingToLeaveOutOrNothingToRecoverIsSaid() throws Exception {
        long size = Files.size(paths.journal());
        for (long until : new long[] {size, size + 1, JournalPart.UP_TO_DAMAGE}) {
            assertTrue(refusal(until).contains("is good"), refusal(until));
        }
        Files.write(paths.journal(), new byte[] {0, 0, 0, 9, 1}, StandardOpenOption.APPEND);
        assertTrue(refusal(JournalPart.UP_TO_DAMAGE).contains("is good"), "a torn tail is no damage");
        for (long until : new long[] {1, 12, 13, offsets().get(1) - 1}) {
            assertTrue(refusal(until).contains("before offset " + until), refusal(until));
        }
        byte[] damaged = Files.readAllBytes(paths.journal());
        damaged[20] ^= 1;
        Files.write(paths.journal(), damaged);
        assertTrue(refusal(JournalPart.UP_TO_DAMAGE).contains("before offset 12"));
    }

    @Test
    void whatACrashLeftOfTheBestIsMended() throws Exception {
        RunHistory history = SampleRun.history(entries);
        long best = history.best().getAsLong();
        Weights weights = new Weights(List.of(new Weights.Array("w", new int[] {1}, new float[1])));
        BestWeights crashed = new BestWeights(paths);
        crashed.save(best + 1, weights);
        crashed.removeOthers(best + 1, "an older genome");
        crashed.save(best, weights);
        recover();
        assertEquals(history.genomeText(best) + "\n", Files.readString(paths.bestGenome()));
        assertFalse(Files.exists(paths.bestWeights(best + 1)));
        assertTrue(Files.exists(paths.bestWeights(best)));

        // weights that a journal cut short knows nothing of are not thrown away
        Files.move(paths.bestWeights(best), paths.bestWeights(best + 1));
        Files.writeString(paths.bestGenome(), "a newer genome\n");
        recover();
        assertEquals(history.genomeText(best) + "\n", Files.readString(paths.bestGenome()));
        assertTrue(Files.exists(paths.bestWeights(best + 1)));
    }

    private String refusal(long until) {
        return assertThrows(RecordException.class, () -> JournalPart.read(paths.journal(), until))
                .getMessage();
    }

    private void cut(long offset) throws Exception {
        try (RunDirectory directory = RunDirectory.open(paths.directory())) {
            Recover.cut(directory, JournalPart.read(paths.journal(), offset), problem -> {});
        }
    }

    /** Where each record begins. */
    private List<Long> offsets() throws Exception {
        List<Long> offsets = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(paths.journal())) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                offsets.add(next.get().offset());
            }
        }
        return offsets;
    }

    private void recover() throws Exception {
        try (RunDirectory directory = RunDirectory.open(paths.directory())) {
            assertTrue(Recover.run(directory, problem -> {}).evaluated() <= 40);
        }
    }

    private void checkFile() {
        try (HdfFile file = new HdfFile(paths.hdf5())) {
            assertEquals(40, file.getDatasetByPath("/evaluations/id").getSize());
            assertEquals(1, file.getAttribute("complete").getData());
        }
    }
}
