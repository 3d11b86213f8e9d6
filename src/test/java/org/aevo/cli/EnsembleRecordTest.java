package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.aevo.ensemble.EnsemblePlan;
import org.aevo.record.Journal;
import org.aevo.record.Outside;
import org.aevo.record.RunEnsemble;
import org.aevo.record.RunFile;
import org.aevo.record.RunHistory;
import org.aevo.record.RunReader;
import org.aevo.record.SampleEnsemble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What run.h5 says of an ensemble run is what follows from its journal, by a reckoning outside of aevo's code. */
class EnsembleRecordTest {
    private final EnsemblePlan plan = SampleEnsemble.plan();

    @TempDir
    private Path folder;

    /** Whole runs, parts of one, and runs with a task that failed: a member, a classifier, a vote. */
    @ParameterizedTest
    @CsvSource({"0,-1", "1,-1", "9,-1", "20,-1", "34,-1", "36,-1", "36,0", "36,3", "36,12", "36,35"})
    void theFileIsTheJournal(int done, long failing) throws Exception {
        assumeTrue(TortureCheck.hasH5py(), "h5py is not there");
        assertEquals(36, plan.size());
        Path journal = folder.resolve("run.journal");
        Path entries = folder.resolve("entries.json");
        Path file = folder.resolve("run.h5");
        try (Journal written = Journal.create(journal)) {
            SampleEnsemble.entries(plan, done, failing).forEach(written::append);
            written.force();
        }
        EntryDump.write(journal, entries);
        RunHistory history = RunHistory.read(journal);
        RunFile.write(file, history, Optional.empty());
        try (InputStream in = Objects.requireNonNull(EnsembleRecordTest.class.getResourceAsStream("check_run.py"))) {
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String said = Outside.python(script, entries.toString(), file.toString());
            assertTrue(said.contains("values are equal"), said);
        }
        // to the bit, NaNs too
        assertEquals(
                RunEnsemble.of(history).orElseThrow(),
                RunReader.read(file).ensemble().orElseThrow());
    }

    @Test
    void aSearchHasNoSuchGroups() throws Exception {
        Path file = folder.resolve("run.h5");
        RunHistory history = new RunHistory();
        SampleEnsemble.entries(plan, 0, -1).subList(0, 2).forEach(history::apply);
        RunFile.write(file, history, Optional.empty());
        assertTrue(RunReader.read(file).ensemble().isEmpty());
        assertFalse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("ensemble_"));
        assertEquals(List.of(), List.of(RunEnsemble.of(history).stream().toArray()));
    }
}
