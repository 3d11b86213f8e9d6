package org.aevo.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a NumPy array (numpy.lib.format, versions 1 to 3): a dictionary of its type, order and shape.
 *
 * @param element {@code u1}: kind and bytes of a value
 * @param fortran whether the first side changes fastest
 * @param sides of the array
 * @param size of the header in bytes: where the values begin
 */
record NpyHeader(String element, ByteOrder order, boolean fortran, List<Long> sides, int size) {
    private static final String MAGIC = "\u0093NUMPY";
    private static final int LONGEST = 1 << 20;
    private static final Pattern DESCRIPTION = Pattern.compile("['\"]descr['\"]\\s*:\\s*(['\"]([^'\"]*)['\"]|\\[)");
    private static final Pattern FORTRAN = Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([0-9, L]*)\\)");
    private static final Pattern TYPE = Pattern.compile("([<>|=]?)(b1|[iu][1248]|f[248])");

    /**
     * Reads it from the start of the file.
     *
     * @param where the array is, for messages
     * @throws DataException if it is none, or the values are no numbers
     */
    static NpyHeader read(ByteReader in, String where) {
        byte[] start = new byte[8];
        in.expecting("a NumPy header");
        in.fill(start);
        if (!new String(start, 0, MAGIC.length(), StandardCharsets.ISO_8859_1).equals(MAGIC)) {
            throw new DataException(where + ": not a NumPy array (.npy)");
        }
        int version = start[6];
        if (version < 1 || version > 3) {
            throw new DataException(where + ": a NumPy array of version " + version + ", expected 1 to 3");
        }
        byte[] lengthBytes = new byte[version == 1 ? 2 : 4];
        in.fill(lengthBytes);
        ByteBuffer number = ByteBuffer.wrap(lengthBytes).order(ByteOrder.LITTLE_ENDIAN);
        int length = version == 1 ? number.getShort() & 0xFFFF : number.getInt();
        if (length < 0 || length > LONGEST) {
            throw new DataException(where + ": damaged: its header says to have " + length + " bytes");
        }
        byte[] text = new byte[length];
        in.fill(text);
        return parse(new String(text, StandardCharsets.UTF_8), start.length + lengthBytes.length + length, where);
    }

    private static NpyHeader parse(String text, int size, String where) {
        Matcher description = DESCRIPTION.matcher(text);
        Matcher fortran = FORTRAN.matcher(text);
        Matcher shape = SHAPE.matcher(text);
        if (!description.find() || !fortran.find() || !shape.find()) {
            throw new DataException(where + ": damaged: its header is " + shortened(text));
        }
        String name = description.group(2) == null ? "structured" : description.group(2);
        Matcher type = TYPE.matcher(name);
        if (!type.matches()) {
            throw new DataException(where + " holds " + kind(name) + " values (" + shortened(name)
                    + "), expected numbers of up to 64 bits or truth values: convert it with Python, x.astype('f4')");
        }
        List<Long> sides = new ArrayList<>();
        for (String side : shape.group(1).split(",")) {
            String digits = side.replace("L", "").strip();
            if (!digits.isEmpty()) {
                if (digits.length() > 18 || !digits.chars().allMatch(Character::isDigit)) {
                    throw new DataException(where + ": damaged: its shape is " + shortened(shape.group(1)));
                }
                sides.add(Long.parseLong(digits));
            }
        }
        return new NpyHeader(
                type.group(2),
                type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
                fortran.group(1).equals("True") && sides.size() > 1,
                List.copyOf(sides),
                size);
    }

    private static String kind(String name) {
        if (name.equals("structured")) {
            return "compound";
        }
        String letters = name.replaceAll("[^A-Za-z]", "");
        return switch (letters.isEmpty() ? 'V' : letters.charAt(0)) {
            case 'O' -> "object (pickled)";
            case 'c' -> "complex";
            case 'U', 'S' -> "text";
            case 'M', 'm' -> "time";
            default -> "unknown";
        };
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "..." : text.strip();
    }

    /** Bytes of a value. */
    int valueBytes() {
        return element.charAt(1) - '0';
    }

    /** For people: {@code 32-bit floats}. */
    String type() {
        int bits = 8 * valueBytes();
        return switch (element.charAt(0)) {
            case 'b' -> "truth values";
            case 'u' -> bits == 8 ? "unsigned bytes" : "unsigned " + bits + "-bit integers";
            case 'i' -> bits + "-bit integers";
            default -> bits + "-bit floats";
        };
    }

    /** Decodes values that follow each other. */
    void decode(ByteBuffer bytes, double[] values, int from, int count) {
        bytes.order(order);
        for (int i = from; i < from + count; i++) {
            values[i] = switch (element) {
                case "b1" -> bytes.get() == 0 ? 0 : 1;
                case "u1" -> bytes.get() & 0xFF;
                case "i1" -> bytes.get();
                case "u2" -> bytes.getShort() & 0xFFFF;
                case "i2" -> bytes.getShort();
                case "u4" -> bytes.getInt() & 0xFFFF_FFFFL;
                case "i4" -> bytes.getInt();
                case "u8" -> unsigned(bytes.getLong());
                case "i8" -> bytes.getLong();
                case "f2" -> half(bytes.getShort());
                case "f4" -> bytes.getFloat();
                default -> bytes.getDouble();
            };
        }
    }

    /** Rounded to the nearest double, ties to even. */
    private static double unsigned(long value) {
        return value >= 0 ? value : 2.0 * ((value >>> 1) | (value & 1));
    }

    /** An IEEE half. */
    private static double half(short bits) {
        int exponent = bits >> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        double magnitude = exponent == 0
                ? fraction * 0x1p-24
                : exponent == 0x1F
                        ? fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN
                        : (1 + fraction * 0x1p-10) * Math.scalb(1.0, exponent - 15);
        return bits < 0 ? -magnitude : magnitude;
    }
}
