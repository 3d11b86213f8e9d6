package org.aevo.design;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.Role;
import org.aevo.genome.Section;
import org.aevo.genome.Skip;
import org.aevo.genome.Upscaling;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Ends;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Layer;
import org.aevo.network.Node;
import org.aevo.network.Padding;

/**
 * From a network to the genome that unfolds into it, the other way round than {@link org.aevo.genome.Unfolding}: genes are
 * read off the layers, and what they unfold into is held against the network, layer by layer, but for names. So whatever is
 * found is right; a network that no genome unfolds into is refused with the layer where the nearest one differs.
 */
public final class Folding {
    private final Blueprint network;
    private final Hyperparameters hyperparameters;
    /** From the first layer to the output along primary inputs; all other inputs are those of skips. */
    private final List<Node> way;

    private final Ends ends;

    private Folding(Blueprint network, Hyperparameters hyperparameters) {
        this.network = network;
        this.hyperparameters = hyperparameters;
        this.way = way(network);
        if (way.size() < network.nodes().size()) {
            Set<String> names = way.stream().map(Node::name).collect(Collectors.toSet());
            String aside = network.nodes().stream()
                    .map(Node::name)
                    .filter(name -> !names.contains(name))
                    .findFirst()
                    .orElseThrow();
            throw new LayerException(
                    aside, "is on a branch of its own: the layers of a genome are in one line, with sums on it");
        }
        Layer output = network.output().layer();
        this.ends = network.outputActivation() == Activation.SOFTMAX
                ? Ends.classifier(network.input(), output.output().channels())
                : Ends.autoencoder(network.input(), network.outputActivation());
    }

    /**
     * The genome of a network.
     *
     * @throws IllegalArgumentException if there is none; the message says which layer no genome has there
     */
    public static Genome of(Blueprint network, Hyperparameters hyperparameters) {
        return all(network, hyperparameters).get(0);
    }

    /**
     * Every genome that unfolds into a network: the one whose decoder mirrors its encoder, the one that has a decoder of its
     * own, or that of a classifier; at least one.
     *
     * @throws IllegalArgumentException as {@link #of}
     */
    public static List<Genome> all(Blueprint network, Hyperparameters hyperparameters) {
        return new Folding(network, hyperparameters).genomes();
    }

