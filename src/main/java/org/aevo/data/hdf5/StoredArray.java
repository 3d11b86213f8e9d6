package org.aevo.data.hdf5;

import static org.bytedeco.hdf5.global.hdf5.H5D_CHUNKED;
import static org.bytedeco.hdf5.global.hdf5.H5Dget_create_plist;
import static org.bytedeco.hdf5.global.hdf5.H5Dget_space;
import static org.bytedeco.hdf5.global.hdf5.H5Dget_storage_size;
import static org.bytedeco.hdf5.global.hdf5.H5Dget_type;
import static org.bytedeco.hdf5.global.hdf5.H5Dopen2;
import static org.bytedeco.hdf5.global.hdf5.H5Dread;
import static org.bytedeco.hdf5.global.hdf5.H5P_CLS_DATASET_ACCESS_ID_g;
import static org.bytedeco.hdf5.global.hdf5.H5P_DEFAULT;
import static org.bytedeco.hdf5.global.hdf5.H5Pcreate;
import static org.bytedeco.hdf5.global.hdf5.H5Pget_chunk;
import static org.bytedeco.hdf5.global.hdf5.H5Pget_layout;
import static org.bytedeco.hdf5.global.hdf5.H5Pset_chunk_cache;
import static org.bytedeco.hdf5.global.hdf5.H5S_NULL;
import static org.bytedeco.hdf5.global.hdf5.H5S_SELECT_SET;
import static org.bytedeco.hdf5.global.hdf5.H5Screate_simple;
import static org.bytedeco.hdf5.global.hdf5.H5Sget_simple_extent_dims;
import static org.bytedeco.hdf5.global.hdf5.H5Sget_simple_extent_ndims;
import static org.bytedeco.hdf5.global.hdf5.H5Sget_simple_extent_type;
import static org.bytedeco.hdf5.global.hdf5.H5Sselect_hyperslab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;

/** An array of numbers in an open file, in the process that calls the library. */
final class StoredArray implements AutoCloseable {
    private static final int BLOCK_BYTES = 4 << 20;
    private static final int MOST_BLOCK_BYTES = 64 << 20;
    private static final long MOST_CACHE = 1L << 30;
    private static final long CACHE_SLOTS = 100_003;

    private final long[] sides;
    private final long[] chunk;
    private final Handle array;
    private final Hdf5Array description;

    /** Takes values, little-endian. */
    @FunctionalInterface
    interface Blocks {
        void accept(int rows, ByteBuffer values) throws IOException;
    }

    /**
     * @param path of the file, for what is found relative to it
     * @throws Hdf5Exception if there is no such array of numbers
     */
    StoredArray(Handle file, String path, String name) {
        try (Handle any = Places.open(file, name);
                Handle creation = new Handle(H5Dget_create_plist(any.id()), "its layout cannot be read");
                Handle space = new Handle(H5Dget_space(any.id()), "its shape cannot be read");
                Handle type = new Handle(H5Dget_type(any.id()), "its type cannot be read")) {
            ValueType values = ValueType.of(type.id());
            if (H5Sget_simple_extent_type(space.id()) == H5S_NULL) {
                throw new Hdf5Exception("is empty: it has no shape");
            }
            sides = new long[Math.max(0, H5Sget_simple_extent_ndims(space.id()))];
            if (sides.length > 0 && H5Sget_simple_extent_dims(space.id(), sides, (long[]) null) < 0) {
                throw new LibraryFailure("its shape cannot be read: " + Library.reason());
            }
            chunk = new long[H5Pget_layout(creation.id()) == H5D_CHUNKED ? sides.length : 0];
            if (chunk.length > 0 && H5Pget_chunk(creation.id(), chunk.length, chunk) < 0) {
                throw new LibraryFailure("its chunks cannot be read: " + Library.reason());
            }
            List<String> others = Places.otherFiles(any.id(), creation.id(), path);
            Map<String, String> attributes = Attributes.of(any.id());
            long stored = H5Dget_storage_size(any.id());
            description = new Hdf5Array(
                    Arrays.stream(sides).boxed().toList(),
                    values.kind(),
                    values.text(),
                    values.transfer(),
                    stored,
                    rowsAtOnce(values.transfer().bytes()),
                    attributes,
                    others);
            array = reopened(file, name);
        }
    }

    /** With a cache for chunks that several blocks share. */
    private Handle reopened(Handle file, String name) {
        try (Handle access = new Handle(H5Pcreate(H5P_CLS_DATASET_ACCESS_ID_g()), "opening")) {
            if (chunk.length > 0 && description.rowsAtOnce() % chunk[0] != 0) {
                H5Pset_chunk_cache(
                        access.id(),
                        CACHE_SLOTS,
                        bandBytes(description.transfer().bytes()),
                        1);
            }
            return new Handle(H5Dopen2(file.id(), Library.name(name), access.id()), "cannot be opened");
        }
    }

    /** Bytes of all chunks that one row is in; at most what a cache may take. */
    private long bandBytes(int valueBytes) {
        double bytes = (double) Math.max(Double.BYTES, valueBytes) * chunk[0];
        for (int i = 1; i < sides.length; i++) {
            bytes *= Math.ceil((double) sides[i] / chunk[i]) * chunk[i];
        }
        return (long) Math.min(MOST_CACHE, Math.max(1 << 20, bytes));
    }

    private int rowsAtOnce(int valueBytes) {
        double rowBytes = valueBytes;
        for (int i = 1; i < sides.length; i++) {
            rowBytes *= sides[i];
        }
        long rows = (long) Math.max(1, BLOCK_BYTES / Math.max(1, rowBytes));
        if (chunk.length > 0) {
            long whole = (rows + chunk[0] - 1) / chunk[0] * chunk[0];
            if (whole * rowBytes <= MOST_BLOCK_BYTES) {
                rows = whole;
            }
        }
        return (int) Math.min(rows, BLOCK_BYTES);
    }

    Hdf5Array description() {
        return description;
    }

    /** Reads everything, in blocks of rows. */
    void read(Blocks blocks) throws IOException {
        int rows = (int) Math.min(description.rowsAtOnce(), sides[0]);
        long rowBytes = Math.multiplyExact(
                description.rowSize(), (long) description.transfer().bytes());
        try (BytePointer buffer = new BytePointer(Math.multiplyExact(rowBytes, (long) rows));
                Handle space = new Handle(H5Dget_space(array.id()), "its shape cannot be read")) {
            ByteBuffer bytes = buffer.asByteBuffer();
            long[] start = new long[sides.length];
            long[] count = sides.clone();
            for (long row = 0; row < sides[0]; row += rows) {
                start[0] = row;
                count[0] = Math.min(rows, sides[0] - row);
                H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, start, null, count, (long[]) null);
                try (Handle memory = new Handle(H5Screate_simple(count.length, count, (long[]) null), "reading")) {
                    long type = ValueType.memory(description.transfer());
                    if (H5Dread(array.id(), type, memory.id(), space.id(), H5P_DEFAULT, buffer) < 0) {
                        throw new LibraryFailure("cannot be read from row " + row + " on: " + reason());
                    }
                }
                bytes.clear().limit((int) (count[0] * rowBytes));
                blocks.accept((int) count[0], bytes);
            }
        }
    }

    private String reason() {
        String reason = Library.reason();
        try (Handle creation = new Handle(H5Dget_create_plist(array.id()), "its layout cannot be read")) {
            return Filters.missing(creation.id()).orElse(reason);
        }
    }

    @Override
    public void close() {
        array.close();
    }
}
