package org.aevo.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Values of nodes by their types, and texts of them. What does not fit is null or an IllegalArgumentException: callers know
 * what was expected where, and say so.
 */
public final class Values {
    private Values() {}

    /** Whether a key stands there without a value. */
    public static boolean isNull(Node node) {
        return node instanceof ScalarNode s && s.getTag().equals(Tag.NULL);
    }

    /** A whole number, written as one. */
    public static long whole(Node node) {
        return Long.parseLong(scalar(node, Tag.INT));
    }

    /** A whole number within bounds, else null. */
    public static Long whole(Node node, long min, long max) {
        long value = whole(node);
        return value >= min && value <= max ? value : null;
    }

    /** A number within bounds, else null. */
    public static Double decimal(Node node, double min, double max) {
        String text = scalar(node, Tag.FLOAT);
        double value = Double.parseDouble(text.isEmpty() ? scalar(node, Tag.INT) : text);
        return value >= min && value <= max ? value : null;
    }

    /** Exactly true or false. */
    public static boolean flag(Node node) {
        String text = scalar(node, Tag.BOOL);
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
        }
        return text.equals("true");
    }

    /**
     * A text of one line that is not blank, else null. An escape ({@code "\\ud83d"}) can name characters that may not stand in
     * YAML themselves: a text with such could not be written out and read again.
     */
    public static String line(Node node) {
        String text = node instanceof ScalarNode s && !isNull(node) ? s.getValue() : "";
        boolean control = text.chars().anyMatch(Character::isISOControl);
        return text.isBlank() || control || !StreamReader.isPrintable(text) ? null : text;
    }

    /** A list with at least one element, each of which fits, else null. */
    public static <T> List<T> list(Node node, Function<Node, T> element) {
        if (!(node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
            return null;
        }
        List<T> values = new ArrayList<>();
        for (Node child : sequence.getValue()) {
            T value = element.apply(child);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return values;
    }

    /** As messages quote it: not endless, without control characters. */
    public static String show(Node node) {
        return YamlTree.brief(shown(node));
    }

    private static String shown(Node node) {
        if (node instanceof ScalarNode s) {
            return s.getTag().equals(Tag.STR) ? "'" + s.getValue() + "'" : isNull(node) ? "nothing" : s.getValue();
        }
        if (node instanceof SequenceNode s) {
            return s.getValue().stream().map(Values::shown).collect(Collectors.joining(", ", "[", "]"));
        }
        return "keys of its own";
    }

    /** {@code " from 1 to 7"}, for sentences of what is expected; nothing where there is no bound. */
    public static String bounds(double min, double max) {
        boolean below = min > -1e17;
        boolean above = max < 1e17;
        if (below && above) {
            return " from " + number(min) + " to " + number(max);
        }
        return below ? ", at least " + number(min) : above ? ", at most " + number(max) : "";
    }

    /** A text as YAML that reads back as the same text. */
    public static String quoted(String text) {
        return text.matches("[A-Za-z/.][A-Za-z0-9_/.+-]*") && !text.matches("true|false|null")
                ? text
                : "'" + text.replace("'", "''") + "'";
    }

    private static String scalar(Node node, Tag tag) {
        return node instanceof ScalarNode s && s.getTag().equals(tag) ? s.getValue() : "";
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
