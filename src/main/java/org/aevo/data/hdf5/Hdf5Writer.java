package org.aevo.data.hdf5;

import static org.bytedeco.hdf5.global.hdf5.H5Acreate2;
import static org.bytedeco.hdf5.global.hdf5.H5Awrite;
import static org.bytedeco.hdf5.global.hdf5.H5D_CONTIGUOUS;
import static org.bytedeco.hdf5.global.hdf5.H5D_FILL_TIME_NEVER;
import static org.bytedeco.hdf5.global.hdf5.H5Dcreate2;
import static org.bytedeco.hdf5.global.hdf5.H5Dget_space;
import static org.bytedeco.hdf5.global.hdf5.H5Dwrite;
import static org.bytedeco.hdf5.global.hdf5.H5F_ACC_EXCL;
import static org.bytedeco.hdf5.global.hdf5.H5Fclose;
import static org.bytedeco.hdf5.global.hdf5.H5Fcreate;
import static org.bytedeco.hdf5.global.hdf5.H5P_CLS_DATASET_CREATE_ID_g;
import static org.bytedeco.hdf5.global.hdf5.H5P_CLS_FILE_ACCESS_ID_g;
import static org.bytedeco.hdf5.global.hdf5.H5P_DEFAULT;
import static org.bytedeco.hdf5.global.hdf5.H5Pcreate;
import static org.bytedeco.hdf5.global.hdf5.H5Pset_file_locking;
import static org.bytedeco.hdf5.global.hdf5.H5Pset_fill_time;
import static org.bytedeco.hdf5.global.hdf5.H5Pset_layout;
import static org.bytedeco.hdf5.global.hdf5.H5S_SCALAR;
import static org.bytedeco.hdf5.global.hdf5.H5S_SELECT_SET;
import static org.bytedeco.hdf5.global.hdf5.H5Screate;
import static org.bytedeco.hdf5.global.hdf5.H5Screate_simple;
import static org.bytedeco.hdf5.global.hdf5.H5Sselect_hyperslab;
import static org.bytedeco.hdf5.global.hdf5.H5T_CSET_UTF8;
import static org.bytedeco.hdf5.global.hdf5.H5T_C_S1_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_IEEE_F32LE_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_IEEE_F64LE_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_NATIVE_DOUBLE_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_NATIVE_FLOAT_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_NATIVE_INT32_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_NATIVE_INT64_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_NATIVE_UINT8_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_STD_I32LE_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_STD_I64LE_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_STD_U8LE_g;
import static org.bytedeco.hdf5.global.hdf5.H5T_STR_NULLPAD;
import static org.bytedeco.hdf5.global.hdf5.H5Tcopy;
import static org.bytedeco.hdf5.global.hdf5.H5Tset_cset;
import static org.bytedeco.hdf5.global.hdf5.H5Tset_size;
import static org.bytedeco.hdf5.global.hdf5.H5Tset_strpad;
import static org.bytedeco.hdf5.global.hdf5.H5dont_atexit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * Writes arrays that are larger than memory, row by row, with the C library, in this process: what is written is our own and
 * does not crash it. One thread uses a file, and one file is open at a time.
 */
public final class Hdf5Writer implements AutoCloseable {
    private static final Pattern OF_SYSTEM = Pattern.compile("error message = '([^']+)'");

    private static boolean opened;

    private final long file;
    private final List<Array> arrays = new ArrayList<>();
    private boolean closed;

    /** Types of values. */
    public enum Type {
        U8,
        I32,
        F32,
        F64;

        private long stored() {
            return switch (this) {
                case U8 -> H5T_STD_U8LE_g();
                case I32 -> H5T_STD_I32LE_g();
                case F32 -> H5T_IEEE_F32LE_g();
                case F64 -> H5T_IEEE_F64LE_g();
            };
        }

        private long given() {
            return switch (this) {
                case U8 -> H5T_NATIVE_UINT8_g();
                case I32 -> H5T_NATIVE_INT32_g();
                case F32 -> H5T_NATIVE_FLOAT_g();
                case F64 -> H5T_NATIVE_DOUBLE_g();
            };
        }
    }

    private Hdf5Writer(long file) {
        this.file = file;
    }

