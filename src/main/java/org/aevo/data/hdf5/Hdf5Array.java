package org.aevo.data.hdf5;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an HDF5 file says of an array of numbers.
 *
 * @param sides of the array; a scalar has none
 * @param kind of its values
 * @param type of its values, for people: {@code 16-bit floats}
 * @param transfer how the values travel
 * @param stored bytes that the array takes in its file; empty arrays, and those whose values are elsewhere, take none
 * @param rowsAtOnce how many of the first side are best read together
 * @param attributes those of one number or one text, as text
 * @param otherFiles that hold some of its values, or the array itself: targets of links, sources of virtual arrays,
 *     external storage
 */
public record Hdf5Array(
        List<Long> sides,
        Kind kind,
        String type,
        Transfer transfer,
        long stored,
        int rowsAtOnce,
        Map<String, String> attributes,
        List<String> otherFiles) {

    public Hdf5Array {
        sides = List.copyOf(sides);
        attributes = Map.copyOf(attributes);
        otherFiles = List.copyOf(otherFiles);
    }

    /** What values are. */
    public enum Kind {
        /** Whole numbers from 0 to 255. */
        BYTES,
        /** 0 and 1, under the names FALSE and TRUE. */
        TRUTHS,
        /** Whole numbers with other names. */
        NAMES,
        INTEGERS,
        REALS
    }

    /** How values travel from the process that reads them: little-endian, without a loss beyond a double's precision. */
    enum Transfer {
        U8(1),
        F32(Float.BYTES),
        F64(Double.BYTES);

        private final int bytes;

        Transfer(int bytes) {
            this.bytes = bytes;
        }

        int bytes() {
            return bytes;
        }
    }

    /** Values of one row: of all sides but the first. */
    long rowSize() {
        return sides.stream().skip(1).reduce(1L, Math::multiplyExact);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(sides.size());
        for (long side : sides) {
            out.writeLong(side);
        }
        out.writeByte(kind.ordinal());
        Texts.write(out, type);
        out.writeByte(transfer.ordinal());
        out.writeLong(stored);
        out.writeInt(rowsAtOnce);
        out.writeInt(attributes.size());
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            Texts.write(out, attribute.getKey());
            Texts.write(out, attribute.getValue());
        }
        out.writeInt(otherFiles.size());
        for (String file : otherFiles) {
            Texts.write(out, file);
        }
    }

    static Hdf5Array read(DataInputStream in) throws IOException {
        List<Long> sides = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            sides.add(in.readLong());
        }
        Kind kind = Kind.values()[in.readByte()];
        String type = Texts.read(in);
        Transfer transfer = Transfer.values()[in.readByte()];
        long stored = in.readLong();
        int rowsAtOnce = in.readInt();
        Map<String, String> attributes = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = Texts.read(in);
            attributes.put(name, Texts.read(in));
        }
        List<String> files = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            files.add(Texts.read(in));
        }
        return new Hdf5Array(sides, kind, type, transfer, stored, rowsAtOnce, attributes, files);
    }
}
