package org.aevo.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.aevo.genome.Family;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Section;
import org.aevo.genome.Skip;
import org.aevo.genome.Spaces;
import org.aevo.genome.Upscaling;
import org.aevo.genome.variation.RandomGenome;
import org.aevo.genome.variation.VariationRates;
import org.aevo.network.Activation;
import org.aevo.network.Axes;
import org.aevo.network.Blueprint;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Layer;
import org.aevo.network.Node;
import org.aevo.network.Optimizer;
import org.aevo.network.Padding;
import org.aevo.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FoldingTest {
    private static final Hyperparameters TRAINING = new Hyperparameters(Optimizer.ADAM, 0.001, 32);

    /** The genome of an unfolded one is that genome, or one that unfolds into the same layers. */
    private static void assertFolds(Genome genome, Shape input) {
        Blueprint blueprint = genome.unfold(input, Activation.SIGMOID);
        Genome folded = Folding.of(blueprint, genome.hyperparameters());
        assertEquals(forms(blueprint), forms(folded.unfold(input, Activation.SIGMOID)), genome + " on " + input);
        assertEquals(genome.hyperparameters(), folded.hyperparameters());
    }

    private static List<Form> forms(Blueprint blueprint) {
        return blueprint.nodes().stream().map(node -> Drafts.of(node).form()).toList();
    }

    @Test
    void mirroredDecoders() {
        Random random = new Random(11);
        for (SearchSpace space : Spaces.tight()) {
            RandomGenome genomes = new RandomGenome(space, VariationRates.defaults());
            for (int i = 0; i < 30; i++) {
                Genome genome = genomes.next(random);
                Blueprint blueprint = space.blueprint(genome);
                assertEquals(genome, Folding.of(blueprint, genome.hyperparameters()));
                assertEquals(List.of(), space.violations(genome));
            }
        }
    }

    /** Of any section, with skips: names do not matter, for they are thrown away by a file without them. */
    @Test
    void freeDecodersAndSkips() {
        Random random = new Random(5);
        int free = 0;
        int skips = 0;
        for (int i = 0; i < 400; i++) {
            Shape input = List.of(new Shape(1, 28, 28), new Shape(3, 17, 23), new Shape(2, 1, 40))
                    .get(random.nextInt(3));
            Section encoder = section(random, Role.ENCODER);
            Genome genome =
                    new Genome(encoder, 1 + random.nextInt(20), Upscaling.values()[random.nextInt(2)], TRAINING);
            if (random.nextBoolean()) {
                genome = genome.with(Role.DECODER, section(random, Role.DECODER));
                free++;
            }
            skips += encoder.skips().size();
            assertFolds(genome, input);
        }
        assertTrue(free > 100 && skips > 50, free + " free, " + skips + " skips");
    }

    private static Section section(Random random, Role role) {
        List<Gene> spatial = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            int kernel = 2 + random.nextInt(3);
            boolean normalized = random.nextBoolean();
            if (role == Role.DECODER) {
                spatial.add(new Gene.Upconvolution(
                        1 + random.nextInt(5),
                        kernel,
                        1 + random.nextInt(2),
                        Upscaling.values()[random.nextInt(2)],
                        Activation.ELU,
                        normalized));
            } else if (!spatial.isEmpty() && random.nextInt(3) == 0) {
                spatial.add(new Gene.MaxPooling(2));
            } else {
                spatial.add(new Gene.Convolution(
                        1 + random.nextInt(5), kernel, 1 + random.nextInt(2), Activation.RELU, normalized));
            }
        }
        List<Gene> genes = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            genes.add(new Gene.Dense(1 + random.nextInt(9), Activation.TANH, random.nextInt(2) * 0.25));
        }
        genes.addAll(role == Role.DECODER ? genes.size() : 0, spatial);
        Section section = Section.of(genes);
        for (Skip skip : section.absentSkips()) {
            section = random.nextInt(3) == 0 ? section.with(skip) : section;
        }
        return section;
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void classifiers(Family family) {
        Random random = new Random(3);
        for (SearchSpace space : Spaces.classifiers(family, true)) {
            RandomGenome genomes =
                    new RandomGenome(space, VariationRates.defaults().withSkips(0.5, 0.1));
            for (int i = 0; i < 30; i++) {
                Genome genome = genomes.next(random);
                assertEquals(List.of(genome), Folding.all(space.blueprint(genome), genome.hyperparameters()));
            }
        }
    }

    private static Blueprint classifier(Layer... layers) {
        List<Layer> all = new ArrayList<>(List.of(layers));
        Shape before = all.get(all.size() - 1).output();
        all.add(new Layer.Dense("output", before, 3, Activation.SOFTMAX, 0));
        return Blueprint.chain(all.get(0).input(), all);
    }

    /** Of a classifier's network with what no genome of one has. */
    @Test
    void classifiersThatNoGenomeUnfoldsInto() {
        Shape image = new Shape(1, 9, 9);
        Layer conv = new Layer.Conv("c", image, 4, 3, 1, Activation.RELU, false);
        Shape made = conv.output();
        assertEquals(
                GenomeText.parse("conv(4,k3,s1,relu) pool(2) | - | softmax | adam(lr0.001,batch32)"),
                Folding.of(classifier(conv, new Layer.MaxPool("p", made, 2)), TRAINING));
        assertUnfolded(
                classifier(new Layer.Conv("c", image, 4, 3, 1, Activation.RELU, false, Axes.BOTH, Padding.VALID)),
                "layer 'c': has padding valid, which no gene has");
        assertUnfolded(
                classifier(conv, new Layer.MaxPool("p", made, 2, Axes.BOTH, Padding.VALID)),
                "layer 'p': has padding valid, which no gene has");
        assertUnfolded(
                classifier(conv, new Layer.Upsample("u", made, 2)),
                "layer 'u': is upsample, which no classifier's genome has");
        Layer pool = new Layer.MaxPool("p", image, 2);
        assertUnfolded(
                classifier(pool),
                "no genome unfolds into this network: features gene 0: features cannot start with pooling");
        // a sum of the head that adds what features made
        Layer dense = new Layer.Dense("d", made, 5, Activation.TANH, 0);
        Layer join = new Layer.Join("j", List.of(dense.output(), made));
        Layer output = new Layer.Dense("o", dense.output(), 3, Activation.SOFTMAX, 0);
        assertUnfolded(
                new Blueprint(
                        image,
                        List.of(
                                new Node(conv, List.of(Blueprint.INPUT)),
                                new Node(dense, List.of("c")),
                                new Node(join, List.of("d", "c")),
                                new Node(output, List.of("j"))),
                        Map.of(Blueprint.OUTPUT, "o")),
                "no genome unfolds into this network: in place of layer 'j'");
    }

    private static void assertUnfolded(Blueprint network, String why) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> Folding.of(network, TRAINING));
        assertTrue(e.getMessage().startsWith(why), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{kind: dense, units: 9, activation: relu}, {kind: dense, name: latent, units: 3}, {kind: dense, units: 8, activation: relu}, {kind: dense, units: 12} | dense(9,relu) ; latent(3) ; dense(8,relu)",
                "{kind: dense, name: latent, units: 3}, {kind: dense, units: 12} | - ; latent(3) ; upsampling",
                "{kind: dense, name: latent, units: 3, activation: relu}, {kind: dense, units: 12} | no genome unfolds into this network: in place of layer 'latent' ({kind: dense, units: 3, activation: relu} to 3) the nearest has {kind: dense, units: 3, activation: identity} to 3",
                "{kind: dense, name: a, units: 4}, {kind: dense, name: b, inputs: input, units: 4}, {kind: add, inputs: [a, b]}, {kind: dense, name: latent, units: 3}, {kind: dense, units: 12} | layer 'b': is on a branch of its own: the layers of a genome are in one line, with sums on it",
                "{kind: dense, name: latent, units: 3}, {kind: dense, units: 12, dropout: 0.5} | no genome unfolds into this network: in place of layer 'l2_dense' *",
                "{kind: dense, name: a, units: 3, activation: relu}, {kind: dense, name: b, units: 4, activation: relu}, {kind: add, inputs: [b, input]}, {kind: dense, name: latent, units: 2}, {kind: dense, units: 12} | no genome unfolds into this network: in place of layer 'l3_add' *"
            })
    void vectors(String layers, String expected) {
        HandmadeNetwork network =
                NetworkFile.parse("layers: [" + layers + "]", "net.yaml").network();
        Blueprint blueprint = network.unfold(Shape.vector(12), Activation.SIGMOID);
        if (expected.contains(";")) {
            assertEquals(
                    GenomeText.parse(expected.replace(";", "|") + " | adam(lr0.001,batch128)"),
                    Folding.of(blueprint, network.hyperparameters()));
            return;
        }
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> Folding.of(blueprint, network.hyperparameters()));
        assertTrue(e.getMessage().matches(("\\Q" + expected + "\\E").replace("*", "\\E.*\\Q")), e.getMessage());
    }

    @Test
    void aNetworkWithoutACode() {
        Blueprint blueprint = NetworkFile.parse("layers: [{kind: dense, units: 12}]", "net.yaml")
                .network()
                .unfold(Shape.vector(12), Activation.SIGMOID);
        assertThrows(IllegalArgumentException.class, () -> Folding.of(blueprint, TRAINING));
    }
}
