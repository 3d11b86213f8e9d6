package org.aevo.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.aevo.network.Activation;
import org.aevo.network.Axes;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.network.Node;
import org.aevo.network.Padding;
import org.junit.jupiter.api.Test;

class RandomBlueprintTest {
    /** What engines are held against each other on must be there to be held against. */
    @Test
    void allKindsOfGraphsCome() {
        Set<String> seen = new HashSet<>();
        for (LongFunction<Blueprint> draw : List.<LongFunction<Blueprint>>of(
                RandomBlueprint::ofImages, RandomBlueprint::ofSignals, RandomBlueprint::ofVectors)) {
            LongStream.rangeClosed(1, 20).mapToObj(draw).forEach(blueprint -> traits(blueprint, seen));
        }
        assertEquals(
                Set.of(),
                missing(
                        seen,
                        "Conv",
                        "Deconv",
                        "MaxPool",
                        "Upsample",
                        "Crop",
                        "Dense",
                        "Reshape",
                        "Join",
                        "three inputs",
                        "image into vector",
                        "vector into image",
                        "other sides",
                        "fewer channels",
                        "more channels",
                        "several take one",
                        "one twice",
                        "code of an image",
                        "sum as output",
                        "other output shape",
                        "a third output"));
    }

    @Test
    void allKindsOfClassifiersCome() {
        Set<String> seen = new HashSet<>();
        LongStream.rangeClosed(1, 20).mapToObj(RandomBlueprint::ofClassifier).forEach(blueprint -> {
            assertTrue(blueprint.latent().isEmpty());
            assertEquals(Activation.SOFTMAX, blueprint.outputActivation());
            Axes axes = Axes.of(blueprint.input());
            for (Layer layer : blueprint.layers()) {
                Padding padding = layer instanceof Layer.Conv c
                        ? c.padding()
                        : layer instanceof Layer.MaxPool p ? p.padding() : Padding.SAME;
                seen.add(padding + " " + axes + " " + layer.getClass().getSimpleName());
                if (layer instanceof Layer.Activated activated) {
                    seen.add(activated.activation().toString());
                }
            }
        });
        assertEquals(
                Set.of(),
                missing(
                        seen,
                        "VALID BOTH Conv",
                        "VALID BOTH MaxPool",
                        "VALID COLUMNS Conv",
                        "SAME BOTH Conv",
                        "SAME BOTH Join",
                        "HARD_SIGMOID"));
    }

    private static Set<String> missing(Set<String> seen, String... wanted) {
        Set<String> missing = new HashSet<>(List.of(wanted));
        missing.removeAll(seen);
        return missing;
    }

    private static void traits(Blueprint blueprint, Set<String> seen) {
        for (Node node : blueprint.nodes()) {
            seen.add(node.layer().getClass().getSimpleName());
            if (node.layer() instanceof Layer.Join join) {
                traits(join, seen);
                if (new HashSet<>(node.inputs()).size() < node.inputs().size()) {
                    seen.add("one twice");
                }
            }
            long takers = blueprint.nodes().stream()
                    .filter(other -> other.inputs().contains(node.name()))
                    .count();
            if (takers > 1) {
                seen.add("several take one");
            }
        }
        assertTrue(blueprint.latent().isPresent());
        if (blueprint.latent().get().layer().output().isImage()) {
            seen.add("code of an image");
        }
        if (blueprint.output().layer() instanceof Layer.Join) {
            seen.add("sum as output");
        }
        if (!blueprint.output().layer().output().equals(blueprint.input())) {
            seen.add("other output shape");
        }
        if (blueprint.outputs().size() > 2) {
            seen.add("a third output");
        }
    }

    private static void traits(Layer.Join join, Set<String> seen) {
        if (join.inputs().size() > 2) {
            seen.add("three inputs");
        }
        join.inputs().stream().skip(1).forEach(shape -> {
            if (shape.isImage() != join.output().isImage()) {
                seen.add(shape.isImage() ? "image into vector" : "vector into image");
            } else if (shape.height() != join.output().height()
                    || shape.width() != join.output().width()) {
                seen.add("other sides");
            }
            if (shape.channels() != join.output().channels()) {
                seen.add(shape.channels() > join.output().channels() ? "fewer channels" : "more channels");
            }
        });
    }
}
