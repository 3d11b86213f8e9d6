package org.aevo.yaml;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aevo.io.Printable;
import org.aevo.io.RegularFile;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A YAML file that a user wrote as a tree of nodes that know their line and column, with keys set from the command line. Files
 * that are too large, nested too deeply or endless by their aliases are refused.
 */
public final class YamlTree {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_SHOWN = 200;
    private static final int MAX_ALIASES = 1000;
    private static final String SETTING = "--set ";

    private final MappingNode root;

    private YamlTree(MappingNode root) {
        this.root = root;
    }

    /**
     * Reads a file.
     *
     * @throws YamlException if it cannot be read, or is no mapping in YAML; the message has the place
     */
    public static YamlTree read(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new YamlException(file + ": is a directory, expected an input file (YAML)");
            }
            if (Files.isRegularFile(file) && Files.size(file) > MAX_BYTES) {
                throw new YamlException(file + ": larger than 1 MiB, that is no input file");
            }
            return parse(RegularFile.readText(file, StandardCharsets.UTF_8, MAX_BYTES), file.toString());
        } catch (NoSuchFileException e) {
            throw new YamlException(file + ": no such file; example inputs are in inputs/", e);
        } catch (CharacterCodingException e) {
            throw new YamlException(file + ": not UTF-8 text, expected an input file (YAML)", e);
        } catch (FileSystemException e) {
            throw new YamlException(
                    file + ": cannot be read: " + (e.getReason() == null ? e.getMessage() : e.getReason()), e);
        } catch (IOException e) {
            throw new YamlException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a text.
     *
     * @param label how messages call the place where it stands
     */
    public static YamlTree parse(String text, String label) {
        Node node = compose(text, label)
                .orElseThrow(() -> new YamlException(label + ": is empty, expected keys and values (YAML)"));
        if (!(node instanceof MappingNode mapping)) {
            throw new YamlException(place(node) + ": not an input file: expected lines of the form 'key: value'");
        }
        return new YamlTree(WrittenOut.of(mapping));
    }

    /** What stands at the top. */
    public MappingNode root() {
        return root;
    }

    /** Whether a value stands at a path of keys joined by dots. */
    public boolean has(String path) {
        Node current = root;
        for (String key : path.split("\\.", -1)) {
            if (!(current instanceof MappingNode mapping)) {
                return false;
            }
            Optional<Node> next = mapping.getValue().stream()
                    .filter(tuple -> key(tuple).equals(key))
                    .map(NodeTuple::getValueNode)
                    .findFirst();
            if (next.isEmpty()) {
                return false;
            }
            current = next.get();
        }
        return true;
    }

    /**
     * Sets a value, as if it stood in the file.
     *
     * @param path keys joined by dots: {@code training.epochs}
     * @param label how messages call the place: {@code --workers}
     */
    public void set(String path, String yaml, String label) {
        Node value = compose(yaml, label)
                .map(WrittenOut::of)
                .orElseGet(() -> new ScalarNode(
                        Tag.NULL, true, "", ScalarStyle.PLAIN, Optional.of(mark(label)), Optional.of(mark(label))));
        MappingNode parent = root;
        String[] keys = path.split("\\.", -1);
        for (int i = 0; i < keys.length - 1; i++) {
            parent = child(parent, keys[i], label);
        }
        String last = keys[keys.length - 1];
        if (last.isEmpty()) {
            throw new YamlException(label + ": '" + path + "' is not a key");
        }
        List<NodeTuple> tuples = new ArrayList<>(parent.getValue());
        tuples.removeIf(t -> key(t).equals(last));
        tuples.add(new NodeTuple(keyNode(last, value), value));
        parent.setValue(tuples);
    }

    /** Applies {@code key=value}. */
    public void set(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw new YamlException(SETTING + assignment + ": expected key=value, for instance training.epochs=3");
        }
        String path = assignment.substring(0, equals).strip();
        set(path, assignment.substring(equals + 1), SETTING + assignment);
    }

    /** A key as a text. */
    public static String key(NodeTuple tuple) {
        if (tuple.getKeyNode() instanceof ScalarNode key) {
            return key.getValue();
        }
        throw new YamlException(place(tuple.getKeyNode()) + ": a key must be a plain word");
    }

    /** {@code file:line:column}, or the option that set the value. */
    public static String place(Node node) {
        return node.getStartMark().map(YamlTree::place).orElse("input");
    }

    private static String place(Mark mark) {
        return mark.getName().startsWith("--")
                ? mark.getName()
                : mark.getName() + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }

    private static Optional<Node> compose(String text, String label) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(label)
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(MAX_ALIASES)
                .build();
        try {
            return new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            String where = e.getProblemMark().map(YamlTree::place).orElse(label);
            throw new YamlException(where + ": not YAML: " + oneLine(e.getProblem()), e);
        } catch (StackOverflowError e) {
            throw new YamlException(label + ": not an input file: nested too deeply", e);
        } catch (YamlEngineException e) {
            throw new YamlException(label + ": not YAML: " + oneLine(e.getMessage()), e);
        }
    }

    private static String oneLine(String text) {
        return text == null ? "it cannot be parsed" : brief(text.strip().replaceAll("\\s+", " "));
    }

    /** A text of the file for a message of one line: not endless, without control characters. */
    public static String brief(String text) {
        String start = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "..." : text;
        return Printable.line(start);
    }

    private static MappingNode child(MappingNode parent, String key, String label) {
        for (NodeTuple tuple : parent.getValue()) {
            if (key(tuple).equals(key)) {
                if (tuple.getValueNode() instanceof MappingNode mapping) {
                    return mapping;
                }
                throw new YamlException(label + ": '" + key + "' is a value, it has no keys below it");
            }
        }
        MappingNode created = new MappingNode(
                Tag.MAP, true, new ArrayList<>(), FlowStyle.BLOCK, Optional.of(mark(label)), Optional.of(mark(label)));
        List<NodeTuple> tuples = new ArrayList<>(parent.getValue());
        ScalarNode keyNode = new ScalarNode(
                Tag.STR, true, key, ScalarStyle.PLAIN, Optional.of(mark(label)), Optional.of(mark(label)));
        tuples.add(new NodeTuple(keyNode, created));
        parent.setValue(tuples);
        return created;
    }

    private static Mark mark(String label) {
        return new Mark(label, 0, 0, 0, new int[0], 0);
    }

    private static ScalarNode keyNode(String key, Node value) {
        return new ScalarNode(Tag.STR, true, key, ScalarStyle.PLAIN, value.getStartMark(), value.getEndMark());
    }
}