    private List<Genome> genomes() {
        List<Genome> attempts = ends.classify() ? List.of(classifier()) : autoencoders();
        List<Genome> found = new ArrayList<>();
        int furthest = -1;
        String difference = "";
        for (Genome attempt : attempts) {
            Blueprint unfolded;
            try {
                unfolded = attempt.unfold(ends);
            } catch (IllegalArgumentException e) {
                difference = furthest < 0 ? e.getMessage() : difference;
                continue;
            }
            List<Node> other = way(unfolded);
            int same = alike(other);
            if (same == Math.max(way.size(), other.size())) {
                found.add(attempt);
            } else if (same > furthest) {
                furthest = same;
                difference = difference(same, other);
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no genome unfolds into this network: " + difference);
        }
        return found;
    }

    private List<Genome> autoencoders() {
        Node latent = network.latent()
                .orElseThrow(
                        () -> new IllegalArgumentException("no layer makes the code, as every genome's network has"));
        int code = way.indexOf(latent);
        Section encoder = encoder(way.subList(0, code));
        int units = (int) latent.layer().output().size();
        List<Genome> attempts = new ArrayList<>();
        for (Upscaling upscaling : Upscaling.values()) {
            attempts.add(new Genome(encoder, units, upscaling, hyperparameters));
        }
        attempts.add(attempts.get(0).with(Role.DECODER, decoder(way.subList(code + 1, way.size()))));
        return attempts;
    }

    /** Convolutions and poolings are features, dense layers but for the last the head. */
    private Genome classifier() {
        Reading features = new Reading();
        Reading head = new Reading();
        for (Node node : way.subList(0, way.size() - 1)) {
            Layer layer = node.layer();
            if (layer instanceof Layer.Join) {
                // What leads from one section to the other is no skip of either.
                features.join(node);
                head.join(node);
            } else if (layer instanceof Layer.Conv || layer instanceof Layer.MaxPool) {
                features.gene(node, spatial(node));
            } else if (layer instanceof Layer.Dense d) {
                head.gene(node, new Gene.Dense(d.units(), d.activation(), d.dropout()));
            } else {
                throw new LayerException(
                        node.name(), "is " + Drafts.form(layer).kind() + ", which no classifier's genome has");
            }
        }
        return Genome.classifier(features.section(), head.section(), hyperparameters);
    }

    private static List<Node> way(Blueprint blueprint) {
        List<Node> way = new ArrayList<>();
        Node node = blueprint.output();
        while (node != null) {
            way.add(node);
            node = blueprint.node(node.inputs().get(0)).orElse(null);
        }
        Collections.reverse(way);
        return way;
    }

    /** How many layers from the first on are those of another network, and take the same. */
    private int alike(List<Node> other) {
        Map<String, Integer> here = places(way);
        Map<String, Integer> there = places(other);
        for (int i = 0; i < Math.min(way.size(), other.size()); i++) {
            Node a = way.get(i);
            Node b = other.get(i);
            boolean same = Drafts.of(a).form().equals(Drafts.of(b).form())
                    && a.layer().output().equals(b.layer().output())
                    && taken(a, here).equals(taken(b, there));
            if (!same) {
                return i;
            }
        }
        return Math.min(way.size(), other.size());
    }

    private static Map<String, Integer> places(List<Node> way) {
        Map<String, Integer> places = new HashMap<>();
        way.forEach(node -> places.put(node.name(), places.size()));
        return places;
    }

    /** Where on its way what a node adds comes from; in which order that is added does not matter. */
    private static List<Integer> taken(Node node, Map<String, Integer> places) {
        return node.inputs().stream()
                .skip(1)
                .map(name -> places.getOrDefault(name, -1))
                .sorted()
                .toList();
    }

    private String difference(int same, List<Node> other) {
        String genomes = same < other.size() ? text(other.get(same).layer()) : "the end";
        return same < way.size()
                ? "in place of layer '" + way.get(same).name() + "' ("
                        + text(way.get(same).layer()) + ") the nearest has " + genomes
                : "behind its last layer the nearest has " + genomes;
    }

    private static String text(Layer layer) {
        return NetworkText.parameters(Drafts.form(layer)) + " to " + layer.output();
    }

    private static Section encoder(List<Node> layers) {
        Reading reading = new Reading();
        for (Node node : layers) {
            Layer layer = node.layer();
            if (layer instanceof Layer.Join) {
                reading.join(node);
            } else if (layer instanceof Layer.Conv || layer instanceof Layer.MaxPool) {
                reading.gene(node, spatial(node));
            } else if (layer instanceof Layer.Dense d) {
                reading.gene(node, new Gene.Dense(d.units(), d.activation(), d.dropout()));
            } else {
                throw new LayerException(
                        node.name(), "is " + Drafts.form(layer).kind() + ", which no encoder of a genome has");
            }
        }
        return reading.section();
    }

    /** The gene of a convolution or a pooling. */
    private static Gene spatial(Node node) {
        if (node.layer() instanceof Layer.Conv c) {
            padded(node, c.padding());
            return new Gene.Convolution(c.filters(), c.kernel(), c.stride(), c.activation(), c.batchNormalization());
        }
        Layer.MaxPool p = (Layer.MaxPool) node.layer();
        padded(node, p.padding());
        return new Gene.MaxPooling(p.size());
    }

    private static void padded(Node node, Padding padding) {
        if (padding == Padding.VALID) {
            throw new LayerException(
                    node.name(), "has padding valid, which no gene has: what evolves has padding same throughout");
        }
    }

    /** Of a free decoder: what leads from code to image and what makes the output are no genes. */
    private static Section decoder(List<Node> layers) {
        Reading reading = new Reading();
        int lastDense = -1;
        for (int i = 0; i < layers.size(); i++) {
            lastDense = layers.get(i).layer() instanceof Layer.Dense ? i : lastDense;
        }
        int factor = 1;
        for (int i = 0; i < layers.size(); i++) {
            Node node = layers.get(i);
            Layer layer = node.layer();
            if (layer instanceof Layer.Join) {
                reading.join(node);
            } else if (layer instanceof Layer.Dense d && i != lastDense) {
                reading.gene(node, new Gene.Dense(d.units(), d.activation(), d.dropout()));
            } else if (layer instanceof Layer.Upsample u) {
                factor = u.factor();
            } else if (layer instanceof Layer.Conv c && i < layers.size() - 1) {
                padded(node, c.padding());
                reading.gene(
                        node,
                        new Gene.Upconvolution(
                                c.filters(),
                                c.kernel(),
                                factor,
                                Upscaling.UPSAMPLING,
                                c.activation(),
                                c.batchNormalization()));
                factor = 1;
            } else if (layer instanceof Layer.Deconv c) {
                reading.gene(
                        node,
                        new Gene.Upconvolution(
                                c.filters(),
                                c.kernel(),
                                c.stride(),
                                Upscaling.DECONVOLUTION,
                                c.activation(),
                                c.batchNormalization()));
            } else if (layer instanceof Layer.Crop && factor == 1) {
                reading.alsoMadeBy(node);
            }
        }
        return reading.section();
    }

    /** Genes as they are read, and from which to which sums lead. */
    private static final class Reading {
        private final List<Gene> genes = new ArrayList<>();
        private final Set<Skip> skips = new TreeSet<>();
        private final Map<String, Integer> makers = new HashMap<>();

        void gene(Node node, Gene gene) {
            genes.add(gene);
            alsoMadeBy(node);
        }

        void alsoMadeBy(Node node) {
            makers.put(node.name(), genes.size() - 1);
        }

        /** In front of the gene that comes next; what is no skip of a genome is found out when that is unfolded. */
        void join(Node node) {
            for (String name : node.inputs().subList(1, node.inputs().size())) {
                int from = makers.getOrDefault(name, -1);
                if (from >= 0 && from + 2 <= genes.size()) {
                    skips.add(new Skip(from, genes.size()));
                }
            }
        }

        Section section() {
            return new Section(
                    genes,
                    skips.stream().filter(skip -> skip.to() < genes.size()).toList());
        }
    }
}
