package org.aevo.record;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.aevo.record.JournalReader.Located;

/**
 * The beginning of a journal: its good records up to an offset, or up to the first damage before it.
 *
 * @param history of these records
 * @param end offset at which the last of them ends
 * @param leftOut bytes of the journal behind it
 */
public record JournalPart(RunHistory history, long end, long leftOut) {
    /** Every good record up to the first damage. */
    public static final long UP_TO_DAMAGE = Long.MAX_VALUE;

    /**
     * Reads the records that end at the offset or before it.
     *
     * @throws RecordException if not even the start of the run is among them, or if nothing but a record that a crash
     *     left half written would be left out
     * @throws org.aevo.codec.MalformedDataException if it is no journal, of a newer program, or contradicts itself
     */
    public static JournalPart read(Path journal, long offset) throws IOException {
        RunHistory history = new RunHistory();
        long end = 0;
        boolean whole = false;
        try (JournalReader reader = JournalReader.open(journal)) {
            try {
                while (!whole && reader.end() < offset) {
                    Optional<Located> next = reader.next();
                    whole = next.isEmpty();
                    if (next.isPresent() && reader.end() <= offset) {
                        next.get().tell(journal, history::apply);
                        end = reader.end();
                    }
                }
            } catch (DamagedJournalException e) {
                end = e.offset();
            }
            if (whole || end == reader.size()) {
                throw new RecordException(journal + ": is good" + (offset == UP_TO_DAMAGE ? "" : " up to " + offset)
                        + ", nothing is to be left out: 'aevo recover " + DamagedJournalException.directory(journal)
                        + "' rebuilds run.h5 from all of it");
            }
            if (history.started().isEmpty()) {
                throw new RecordException(journal + ": no good record" + (offset == UP_TO_DAMAGE ? "" : " ends")
                        + " before offset " + (offset == UP_TO_DAMAGE ? end : offset)
                        + ": there is nothing to recover, restore the file from a copy");
            }
            history.recordedIn(JournalDigest.of(journal, end).orElse(JournalDigest.NONE));
            return new JournalPart(history, end, reader.size() - end);
        }
    }
}
