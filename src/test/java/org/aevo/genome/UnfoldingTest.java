package org.aevo.genome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnfoldingTest {
    private static final Shape IMAGE = new Shape(1, 28, 28);

    private static Blueprint blueprint(String genome, Shape input) {
        return Unfolding.of(GenomeText.parse(genome), input, Activation.SIGMOID);
    }

    private static List<String> names(Blueprint blueprint) {
        return blueprint.layers().stream().map(Layer::name).toList();
    }

    @Test
    void denseNumbersByHand() {
        Blueprint b =
                blueprint("dense(256,relu) | latent(32) | upsampling | adam(lr0.001,batch128)", Shape.vector(784));
        assertEquals(List.of("e0_dense", "latent", "d0_dense", "output"), names(b));
        // 784*256+256, 256*32+32, 32*256+256, 256*784+784
        assertEquals(
                List.of(200_960L, 8_224L, 8_448L, 201_488L),
                b.layers().stream().map(Layer::parameters).toList());
        assertEquals(419_120, b.parameters());
        assertEquals(4, b.depth());
        // 4 bytes * (5 * 419120 weights + (3 * (256 + 32 + 256 + 784) + 2 * 784) values * 128 + 3 * 784 * 256 to
        // validate
        // + 2 * 784 * (128 + 256) of inputs and targets)
        assertEquals(16_041_920, b.trainingBytes(128));
        assertEquals(4 * 5 * 419_120, b.weightBytes(Optimizer.ADAM));
        assertEquals(4 * 4 * 419_120, b.weightBytes(Optimizer.NESTEROV));
    }

    @Test
    void convolutionalNumbersByHandWithUpsampling() {
        Blueprint b = blueprint(
                "conv(16,k3,s1,relu) pool(2) conv(8,k3,s2,elu,bn) | latent(10) | upsampling | adam(lr0.001,batch32)",
                IMAGE);
        assertEquals(
                List.of(
                        "e0_conv",
                        "e1_pool",
                        "e2_conv",
                        "latent",
                        "d0_dense",
                        "reshape",
                        "d1_upsample",
                        "d2_conv",
                        "d3_upsample",
                        "d4_conv"),
                names(b));
        assertEquals(
                List.of(160L, 0L, 1_176L, 3_930L, 4_312L, 0L, 0L, 1_200L, 0L, 145L),
                b.layers().stream().map(Layer::parameters).toList());
        assertEquals(10_923, b.parameters());
        assertEquals(9, b.depth());
        // convolutions three times, normalised ones six times, dense layers three times, the pooling's input twice,
        // others once
        long perSample = 3 * 12544 + 2 * 12544 + 6 * 392 + 3 * 10 + 3 * 392 + 392 + 1568 + 6 * 3136 + 12544 + 3 * 784;
        long batches = 2 * 784 * (64 + 256);
        assertEquals(4 * (5 * 10_923 + (perSample + 2 * 12544) * 64 + 3 * 12544 * 256 + batches), b.trainingBytes(64));
        // with small batches validation needs more
        long forward = 2 * 12544 + 3136 + 3 * 392 + 10 + 392 + 392 + 1568 + 3 * 3136 + 12544 + 2 * 784;
        assertEquals(4 * (5 * 10_923 + forward * 256 + 2 * 784 * (32 + 256)), b.trainingBytes(32));
    }

    @Test
    void convolutionalNumbersByHandWithDeconvolution() {
        Blueprint b = blueprint(
                "conv(16,k3,s1,relu) pool(2) conv(8,k3,s2,elu,bn) | latent(10) | deconvolution | adam(lr0.001,batch32)",
                IMAGE);
        assertEquals(
                List.of(
                        "e0_conv",
                        "e1_pool",
                        "e2_conv",
                        "latent",
                        "d0_dense",
                        "reshape",
                        "d1_deconv",
                        "d2_deconv",
                        "d3_conv"),
                names(b));
        assertEquals(
                List.of(160L, 0L, 1_176L, 3_930L, 4_312L, 0L, 1_200L, 1_040L, 145L),
                b.layers().stream().map(Layer::parameters).toList());
        assertEquals(8, b.depth());
        Layer.Deconv first = (Layer.Deconv) b.layers().get(6);
        assertEquals(Activation.ELU, first.activation());
        assertTrue(first.batchNormalization());
        assertEquals(Activation.RELU, ((Layer.Deconv) b.layers().get(7)).activation());
    }

    @Test
    void oddSidesAreCutBack() {
        Blueprint b = blueprint(
                "conv(4,k3,s2,relu) pool(2) | latent(3) | upsampling | adam(lr0.001,batch32)", new Shape(2, 7, 5));
        // 7x5 -> 4x3 -> 2x2; back 4x4 -> cut to 4x3, 8x6 -> cut to 7x5
        List<Shape> crops = b.layers().stream()
                .filter(l -> l instanceof Layer.Crop)
                .map(Layer::output)
                .toList();
        assertEquals(List.of(new Shape(4, 4, 3), new Shape(4, 7, 5)), crops);
        assertEquals(new Shape(2, 7, 5), b.layers().get(b.layers().size() - 1).output());
    }

    /** A kernel of five is 1x5, a step of two halves the length. */
    @Test
    void signalsByHand() {
        Shape signal = new Shape(3, 1, 30);
        Blueprint b = blueprint(
                "conv(8,k5,s2,relu) pool(2) conv(4,k3,s1,relu,bn) | latent(6) | deconvolution | adam(lr0.001,batch32)",
                signal);
        List<Shape> shapes = b.layers().stream().map(Layer::output).toList();
        assertEquals(
                List.of(
                        new Shape(8, 1, 15),
                        new Shape(8, 1, 8),
                        new Shape(4, 1, 8),
                        Shape.vector(6),
                        Shape.vector(32),
                        new Shape(4, 1, 8),
                        new Shape(8, 1, 8),
                        new Shape(8, 1, 16),
                        new Shape(8, 1, 15),
                        signal),
                shapes);
        assertEquals(
                List.of(
                        5L * 3 * 8 + 8,
                        0L,
                        3L * 8 * 4 + 3 * 4,
                        32L * 6 + 6,
                        6L * 32 + 32,
                        0L,
                        3L * 4 * 8 + 3 * 8,
                        2L * 8 * 8 + 8,
                        0L,
                        5L * 8 * 3 + 3),
                b.layers().stream().map(Layer::parameters).toList());
    }

    /** An image that has become one row high on its way is an image all the same. */
    @Test
    void imagesOfOneRowInTheMiddleStayImages() {
        Blueprint b = blueprint(
                "conv(4,k3,s2,relu) conv(4,k3,s1,relu) | latent(3) | upsampling | adam(lr0.001,batch32)",
                new Shape(1, 2, 9));
        Layer.Conv second = (Layer.Conv) b.layers().get(1);
        assertEquals(new Shape(4, 1, 5), second.input());
        assertEquals(3, second.kernelRows());
        assertEquals(4L * (9 * 4 + 1), second.parameters());
    }

    @Test
    void encoderEndsWithTheBottleneck() {
        Blueprint b = blueprint(
                "conv(4,k3,s2,relu) dense(20,tanh,drop0.1) | latent(3) | upsampling | adam(lr0.001,batch32)", IMAGE);
        assertEquals(
                List.of("e0_conv", "e1_dense", "latent"),
                b.encoder().stream().map(Layer::name).toList());
        assertEquals(Shape.vector(3), b.encoder().get(2).output());
        // mirrored dense layers repeat activation and dropout
        Layer.Dense mirror = (Layer.Dense) b.layers().get(3);
        assertEquals(new Layer.Dense("d0_dense", Shape.vector(3), 20, Activation.TANH, 0.1), mirror);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "dense(4,relu) conv(4,k3,s1,relu) ; 1 ; cannot follow a dense one",
                "pool(2) conv(4,k3,s1,relu) ; 0 ; cannot start with pooling"
            })
    void chainsThatDoNotFitAreRefused(String encoder, int gene, String why) {
        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> blueprint(encoder + "| latent(2) | upsampling | adam(lr0.1,batch1)", IMAGE));
        assertTrue(e.getMessage().contains("gene " + gene) && e.getMessage().contains(why), e.getMessage());
    }

    @Test
    void vectorsHaveNoSpatialGenes() {
        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> blueprint("conv(4,k3,s1,relu) | latent(2) | upsampling | adam(lr0.1,batch1)", Shape.vector(9)));
        assertTrue(e.getMessage().contains("needs images"), e.getMessage());
    }
}
