package org.aevo.record;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32C;
import org.aevo.io.RegularFile;
import org.aevo.search.Weights;

/** Weights in HDF5: one array per dataset in its own shape, whose attribute {@code index} keeps their order. */
final class WeightsFile {
    static final String SCHEMA = "aevo-weights";
    /** From 255 bytes on, names break the file silently. */
    private static final int MAX_NAME_BYTES = 254;

    private WeightsFile() {}

    static void write(Path file, long id, Weights weights) throws RecordException {
        DurableFiles.replace(file, temporary -> {
            NewHdf5.write(temporary, hdf5 -> {
                hdf5.putAttribute("schema", SCHEMA);
                hdf5.putAttribute("schema_version", RunFile.SCHEMA_VERSION);
                hdf5.putAttribute("crc32c", checksum(weights));
                Hdf5Table.describe(hdf5.putDataset("evaluation", id), "", "id of the candidate");
                if (hasValues(weights)) {
                    put(hdf5.putGroup("weights"), weights);
                }
            });
            read(temporary, id);
        });
    }

    static Weights read(Path file, long id) throws RecordException {
        try {
            RegularFile.require(file);
        } catch (IOException e) {
            throw RecordException.of(file, "be read", e);
        }
        try (HdfFile hdf5 = new HdfFile(file)) {
            Object schema = hdf5.getAttribute("schema").getData();
            long found = (Long) hdf5.getDatasetByPath("evaluation").getData();
            if (!SCHEMA.equals(schema) || found != id) {
                throw new RecordException(file + ": expected weights of evaluation " + id + ", found " + schema
                        + " of evaluation " + found + "; delete the file");
            }
            Node group = hdf5.getChild("weights");
            Weights weights = group == null ? new Weights(List.of()) : get((Group) group);
            // jHDF reads a file that was cut off as if zeros followed
            if (checksum(weights) != (Long) hdf5.getAttribute("crc32c").getData()) {
                throw new RecordException(file + ": damaged, its checksum does not match; delete it");
            }
            return weights;
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw new RecordException(file + ": damaged; delete it (" + e + ")", e);
        }
    }

    /** Whether there is anything to write: no group may be empty. */
    static boolean hasValues(Weights weights) {
        return weights.size() > 0;
    }

    static void put(WritableGroup group, Weights weights) throws RecordException {
        int index = 0;
        for (Weights.Array array : weights.arrays()) {
            String name = array.name();
            if (name.isEmpty()
                    || name.equals(".")
                    || name.equals("..")
                    || name.contains("/")
                    || name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
                throw new RecordException("weights '" + name + "' cannot be stored: a name has 1 to " + MAX_NAME_BYTES
                        + " bytes, no slash, and is not . or ..");
            }
            if (array.values().length > 0) {
                WritableDataset dataset = group.putDataset(name, nested(array));
                dataset.putAttribute("index", index);
            }
            index++;
        }
    }

    static Weights get(Group group) {
        List<Dataset> datasets = new ArrayList<>();
        group.getChildren().values().forEach(node -> datasets.add((Dataset) node));
        datasets.sort(
                Comparator.comparingInt(d -> (Integer) d.getAttribute("index").getData()));
        return new Weights(datasets.stream()
                .map(d -> new Weights.Array(d.getName(), d.getDimensions(), flat(d)))
                .toList());
    }

    private static float[] flat(Dataset dataset) {
        return dataset.isScalar() ? new float[] {(Float) dataset.getData()} : (float[]) dataset.getDataFlat();
    }

    /** Arrays within arrays, as jhdf wants them. */
    static Object nested(Weights.Array array) {
        int[] shape = array.shape();
        if (shape.length == 0) {
            return array.values()[0];
        }
        return nested(array.values(), shape, 0, new int[1]);
    }

    private static Object nested(float[] values, int[] shape, int depth, int[] next) {
        if (depth == shape.length - 1) {
            int from = next[0];
            next[0] += shape[depth];
            return Arrays.copyOfRange(values, from, next[0]);
        }
        int[] sides = new int[shape.length - depth];
        sides[0] = shape[depth];
        Object array = Array.newInstance(float.class, sides);
        for (int i = 0; i < shape[depth]; i++) {
            Array.set(array, i, nested(values, shape, depth + 1, next));
        }
        return array;
    }

    /** CRC-32C of all values in their order, each as four bytes, big-endian. */
    private static long checksum(Weights weights) {
        CRC32C crc = new CRC32C();
        for (Weights.Array array : weights.arrays()) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(array.values().length, Float.BYTES));
            bytes.asFloatBuffer().put(array.values());
            crc.update(bytes.array());
        }
        return crc.getValue();
    }
}
