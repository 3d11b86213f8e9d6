package org.aevo.data.hdf5;

import static org.bytedeco.hdf5.global.hdf5.H5T_ENUM;
import static org.bytedeco.hdf5.global.hdf5.H5T_FLOAT;
import static org.bytedeco.hdf5.global.hdf5.H5T_INTEGER;
import static org.bytedeco.hdf5.global.hdf5.H5T_NATIVE_DOUBLE_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_NATIVE_FLOAT_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_NATIVE_UINT8_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_SGN_NONE;
import static org.bytedeco.hdf5.global.hdf5.H5Tget_class;
import static org.bytedeco.hdf5.global.hdf5.H5Tget_ebias;
import static org.bytedeco.hdf5.global.hdf5.H5Tget_fields;
import static org.bytedeco.hdf5.global.hdf5.H5Tget_member_name;
import static org.bytedeco.hdf5.global.hdf5.H5Tget_nmembers;
import static org.bytedeco.hdf5.global.hdf5.H5Tget_precision;
import static org.bytedeco.hdf5.global.hdf5.H5Tget_sign;
import static org.bytedeco.hdf5.global.hdf5.H5Tget_size;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.aevo.data.hdf5.Hdf5Array.Kind;
import org.aevo.data.hdf5.Hdf5Array.Transfer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * What values are, and how the library is to convert them.
 *
 * @param text for people
 */
record ValueType(Kind kind, String text, Transfer transfer) {
    /** By the number that the library gives a class. */
    private static final List<String> CLASSES = List.of(
            "integer",
            "floating-point",
            "time",
            "text",
            "bit field",
            "opaque",
            "compound",
            "reference",
            "enumerated",
            "variable-length",
            "array");

    private static final Set<String> TRUTHS = Set.of("FALSE", "TRUE");

    /**
     * @throws Hdf5Exception if they are no numbers
     */
    static ValueType of(long type) {
        int kind = H5Tget_class(type);
        long bits = H5Tget_precision(type);
        if (kind == H5T_INTEGER) {
            boolean signed = H5Tget_sign(type) != H5T_SGN_NONE;
            boolean bytes = !signed && H5Tget_size(type) == 1;
            return new ValueType(
                    bytes ? Kind.BYTES : Kind.INTEGERS,
                    bytes ? "unsigned bytes" : (signed ? "" : "unsigned ") + bits + "-bit integers",
                    bytes ? Transfer.U8 : H5Tget_size(type) <= 2 ? Transfer.F32 : Transfer.F64);
        }
        if (kind == H5T_FLOAT) {
            return new ValueType(Kind.REALS, bits + "-bit floats", fitsFloat(type) ? Transfer.F32 : Transfer.F64);
        }
        if (kind == H5T_ENUM) {
            boolean truths = names(type).equals(TRUTHS);
            return new ValueType(
                    truths ? Kind.TRUTHS : Kind.NAMES, truths ? "truth values" : "enumerated values", Transfer.F64);
        }
        throw new Hdf5Exception("holds " + (kind < 0 || kind >= CLASSES.size() ? "unknown" : CLASSES.get(kind))
                + " values, expected numbers (whole or floating-point, without parts)");
    }

    /** IEEE floats of 16 and 32 bits; others become doubles. */
    private static boolean fitsFloat(long type) {
        try (SizeTPointer sign = new SizeTPointer(1);
                SizeTPointer exponent = new SizeTPointer(1);
                SizeTPointer exponentBits = new SizeTPointer(1);
                SizeTPointer mantissa = new SizeTPointer(1);
                SizeTPointer mantissaBits = new SizeTPointer(1)) {
            if (H5Tget_fields(type, sign, exponent, exponentBits, mantissa, mantissaBits) < 0) {
                throw new Hdf5Exception("its type cannot be read: " + Library.reason());
            }
            long bias = H5Tget_ebias(type);
            return exponentBits.get() == 8 && mantissaBits.get() == 23 && bias == 127
                    || exponentBits.get() == 5 && mantissaBits.get() == 10 && bias == 15;
        }
    }

    private static Set<String> names(long type) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < H5Tget_nmembers(type) && i <= TRUTHS.size(); i++) {
            BytePointer name = H5Tget_member_name(type, i);
            names.add(new String(name.getStringBytes(), StandardCharsets.UTF_8));
        }
        return names;
    }

    /** The library's name for values that travel so. */
    static long memory(Transfer transfer) {
        return switch (transfer) {
            case U8 -> H5T_NATIVE_UINT8_g();
            case F32 -> H5T_NATIVE_FLOAT_g();
            case F64 -> H5T_NATIVE_DOUBLE_g();
        };
    }
}
