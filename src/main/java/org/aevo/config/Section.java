package org.aevo.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.aevo.genome.DoubleRange;
import org.aevo.genome.IntRange;
import org.aevo.network.EnumText;
import org.aevo.yaml.Suggestion;
import org.aevo.yaml.Values;
import org.aevo.yaml.YamlTree;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One mapping of the input file. Each key is read by a call that states its type, default, bounds and meaning: the
 * checks, the effective input and the reference in {@code docs/input.md} all come from these calls.
 */
final class Section {
    /** Stands for "not set" where a key may be absent. */
    private static final String NONE = "none";
    /** How what is expected of a word begins, and of a list of words. */
    private static final String ONE_OF = "one of ";

    private static final String LIST_OF = "a list of ";

    private final String path;
    private final Optional<MappingNode> node;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final List<String> known = new ArrayList<>();
    private final EffectiveInput effective;

    Section(String path, Optional<MappingNode> node, EffectiveInput effective) {
        this.path = path;
        this.node = node;
        this.effective = effective;
        node.ifPresent(n -> {
            for (NodeTuple tuple : n.getValue()) {
                values.put(YamlTree.key(tuple), tuple.getValueNode());
            }
        });
    }

    /** The mapping below a key; an absent one is all defaults. */
    Section section(String key, String meaning) {
        known.add(key);
        Node value = values.get(key);
        effective.section(join(key), meaning);
        if (value == null || Values.isNull(value)) {
            return new Section(join(key), Optional.empty(), effective);
        }
        if (!(value instanceof MappingNode mapping)) {
            throw new InputException(YamlTree.place(value) + ": '" + key + "' must be followed by keys of its own");
        }
        return new Section(join(key), Optional.of(mapping), effective);
    }

