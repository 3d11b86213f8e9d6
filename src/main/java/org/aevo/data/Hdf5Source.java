package org.aevo.data;

import io.jhdf.HdfFile;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfInvalidPathException;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A numeric array in an HDF5 file: [n, features], [n, height, width] or [n, channels, height, width]. jhdf reads an
 * array as a whole: for as long as one is read, it is in memory.
 */
final class Hdf5Source implements DataSource {
    /** No filter of HDF5 packs more into a byte: the bound of deflate. */
    private static final long MAX_COMPRESSION = 1032;

    private static final int MAX_NAMES = 10;

    private final Path path;
    private final String dataset;
    private final Optional<String> labels;
    private final Contents contents;

    /**
     * @param dataset path of the samples in the file
     * @param labels path of one whole number per sample
     * @throws DataException if they are not there, are no such arrays, or cannot be read
     */
    Hdf5Source(Path path, String dataset, Optional<String> labels) {
        this.path = path;
        this.dataset = dataset;
        this.labels = labels;
        DataFile.checkedSize(path);
        contents = open(file -> {
            io.jhdf.api.Dataset samples = find(file, dataset);
            int[] sides = sides(samples, dataset);
            if (sides.length < 2 || sides.length > 4) {
                throw new DataException(where(dataset) + " has the shape " + Arrays.toString(sides)
                        + ", expected [n, features], [n, height, width] or [n, channels, height, width]");
            }
            int[] shape = Shapes.ofSample(sides);
            checkSampleSize(sides);
            boolean bytes = samples.getDataType() instanceof FixedPoint type && type.getSize() == 1 && !type.isSigned();
            Numbers.of(samples.getDataFlat(), where(dataset));
            labels.ifPresent(name -> readLabels(file, name, sides[0]));
            return new Contents(
                    "HDF5 " + dataset,
                    path.toString(),
                    shape[0],
                    shape[1],
                    shape[2],
                    sides[0],
                    0,
                    bytes,
                    labels.isPresent());
        });
    }

    @Override
    public Contents contents() {
        return contents;
    }

    @Override
    public void read(Part part, int[] wanted, Sink sink) {
        open(file -> {
            io.jhdf.api.Dataset samples = find(file, dataset);
            int[] sides = sides(samples, dataset);
            if (sides[0] != contents.training()
                    || sides.length < 2
                    || !Arrays.equals(
                            Shapes.ofSample(sides),
                            new int[] {contents.channels(), contents.height(), contents.width()})) {
                throw new DataException(where(dataset) + " has changed while it was read");
            }
            int[] classes = labels.map(name -> readLabels(file, name, sides[0])).orElse(new int[0]);
            Numbers numbers = Numbers.of(samples.getDataFlat(), where(dataset));
            Selection selection = new Selection(wanted, sides[0]);
            double[] values = new double[contents.sampleSize()];
            for (int sample = 0; sample < sides[0]; sample++) {
                if (selection.wants(sample)) {
                    int start = sample * values.length;
                    for (int i = 0; i < values.length; i++) {
                        values[i] = numbers.at(start + i);
                    }
                    sink.accept(selection.slot(sample), values, classes.length == 0 ? -1 : classes[sample]);
                }
            }
            return sides[0];
        });
    }

    @Override
    public int[] labels(Part part) {
        return labels.map(name -> open(file -> readLabels(file, name, contents.training())))
                .orElse(new int[0]);
    }

    /**
     * Whatever a foreign or damaged file makes jhdf do becomes one line.
     *
     * @throws DataException if it fails
     */
    private <T> T open(Function<HdfFile, T> use) {
        boolean opened = false;
        try (HdfFile file = new HdfFile(path)) {
            opened = true;
            long size = DataFile.checkedSize(path);
            long announced = file.getHdfBackingStorage().getSuperblock().getEndOfFileAddress();
            if (size < announced) {
                throw new DataException(path + ": truncated: " + size + " bytes, expected at least " + announced
                        + " as its superblock says");
            }
            return use.apply(file);
        } catch (DataException e) {
            throw e;
        } catch (OutOfMemoryError e) {
            throw new DataException(
                    where(dataset) + " does not fit into the "
                            + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MB of this JVM; the file is damaged, or set a larger -Xmx",
                    e);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            throw new DataException(
                    opened
                            ? where(dataset) + " cannot be read: " + message(e)
                                    + "; expected an intact file whose filters are none, deflate, shuffle or LZF"
                            : path + ": not an HDF5 file, or a damaged one: " + message(e),
                    e);
        }
    }

