package org.aevo.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * Rows of a table of text, as RFC 4180 has them: fields between delimiters, perhaps in quotes, which are doubled within.
 * Lines end in LF or CR LF; empty ones are passed over. Where the delimiter is a space, any number of them is one.
 */
final class CsvReader implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int MOST_ROW_BYTES = 64 << 20;
    private static final int EXACT_POWERS = 22;
    private static final long EXACT = 1L << 53;
    private static final double[] POWERS = new double[EXACT_POWERS + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private final Path path;
    private final InputStream in;
    private final char delimiter;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private byte[] text = new byte[1 << 10];
    private int length;
    private int[] ends = new int[64];
    private int fields;
    private long line = 1;
    private long rowLine;

    /**
     * @param path plain or gzip
     * @throws DataException if it cannot be opened
     */
    CsvReader(Path path, char delimiter) {
        this.path = path;
        this.delimiter = delimiter;
        this.in = open(path);
    }

    static InputStream open(Path path) {
        try {
            boolean gzip = FileFormat.of(path).filter(FileFormat.GZIP::equals).isPresent();
            InputStream plain = Files.newInputStream(path);
            return gzip ? new GZIPInputStream(plain, BUFFER) : plain;
        } catch (IOException e) {
            throw new DataException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Number of the line, from 1, in which the row began. */
    long line() {
        return rowLine;
    }

    /** Fields of the row. */
    int fields() {
        return fields;
    }

    /** The text of a field, without its quotes and without space around it. */
    String text(int field) {
        return new String(text, start(field), ends[field] - start(field), StandardCharsets.UTF_8).strip();
    }

    private int start(int field) {
        return field == 0 ? 0 : ends[field - 1];
    }

    /** The next row that is not empty; false at the end. */
    boolean next() {
        do {
            if (!row()) {
                return false;
            }
        } while (fields == 1 && text(0).isEmpty());
        return true;
    }

    private boolean row() {
        fields = 0;
        length = 0;
        rowLine = line;
        boolean any = false;
        boolean quoted = false;
        boolean fieldBegan = false;
        while (true) {
            int b = read();
            if (b < 0) {
                if (quoted) {
                    throw new DataException(path + ": line " + rowLine + ": a quote that does not end");
                }
                if (any) {
                    endField();
                }
                return any;
            }
            any = true;
            if (quoted) {
                if (b != '"') {
                    line += b == '\n' ? 1 : 0;
                    put(b);
                } else if (peek() == '"') {
                    put(read());
                } else {
                    quoted = false;
                }
            } else if (b == '"' && !fieldBegan) {
                quoted = true;
                fieldBegan = true;
            } else if (b == delimiter || delimiter == ' ' && b == '\t') {
                if (delimiter != ' ' || fieldBegan) {
                    endField();
                }
                fieldBegan = false;
            } else if (b == '\n') {
                line++;
                if (delimiter != ' ' || fieldBegan || fields == 0) {
                    endField();
                }
                return true;
            } else if (b != '\r' || peek() != '\n') {
                fieldBegan |= b != ' ';
                put(b);
            }
        }
    }

    private void endField() {
        if (fields == ends.length) {
            ends = Arrays.copyOf(ends, 2 * fields);
        }
        ends[fields++] = length;
    }

    private void put(int b) {
        if (length == text.length) {
            if (length >= MOST_ROW_BYTES) {
                throw new DataException(path + ": line " + rowLine + ": a row of more than " + (MOST_ROW_BYTES >> 20)
                        + " MiB; it is no table, or a quote does not end");
            }
            text = Arrays.copyOf(text, 2 * length);
        }
        text[length++] = (byte) b;
    }

    private int read() {
        if (position == limit && !refill()) {
            return -1;
        }
        return buffer[position++] & 0xFF;
    }

    private int peek() {
        return position == limit && !refill() ? -1 : buffer[position] & 0xFF;
    }

    private boolean refill() {
        try {
            position = 0;
            limit = Math.max(0, in.read(buffer));
            // the mark that some programs of Windows begin with
            if (line == 1 && rowLine <= 1 && length == 0 && fields == 0 && limit >= 3 && isMark()) {
                position = 3;
            }
            return limit > position;
        } catch (IOException e) {
            throw new DataException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private boolean isMark() {
        return buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF;
    }

    /** The number in a field; NaN if it holds none, or no finite one. */
    double number(int field) {
        int at = start(field);
        int end = ends[field];
        while (at < end && text[at] == ' ') {
            at++;
        }
        while (end > at && text[end - 1] == ' ') {
            end--;
        }
        boolean negative = at < end && text[at] == '-';
        int digitsFrom = at < end && (negative || text[at] == '+') ? at + 1 : at;
        long digits = 0;
        int seen = 0;
        int scale = 0;
        boolean point = false;
        int i = digitsFrom;
        for (; i < end; i++) {
            int c = text[i];
            if (c >= '0' && c <= '9') {
                digits = digits * 10 + c - '0';
                seen++;
                scale -= point ? 1 : 0;
                if (digits >= EXACT) {
                    return slow(at, end);
                }
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (seen == 0) {
            return Double.NaN;
        }
        if (i < end) {
            return slow(at, end);
        }
        if (scale < -EXACT_POWERS) {
            return slow(at, end);
        }
        double value = scale == 0 ? digits : digits / POWERS[-scale];
        return negative ? -value : value;
    }

    /** What is beyond the exact range of a double, or has an exponent. */
    private double slow(int from, int to) {
        for (int i = from; i < to; i++) {
            int c = text[i];
            if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return Double.NaN;
            }
        }
        try {
            double value = Double.parseDouble(new String(text, from, to - from, StandardCharsets.US_ASCII));
            return Double.isFinite(value) ? value : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new DataException(path + ": cannot be closed: " + e.getMessage(), e);
        }
    }
}
