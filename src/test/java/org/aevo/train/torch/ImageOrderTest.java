package org.aevo.train.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aevo.genome.GenomeText;
import org.aevo.genome.Unfolding;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.network.Node;
import org.aevo.network.Shape;
import org.aevo.train.torch.ImageOrder.Turn;
import org.junit.jupiter.api.Test;

class ImageOrderTest {
    /** Names of the arrays that do not lie in C order. */
    private static List<String> turned(String genome) {
        Blueprint blueprint = Unfolding.of(
                GenomeText.parse(genome + " | adam(lr0.001,batch2)"), new Shape(1, 8, 8), Activation.SIGMOID);
        ImageOrder order = new ImageOrder(blueprint);
        return blueprint.layers().stream()
                .flatMap(layer -> List.of(layer.name() + "_W", layer.name() + "_b").stream())
                .filter(name -> !order.of(name).isEmpty())
                .toList();
    }

    @Test
    void denseLayersBesideImagesAreTurned() {
        assertEquals(
                List.of("e1_dense_W", "d1_dense_W", "d1_dense_b"),
                turned("conv(3,k3,s2,relu) dense(5,relu) | latent(2) | upsampling"));
        assertEquals(List.of(), turned("dense(5,relu) | latent(2) | upsampling"));
    }

    /** Codes are seen outside. */
    @Test
    void theBottleneckTakesImagesAndGivesNone() {
        List<String> turned = turned("conv(3,k3,s2,relu) | latent(2) | deconvolution");
        assertEquals("latent_W", turned.get(0));
        assertEquals(3, turned.size(), turned.toString());
        assertEquals(
                1, turned.stream().filter(name -> name.startsWith("latent")).count());
    }

    /** Nothing but the reshape may see what lies in another order. */
    @Test
    void whatOthersTakeTooIsNotTurned() {
        Shape image = new Shape(2, 2, 3);
        Layer dense = new Layer.Dense("d", image, 12, Activation.RELU, 0);
        Layer reshape = new Layer.Reshape("r", dense.output(), image);
        Layer conv = new Layer.Conv("c", image, 2, 3, 1, Activation.RELU, false);
        Layer join = new Layer.Join("j", List.of(image, dense.output()));
        List<Node> chain = List.of(
                new Node(dense, List.of(Blueprint.INPUT)),
                new Node(reshape, List.of("d")),
                new Node(conv, List.of("r")));
        List<Node> joined = Stream.concat(chain.stream(), Stream.of(new Node(join, List.of("c", "d"))))
                .toList();
        ImageOrder alone = new ImageOrder(new Blueprint(image, chain, Map.of(Blueprint.OUTPUT, "c")));
        assertEquals(1, alone.of("d_W").size());
        assertEquals(1, alone.of("d_b").size());
        assertTrue(alone.isImage("r") && !alone.isImage("d") && !alone.isImage(Blueprint.INPUT));
        ImageOrder seen = new ImageOrder(new Blueprint(image, chain, Map.of(Blueprint.OUTPUT, "c", "features", "d")));
        assertEquals(List.of(), seen.of("d_W"));
        ImageOrder shared = new ImageOrder(new Blueprint(image, joined, Map.of(Blueprint.OUTPUT, "j")));
        assertEquals(List.of(), shared.of("d_W"));
        assertEquals(List.of(), shared.of("d_b"));
    }

    /** Two blocks of two channels of three pixels, with pairs that stay together; numpy's transpose(0, 2, 1, 3). */
    @Test
    void aTurnSwapsTheAxesInTheMiddle() {
        float[] values = new float[24];
        IntStream.range(0, 24).forEach(i -> values[i] = i);
        Turn turn = new Turn(2, 2, 3, 2);
        float[] expected = {0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11, 12, 13, 18, 19, 14, 15, 20, 21, 16, 17, 22, 23};
        assertArrayEquals(expected, turn.apply(values));
        assertArrayEquals(values, turn.inverse().apply(expected));
    }
}
