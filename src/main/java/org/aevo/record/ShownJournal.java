package org.aevo.record;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.aevo.codec.MalformedDataException;

/**
 * Which journal a {@code run.h5} shows, as it says itself; held against the one beside it, whose times say nothing.
 *
 * @param digest of the journal that the file was made from
 * @param run name, seed and start
 * @param evaluations in the file
 */
record ShownJournal(JournalDigest digest, List<Object> run, long evaluations) {

    /** How a file stands to the journal beside it. */
    enum Standing {
        /** It shows all of the journal. */
        CURRENT,
        /** The journal has gone on. */
        BEHIND,
        /** It shows this run, and more of it than there are good records in the journal. */
        AHEAD,
        /** It shows another run, or this one as another journal told of it. */
        OTHER
    }

    /** Empty if the file is not there, cannot be read, or is of a program that did not say it. */
    static Optional<ShownJournal> of(Path hdf5) {
        if (!Files.isRegularFile(hdf5)) {
            return Optional.empty();
        }
        try (HdfFile file = new HdfFile(hdf5)) {
            JournalDigest digest = new JournalDigest(
                    (Long) value(file, "journal_bytes"), (int) (long) (Long) value(file, "journal_crc32c"));
            List<Object> run = List.of(value(file, "name"), value(file, "seed"), value(file, "start_utc"));
            return Optional.of(new ShownJournal(digest, run, (Long) value(file.getByPath("/evaluations"), "rows")))
                    .filter(shown -> shown.digest.bytes() > 0);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            return Optional.empty();
        }
    }

    private static Object value(Node node, String name) {
        Attribute attribute = node.getAttribute(name);
        if (attribute == null) {
            throw new IllegalArgumentException("no attribute " + name);
        }
        return attribute.getData();
    }

    /**
     * @throws IOException if not even the beginning of the journal can be read
     */
    Standing standing(Path journal) throws IOException {
        if (JournalDigest.of(journal, digest.bytes()).equals(Optional.of(digest))) {
            return Files.size(journal) == digest.bytes() ? Standing.CURRENT : Standing.BEHIND;
        }
        try (JournalReader reader = JournalReader.open(journal)) {
            Optional<Entry> first = reader.next().map(JournalReader.Located::entry);
            boolean same = first.isPresent()
                    && first.get() instanceof Entry.RunStarted s
                    && run.equals(List.of(
                            Hdf5Table.clean(s.name()), s.seed(), s.startUtc().toString()));
            return same && goodBytes(reader) < digest.bytes() ? Standing.AHEAD : Standing.OTHER;
        }
    }

    private static long goodBytes(JournalReader reader) throws IOException {
        try {
            while (reader.next().isPresent()) {
                continue;
            }
        } catch (MalformedDataException e) {
            // the records before it are good
        }
        return reader.end();
    }
}
