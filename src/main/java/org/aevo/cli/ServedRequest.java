package org.aevo.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aevo.config.InputException;
import org.aevo.design.Designs;
import org.aevo.design.NetworkFile;
import org.aevo.genome.SearchSpace;
import org.aevo.network.Design;
import org.aevo.network.EnumText;
import org.aevo.search.Durations;
import org.aevo.search.Evaluation;
import org.aevo.yaml.YamlException;
import org.aevo.yaml.YamlTree;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A line of JSON that asks for an evaluation: an object with {@code genome}, the text of a genome or network in one line, or {@code
 * network}, the text of a network file; and {@code id}, a number or text that the answer repeats.
 */
final class ServedRequest {
    private static final int LONGEST = 1 << 20;
    private static final Set<String> KEYS = Set.of("id", "genome", "network");
    private static final String FORM =
            "expected one object of JSON in a line, such as {\"id\": 1, \"genome\": \"dense(64,relu) |"
                    + " latent(16) | upsampling | adam(lr0.001,batch64)\"}";

    private final String label;
    private final Map<String, Object> id;
    private final Map<String, String> texts;

    private ServedRequest(String label, Map<String, Object> id, Map<String, String> texts) {
        this.label = label;
        this.id = id;
        this.texts = texts;
    }

    /** The next line; null at the end. A longer one than any request is cut there: it is no JSON then. */
    static String line(BufferedReader in) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        if (c < 0) {
            return null;
        }
        while (c >= 0 && c != '\n') {
            if (line.length() < LONGEST) {
                line.append((char) c);
            }
            c = in.read();
        }
        return line.toString();
    }

    /**
     * @param number of the line
     * @throws InputException if it is no request
     */
    static ServedRequest of(String line, long number) {
        String label = "line " + number;
        if (!line.strip().startsWith("{")) {
            throw new InputException(label + ": " + FORM);
        }
        Map<String, Object> id = new LinkedHashMap<>();
        Map<String, String> texts = new LinkedHashMap<>();
        try {
            MappingNode object = YamlTree.parse(line, label).root();
            for (NodeTuple tuple : object.getValue()) {
                String key = YamlTree.key(tuple);
                if (!KEYS.contains(key)) {
                    throw new InputException(
                            label + ": unknown key '" + YamlTree.brief(key) + "'; known here: id, genome, network");
                }
                if (!(tuple.getValueNode() instanceof ScalarNode value)) {
                    throw new InputException(
                            label + ": " + key + " must be a text" + (key.equals("id") ? " or a number" : ""));
                }
                if (key.equals("id")) {
                    id.put(key, scalar(value));
                } else {
                    texts.put(key, value.getValue());
                }
            }
        } catch (YamlException e) {
            throw new InputException(label + ": is no JSON: " + FORM, e);
        }
        return new ServedRequest(label, id, texts);
    }

    private static Object scalar(Node node) {
        ScalarNode value = (ScalarNode) node;
        try {
            return value.getScalarStyle() == ScalarStyle.PLAIN
                    ? (Object) Long.parseLong(value.getValue())
                    : value.getValue();
        } catch (NumberFormatException e) {
            return value.getValue();
        }
    }

    /**
     * What is to be evaluated.
     *
     * @throws InputException if that is no design
     */
    Design design(SearchSpace space) {
        if (texts.size() != 1) {
            throw new InputException(
                    label + ": needs genome or network, and has " + (texts.isEmpty() ? "neither" : "both"));
        }
        try {
            return texts.containsKey("genome")
                    ? Designs.parse(texts.get("genome"))
                    : NetworkFile.parse(texts.get("network"), label + ": network")
                            .network()
                            .with(space.ends(), space.latent());
        } catch (IllegalArgumentException e) {
            throw new InputException(label + ": " + e.getMessage(), e);
        }
    }

    /** An answer to this request. */
    Map<String, Object> answer(Map<String, Object> what) {
        Map<String, Object> answer = new LinkedHashMap<>(id);
        answer.putAll(what);
        return answer;
    }

    /** An evaluation, without that it was asked for. */
    static Map<String, Object> of(Evaluation evaluation) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("candidate", evaluation.id());
        answer.put("status", EnumText.of(evaluation.status()));
        answer.put("fitness", evaluation.fitness());
        if (!evaluation.score().objectives().isEmpty()) {
            answer.put("objectives", evaluation.score().objectives());
        }
        answer.put("train_loss", evaluation.score().trainLoss());
        answer.put("validation_loss", evaluation.score().validationLoss());
        evaluation.score().figures().forEach((figure, value) -> answer.put(figure.column(), value));
        answer.put("parameters", evaluation.effort().parameters());
        answer.put("epochs", evaluation.effort().epochs());
        Durations durations = evaluation.effort().durations();
        answer.put("seconds", durations.total());
        answer.put("cpu_s", evaluation.effort().usage().cpuSeconds());
        List<Object> curve = new ArrayList<>();
        evaluation
                .curve()
                .forEach(point -> curve.add(
                        List.of((long) point.epoch(), point.trainLoss(), point.validationLoss(), point.elapsed())));
        answer.put("curve", curve);
        answer.put("message", evaluation.message());
        return answer;
    }
}
