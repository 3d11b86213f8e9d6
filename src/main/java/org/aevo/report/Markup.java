package org.aevo.report;

/** Text from anywhere as text of HTML, XML and SVG, in elements and in quoted attributes. */
final class Markup {
    private static final int FIRST_PRINTABLE = 0x20;

    private Markup() {}

    /** Escapes what would be markup, and cleans the rest. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + text.length() / 8);
        clean(text).codePoints().forEach(c -> {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    /**
     * Control characters, halves of surrogate pairs and non-characters, which no XML may hold, become the replacement
     * character.
     */
    static String clean(String text) {
        return text.codePoints()
                .map(c -> isAllowed(c) ? c : 0xFFFD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isAllowed(int c) {
        if (c < FIRST_PRINTABLE) {
            return c == '\t' || c == '\n' || c == '\r';
        }
        boolean control = c >= 0x7F && c < 0xA0;
        boolean half = c >= 0xD800 && c <= 0xDFFF;
        // they reverse the direction of what follows, up to the end of the paragraph
        boolean override = c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
        return !control && !half && !override && (c & 0xFFFE) != 0xFFFE;
    }
}
