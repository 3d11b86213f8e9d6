package org.aevo.io;

/**
 * Texts that others wrote, made fit to be shown: what commands a terminal, reverses the direction of what follows, or is no
 * character at all becomes a question mark.
 */
public final class Printable {
    private static final char REPLACEMENT = '?';

    private Printable() {}

    /** The text with its lines and tabs. */
    public static String text(String text) {
        return cleaned(text, true);
    }

    /** The text as one line. */
    public static String line(String text) {
        return cleaned(text, false);
    }

    private static String cleaned(String text, boolean lines) {
        int at = 0;
        while (at < text.length() && isPlain(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        StringBuilder cleaned = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            boolean endsLine = c == '\n' || c == '\r' && text.startsWith("\n", i + 1);
            boolean kept = lines && (endsLine || c == '\t');
            cleaned.appendCodePoint(isCommand(c) && !kept ? REPLACEMENT : c);
        }
        return cleaned.toString();
    }

    /** Most texts are of these alone. */
    private static boolean isPlain(char c) {
        return c >= ' ' && c <= '~';
    }

    /**
     * Whether a code point is a control character (C0, DEL, C1), a separator of lines or paragraphs, an embedding or override
     * of direction, half of a surrogate pair, or no character.
     */
    public static boolean isCommand(int c) {
        boolean control = c < 0x20 || c >= 0x7F && c < 0xA0;
        boolean separator = c == 0x2028 || c == 0x2029;
        boolean direction = c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
        boolean half = c >= 0xD800 && c <= 0xDFFF;
        return control || separator || direction || half || (c & 0xFFFE) == 0xFFFE;
    }
}