    /**
     * The mapping below a key that is read in its turn too: its values and errors can be known before, and it is not written out
     * twice.
     */
    Section ahead(String key) {
        EffectiveInput apart = new EffectiveInput(effective.label());
        return values.get(key) instanceof MappingNode mapping
                ? new Section(join(key), Optional.of(mapping), apart)
                : new Section(join(key), Optional.empty(), apart);
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    int integer(String key, int standard, int min, int max, String meaning) {
        return (int) whole(key, standard, min, max, meaning);
    }

    long whole(String key, long standard, long min, long max, String meaning) {
        return value(
                key, standard, "a whole number" + Values.bounds(min, max), meaning, n -> Values.whole(n, min, max));
    }

    double decimal(String key, double standard, double min, double max, String meaning) {
        return value(key, standard, "a number" + Values.bounds(min, max), meaning, n -> Values.decimal(n, min, max));
    }

    /** A number, or a word in its place; empty for the word. */
    OptionalDouble wordOrDecimal(String key, String word, double standard, double min, double max, String meaning) {
        Object value = value(
                key,
                (Object) standard,
                word + ", or a number" + Values.bounds(min, max),
                meaning,
                n -> n instanceof ScalarNode s && s.getValue().equals(word) ? word : Values.decimal(n, min, max));
        return value instanceof Double number ? OptionalDouble.of(number) : OptionalDouble.empty();
    }

    OptionalLong optionalWhole(String key, long min, long max, String meaning) {
        Optional<Long> value =
                optional(key, "a whole number" + Values.bounds(min, max), meaning, n -> Values.whole(n, min, max));
        return value.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    OptionalDouble optionalDecimal(String key, double min, double max, String meaning) {
        Optional<Double> value =
                optional(key, "a number" + Values.bounds(min, max), meaning, n -> Values.decimal(n, min, max));
        return value.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
    }

    boolean flag(String key, boolean standard, String meaning) {
        return value(key, standard, "true or false", meaning, Values::flag);
    }

    /** A flag that reads as an answer; {@code true} and {@code false} are understood too. */
    boolean yes(String key, boolean standard, String meaning) {
        return value(key, standard ? Answer.YES : Answer.NO, "yes or no", meaning, Section::answer) == Answer.YES;
    }

    private enum Answer {
        YES,
        NO
    }

    private static Answer answer(Node node) {
        String text = node instanceof ScalarNode s ? s.getValue() : "";
        return switch (text) {
            case "yes", "true" -> Answer.YES;
            case "no", "false" -> Answer.NO;
            default -> null;
        };
    }

    Optional<Boolean> optionalFlag(String key, String meaning) {
        return optional(key, "true or false", meaning, Values::flag);
    }

    String text(String key, String standard, String expected, String meaning) {
        return value(key, standard, expected, meaning, Values::line);
    }

    Optional<String> optionalText(String key, String expected, String meaning) {
        return optional(
                key,
                expected,
                meaning,
                n -> n instanceof ScalarNode s && !s.getValue().isBlank() ? s.getValue() : null);
    }

    /** A file or folder, relative to the working directory; absolute in the effective input. */
    Optional<Path> path(String key, String meaning) {
        return optional(key, "a path", meaning, n -> {
            String text = n instanceof ScalarNode s ? s.getValue() : "";
            return text.isBlank() ? null : Path.of(text).toAbsolutePath().normalize();
        });
    }

    <E extends Enum<E>> E choice(String key, E standard, String meaning) {
        return choice(key, List.of(standard.getDeclaringClass().getEnumConstants()), standard, meaning);
    }

    <E extends Enum<E>> E choice(String key, List<E> possible, E standard, String meaning) {
        return value(key, standard, ONE_OF + EnumText.choices(possible), meaning, n -> constant(possible, n));
    }

    /** As many as one likes, by default none. */
    <E extends Enum<E>> List<E> anyOf(String key, Class<E> type, String meaning) {
        return anyOf(key, type, List.of(), meaning);
    }

    /** As many as one likes. */
    <E extends Enum<E>> List<E> anyOf(String key, Class<E> type, List<E> standard, String meaning) {
        return value(
                key,
                standard,
                LIST_OF + EnumText.choices(type),
                meaning,
                n -> n instanceof SequenceNode s && s.getValue().isEmpty()
                        ? List.of()
                        : constants(List.of(type.getEnumConstants()), n));
    }

    <E extends Enum<E>> List<E> choices(String key, List<E> possible, List<E> standard, String meaning) {
        return value(key, standard, LIST_OF + EnumText.choices(possible), meaning, n -> constants(possible, n));
    }

    <E extends Enum<E>> Optional<List<E>> optionalChoices(String key, List<E> possible, String meaning) {
        return optional(key, LIST_OF + EnumText.choices(possible), meaning, n -> constants(possible, n));
    }

    List<Integer> integers(String key, List<Integer> standard, int min, int max, String meaning) {
        return value(
                key,
                standard,
                "a list of whole numbers" + Values.bounds(min, max),
                meaning,
                n -> parseIntegers(n, min, max));
    }

    /**
     * A list of whole numbers, or a number that stands for one; none for the largest number.
     *
     * @param most the largest number
     * @param listed the largest in the list
     * @param standsFor what a number stands for
     */
    List<Integer> countOrList(String key, int most, int listed, String meaning, IntFunction<List<Integer>> standsFor) {
        Optional<List<Integer>> value = optional(
                key,
                "a list of whole numbers from 1 to " + listed + ", or a whole number" + Values.bounds(1, most),
                meaning,
                n -> n instanceof SequenceNode
                        ? parseIntegers(n, 1, listed)
                        : Optional.ofNullable(Values.whole(n, 1, most))
                                .map(count -> standsFor.apply(count.intValue()))
                                .orElse(null));
        return value.orElseGet(() -> standsFor.apply(most));
    }

    Optional<List<Integer>> optionalIntegers(String key, int min, int max, String meaning) {
        return optional(
                key, "a list of whole numbers" + Values.bounds(min, max), meaning, n -> parseIntegers(n, min, max));
    }

    IntRange range(String key, IntRange standard, int min, int max, String meaning) {
        return value(
                key, standard, "[smallest, largest]" + Values.bounds(min, max), meaning, n -> parseRange(n, min, max));
    }

    Optional<IntRange> optionalRange(String key, int min, int max, String meaning) {
        return optional(key, "[smallest, largest]" + Values.bounds(min, max), meaning, n -> parseRange(n, min, max));
    }

    DoubleRange range(String key, DoubleRange standard, double min, double max, String meaning) {
        return value(
                key, standard, "[smallest, largest]" + Values.bounds(min, max), meaning, n -> parseRange(n, min, max));
    }

    Optional<DoubleRange> optionalRange(String key, double min, double max, String meaning) {
        return optional(key, "[smallest, largest]" + Values.bounds(min, max), meaning, n -> parseRange(n, min, max));
    }

    Optional<List<Double>> optionalDecimals(String key, double min, double max, String meaning) {
        return optional(
                key,
                "a list of numbers" + Values.bounds(min, max),
                meaning,
                n -> Values.list(n, c -> Values.decimal(c, min, max)));
    }

    /** A list, empty if it is not given, of what {@code element} makes of nodes and its {@code toString} writes as YAML. */
    <T> List<T> list(String key, String expected, String meaning, Function<Node, T> element) {
        return value(
                key,
                List.<T>of(),
                expected,
                meaning,
                n -> n instanceof SequenceNode s && s.getValue().isEmpty() ? List.of() : Values.list(n, element));
    }

    /**
     * Must be called when all keys have been read.
     *
     * @throws InputException if there is a key that nobody asked for
     */
    void end() {
        refuseOthersThan(known);
    }

    /**
     * Finds keys that nobody is going to ask for.
     *
     * @throws InputException if there is one that is not among these
     */
    void refuseOthersThan(List<String> allowed) {
        for (Map.Entry<String, Node> entry : values.entrySet()) {
            if (!allowed.contains(entry.getKey())) {
                String near = Suggestion.nearest(entry.getKey(), allowed)
                        .map(k -> "; did you mean '" + k + "'?")
                        .orElse("; known here: " + String.join(", ", allowed));
                throw new InputException(YamlTree.place(keyOf(entry.getKey())) + ": unknown key '"
                        + YamlTree.brief(join(entry.getKey())) + "'" + near);
            }
        }
    }

    /** An error about the value of a key that was read before, for checks between keys. */
    InputException error(String key, String problem) {
        Node value = values.get(key);
        return new InputException(
                (value == null ? effective.label() : YamlTree.place(value)) + ": " + join(key) + " " + problem);
    }

    private Node keyOf(String key) {
        return node.orElseThrow().getValue().stream()
                .filter(t -> YamlTree.key(t).equals(key))
                .findFirst()
                .orElseThrow()
                .getKeyNode();
    }

    /** Reads a required-or-default value; {@code parse} answers null, or throws IllegalArgumentException, for a value that does not fit. */
    private <T> T value(String key, T standard, String expected, String meaning, Function<Node, T> parse) {
        known.add(key);
        Node given = values.get(key);
        T value = given == null ? standard : fitting(key, given, expected, parse);
        effective.value(join(key), print(value), print(standard), expected, meaning);
        return value;
    }

    private <T> Optional<T> optional(String key, String expected, String meaning, Function<Node, T> parse) {
        known.add(key);
        Node given = values.get(key);
        boolean none = given == null
                || Values.isNull(given)
                || given instanceof ScalarNode s && s.getValue().equals(NONE);
        Optional<T> value = none ? Optional.empty() : Optional.of(fitting(key, given, expected + ", or none", parse));
        effective.value(join(key), value.map(Section::print).orElse(NONE), NONE, expected + ", or none", meaning);
        return value;
    }

    private <T> T fitting(String key, Node given, String expected, Function<Node, T> parse) {
        T value;
        try {
            value = parse.apply(given);
        } catch (IllegalArgumentException e) {
            value = null;
        }
        if (value == null) {
            String near = repeats(given) ? ", in which one stands twice" : meant(given, expected);
            throw new InputException(YamlTree.place(given) + ": " + join(key) + " must be " + expected + ", was "
                    + Values.show(given) + near);
        }
        return value;
    }

    /** The word that a mistyped one of those expected probably meant, as the end of a message; empty if all is unlike them. */
    private static String meant(Node given, String expected) {
        String of = expected.startsWith(ONE_OF) ? ONE_OF : LIST_OF;
        if (!expected.startsWith(of)) {
            return "";
        }
        List<String> words = List.of(expected.substring(of.length()).split(", "));
        List<Node> nodes = given instanceof SequenceNode list ? list.getValue() : List.of(given);
        return nodes.stream()
                .filter(node -> node instanceof ScalarNode s && !words.contains(s.getValue()))
                .map(node -> Suggestion.nearest(((ScalarNode) node).getValue(), words))
                .flatMap(Optional::stream)
                .findFirst()
                .map(word -> " (did you mean '" + word + "'?)")
                .orElse("");
    }

    /** A value as YAML that reads back as the same. */
    static String print(Object value) {
        if (value instanceof Enum<?> e) {
            return EnumText.of(e);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Section::print).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof IntRange r) {
            return "[" + r.min() + ", " + r.max() + "]";
        }
        if (value instanceof DoubleRange r) {
            return "[" + r.min() + ", " + r.max() + "]";
        }
        if (value instanceof String || value instanceof Path) {
            return Values.quoted(value.toString());
        }
        return String.valueOf(value);
    }

    private String join(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static List<Integer> parseIntegers(Node node, int min, int max) {
        return Values.list(node, c -> {
            long value = Values.whole(c);
            return value >= min && value <= max ? (int) value : null;
        });
    }

    private static IntRange parseRange(Node node, int min, int max) {
        List<Long> ends = Values.list(node, c -> Values.whole(c));
        boolean fits = ends != null
                && ends.size() == 2
                && ends.get(0) <= ends.get(1)
                && ends.get(0) >= min
                && ends.get(1) <= max;
        return fits ? new IntRange(ends.get(0).intValue(), ends.get(1).intValue()) : null;
    }

    private static DoubleRange parseRange(Node node, double min, double max) {
        List<Double> ends = Values.list(node, c -> Values.decimal(c, min, max));
        boolean fits = ends != null && ends.size() == 2 && ends.get(0) <= ends.get(1);
        return fits ? new DoubleRange(ends.get(0), ends.get(1)) : null;
    }

    private static <E extends Enum<E>> E constant(List<E> possible, Node node) {
        return node instanceof ScalarNode s ? EnumText.parse(possible, s.getValue()) : null;
    }

    private static <E extends Enum<E>> List<E> constants(List<E> possible, Node node) {
        return distinct(Values.list(node, c -> constant(possible, c)));
    }

    private static boolean repeats(Node node) {
        return node instanceof SequenceNode sequence
                && sequence.getValue().stream().map(Values::show).distinct().count()
                        < sequence.getValue().size();
    }

    private static <T> List<T> distinct(List<T> values) {
        return values == null || Set.copyOf(values).size() < values.size() ? null : values;
    }
}
