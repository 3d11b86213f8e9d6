package org.aevo.record;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.aevo.record.ShownJournal.Standing;

/**
 * Records that a journal once had, as the {@code run.h5} beside it proves: a file that was cut between two records looks
 * whole by itself.
 */
public final class LostRecords {
    private LostRecords() {}

    /**
     * What is lost, as a sentence with the mend; empty if run.h5 shows nothing that the journal has not.
     *
     * @throws IOException if the journal cannot be read at all
     */
    public static Optional<String> of(RunPaths paths) throws IOException {
        Optional<ShownJournal> shown = ShownJournal.of(paths.hdf5());
        if (shown.isEmpty() || shown.get().standing(paths.journal()) != Standing.AHEAD) {
            return Optional.empty();
        }
        long bytes = shown.get().digest().bytes();
        long size = Files.size(paths.journal());
        return Optional.of(paths.journal() + ": has lost records: run.h5 shows "
                + shown.get().evaluations() + " evaluations that its first " + bytes + " bytes held, "
                + (size < bytes ? "it has " + size + " now" : "they are not all good now")
                + "; restore it from a copy, or move run.h5 away to go on without them");
    }

    /**
     * Refuses to go on with such a journal, before anything is written.
     *
     * @throws RecordException if records are lost
     * @throws org.aevo.codec.MalformedDataException if the journal is damaged before its end
     */
    public static void refuse(RunPaths paths) throws IOException {
        Optional<String> lost = of(paths);
        if (lost.isPresent()) {
            // damage before the end has a better mend, which its message names
            RunHistory.read(paths.journal());
            throw new RecordException(lost.get());
        }
    }
}
