package org.aevo.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.aevo.design.Folding;
import org.aevo.design.HandmadeNetwork;
import org.aevo.genome.Family;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.genome.SearchSpace;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.EnumText;
import org.aevo.network.Shape;
import org.aevo.search.Weights;
import org.aevo.train.InitialWeights;
import org.junit.jupiter.api.Test;

class TextbookTest {
    /** The numbers of parameters, counted by hand from the tutorials' layers with a bottleneck of 16. */
    @Test
    void onFashionMnist() {
        Shape shape = new Shape(1, 28, 28);
        int dense = 784 * 128 + 128 + 128 * 64 + 64 + 64 * 16 + 16 + 16 * 64 + 64 + 64 * 128 + 128 + 128 * 784 + 784;
        assertEquals(dense, parameters("dense", shape));
        int inner = 8 * 7 * 7;
        int convolutional =
                9 * 16 + 16 + 9 * 16 * 8 + 8 + inner * 16 + 16 + 16 * inner + inner + 9 * 8 * 16 + 16 + 9 * 16 + 1;
        assertEquals(convolutional, parameters("convolutional", shape));
        int flat = 64 * 7 * 7;
        int mixed = 9 * 32
                + 32
                + 9 * 32 * 64
                + 64
                + flat * 128
                + 128
                + 128 * 16
                + 16
                + 16 * 128
                + 128
                + 128 * flat
                + flat
                + 9 * 64 * 32
                + 32
                + 9 * 32
                + 1;
        assertEquals(mixed, parameters("mixed", shape));
    }

    /** As they were before they had files: the same layers, and so the same initial weights and results. */
    private static Genome expected(String family, int latent) {
        String genes =
                switch (family) {
                    case "dense" -> "dense(128,relu) dense(64,relu)";
                    case "convolutional" -> "conv(16,k3,s1,relu) pool(2) conv(8,k3,s1,relu) pool(2)";
                    default -> "conv(32,k3,s2,relu) conv(64,k3,s2,relu) dense(128,relu)";
                };
        return GenomeText.parse(genes + " | latent(" + latent + ") | "
                + (family.equals("mixed") ? "deconvolution" : "upsampling") + " | adam(lr0.001,batch128)");
    }

    /** A search could have found each of them: they fold into genomes, and start from the same weights as these. */
    @Test
    void theyLieInTheDefaultSpaces() {
        for (Shape shape : List.of(
                new Shape(1, 28, 28), new Shape(3, 32, 32), new Shape(2, 7, 5), new Shape(3, 1, 64), Shape.vector(3))) {
            for (String family : Textbook.families(shape)) {
                SearchSpace space = SearchSpace.defaults(EnumText.parse(Family.class, family), shape, 2).toBuilder()
                        .maxParameters(10_000_000)
                        .build();
                HandmadeNetwork network = Textbook.network(family, 2);
                Blueprint blueprint = space.blueprint(network);
                Genome genome = Folding.of(blueprint, network.hyperparameters());
                assertEquals(expected(family, 2), genome, family + " on " + shape);
                assertEquals(List.of(), space.violations(genome), family + " on " + shape);
                assertEquals(
                        arrays(InitialWeights.of(space.blueprint(genome), 7)), arrays(InitialWeights.of(blueprint, 7)));
            }
        }
    }

    /** Shapes and values in order; names are the user's. */
    private static List<String> arrays(Weights weights) {
        return weights.arrays().stream()
                .map(a -> Arrays.toString(a.shape()) + Arrays.hashCode(a.values()))
                .toList();
    }

    @Test
    void vectorsHaveTheDenseOneAlone() {
        assertEquals(List.of("dense"), Textbook.families(Shape.vector(3)));
        assertEquals(List.of("dense"), Textbook.families(new Shape(1, 9, 1)));
        HandmadeNetwork mixed = Textbook.network("mixed", 2);
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> mixed.unfold(Shape.vector(3), Activation.SIGMOID));
        assertTrue(e.getMessage().contains("takes images or signals"), e.getMessage());
    }

    private static long parameters(String family, Shape shape) {
        return Textbook.network(family, 16).unfold(shape, Activation.SIGMOID).parameters();
    }
}
