package org.aevo.genome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

    private static List<String> wired(Blueprint blueprint) {
        return blueprint.nodes().stream()
                .map(node -> node.name() + "(" + String.join(",", node.inputs()) + ")"
                        + node.layer().output())
                .toList();
    }

    @Test
    void chainsStayChains() {
        assertTrue(blueprint("dense(256,relu) | latent(32) | upsampling | adam(lr0.001,batch128)", IMAGE)
                .isChain());
        assertTrue(blueprint(
                        "conv(4,k3,s2,relu) dense(9,relu) | latent(3) | dense(20,relu) upconv(8,k3,x2,elu) | adam(lr0.1,batch9)",
                        IMAGE)
                .isChain());
        assertFalse(blueprint(
                        "dense(6,relu) dense(5,relu) dense(4,relu) skip(0,2) | latent(3) | upsampling | adam(lr0.1,batch9)",
                        IMAGE)
                .isChain());
    }

    /** Sides 7x5 from 2x1: 7 is 4 times 2 less one, 4 twice 2; 5 is 3 times 2 less one, 3 a row of 2 and half of the next. */
    @Test
    void freeDecodersEnlargeToTheSidesThatAreDue() {
        Blueprint b = blueprint(
                "dense(9,relu) | latent(3) | dense(20,tanh,drop0.1) upconv(8,k3,x2,elu,bn) upconv(6,k5,x1,relu) deconv(4,k2,s2,swish) | adam(lr0.1,batch9)",
                new Shape(2, 7, 5));
        assertEquals(
                List.of(
                        "e0_dense(input)9",
                        "latent(e0_dense)3",
                        "d0_dense(latent)20",
                        "d1_dense(d0_dense)32",
                        "reshape(d1_dense)8x2x2",
                        "d2_upsample(reshape)8x4x4",
                        "d3_crop(d2_upsample)8x4x3",
                        "d4_conv(d3_crop)8x4x3",
                        "d5_conv(d4_conv)6x4x3",
                        "d6_deconv(d5_conv)4x8x6",
                        "d7_crop(d6_deconv)4x7x5",
                        "output(d7_crop)2x7x5"),
                wired(b));
        assertEquals(
                new Layer.Dense("d0_dense", Shape.vector(3), 20, Activation.TANH, 0.1),
                b.layers().get(2));
        assertEquals(
                new Layer.Dense("d1_dense", Shape.vector(20), 32, Activation.ELU, 0),
                b.layers().get(3));
        assertEquals(
                new Layer.Conv("output", new Shape(4, 7, 5), 2, 2, 1, Activation.SIGMOID, false),
                b.layers().get(11));
        // 70*9+9, 9*3+3, 3*20+20, 20*32+32, 9*8*8+8*3, 25*8*6+6, 4*6*4+4, 4*4*2+2
        assertEquals(639 + 30 + 80 + 672 + 600 + 1206 + 100 + 34, b.parameters());
        assertEquals(9, b.depth());
    }

    @Test
    void freeDecodersOfSignals() {
        Blueprint b = blueprint(
                "conv(4,k3,s2,relu) | latent(3) | upconv(8,k3,x3,elu) deconv(5,k4,s2,relu) | adam(lr0.1,batch9)",
                new Shape(2, 1, 29));
        assertEquals(
                List.of(
                        "e0_conv(input)4x1x15",
                        "latent(e0_conv)3",
                        "d0_dense(latent)40",
                        "reshape(d0_dense)8x1x5",
                        "d1_upsample(reshape)8x1x15",
                        "d2_conv(d1_upsample)8x1x15",
                        "d3_deconv(d2_conv)5x1x30",
                        "d4_crop(d3_deconv)5x1x29",
                        "output(d4_crop)2x1x29"),
                wired(b));
    }

    @Test
    void freeDecodersMayHaveNoSpatialGenesOrNoneAtAll() {
        assertEquals(
                List.of(
                        "e0_dense(input)9",
                        "latent(e0_dense)3",
                        "d0_dense(latent)20",
                        "output(d0_dense)784",
                        "reshape(output)1x28x28"),
                wired(blueprint("dense(9,relu) | latent(3) | dense(20,relu) | adam(lr0.1,batch9)", IMAGE)));
        assertEquals(
                List.of("e0_dense(input)9", "latent(e0_dense)3", "output(latent)64"),
                wired(blueprint("dense(9,relu) | latent(3) | - | adam(lr0.1,batch9)", Shape.vector(64))));
    }

    /** From the image before the pooling, and from it into a dense gene; the mirror has both the other way round. */
    @Test
    void skipsOfEncodersAndTheirMirrors() {
        Blueprint b = blueprint(
                "conv(4,k3,s2,relu) conv(6,k3,s1,relu) pool(2) dense(20,tanh) skip(0,2) skip(0,3) | latent(3) | upsampling | adam(lr0.1,batch9)",
                IMAGE);
        assertEquals(
                List.of(
                        "e0_conv(input)4x14x14",
                        "e1_conv(e0_conv)6x14x14",
                        "e2_join(e1_conv,e0_conv)6x14x14",
                        "e2_pool(e2_join)6x7x7",
                        "e3_join(e2_pool,e0_conv)6x7x7",
                        "e3_dense(e3_join)20",
                        "latent(e3_dense)3",
                        "d0_dense(latent)20",
                        "d1_dense(d0_dense)294",
                        "reshape(d1_dense)6x7x7",
                        "d2_upsample(reshape)6x14x14",
                        "d3_conv(d2_upsample)4x14x14",
                        "d4_join(d3_conv,d2_upsample,d0_dense)4x14x14",
                        "d5_upsample(d4_join)4x28x28",
                        "d6_conv(d5_upsample)1x28x28"),
                wired(b));
        assertEquals(
                List.of("e2_join", "e3_join"),
                b.encoder().stream()
                        .map(Layer::name)
                        .filter(name -> name.endsWith("_join"))
                        .toList());
    }

    @Test
    void skipsOfFreeDecoders() {
        Blueprint b = blueprint(
                "dense(9,relu) | latent(3) | dense(20,relu) dense(30,relu) upconv(8,k3,x2,elu) deconv(5,k3,s2,relu) skip(0,2) skip(1,3) | adam(lr0.1,batch9)",
                new Shape(1, 15, 15));
        assertEquals(
                List.of(
                        "e0_dense(input)9",
                        "latent(e0_dense)3",
                        "d0_dense(latent)20",
                        "d1_dense(d0_dense)30",
                        "d2_dense(d1_dense)128",
                        "reshape(d2_dense)8x4x4",
                        "d3_join(reshape,d0_dense)8x4x4",
                        "d4_upsample(d3_join)8x8x8",
                        "d5_conv(d4_upsample)8x8x8",
                        "d6_join(d5_conv,d1_dense)8x8x8",
                        "d7_deconv(d6_join)5x16x16",
                        "d8_crop(d7_deconv)5x15x15",
                        "output(d8_crop)1x15x15"),
                wired(b));
    }

    /** Multiplications and additions of each layer, and of a training step: three passes and the weights' update. */
    @Test
    void operationsAndMemoryOfAGraphByHand() {
        Blueprint b = blueprint(
                "dense(6,relu) dense(5,relu) dense(4,relu) skip(0,2) | latent(3) | upconv(2,k3,x2,relu) | adam(lr0.1,batch9)",
                new Shape(1, 4, 4));
        assertEquals(
                List.of(
                        "e0_dense(input)6",
                        "e1_dense(e0_dense)5",
                        "e2_join(e1_dense,e0_dense)5",
                        "e2_dense(e2_join)4",
                        "latent(e2_dense)3",
                        "d0_dense(latent)8",
                        "reshape(d0_dense)2x2x2",
                        "d1_upsample(reshape)2x4x4",
                        "d2_conv(d1_upsample)2x4x4",
                        "output(d2_conv)1x4x4"),
                wired(b));
        // dense: twice inputs and bias and activation for each unit; convolutions: of each place twice the window, and
        // bias and activation; a join, a reshape, an upsampling: one for each value
        double operations = 6 * (2 * 16 + 2)
                + 5 * (2 * 6 + 2)
                + 5
                + 4 * (2 * 5 + 2)
                + 3 * (2 * 4 + 2)
                + 8 * (2 * 3 + 2)
                + 8
                + 32
                + (16 * 2 * 9 * 2 * 2 + 2 * 32)
                + (16 * 2 * 9 * 2 * 1 + 2 * 16);
        assertEquals(operations, b.forwardOperations());
        long parameters = 17 * 6 + 7 * 5 + 6 * 4 + 5 * 3 + 4 * 8 + 19 * 2 + 19;
        assertEquals(parameters, b.parameters());
        assertEquals(3 * operations * 9 + 10 * parameters, b.stepOperations(9));
        // dense layers and convolutions three times, the join's output and twice what was fitted to it, others once
        long training = 3 * (6 + 5 + 4 + 3 + 8 + 32 + 16) + 3 * 5 + 8 + 32;
        long forward = 6 + 5 + 2 * 5 + 4 + 3 + 8 + 8 + 32 + 2 * 32 + 2 * 16;
        long values = Math.max((training + 2 * 32) * 9 + 3 * 32 * 256, forward * 256);
        assertEquals(4 * (5 * parameters + values + 2 * 16 * (9 + 256)), b.trainingBytes(9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "upconv(4,k3,x2,relu) dense(4,relu) ; 4x4 ; decoder gene 1: a dense gene cannot follow a spatial one",
                "dense(4,relu) upconv(4,k3,x2,relu) ; 16 ; decoder gene 1: a spatial gene needs images or signals, the input is 16"
            })
    void decodersThatDoNotFitAreRefused(String decoder, String input, String why) {
        Shape shape = input.equals("16") ? Shape.vector(16) : new Shape(1, 4, 4);
        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> blueprint("dense(4,relu) | latent(2) | " + decoder + " | adam(lr0.1,batch1)", shape));
        assertTrue(e.getMessage().contains(why), e.getMessage());
    }
}