    private static String message(Throwable e) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = e; cause != null && text.length() < 300; cause = cause.getCause()) {
            text.append(text.isEmpty() ? "" : ": ")
                    .append(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
        }
        return text.toString();
    }

    private String where(String name) {
        return path + ": dataset " + name;
    }

    private io.jhdf.api.Dataset find(HdfFile file, String name) {
        Node node;
        try {
            node = file.getByPath(name);
        } catch (HdfInvalidPathException e) {
            String names = file.getChildren().keySet().stream().limit(MAX_NAMES).collect(Collectors.joining(", "));
            throw new DataException(where(name) + " is not there; at its top the file has: " + names, e);
        }
        if (node instanceof io.jhdf.api.Dataset found) {
            return found;
        }
        throw new DataException(where(name) + " is a group, expected an array");
    }

    /** The sides of an array of numbers that this JVM can hold and this file can contain. */
    private int[] sides(io.jhdf.api.Dataset array, String name) {
        if (!(array.getDataType() instanceof FixedPoint) && !(array.getDataType() instanceof FloatingPoint)) {
            throw new DataException(where(name) + " holds "
                    + array.getDataType().getClass().getSimpleName() + " values, expected numbers");
        }
        long[] sides = array.getDimensionsAsLong();
        String text = Arrays.toString(sides);
        long bytes = array.getDataType().getSize();
        for (long side : sides) {
            if (side <= 0) {
                throw new DataException(where(name) + " is empty: its shape is " + text);
            }
            if (side > Integer.MAX_VALUE || side * bytes > Integer.MAX_VALUE) {
                throw new DataException(where(name) + " of shape " + text + " has more than the " + Integer.MAX_VALUE
                        + " bytes that can be read from one array");
            }
            bytes *= side;
        }
        long fileSize = DataFile.checkedSize(path);
        if (bytes / MAX_COMPRESSION > fileSize) {
            throw new DataException(where(name) + " of shape " + text + " should have " + bytes
                    + " bytes, more than a file of " + fileSize + " bytes can hold");
        }
        if (array.getStorageInBytes() == 0 || array.isEmpty()) {
            throw new DataException(where(name) + " of shape " + text + " was never written");
        }
        return array.getDimensions();
    }

    private void checkSampleSize(int[] sides) {
        long size = 1;
        for (int i = 1; i < sides.length; i++) {
            size *= sides[i];
        }
        if (size * sides[0] > Integer.MAX_VALUE) {
            throw new DataException(where(dataset) + " has more than " + Integer.MAX_VALUE + " values");
        }
    }

    private int[] readLabels(HdfFile file, String name, int samples) {
        io.jhdf.api.Dataset array = find(file, name);
        int[] sides = sides(array, name);
        if (sides.length != 1 || sides[0] != samples) {
            throw new DataException(where(name) + " has the shape " + Arrays.toString(sides) + ", expected [" + samples
                    + "], one label per sample of " + dataset);
        }
        Numbers numbers = Numbers.of(array.getDataFlat(), where(name));
        int[] labels = new int[samples];
        for (int i = 0; i < samples; i++) {
            double label = numbers.at(i);
            if (!(label >= 0 && label <= Integer.MAX_VALUE) || label != Math.rint(label)) {
                throw new DataException(where(name) + ": label " + i + " is " + label
                        + ", expected a whole number from 0 to " + Integer.MAX_VALUE);
            }
            labels[i] = (int) label;
        }
        return labels;
    }
}