    /**
     * A file that does not exist yet.
     *
     * @throws IOException if it cannot be made, or the library does not start here
     */
    public static Hdf5Writer create(Path path) throws IOException {
        try {
            open();
            try (Handle access = new Handle(H5Pcreate(H5P_CLS_FILE_ACCESS_ID_g()), "opening")) {
                H5Pset_file_locking(access.id(), false, true);
                long file = H5Fcreate(Library.path(path.toString()), H5F_ACC_EXCL, H5P_DEFAULT, access.id());
                return new Hdf5Writer(checked(file, "cannot be made"));
            }
        } catch (Hdf5Exception | UnsatisfiedLinkError | NoClassDefFoundError e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static synchronized void open() {
        if (!opened) {
            QuietLoading.of(() -> {
                // it would try again at the end of the process what a full disk did not take
                H5dont_atexit();
                Library.open();
            });
            opened = true;
        }
    }

    private static long checked(long result, String what) throws IOException {
        if (result < 0) {
            throw new IOException(what + ": " + reason());
        }
        return result;
    }

    /** What the system said, where the library quotes it among much else. */
    private static String reason() {
        String reason = Library.reason();
        Matcher quoted = OF_SYSTEM.matcher(reason);
        return quoted.find() ? quoted.group(1) : reason;
    }

    /** Puts a text beside the arrays. */
    public void attribute(String name, String text) throws IOException {
        byte[] bytes = text.replace('\0', '\uFFFD').getBytes(StandardCharsets.UTF_8);
        try (PointerScope scope = new PointerScope();
                Handle type = new Handle(H5Tcopy(H5T_C_S1_g()), name)) {
            H5Tset_size(type.id(), Math.max(1, bytes.length));
            H5Tset_cset(type.id(), H5T_CSET_UTF8);
            H5Tset_strpad(type.id(), H5T_STR_NULLPAD);
            attribute(name, type.id(), type.id(), new BytePointer(bytes.length == 0 ? new byte[1] : bytes));
        }
    }

    /** Puts a number beside the arrays. */
    public void attribute(String name, double number) throws IOException {
        try (PointerScope scope = new PointerScope()) {
            attribute(name, H5T_IEEE_F64LE_g(), H5T_NATIVE_DOUBLE_g(), new DoublePointer(number));
        }
    }

    /** Puts a whole number beside the arrays. */
    public void attribute(String name, long number) throws IOException {
        try (PointerScope scope = new PointerScope()) {
            attribute(name, H5T_STD_I64LE_g(), H5T_NATIVE_INT64_g(), new LongPointer(new long[] {number}));
        }
    }

    /**
     * Puts whole numbers beside the arrays.
     *
     * @param numbers at least one; the format takes no more than 64 KiB
     */
    public void attribute(String name, int[] numbers) throws IOException {
        try (PointerScope scope = new PointerScope();
                Handle space =
                        new Handle(H5Screate_simple(1, new LongPointer(new long[] {numbers.length}), null), name)) {
            attribute(name, space, H5T_STD_I32LE_g(), H5T_NATIVE_INT32_g(), new IntPointer(numbers));
        } catch (Hdf5Exception e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void attribute(String name, long stored, long given, Pointer value) throws IOException {
        try (Handle space = new Handle(H5Screate(H5S_SCALAR), name)) {
            attribute(name, space, stored, given, value);
        } catch (Hdf5Exception e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void attribute(String name, Handle space, long stored, long given, Pointer value) throws IOException {
        try (Handle attribute =
                new Handle(H5Acreate2(file, Library.name(name), stored, space.id(), H5P_DEFAULT, H5P_DEFAULT), name)) {
            checked(H5Awrite(attribute.id(), given, value), name);
        } catch (Hdf5Exception e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Makes an array, whose rows are still to be written, all of them.
     *
     * @param sides the rows first; at least 1 each
     */
    public Array array(String name, Type type, long... sides) throws IOException {
        try (PointerScope scope = new PointerScope();
                Handle space = new Handle(H5Screate_simple(sides.length, new LongPointer(sides), null), name);
                Handle creation = new Handle(H5Pcreate(H5P_CLS_DATASET_CREATE_ID_g()), name)) {
            H5Pset_layout(creation.id(), H5D_CONTIGUOUS);
            H5Pset_fill_time(creation.id(), H5D_FILL_TIME_NEVER);
            long id = H5Dcreate2(
                    file, Library.name(name), type.stored(), space.id(), H5P_DEFAULT, creation.id(), H5P_DEFAULT);
            Array array = new Array(new Handle(id, name), name, type, sides.clone());
            arrays.add(array);
            return array;
        } catch (Hdf5Exception e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** An array of the file. */
    public static final class Array {
        private final Handle id;
        private final String name;
        private final Type type;
        private final long[] sides;
        private long written;

        private Array(Handle id, String name, Type type, long... sides) {
            this.id = id;
            this.name = name;
            this.type = type;
            this.sides = sides;
        }

        /** Writes the next rows of an array of {@link Type#F32}. */
        public void write(float[] values) throws IOException {
            try (PointerScope scope = new PointerScope()) {
                write(Type.F32, values.length, new FloatPointer(values));
            }
        }

        /** Writes the next rows of an array of {@link Type#F64}. */
        public void write(double[] values) throws IOException {
            try (PointerScope scope = new PointerScope()) {
                write(Type.F64, values.length, new DoublePointer(values));
            }
        }

        /** Writes the next rows of an array of {@link Type#I32}. */
        public void write(int[] values) throws IOException {
            try (PointerScope scope = new PointerScope()) {
                write(Type.I32, values.length, new IntPointer(values));
            }
        }

        /** Writes the next rows of an array of {@link Type#U8}. */
        public void write(byte[] values) throws IOException {
            try (PointerScope scope = new PointerScope()) {
                write(Type.U8, values.length, new BytePointer(values));
            }
        }

        private void write(Type given, long count, Pointer values) throws IOException {
            long[] block = sides.clone();
            block[0] = 1;
            long row = 1;
            for (long side : block) {
                row *= side;
            }
            block[0] = count / row;
            if (given != type || count % row != 0 || written + block[0] > sides[0]) {
                throw new IllegalArgumentException(count + " values are no rows of " + name);
            }
            long[] start = new long[sides.length];
            start[0] = written;
            try (Handle space = new Handle(H5Dget_space(id.id()), name);
                    Handle memory = new Handle(H5Screate_simple(block.length, new LongPointer(block), null), name)) {
                H5Sselect_hyperslab(
                        space.id(), H5S_SELECT_SET, new LongPointer(start), null, new LongPointer(block), null);
                checked(H5Dwrite(id.id(), type.given(), memory.id(), space.id(), H5P_DEFAULT, values), name);
            } catch (Hdf5Exception e) {
                throw new IOException(e.getMessage(), e);
            }
            written += block[0];
        }
    }

    /**
     * Writes what the library still has.
     *
     * @throws IOException if the disk does not take it
     */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        arrays.forEach(array -> array.id.close());
        checked(H5Fclose(file), "cannot be closed");
    }

    /** Whether all rows of all arrays are there. */
    public boolean complete() {
        return arrays.stream().allMatch(array -> array.written == array.sides[0]);
    }
}
