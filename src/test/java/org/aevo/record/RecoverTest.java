package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

    private void recover() throws Exception {
        try (RunDirectory directory = RunDirectory.open(paths.directory())) {
            assertTrue(Recover.run(directory).evaluated() <= 40);
        }
    }

    private void checkFile() {
        try (HdfFile file = new HdfFile(paths.hdf5())) {
            assertEquals(40, file.getDatasetByPath("/evaluations/id").getSize());
            assertEquals(1, file.getAttribute("complete").getData());
        }
    }
}
