package org.aevo.codec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The formats of all that a journal or a link may hold. They are looked up for every entry and every message: by code in
 * an array, by class in a hash table.
 *
 * @param <T> what the classes have in common
 */
public final class FormatRegistry<T> {
    private final String kind;
    private final Format<?>[] byCode = new Format<?>[Format.MOST_CODES];
    private final Map<Class<?>, Format<?>> byType = new HashMap<>();

    /**
     * @param kind what a value is, for messages: {@code entry}
     * @throws IllegalArgumentException if two formats are of one class or have one code
     */
    public FormatRegistry(String kind, List<Format<? extends T>> formats) {
        this.kind = kind;
        for (Format<? extends T> format : formats) {
            Format<?> sameCode = byCode[format.code()];
            if (sameCode != null) {
                throw new IllegalArgumentException("code " + format.code() + " is given to two classes: "
                        + sameCode.type().getName() + " and " + format.type().getName());
            }
            Format<?> sameType = byType.put(format.type(), format);
            if (sameType != null) {
                throw new IllegalArgumentException(format.type().getName() + " has two formats, of code "
                        + sameType.code() + " and " + format.code());
            }
            byCode[format.code()] = format;
        }
    }

    /**
     * What a value is written by.
     *
     * @throws IllegalArgumentException if its class has no format; nothing of it may be written then
     */
    @SuppressWarnings("unchecked") // the format is of the value's own class
    public <V extends T> Format<V> of(V value) {
        Format<?> format = byType.get(value.getClass());
        if (format == null) {
            throw new IllegalArgumentException(
                    value.getClass().getName() + " has no format: no " + kind + " of this class can be written");
        }
        return (Format<V>) format;
    }

    /**
     * What a code is read by.
     *
     * @throws MalformedDataException if no format has this code
     */
    @SuppressWarnings("unchecked") // the constructor takes no others
    public Format<? extends T> ofCode(int code) throws MalformedDataException {
        Format<?> format = code < 0 || code >= byCode.length ? null : byCode[code];
        if (format == null) {
            throw new MalformedDataException(
                    "this program knows no " + kind + " of code " + code + "; a newer one may");
        }
        return (Format<? extends T>) format;
    }
}
