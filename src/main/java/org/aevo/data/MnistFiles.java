package org.aevo.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The file names of MNIST and of the sets in its form. */
final class MnistFiles {
    static final String TRAINING_IMAGES = "train-images-idx3-ubyte";
    static final String TRAINING_LABELS = "train-labels-idx1-ubyte";
    static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
    static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

    private MnistFiles() {}

    /** The file of that name, plain or gzip; some distributions write {@code .idx} for {@code -idx}. */
    static Optional<Path> lookFor(Path directory, String name) {
        String dotted = name.replace("-idx", ".idx");
        return List.of(name, name + ".gz", dotted, dotted + ".gz").stream()
                .map(directory::resolve)
                .filter(Files::exists)
                .findFirst();
    }

    /**
     * @throws DataException if there is none
     */
    static Path find(Path directory, String name) {
        return lookFor(directory, name)
                .orElseThrow(() -> new DataException(directory.resolve(name) + "[.gz]: no such file"));
    }

    /**
     * The four files.
     *
     * @throws DataException if one is missing
     */
    static List<Path> all(Path directory) {
        return Stream.of(TRAINING_IMAGES, TRAINING_LABELS, TEST_IMAGES, TEST_LABELS)
                .map(name -> find(directory, name))
                .toList();
    }
}
