package org.aevo.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A tree of YAML nodes with each alias ({@code *name}) replaced by a copy of what its anchor ({@code &name}) stands for, and
 * each merge key ({@code <<}) by the keys that it brings: those that its mapping does not have itself, of several mappings
 * the first that has one. Parsers hand over one node for all aliases, and leave merge keys to others.
 */
final class WrittenOut {
    private static final String MERGE = "<<";

    /** Many times what an input can need; aliases of aliases grow without bound. */
    private static final int MOST_NODES = 100_000;

    private static final int DEEPEST = 64;

    private int nodes;

    private WrittenOut() {}

    /** @throws YamlException if a key stands twice, or it would be endless; the message has the line */
    static MappingNode of(MappingNode root) {
        return new WrittenOut().mapping(root, 0);
    }

    /** Of any kind. */
    static Node of(Node node) {
        return new WrittenOut().node(node, 0);
    }

    private Node node(Node node, int depth) {
        if (++nodes > MOST_NODES || depth > DEEPEST) {
            throw new YamlException(YamlTree.place(node) + ": not an input file: nested too deeply, or by aliases"
                    + " (*name) of what they stand in");
        }
        if (node instanceof MappingNode mapping) {
            return mapping(mapping, depth);
        }
        if (node instanceof SequenceNode sequence) {
            List<Node> elements = new ArrayList<>();
            for (Node element : sequence.getValue()) {
                elements.add(node(element, depth + 1));
            }
            return new SequenceNode(
                    sequence.getTag(),
                    true,
                    elements,
                    sequence.getFlowStyle(),
                    sequence.getStartMark(),
                    sequence.getEndMark());
        }
        return node;
    }

    private MappingNode mapping(MappingNode mapping, int depth) {
        List<NodeTuple> tuples = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        Optional<Node> merged = Optional.empty();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = YamlTree.key(tuple);
            boolean merge = isMerge(tuple.getKeyNode());
            if (merge ? merged.isPresent() : !keys.add(key)) {
                throw new YamlException(
                        YamlTree.place(tuple.getKeyNode()) + ": the key '" + YamlTree.brief(key) + "' stands twice");
            }
            if (merge) {
                merged = Optional.of(tuple.getValueNode());
            } else {
                tuples.add(new NodeTuple(tuple.getKeyNode(), node(tuple.getValueNode(), depth + 1)));
            }
        }
        merged.ifPresent(value -> {
            for (MappingNode source : sources(value)) {
                for (NodeTuple tuple : ((MappingNode) node(source, depth + 1)).getValue()) {
                    if (keys.add(YamlTree.key(tuple))) {
                        tuples.add(tuple);
                    }
                }
            }
        });
        return new MappingNode(
                mapping.getTag(), true, tuples, mapping.getFlowStyle(), mapping.getStartMark(), mapping.getEndMark());
    }

    private static boolean isMerge(Node key) {
        return key instanceof ScalarNode scalar
                && scalar.getValue().equals(MERGE)
                && scalar.getScalarStyle() == ScalarStyle.PLAIN;
    }

    private static List<MappingNode> sources(Node value) {
        List<MappingNode> sources = new ArrayList<>();
        for (Node each : value instanceof SequenceNode list ? list.getValue() : List.of(value)) {
            if (!(each instanceof MappingNode source)) {
                throw new YamlException(
                        YamlTree.place(each)
                                + ": the merge key '<<' takes keys from elsewhere: an alias (*name) of a mapping, or a list of such");
            }
            sources.add(source);
        }
        return sources;
    }
}
