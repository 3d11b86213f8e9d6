package org.aevo.genome;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Enum constants as they stand in texts: lower case, hyphens for underscores. */
public final class EnumText {

    private static final int QUOTED = 80;

    private EnumText() {}

    /** {@code LEAKY_RELU} as {@code leaky-relu}. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The constant whose text this is.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public static <E extends Enum<E>> E parse(Class<E> type, String text) {
        for (E constant : type.getEnumConstants()) {
            if (of(constant).equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(quote(text) + " is not one of " + choices(type));
    }

    /** The texts of all constants, separated by commas. */
    public static <E extends Enum<E>> String choices(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(EnumText::of).collect(Collectors.joining(", "));
    }

    /** A text for a message of one line: not endless, without control characters. */
    static String quote(String text) {
        String start = text.length() > QUOTED ? text.substring(0, QUOTED) + "..." : text;
        return "'" + start.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
