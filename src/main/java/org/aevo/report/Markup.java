package org.aevo.report;

import org.aevo.io.Printable;

/** Text from anywhere as text of HTML, XML and SVG, in elements and in quoted attributes. */
final class Markup {
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
        return c == '\t' || c == '\n' || c == '\r' || !Printable.isCommand(c);
    }
}
