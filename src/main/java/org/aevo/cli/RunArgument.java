package org.aevo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aevo.codec.MalformedDataException;
import org.aevo.config.InputException;
import org.aevo.record.LostRecords;
import org.aevo.record.RunHistory;
import org.aevo.record.RunPaths;
import picocli.CommandLine.Parameters;

/** The run directory that a command is about. */
final class RunArgument {
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
            RunHistory history = RunHistory.read(paths.journal());
            if (history.started().isEmpty()) {
                throw new CommandException(paths.journal() + ": is empty: the master died before the run began");
            }
            LostRecords.of(paths).ifPresent(lost -> System.err.println("aevo: " + lost));
            return history;
        } catch (MalformedDataException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }
}
