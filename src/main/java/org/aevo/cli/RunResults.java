package org.aevo.cli;

import java.nio.file.Path;
import org.aevo.record.RunHistory;

/** What a run prints on standard output when it is over. */
interface RunResults {
    /** What a search found and how it went. */
    RunResults SUMMARY = (history, directory) -> new RunSummary(history, directory).print(System.out, 5);

    /** Nothing: all was said before. */
    RunResults NONE = (history, directory) -> {};

    /** @param history with at least one evaluation */
    void print(RunHistory history, Path directory);
}
