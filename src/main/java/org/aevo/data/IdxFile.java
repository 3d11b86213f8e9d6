package org.aevo.data;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * One IDX file, checked: a magic number (two zero bytes, the type of the values, the number of sides), the sides as
 * big-endian numbers of 32 bits, the values in C order. See Y. LeCun, C. Cortes, C. Burges, The MNIST database.
 */
final class IdxFile implements NumericArray {
    /** Types of values. */
    enum Type {
        U8(0x08, 1, "unsigned bytes"),
        I8(0x09, 1, "8-bit integers"),
        I16(0x0B, Short.BYTES, "16-bit integers"),
        I32(0x0C, Integer.BYTES, "32-bit integers"),
        F32(0x0D, Float.BYTES, "32-bit floats"),
        F64(0x0E, Double.BYTES, "64-bit floats");

        private final int code;
        private final int bytes;
        private final String text;

        Type(int code, int bytes, String text) {
            this.code = code;
            this.bytes = bytes;
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** What a file may be. */
    private enum Role {
        /** MNIST's images: unsigned bytes [n, rows, columns]. */
        MNIST_IMAGES("0x00000803"),
        SAMPLES("0x00000802 to 0x00000804 (unsigned bytes), or 0x00000902 to 0x00000e04 (integers, float, double)"),
        /** MNIST's labels: unsigned bytes [n]. */
        MNIST_LABELS("0x00000801"),
        LABELS(
                "0x00000801, or 0x00000802 (one-hot), or the same of integers, float or double, 0x00000901 to 0x00000e02");

        private final String magic;

        Role(String magic) {
            this.magic = magic;
        }

        boolean allows(Type type, int rank) {
            return switch (this) {
                case MNIST_IMAGES -> type == Type.U8 && rank == 3;
                case SAMPLES -> rank >= 2 && rank <= 4;
                case MNIST_LABELS -> type == Type.U8 && rank == 1;
                case LABELS -> rank == 1 || rank == 2;
            };
        }
    }

    private final DataFile file;
    private final Type type;
    private final int[] sides;

    private IdxFile(Path path, Role role) {
        file = new DataFile(path);
        long[] announced;
        try (ByteReader in = file.open()) {
            in.expecting("an IDX header");
            int magic = in.i32();
            type = typeOf(magic, role, path);
            announced = new long[magic & 0xFF];
            for (int i = 0; i < announced.length; i++) {
                announced[i] = in.i32() & 0xFFFF_FFFFL;
            }
        }
        String text = Arrays.stream(announced).mapToObj(Long::toString).collect(Collectors.joining("x"));
        file.mustHold(expectedSize(announced, text), "header and " + text + " values");
        sides = new int[announced.length];
        long sample = 1;
        for (int i = 0; i < sides.length; i++) {
            sample *= i == 0 ? 1 : announced[i];
            if (announced[i] > Integer.MAX_VALUE || sample > Integer.MAX_VALUE) {
                throw new DataException(path + ": " + text + " values are too many to be used, expected at most "
                        + Integer.MAX_VALUE + " samples and values per sample");
            }
            sides[i] = (int) announced[i];
        }
    }

    /** MNIST's form of images: unsigned bytes [n, rows, columns]. */
    static IdxFile mnistImages(Path path) {
        return new IdxFile(path, Role.MNIST_IMAGES);
    }

    /** Samples: unsigned bytes, floats or doubles; [n, features], [n, rows, columns], [n, channels, rows, columns]. */
    static IdxFile samples(Path path) {
        return new IdxFile(path, Role.SAMPLES);
    }

    /** MNIST's labels: n unsigned bytes. */
    static IdxFile mnistLabels(Path path) {
        return new IdxFile(path, Role.MNIST_LABELS);
    }

    /** Labels of any type: [n], or one-hot [n, classes]. */
    static IdxFile labels(Path path) {
        return new IdxFile(path, Role.LABELS);
    }

    private static Type typeOf(int magic, Role role, Path path) {
        for (Type type : Type.values()) {
            if (magic >>> 8 == type.code && role.allows(type, magic & 0xFF)) {
                return type;
            }
        }
        throw new DataException(path + ": not an IDX file"
                + (role == Role.LABELS || role == Role.MNIST_LABELS ? " of labels" : " of samples")
                + String.format(": magic number 0x%08x, expected %s", magic, role.magic)
                + FileFormat.hint(path).map(hint -> "; " + hint).orElse(""));
    }

    /** Size of a file with these sides, in bytes. */
    private long expectedSize(long[] announced, String text) {
        long size = type.bytes;
        for (long side : announced) {
            if (side == 0) {
                throw new DataException(file.path() + ": holds no samples: its header says " + text + " values");
            }
            if (Math.multiplyHigh(size, side) != 0 || size * side < 0) {
                throw new DataException(
                        file.path() + ": its header says " + text + " values, more than any file can hold");
            }
            size *= side;
        }
        return size + headerSize(announced.length);
    }

    private static int headerSize(int rank) {
        return Integer.BYTES * (1 + rank);
    }

    @Override
    public Path path() {
        return file.path();
    }

    @Override
    public String where() {
        return file.path().toString();
    }

    @Override
    public String name() {
        return "IDX";
    }

    @Override
    public List<Long> sides() {
        return Arrays.stream(sides).mapToObj(Long::valueOf).toList();
    }

    @Override
    public String type() {
        return type.text();
    }

    @Override
    public boolean bytes() {
        return type == Type.U8;
    }

    int count() {
        return sides[0];
    }

    /** Channels, height and width of a sample of MNIST's form. */
    int[] shape() {
        return Shapes.ofImages(sides);
    }

    @Override
    public void read(IntPredicate wanted, NumericArray.Rows rows) {
        double[] values = new double[size()];
        readBytes(wanted, (sample, bytes) -> {
            decode(bytes, values);
            rows.accept(sample, values);
        });
    }

    /** As the file has them, whatever their type. */
    @Override
    public void readBytes(IntPredicate wanted, ByteRows rows) {
        try (ByteReader in = open()) {
            byte[] bytes = new byte[Math.multiplyExact(size(), type.bytes)];
            for (int sample = 0; sample < count(); sample++) {
                if (wanted.test(sample)) {
                    in.fill(bytes);
                    rows.accept(sample, bytes);
                } else {
                    in.drain(bytes.length);
                }
            }
        }
    }

    /** Values per sample. */
    private int size() {
        int size = 1;
        for (int i = 1; i < sides.length; i++) {
            size *= sides[i];
        }
        return size;
    }

    /** All values of a file of bytes with one side: labels. */
    byte[] labels() {
        try (ByteReader in = open()) {
            byte[] bytes = new byte[count()];
            in.fill(bytes);
            return bytes;
        }
    }

    private ByteReader open() {
        ByteReader in = file.open();
        in.expecting("as many as a moment ago");
        in.drain(headerSize(sides.length));
        return in;
    }

    private void decode(byte[] bytes, double[] values) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        switch (type) {
            case U8 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = bytes[i] & 0xFF;
                }
            }
            case I8 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = bytes[i];
                }
            }
            case I16 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = buffer.getShort();
                }
            }
            case I32 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = buffer.getInt();
                }
            }
            case F32 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = buffer.getFloat();
                }
            }
            case F64 -> buffer.asDoubleBuffer().get(values);
        }
    }
}
