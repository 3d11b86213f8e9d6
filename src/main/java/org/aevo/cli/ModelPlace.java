package org.aevo.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.aevo.config.InputException;
import org.aevo.record.RunPaths;

/** Where a trained model is. */
final class ModelPlace {
    private ModelPlace() {}

    /**
     * The {@code model.h5} of a run's best candidate or of another one, or the one in a folder.
     *
     * @throws InputException if there is none
     */
    static Path of(Path directory, Optional<Long> candidate) {
        if (directory.toString().isBlank()) {
            throw new InputException("DIR: is empty, expected a run directory");
        }
        if (!Files.isDirectory(directory)) {
            throw new InputException(directory + ": "
                    + (Files.exists(directory) ? "is a file, expected the directory of a run" : "no such directory"));
        }
        RunPaths paths = new RunPaths(directory);
        Path folder = candidate.map(paths::candidate).orElse(paths.best());
        Path own = directory.resolve(ModelFolder.HDF5);
        Path model = folder.resolve(ModelFolder.HDF5);
        if (candidate.isEmpty() && !Files.exists(model) && Files.exists(own)) {
            return own;
        }
        if (!Files.exists(model)) {
            throw new InputException(model + ": no such file: 'aevo train " + directory
                    + candidate.map(id -> " --id " + id).orElse("") + "' makes a model");
        }
        return model;
    }
}
