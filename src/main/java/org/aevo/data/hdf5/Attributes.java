package org.aevo.data.hdf5;

import static org.bytedeco.hdf5.global.hdf5.H5Aexists;
import static org.bytedeco.hdf5.global.hdf5.H5Aget_space;
import static org.bytedeco.hdf5.global.hdf5.H5Aget_type;
import static org.bytedeco.hdf5.global.hdf5.H5Aopen;
import static org.bytedeco.hdf5.global.hdf5.H5Aread;
import static org.bytedeco.hdf5.global.hdf5.H5P_DEFAULT;
import static org.bytedeco.hdf5.global.hdf5.H5Sget_simple_extent_npoints;
import static org.bytedeco.hdf5.global.hdf5.H5T_FLOAT;
import static org.bytedeco.hdf5.global.hdf5.H5T_INTEGER;
import static org.bytedeco.hdf5.global.hdf5.H5T_NATIVE_DOUBLE_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_STRING;
import static org.bytedeco.hdf5.global.hdf5.H5Tget_class;
import static org.bytedeco.hdf5.global.hdf5.H5Tget_size;
import static org.bytedeco.hdf5.global.hdf5.H5Tis_variable_str;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;

/** The attributes of an array that say how others understand its values. */
final class Attributes {
    private static final List<String> KNOWN =
            List.of("_FillValue", "missing_value", "scale_factor", "add_offset", "MATLAB_class", "INTERLACE_MODE");
    private static final int LONGEST = 1000;

    private Attributes() {}

    /** Those of one number or one text; what else there is, is left out. */
    static Map<String, String> of(long object) {
        Map<String, String> found = new TreeMap<>();
        for (String name : KNOWN) {
            if (H5Aexists(object, Library.name(name)) > 0) {
                read(object, name).ifPresent(value -> found.put(name, value));
            }
        }
        return found;
    }

    private static Optional<String> read(long object, String name) {
        try (Handle attribute = new Handle(H5Aopen(object, Library.name(name), H5P_DEFAULT), name);
                Handle space = new Handle(H5Aget_space(attribute.id()), name);
                Handle type = new Handle(H5Aget_type(attribute.id()), name)) {
            if (H5Sget_simple_extent_npoints(space.id()) != 1) {
                return Optional.empty();
            }
            int kind = H5Tget_class(type.id());
            if (kind == H5T_INTEGER || kind == H5T_FLOAT) {
                try (DoublePointer value = new DoublePointer(1)) {
                    return H5Aread(attribute.id(), H5T_NATIVE_DOUBLE_g(), value) < 0
                            ? Optional.empty()
                            : Optional.of(Double.toString(value.get()));
                }
            }
            return kind == H5T_STRING && H5Tis_variable_str(type.id()) <= 0 ? fixed(attribute, type) : Optional.empty();
        } catch (Hdf5Exception e) {
            // a damaged attribute costs a remark, not the array
            return Optional.empty();
        }
    }

    private static Optional<String> fixed(Handle attribute, Handle type) {
        long size = H5Tget_size(type.id());
        if (size < 1 || size > LONGEST) {
            return Optional.empty();
        }
        try (BytePointer value = new BytePointer(size)) {
            byte[] bytes = new byte[(int) size];
            if (H5Aread(attribute.id(), type.id(), value) < 0) {
                return Optional.empty();
            }
            value.get(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            int end = text.indexOf(0);
            return Optional.of((end < 0 ? text : text.substring(0, end)).strip());
        }
    }
}
