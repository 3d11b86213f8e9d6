package org.aevo.data.hdf5;

import static org.bytedeco.hdf5.global.hdf5.H5Pget_filter2;
import static org.bytedeco.hdf5.global.hdf5.H5Pget_nfilters;
import static org.bytedeco.hdf5.global.hdf5.H5Zfilter_avail;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bytedeco.javacpp.SizeTPointer;

/** The filters that an array's chunks went through. */
final class Filters {
    private static final int LONGEST = 100;

    private Filters() {}

    /** The first that this library has not. Chunks that it was skipped for can be read all the same. */
    static Optional<String> missing(long creation) {
        byte[] name = new byte[LONGEST];
        for (int i = 0; i < H5Pget_nfilters(creation); i++) {
            name[0] = 0;
            try (SizeTPointer values = new SizeTPointer(1)) {
                values.put(0);
                int id = H5Pget_filter2(creation, i, new int[1], values, new int[0], LONGEST - 1, name, new int[1]);
                if (id > 0 && H5Zfilter_avail(id) <= 0) {
                    String text = new String(name, StandardCharsets.UTF_8);
                    int end = text.indexOf(0);
                    return Optional.of("its chunks are packed with the filter " + id + " ("
                            + (end > 0 ? text.substring(0, end) : "without a name")
                            + "), which is not here; expected none, deflate, shuffle, fletcher32, LZF, nbit or"
                            + " scale-offset: copy the file with h5repack -f GZIP=4, or put the filter's plugin where"
                            + " HDF5_PLUGIN_PATH says");
                }
            }
        }
        return Optional.empty();
    }
}
