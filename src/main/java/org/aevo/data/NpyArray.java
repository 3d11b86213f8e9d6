package org.aevo.data;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A NumPy array: a file of its own (.npy) or one of several in an archive (.npz). */
final class NpyArray implements NumericArray {
    private static final int BUFFER = 1 << 16;
    private static final int MOST_ROW_BYTES = 1 << 30;
    /** No zip entry packs more into a byte. */
    private static final long MAX_COMPRESSION = 1032;

    private final Path path;
    private final Optional<String> member;
    private final NpyHeader header;

    private NpyArray(Path path, Optional<String> member) {
        this.path = path;
        this.member = member;
        try (Opened opened = open()) {
            header = NpyHeader.read(opened.in(), where());
            mustHoldValues(opened.bytes());
        }
    }

    /**
     * @param name of the array in an archive; empty where there is one array
     * @throws DataException if there is no such array of numbers
     */
    static NpyArray of(Path path, Optional<String> name) {
        DataFile.checkedSize(path);
        Optional<FileFormat> format = FileFormat.of(path);
        if (format.equals(Optional.of(FileFormat.NPY))) {
            if (name.isPresent()) {
                throw new DataException(path + ": a single NumPy array, in which there is no " + name.get()
                        + ": leave data.dataset out");
            }
            return new NpyArray(path, Optional.empty());
        }
        if (format.equals(Optional.of(FileFormat.ZIP))) {
            return new NpyArray(path, Optional.of(member(path, name)));
        }
        throw new DataException(path + ": not a NumPy array (.npy, .npz)"
                + FileFormat.hint(path).map(hint -> ": " + hint).orElse(""));
    }

    boolean isOfArchive() {
        return member.isPresent();
    }

