package org.aevo.data;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.aevo.data.hdf5.Hdf5Array;
import org.aevo.data.hdf5.Hdf5Exception;
import org.aevo.data.hdf5.Hdf5Reader;

/** An array in an HDF5 file. */
final class Hdf5Numbers implements NumericArray {
    /** No filter of HDF5 packs more into a byte: the bound of deflate. */
    private static final long MAX_COMPRESSION = 1032;

    private static final long ALWAYS_ALLOWED = 1 << 24;

    private final Hdf5Reader reader;
    private final Path path;
    private final String dataset;
    private final Hdf5Array array;

    private Hdf5Numbers(Hdf5Reader reader, Path path, String dataset) {
        this.reader = reader;
        this.path = path;
        this.dataset = dataset;
        this.array = refusing(() -> reader.describe(path, List.of(dataset)).get(0));
        checkWritten();
    }

    /**
     * @param dataset path of the array in the file
     * @throws DataException if there is no such array of numbers
     */
    static Hdf5Numbers of(Hdf5Reader reader, Path path, String dataset) {
        DataFile.checkedSize(path);
        FileFormat.mustBe(FileFormat.HDF5, path, "an HDF5 file");
        return new Hdf5Numbers(reader, path, dataset);
    }

    /** What the library says of this array, in the words of this package. */
    private <T> T refusing(Supplier<T> use) {
        try {
            return use.get();
        } catch (Hdf5Exception e) {
            boolean ofFile = e.getMessage().startsWith("cannot be opened");
            throw new DataException(
                    ofFile
                            ? path + ": not an HDF5 file, or a damaged one: it " + e.getMessage()
                            : where() + " " + e.getMessage(),
                    e);
        }
    }

    /** What was never written, or hardly, is all fill value. */
    private void checkWritten() {
        double values = 1;
        for (long side : array.sides()) {
            if (side <= 0) {
                throw new DataException(where() + " is empty: its shape is " + array.sides());
            }
            values *= side;
        }
        if (array.stored() > 0) {
            if (values > ALWAYS_ALLOWED && values / MAX_COMPRESSION > array.stored()) {
                throw new DataException(where() + " of shape " + array.sides() + " should have " + (long) values
                        + " values, more than its " + array.stored() + " stored bytes can hold");
            }
        } else if (array.otherFiles().isEmpty()) {
            throw new DataException(where() + " of shape " + array.sides() + " was never written");
        }
    }

    @Override
    public String where() {
        return path + ": dataset " + dataset;
    }

    @Override
    public String name() {
        return "HDF5 " + dataset;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public List<Long> sides() {
        return array.sides();
    }

    @Override
    public String type() {
        return array.type();
    }

    @Override
    public boolean bytes() {
        return array.kind() == Hdf5Array.Kind.BYTES;
    }

    @Override
    public Map<String, String> attributes() {
        return array.attributes();
    }

    @Override
    public List<Path> otherFiles() {
        try {
            return array.otherFiles().stream().map(Path::of).toList();
        } catch (InvalidPathException e) {
            throw new DataException(where() + " has values in another file whose name is none: " + e.getMessage(), e);
        }
    }

    @Override
    public void read(IntPredicate wanted, Rows rows) {
        this.<Void>refusing(() -> {
            reader.read(path, dataset, array, (row, values) -> {
                if (wanted.test((int) row)) {
                    rows.accept((int) row, values);
                }
            });
            return null;
        });
    }

    @Override
    public void readBytes(IntPredicate wanted, ByteRows rows) {
        this.<Void>refusing(() -> {
            reader.readBytes(path, dataset, array, (row, values) -> {
                if (wanted.test((int) row)) {
                    rows.accept((int) row, values);
                }
            });
            return null;
        });
    }
}
