package org.aevo.record;

import java.nio.file.Path;
import java.util.Objects;
import org.aevo.codec.MalformedDataException;

/** A journal whose records are good up to an offset and not from there on, although more of it follows. */
public final class DamagedJournalException extends MalformedDataException {
    private static final long serialVersionUID = 1;

    private final long offset;

    DamagedJournalException(Path file, long offset, String what) {
        super(file + ": damaged at offset " + offset + " (" + what + "): restore it from a copy"
                + (offset > JournalFormat.HEADER_BYTES
                        ? ", or 'aevo recover " + directory(file) + " --until damage' exports what is good before"
                        : "; nothing is good before"));
        this.offset = offset;
    }

    /** Where the last good record before the damage ends. */
    public long offset() {
        return offset;
    }

    /** The run directory of a journal. */
    static Path directory(Path file) {
        return Objects.requireNonNullElse(file.getParent(), Path.of("."));
    }
}
