package org.aevo.cli;

import java.util.Optional;
import org.aevo.record.RunDirectory;
import org.aevo.record.RunPaths;

/** What is said of bytes behind the last good record of a journal: a crash left them, or they are being written. */
final class UnfinishedRecord {
    private UnfinishedRecord() {}

    /** A sentence about so many bytes; empty if there are none, or a master is at work, whose record they will be. */
    static Optional<String> note(RunPaths paths, long bytes) {
        Optional<Boolean> evolving = bytes > 0 ? RunDirectory.isEvolving(paths.directory()) : Optional.of(true);
        if (evolving.orElse(false)) {
            return Optional.empty();
        }
        return Optional.of(paths.journal() + ": " + bytes + " bytes of an unfinished record are at its end"
                + (evolving.isEmpty() ? ", unless a master is writing them just now" : "")
                + "; they are not counted, and --resume cuts them off and keeps them beside");
    }
}
