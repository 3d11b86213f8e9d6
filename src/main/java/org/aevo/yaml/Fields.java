package org.aevo.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** The keys of one mapping, read one by one; keys that nobody asked for are errors. All errors are {@link YamlException}s. */
public final class Fields {
    private final MappingNode node;
    private final String owner;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final List<String> known = new ArrayList<>();

    /** @param owner how messages call what has these keys; empty for the file */
    public Fields(MappingNode node, String owner) {
        this.node = node;
        this.owner = owner.isEmpty() ? "" : owner + ": ";
        for (NodeTuple tuple : node.getValue()) {
            values.put(YamlTree.key(tuple), tuple.getValueNode());
            keys.put(YamlTree.key(tuple), tuple.getKeyNode());
        }
    }

    /** The same keys, all of them still to be read, of something that has a name by now. */
    public Fields called(String name) {
        return new Fields(node, name);
    }

    /** Where the mapping begins. */
    public Node node() {
        return node;
    }

    /** The value of a key as it stands there; empty if it does not. */
    public Optional<Node> node(String key) {
        known.add(key);
        return Optional.ofNullable(values.get(key));
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    /**
     * A value; empty if its key is not there.
     *
     * @param expected as a part of the sentence "it must be ..."
     * @param parse answers null or throws IllegalArgumentException for what does not fit
     */
    public <T> Optional<T> value(String key, String expected, Function<Node, T> parse) {
        Optional<Node> given = node(key);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        T value;
        try {
            value = parse.apply(given.get());
        } catch (IllegalArgumentException e) {
            value = null;
        }
        if (value == null) {
            throw error(given.get(), key + " must be " + expected + ", was " + Values.show(given.get()));
        }
        return Optional.of(value);
    }

    /** A whole number. */
    public Optional<Integer> integer(String key, int min, int max) {
        return value(key, "a whole number" + Values.bounds(min, max), n -> Values.whole(n, min, max))
                .map(Long::intValue);
    }

    /** One of some words; a near one is suggested for another. */
    public <T> Optional<T> word(String key, Map<String, T> words) {
        Optional<Node> given = node(key);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        String word = Optional.ofNullable(Values.line(given.get())).orElse("");
        T value = words.get(word);
        if (value == null) {
            throw error(
                    given.get(),
                    key + " must be one of " + String.join(", ", words.keySet()) + ", was " + Values.show(given.get())
                            + Suggestion.nearest(word, words.keySet())
                                    .map(near -> " (did you mean '" + near + "'?)")
                                    .orElse(""));
        }
        return Optional.of(value);
    }

    /** A value that must be there. */
    public <T> T required(String key, Optional<T> value, String expected) {
        return value.orElseThrow(() -> error(node, key + " is missing, expected " + expected));
    }

    /** Must be called when all keys have been read. */
    public void end() {
        for (Map.Entry<String, Node> key : keys.entrySet()) {
            if (!known.contains(key.getKey())) {
                throw error(
                        key.getValue(),
                        "unknown key '" + YamlTree.brief(key.getKey()) + "'"
                                + Suggestion.nearest(key.getKey(), known)
                                        .map(near -> "; did you mean '" + near + "'?")
                                        .orElse("; known here: " + String.join(", ", known)));
            }
        }
    }

    /** What is wrong at a place of the file. */
    public YamlException error(Node at, String problem) {
        return new YamlException(YamlTree.place(at) + ": " + owner + problem);
    }
}