    private static String member(Path path, Optional<String> name) {
        try (ZipFile zip = new ZipFile(path.toFile())) {
            List<String> arrays = new ArrayList<>();
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                String entry = all.nextElement().getName();
                if (entry.endsWith(".npy")) {
                    arrays.add(entry.substring(0, entry.length() - ".npy".length()));
                }
            }
            if (arrays.isEmpty()) {
                throw new DataException(path + ": no archive of NumPy arrays (.npz): "
                        + FileFormat.hint(path).orElseThrow());
            }
            String wanted = name.orElseGet(() -> arrays.size() == 1 ? arrays.get(0) : "");
            if (!arrays.contains(wanted)) {
                throw new DataException(path + ": "
                        + (wanted.isEmpty() ? "which of its arrays? set data.dataset" : "there is no array " + wanted)
                        + "; it has: " + String.join(", ", arrays.subList(0, Math.min(10, arrays.size()))));
            }
            return wanted;
        } catch (IOException | IllegalArgumentException e) {
            throw new DataException(path + ": a damaged archive: " + e.getMessage(), e);
        }
    }

    private void mustHoldValues(long bytes) {
        long expected = header.valueBytes();
        for (long side : header.sides()) {
            if (side == 0) {
                throw new DataException(where() + " is empty: its shape is " + header.sides());
            }
            // more than any file has
            expected = Math.multiplyHigh(expected, side) != 0 || expected * side < 0 ? Long.MAX_VALUE : expected * side;
        }
        expected = expected > Long.MAX_VALUE - header.size() ? Long.MAX_VALUE : expected + header.size();
        if (bytes != expected) {
            throw new DataException(where() + ": " + (bytes < expected ? "truncated" : "too long") + ": " + bytes
                    + " bytes, expected " + expected + " (header and values of shape " + header.sides() + ")");
        }
    }

    /** The bytes of the array, and how many there are. */
    private record Opened(ByteReader in, long bytes, Optional<ZipFile> zip) implements AutoCloseable {
        @Override
        public void close() {
            in.close();
            zip.ifPresent(file -> {
                try {
                    file.close();
                } catch (IOException e) {
                    throw new DataException(file.getName() + ": cannot be closed: " + e.getMessage(), e);
                }
            });
        }
    }

    private Opened open() {
        try {
            if (member.isEmpty()) {
                long size = DataFile.checkedSize(path);
                return new Opened(
                        new ByteReader(path, new FileInputStream(path.toFile()), BUFFER), size, Optional.empty());
            }
            ZipFile zip = new ZipFile(path.toFile());
            ZipEntry entry = zip.getEntry(member.get() + ".npy");
            if (entry == null
                    || entry.getSize() < 0
                    || entry.getSize() / MAX_COMPRESSION > DataFile.checkedSize(path)) {
                zip.close();
                throw new DataException(where() + ": damaged, or changed while it was read");
            }
            InputStream in = zip.getInputStream(entry);
            return new Opened(new ByteReader(path, in, BUFFER), entry.getSize(), Optional.of(zip));
        } catch (IOException | IllegalArgumentException e) {
            throw new DataException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public String where() {
        return member.map(name -> path + ": array " + name).orElse(path.toString());
    }

    @Override
    public String name() {
        return member.map(name -> "NumPy " + name).orElse("NumPy array");
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public List<Long> sides() {
        return header.sides();
    }

    @Override
    public String type() {
        return header.type();
    }

    @Override
    public boolean bytes() {
        return header.element().equals("u1");
    }

    @Override
    public void read(IntPredicate wanted, Rows rows) {
        if (header.fortran()) {
            readFortran(wanted, rows);
            return;
        }
        int size = rowSize();
        double[] values = new double[size];
        raw(wanted, (row, bytes) -> {
            header.decode(ByteBuffer.wrap(bytes), values, 0, size);
            rows.accept(row, values);
        });
    }

    @Override
    public void readBytes(IntPredicate wanted, ByteRows rows) {
        if (header.fortran()) {
            byte[] bytes = new byte[rowSize()];
            readFortran(wanted, (row, values) -> {
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) (int) values[i];
                }
                rows.accept(row, bytes);
            });
            return;
        }
        raw(wanted, rows);
    }

    private int rowSize() {
        long size = 1;
        for (int i = 1; i < header.sides().size(); i++) {
            size *= header.sides().get(i);
        }
        if (size * header.valueBytes() > MOST_ROW_BYTES) {
            throw new DataException(where() + " has rows of " + size + " values, expected at most "
                    + MOST_ROW_BYTES / header.valueBytes());
        }
        return (int) size;
    }

    private void raw(IntPredicate wanted, ByteRows rows) {
        byte[] row = new byte[rowSize() * header.valueBytes()];
        int count = count();
        try (Opened opened = opened()) {
            for (int i = 0; i < count; i++) {
                if (wanted.test(i)) {
                    opened.in().fill(row);
                    rows.accept(i, row);
                } else {
                    opened.in().drain(row.length);
                }
            }
        }
    }

    private int count() {
        return header.sides().isEmpty() ? 1 : Math.toIntExact(header.sides().get(0));
    }

    private Opened opened() {
        Opened opened = open();
        opened.in().expecting("as many as a moment ago");
        opened.in().drain(header.size());
        return opened;
    }

    /** The first side changes fastest: the file holds one value of each row after the other. */
    private void readFortran(IntPredicate wanted, Rows rows) {
        int size = rowSize();
        int count = count();
        byte[] all;
        try {
            all = new byte[Math.multiplyExact(Math.multiplyExact(size, count), header.valueBytes())];
        } catch (ArithmeticException | OutOfMemoryError e) {
            throw new DataException(
                    where() + " is in Fortran order and too large to be turned round in memory: write it anew with"
                            + " numpy.save('x.npy', numpy.ascontiguousarray(x))",
                    e);
        }
        try (Opened opened = opened()) {
            opened.in().fill(all);
        }
        int[] places = fortranPlaces(size);
        double[] values = new double[size];
        ByteBuffer bytes = ByteBuffer.wrap(all);
        for (int row = 0; row < count; row++) {
            if (wanted.test(row)) {
                for (int i = 0; i < size; i++) {
                    bytes.position((places[i] * count + row) * header.valueBytes());
                    header.decode(bytes, values, i, 1);
                }
                rows.accept(row, values);
            }
        }
    }

    /** Where each value of a row, in C order, is among those of the row in Fortran order. */
    private int[] fortranPlaces(int size) {
        List<Long> sides = header.sides();
        int[] places = new int[size];
        for (int i = 0; i < size; i++) {
            int rest = i;
            int stride = size;
            int place = 0;
            for (int side = sides.size() - 1; side > 0; side--) {
                int length = sides.get(side).intValue();
                stride /= length;
                place += rest % length * stride;
                rest /= length;
            }
            places[i] = place;
        }
        return places;
    }
}
