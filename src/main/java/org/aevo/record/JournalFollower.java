package org.aevo.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.aevo.codec.MalformedDataException;
import org.aevo.record.JournalReader.Located;

/**
 * The history of a run that goes on in another process, as its journal grows: each record is read once. A record that is
 * only half there is there the next time. Reads, and does nothing else; the journal need not exist yet.
 */
public final class JournalFollower implements AutoCloseable {
    /** Network file systems show later bytes before earlier ones, but not for long. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path journal;
    private final Consumer<? super Entry> listener;
    private RunHistory history = new RunHistory();
    private Optional<JournalReader> reader = Optional.empty();
    private Object identity = "";
    private long damagedSince;

    /**
     * @param listener is told each entry after the history; where another journal takes the place of the first, it
     *     begins again with the start of a run
     */
    public JournalFollower(Path journal, Consumer<? super Entry> listener) {
        this.journal = journal;
        this.listener = listener;
    }

    /** The run as far as it was read; goes on changing. */
    public RunHistory history() {
        return history;
    }

    /**
     * Takes in what is new.
     *
     * @return whether anything was
     * @throws MalformedDataException if the journal is damaged, or contradicts itself
     */
    public boolean poll() throws IOException {
        if (!open()) {
            return false;
        }
        JournalReader journalReader = reader.orElseThrow();
        boolean news = false;
        try {
            journalReader.refresh();
            Optional<Located> next = journalReader.next();
            while (next.isPresent()) {
                next.get().tell(journal, history::apply);
                listener.accept(next.get().entry());
                news = true;
                next = journalReader.next();
            }
            damagedSince = 0;
        } catch (DamagedJournalException e) {
            long now = System.nanoTime();
            damagedSince = damagedSince == 0 ? now : damagedSince;
            if (now - damagedSince > PATIENCE.toNanos()) {
                throw e;
            }
        }
        return news;
    }

    /** Opens the journal, anew if it is another file than it was, or was cut: whether there is one. */
    private boolean open() throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(journal, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            return reader.isPresent();
        }
        Object key = Objects.requireNonNullElse(attributes.fileKey(), "");
        if (reader.isPresent()) {
            if (key.equals(identity) && attributes.size() >= reader.get().end()) {
                return true;
            }
            close();
            history = new RunHistory();
        }
        identity = key;
        reader = Optional.of(JournalReader.open(journal));
        return true;
    }

    @Override
    public void close() throws IOException {
        if (reader.isPresent()) {
            reader.get().close();
            reader = Optional.empty();
        }
    }
}
