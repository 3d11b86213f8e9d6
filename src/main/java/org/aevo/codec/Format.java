package org.aevo.codec;

/**
 * How values of one class become bytes and values again: all that a journal or a link needs to know of an entry or a
 * message. Bytes name the class by its code, which is never given to another class.
 *
 * @param code of the class, from 1 to 255
 * @param version that the writer writes, from 1 to 127; it grows when the class gets other fields, and the reader goes
 *     on reading the versions before
 * @param type the class of the values, an interface of theirs is none
 * @param writer writes all fields; neither code nor version, which stand where the whole puts them
 * @param reader reads what the writer of that version wrote
 */
public record Format<T>(int code, int version, Class<T> type, Writer<T> writer, Reader<T> reader) {
    /** Codes take one byte. */
    static final int MOST_CODES = 256;

    /** The highest bit of a version's byte is free for what holds the value. */
    private static final int LAST_VERSION = 127;

    /** Writes the fields of a value. */
    @FunctionalInterface
    public interface Writer<T> {
        void write(Encoder out, T value);
    }

    /** Reads the fields of a value. */
    @FunctionalInterface
    public interface Reader<T> {
        /**
         * @param version of what was written; never newer than the format's
         * @throws MalformedDataException if no value has such fields
         */
        T read(Decoder in, int version) throws MalformedDataException;
    }

    /** Reads the fields of a value whose class has had no others. */
    @FunctionalInterface
    public interface FirstReader<T> {
        /**
         * @throws MalformedDataException if no value has such fields
         */
        T read(Decoder in) throws MalformedDataException;
    }

    public Format {
        if (code < 1 || code >= MOST_CODES) {
            throw new IllegalArgumentException(
                    type.getName() + ": a code is from 1 to " + (MOST_CODES - 1) + ", was " + code);
        }
        if (version < 1 || version > LAST_VERSION) {
            throw new IllegalArgumentException(
                    type.getName() + ": a version is from 1 to " + LAST_VERSION + ", was " + version);
        }
        if (type.isInterface()) {
            throw new IllegalArgumentException(type.getName() + ": an interface, of which no value is");
        }
    }

    /** The format of a class that has had no other fields: version 1. */
    public static <T> Format<T> of(int code, Class<T> type, Writer<T> writer, FirstReader<T> reader) {
        return new Format<>(code, 1, type, writer, (in, version) -> reader.read(in));
    }

    @Override
    public String toString() {
        return type.getSimpleName() + " (code " + code + ")";
    }
}
