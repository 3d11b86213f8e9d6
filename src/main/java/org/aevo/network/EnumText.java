package org.aevo.network;

import java.util.List;
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
        return parse(List.of(type.getEnumConstants()), text);
    }

    /**
     * The one of some constants whose text this is.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public static <E extends Enum<E>> E parse(List<E> constants, String text) {
        for (E constant : constants) {
            if (isText(text, constant.name())) {
                return constant;
            }
        }
        throw new IllegalArgumentException(quote(text) + " is not one of " + choices(constants));
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
        return choices(List.of(type.getEnumConstants()));
    }

    /** The texts of some constants, separated by commas. */
    public static String choices(List<? extends Enum<?>> constants) {
        return constants.stream().map(EnumText::of).collect(Collectors.joining(", "));
    }

    /** A text for a message of one line: not endless, without control characters. */
    public static String quote(String text) {
        String start = text.length() > QUOTED ? text.substring(0, QUOTED) + "..." : text;
        return "'" + start.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
