package org.aevo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.aevo.codec.MalformedDataException;
import org.aevo.config.InputException;
import org.aevo.record.DamagedJournalException;
import org.aevo.record.LostRecords;
import org.aevo.record.RunDirectory;
import org.aevo.record.RunHistory;
import org.aevo.record.RunPaths;
import picocli.CommandLine.Parameters;

/** The run directory that a command is about. */
final class RunArgument {
    private static final int ATTEMPTS = 10;
    private static final long PAUSE_NANOS = 500_000_000;

    @Parameters(index = "0", paramLabel = "DIR", description = "Run directory.")
    private Path directory;

    Path directory() {
        return directory;
    }

    /**
     * @throws InputException if there is no run
     */
    RunPaths paths() {
        if (directory.toString().isBlank()) {
            throw new InputException("DIR: is empty, expected a run directory");
        }
        return paths(directory);
    }

    private static RunPaths paths(Path directory) {
        RunPaths paths = new RunPaths(directory);
        if (!Files.exists(paths.journal())) {
            throw new InputException(directory + ": "
                    + (Files.exists(directory) ? "no run here (no run.journal)" : "no such directory"));
        }
        return paths;
    }

    RunHistory history() throws IOException {
        return history(paths());
    }

    /**
     * The history of a run that another option names.
     *
     * @throws InputException if there is no run
     */
    static RunHistory history(Path directory) throws IOException {
        return history(paths(directory));
    }

    private static RunHistory history(RunPaths paths) throws IOException {
        try {
            RunHistory history = read(paths);
            if (history.started().isEmpty()) {
                throw new CommandException(paths.journal() + ": is empty: the master died before the run began");
            }
            LostRecords.of(paths).ifPresent(lost -> System.err.println("aevo: " + lost));
            return history;
        } catch (MalformedDataException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    /** Network file systems show later bytes of a journal that grows before earlier ones, but not for long. */
    private static RunHistory read(RunPaths paths) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return RunHistory.read(paths.journal());
            } catch (DamagedJournalException e) {
                boolean grows = RunDirectory.isEvolving(paths.directory()).orElse(false);
                if (!grows || attempt == ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
