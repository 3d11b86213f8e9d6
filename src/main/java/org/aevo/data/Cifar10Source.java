package org.aevo.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The binary version of CIFAR-10 (A. Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009): files of
 * records of one byte of label and 3 x 32 x 32 bytes of red, green and blue.
 */
final class Cifar10Source implements DataSource {
    static final int RECORDS_PER_FILE = 10_000;
    private static final int CHANNELS = 3;
    private static final int SIDE = 32;
    private static final int CLASSES = 10;
    private static final int RECORD_SIZE = 1 + CHANNELS * SIDE * SIDE;
    private static final int TRAINING_FILES = 5;

    private final Path directory;
    private final int recordsPerFile;

    /**
     * @param directory with {@code data_batch_1.bin} to {@code data_batch_5.bin} and {@code test_batch.bin}
     * @throws DataException if a file is missing, has another size or a label that is none
     */
    Cifar10Source(Path directory) {
        this(directory, RECORDS_PER_FILE);
    }

    /** A set whose files are shorter than the real ones. */
    Cifar10Source(Path directory, int recordsPerFile) {
        this.directory = directory;
        this.recordsPerFile = recordsPerFile;
        Directories.mustExist(directory, "data_batch_1.bin to data_batch_5.bin and test_batch.bin");
        for (Part part : List.of(Part.TRAINING, Part.TEST)) {
            for (Path path : files(directory, part)) {
                DataFile file = new DataFile(path);
                FileFormat.of(path).filter(FileFormat.PICKLE::equals).ifPresent(pickle -> {
                    throw new DataException(
                            path + ": is of the version for Python (a pickle), expected the binary version"
                                    + " of CIFAR-10, cifar-10-binary.tar.gz");
                });
                file.mustHold(
                        (long) recordsPerFile * RECORD_SIZE, recordsPerFile + " records of " + RECORD_SIZE + " bytes");
                checkLabels(file);
            }
        }
    }

    /** The files have no magic number: a label out of range is what tells a foreign one. */
    private void checkLabels(DataFile file) {
        byte[] record = new byte[RECORD_SIZE];
        try (ByteReader in = file.open()) {
            for (int i = 0; i < recordsPerFile; i++) {
                in.fill(record);
                label(record, file.path(), i);
            }
        }
    }

    @Override
    public Contents contents() {
        return Contents.of("CIFAR-10", directory.toString())
                .shape(CHANNELS, SIDE, SIDE)
                .training(TRAINING_FILES * recordsPerFile)
                .test(recordsPerFile)
                .unsignedBytes()
                .labelled(true)
                .build();
    }

    @Override
    public void read(Part part, int[] wanted, Sink sink) {
        double[] values = new double[RECORD_SIZE - 1];
        readBytes(part, wanted, (slot, bytes, label) -> {
            for (int v = 0; v < values.length; v++) {
                values[v] = bytes[v] & 0xFF;
            }
            sink.accept(slot, values, label);
        });
    }

    @Override
    public void readBytes(Part part, int[] wanted, ByteSink sink) {
        List<Path> files = files(directory, part);
        Selection selection = new Selection(wanted, files.size() * recordsPerFile);
        byte[] record = new byte[RECORD_SIZE];
        byte[] values = new byte[RECORD_SIZE - 1];
        int sample = 0;
        for (Path path : files) {
            try (ByteReader in = new DataFile(path).open()) {
                for (int i = 0; i < recordsPerFile; i++, sample++) {
                    in.fill(record);
                    if (selection.wants(sample)) {
                        System.arraycopy(record, 1, values, 0, values.length);
                        sink.accept(selection.slot(sample), values, label(record, path, i));
                    }
                }
            }
        }
    }

    @Override
    public int[] labels(Part part) {
        int[] all = IntStream.range(0, files(directory, part).size() * recordsPerFile)
                .toArray();
        int[] labels = new int[all.length];
        readBytes(part, all, (slot, bytes, label) -> labels[slot] = label);
        return labels;
    }

    /** The six files of a directory. */
    static List<Path> files(Path directory) {
        List<Path> files = new ArrayList<>(files(directory, Part.TRAINING));
        files.addAll(files(directory, Part.TEST));
        return files;
    }

    private static List<Path> files(Path directory, Part part) {
        List<Path> files = new ArrayList<>();
        if (part == Part.TEST) {
            files.add(find(directory, "test_batch.bin"));
        } else {
            for (int i = 1; i <= TRAINING_FILES; i++) {
                files.add(find(directory, "data_batch_" + i + ".bin"));
            }
        }
        return files;
    }

    private static Path find(Path directory, String name) {
        Path plain = directory.resolve(name);
        Path gzip = directory.resolve(name + ".gz");
        if (!Files.exists(plain) && !Files.exists(gzip)) {
            Path python = directory.resolve(name.replace(".bin", ""));
            throw new DataException(plain + ": no such file"
                    + (Files.exists(python)
                            ? "; " + python.getFileName()
                                    + " is of the version for Python, expected the binary version of"
                                    + " CIFAR-10, cifar-10-binary.tar.gz"
                            : ""));
        }
        return !Files.exists(plain) ? gzip : plain;
    }

    private static int label(byte[] record, Path path, int index) {
        int label = record[0] & 0xFF;
        if (label >= CLASSES) {
            throw new DataException(path + ": not a CIFAR-10 batch: record " + index + " has the label " + label
                    + ", expected 0 to " + (CLASSES - 1));
        }
        return label;
    }
}
