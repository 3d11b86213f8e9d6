package org.aevo.apply;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Where results go, in the order of the samples. */
public interface Output extends Closeable {

    /** Formats of files, by the endings of their names. */
    enum Format {
        HDF5,
        NPY,
        CSV;

        /** Empty if the name ends otherwise. */
        public static Optional<Format> of(Path file) {
            String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
            if (name.endsWith(".h5") || name.endsWith(".hdf5")) {
                return Optional.of(HDF5);
            }
            return name.endsWith(".npy")
                    ? Optional.of(NPY)
                    : name.endsWith(".csv") ? Optional.of(CSV) : Optional.empty();
        }

        /** A file that does not exist yet. */
        public Output create(Path file, Product product) throws IOException {
            return switch (this) {
                case HDF5 -> new Hdf5Output(file, product);
                case NPY -> new NpyOutput(file, product);
                case CSV -> CsvOutput.into(file, product);
            };
        }
    }

    /**
     * What the next samples gave.
     *
     * @param values codes, reconstructions or probabilities in C order; empty for others
     * @param errors one per sample; empty for others
     * @param labels one per sample; empty for others
     */
    record Piece(float[] values, double[] errors, int[] labels) {
        static Piece values(float[] values) {
            return new Piece(values, new double[0], new int[0]);
        }

        static Piece errors(double[] errors) {
            return new Piece(new float[0], errors, new int[0]);
        }

        static Piece labels(int[] labels) {
            return new Piece(new float[0], new double[0], labels);
        }
    }

    void write(Piece piece) throws IOException;
}
