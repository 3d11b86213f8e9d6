package org.aevo.network;

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
            if (isText(text, constant.name())) {
                return constant;
            }
        }
        throw new IllegalArgumentException(quote(text) + " is not one of " + choices(type));
    }

    /** Whether a text is that of a name, without making it: journals are long. */
    private static boolean isText(String text, String name) {
        if (text.length() != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            char wanted = c == '_' ? '-' : c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
            if (text.charAt(i) != wanted) {
                return false;
            }
        }
        return true;
    }

    /** The texts of all constants, separated by commas. */
    public static <E extends Enum<E>> String choices(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(EnumText::of).collect(Collectors.joining(", "));
    }

    /** A text for a message of one line: not endless, without control characters. */
    public static String quote(String text) {
        String start = text.length() > QUOTED ? text.substring(0, QUOTED) + "..." : text;
        return "'" + start.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
