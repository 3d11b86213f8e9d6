package org.aevo.record;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes values as JSON (RFC 8259): maps as objects in their order, lists, texts, booleans, numbers; NaN and infinities,
 * which JSON has not, and an empty Optional as null. Everything beyond ASCII is escaped.
 */
public final class Json {
    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();

    private final String indent;

    private Json(String indent) {
        this.indent = indent;
    }

    /** The text, without a line break at its end. */
    public static String of(Object value) {
        Json json = new Json(INDENT);
        json.value(value, "\n");
        return json.text.toString();
    }

    /** The text in one line, without a line break. */
    public static String line(Object value) {
        Json json = new Json("");
        json.value(value, "");
        return json.text.toString();
    }

    private void value(Object value, String lineStart) {
        if (value instanceof Optional<?> optional) {
            if (optional.isPresent()) {
                value(optional.get(), lineStart);
            } else {
                text.append("null");
            }
        } else if (value instanceof Map<?, ?> map) {
            boolean first = true;
            text.append('{');
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                text.append(first ? "" : ",").append(lineStart).append(indent);
                first = false;
                string(entry.getKey().toString());
                text.append(": ");
                value(entry.getValue(), lineStart + indent);
            }
            text.append(first ? "" : lineStart).append('}');
        } else if (value instanceof List<?> list) {
            boolean first = true;
            text.append('[');
            for (Object element : list) {
                text.append(first ? "" : ",").append(lineStart).append(indent);
                first = false;
                value(element, lineStart + indent);
            }
            text.append(first ? "" : lineStart).append(']');
        } else if (value instanceof Double number) {
            text.append(Double.isFinite(number) ? number.toString() : "null");
        } else if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
            text.append(value);
        } else {
            string(value.toString());
        }
    }

    private void string(String content) {
        text.append('"');
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
