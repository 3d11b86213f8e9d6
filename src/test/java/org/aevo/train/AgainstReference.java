package org.aevo.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.genome.Unfolding;
import org.aevo.genome.Upscaling;
import org.aevo.network.Activation;
import org.aevo.network.Axes;
import org.aevo.network.Blueprint;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Layer;
import org.aevo.network.Node;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;
import org.aevo.search.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers and graphs of an engine against plain Java, and what else {@link org.aevo.network.Layer} says of them. */
public abstract class AgainstReference extends ReferenceCheck {
    /** What the engine says of a transposed convolution that it cannot build, empty if it can. */
    protected abstract Optional<String> refusal(Layer.Deconv deconv);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
            1x9x7;  conv(3,k3,s2,tanh) | latent(4) | upsampling
            1x9x7;  conv(3,k3,s2,tanh) | latent(4) | deconvolution
            2x8x8;  conv(3,k2,s2,tanh) conv(4,k4,s1,sigmoid) | latent(4) | deconvolution
            2x8x8;  conv(3,k4,s2,elu) conv(4,k2,s1,swish) | latent(4) | upsampling
            1x7x10; conv(3,k5,s3,leaky-relu) | latent(4) | deconvolution
            1x7x10; conv(3,k2,s3,swish) | latent(4) | deconvolution
            1x7x10; conv(3,k1,s2,tanh) | latent(4) | upsampling
            1x7x10; conv(3,k1,s2,tanh) | latent(4) | deconvolution
            3x6x5;  conv(4,k3,s1,tanh) pool(2) conv(3,k3,s1,tanh) pool(2) | latent(3) | upsampling
            3x6x5;  conv(4,k3,s1,tanh) pool(2) conv(3,k3,s1,tanh) pool(3) | latent(3) | deconvolution
            1x8x8;  conv(4,k3,s1,swish,bn) pool(2) conv(3,k3,s2,tanh,bn) | latent(3) | upsampling
            1x8x8;  conv(4,k3,s1,swish,bn) pool(2) conv(3,k3,s2,tanh,bn) | latent(3) | deconvolution
            1x5x5;  conv(2,k7,s1,tanh) conv(3,k6,s2,tanh) | latent(3) | deconvolution
            1x8x8;  conv(4,k3,s2,tanh) dense(6,swish) dense(5,elu) | latent(3) | upsampling
            1x3x3;  conv(4,k3,s3,tanh) conv(4,k3,s2,tanh) | latent(2) | deconvolution
            2x1x17; conv(3,k3,s2,tanh) | latent(4) | upsampling
            2x1x17; conv(3,k5,s3,swish,bn) pool(2) conv(4,k4,s2,tanh) | latent(4) | deconvolution
            1x1x16; conv(3,k2,s3,swish) conv(4,k6,s1,elu,bn) pool(3) dense(6,tanh) | latent(4) | upsampling
            1x1x2;  conv(4,k3,s2,tanh) | latent(2) | deconvolution
            2x6x6;  dense(6,swish) | latent(3) | upsampling
            11x1x1; dense(6,tanh) dense(5,sigmoid) | latent(3) | upsampling
            11x1x1; - | latent(3) | upsampling
            2x6x5;  - | latent(3) | upsampling
            2x1x9;  - | latent(3) | upsampling
            2x6x5;  - | latent(3) | -
            2x1x9;  - | latent(3) | -
            2x6x5;  - | latent(3) | dense(4,tanh) upconv(3,k3,x2,swish)
            2x1x9;  - | latent(3) | deconv(3,k4,s2,tanh)
            """)
    void everyLayerKind(String shape, String genome) {
        check(blueprint(genome, shape(shape)), 1);
    }

    @ParameterizedTest
    @EnumSource(value = Activation.class, mode = EnumSource.Mode.EXCLUDE, names = "SOFTMAX")
    void everyActivation(Activation activation) {
        Shape shape = new Shape(2, 4, 4);
        Layer conv = new Layer.Conv("c", shape, 3, 3, 1, activation, false);
        Layer dense = new Layer.Dense("d", conv.output(), 32, activation, 0);
        check(Blueprint.chain(shape, List.of(conv, dense, new Layer.Reshape("r", dense.output(), shape))), 2);
    }

    /** Large inputs must not overflow on the way: a derivative that is not a number would look like divergence. */
    @ParameterizedTest
    @EnumSource(Activation.class)
    void activationsOfLargeValues(Activation activation) {
        Layer wide = new Layer.Dense("w", Shape.vector(1), 1, activation, 0);
        Layer out = new Layer.Dense("o", Shape.vector(1), 1, Activation.IDENTITY, 0);
        Blueprint blueprint = Blueprint.chain(Shape.vector(1), List.of(wide, out));
        try (Network network =
                engine.build(NetworkPlan.of(blueprint, new Hyperparameters(Optimizer.NESTEROV, 1e-9, 1), 1))) {
            for (float weight : new float[] {-1e4f, -100, -60, 60, 100, 1e4f}) {
                network.load(new Weights(List.of(
                        new Weights.Array("w_W", new int[] {1, 1}, new float[] {weight}),
                        new Weights.Array("w_b", new int[] {1}, new float[1]),
                        new Weights.Array("o_W", new int[] {1, 1}, new float[] {1}),
                        new Weights.Array("o_b", new int[] {1}, new float[1]))));
                double loss = network.step(new Samples(Shape.vector(1), 1, new float[] {1}), new int[] {0}, 0, 1);
                assertTrue(Double.isFinite(loss), weight + ": loss " + loss);
                for (Weights.Array array : network.weights().arrays()) {
                    assertTrue(Float.isFinite(array.values()[0]), weight + ": " + array.name());
                }
            }
        }
    }

    /** Even and odd kernels, strides and sides: "same" padding is asymmetric in many of them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void anyConvolution(int kernel) {
        Random random = new Random(kernel);
        for (int stride = 1; stride <= 3; stride++) {
            Shape shape = new Shape(1 + random.nextInt(3), 2 + random.nextInt(9), 2 + random.nextInt(9));
            Layer conv = new Layer.Conv("c", shape, 2, kernel, stride, Activation.TANH, random.nextBoolean());
            Layer deconv =
                    new Layer.Deconv("d", conv.output(), shape.channels(), kernel, stride, Activation.TANH, false);
            Optional<String> refusal = refusal((Layer.Deconv) deconv);
            if (refusal.isPresent()) {
                Blueprint impossible = Blueprint.chain(shape, List.of(conv, deconv));
                Hyperparameters any = new Hyperparameters(Optimizer.ADAM, 1e-3, 1);
                String message = assertThrows(
                                IllegalArgumentException.class, () -> engine.build(NetworkPlan.of(impossible, any, 1)))
                        .getMessage();
                assertTrue(message.contains(refusal.get()), message);
                deconv = new Layer.Deconv("d", conv.output(), shape.channels(), stride, stride, Activation.TANH, false);
            }
            Shape large = deconv.output();
            List<Layer> layers = new ArrayList<>(List.of(conv, deconv));
            if (!large.equals(shape)) {
                layers.add(new Layer.Crop(
                        "x", large, shape, large.height() - shape.height(), (large.width() - shape.width()) / 2));
            }
            check(Blueprint.chain(shape, layers), 10 * kernel + stride);
        }
    }

    /** Every kernel with steps shorter and longer than it, along one axis. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void anyConvolutionOfSignals(int kernel) {
        Random random = new Random(kernel);
        for (int stride = 1; stride <= Math.min(3, kernel + 1); stride++) {
            Shape shape = new Shape(1 + random.nextInt(3), 1, 2 + random.nextInt(20));
            Layer conv =
                    new Layer.Conv("c", shape, 2, kernel, stride, Activation.TANH, random.nextBoolean(), Axes.COLUMNS);
            Layer deconv = new Layer.Deconv(
                    "d", conv.output(), shape.channels(), kernel, stride, Activation.TANH, false, Axes.COLUMNS);
            Shape large = deconv.output();
            assertEquals(1, large.height());
            List<Layer> layers = new ArrayList<>(List.of(conv, deconv));
            if (!large.equals(shape)) {
                layers.add(new Layer.Crop("x", large, shape, 0, (large.width() - shape.width()) / 2));
            }
            check(Blueprint.chain(shape, layers), 10 * kernel + stride);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyGenomeOfImages(long seed) {
        anyGenome(seed, random -> new Shape(1 + random.nextInt(3), 2 + random.nextInt(10), 2 + random.nextInt(10)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyGenomeOfSignals(long seed) {
        anyGenome(seed, random -> new Shape(1 + random.nextInt(3), 1, 2 + random.nextInt(40)));
    }

    private void anyGenome(long seed, Function<Random, Shape> shapes) {
        Random random = new Random(seed);
        Activation[] activations = Activation.values();
        List<Gene> genes = new ArrayList<>();
        int spatial = random.nextInt(4);
        for (int i = 0; i < spatial; i++) {
            int stride = 1 + random.nextInt(3);
            genes.add(new Gene.Convolution(
                    1 + random.nextInt(9),
                    Math.max(stride, 1 + random.nextInt(7)),
                    stride,
                    activations[random.nextInt(6)],
                    random.nextInt(3) == 0));
            if (random.nextBoolean()) {
                genes.add(new Gene.MaxPooling(2 + random.nextInt(2)));
            }
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            genes.add(new Gene.Dense(1 + random.nextInt(9), activations[random.nextInt(6)], 0));
        }
        Hyperparameters any = new Hyperparameters(Optimizer.ADAM, 1e-3, BATCH);
        Genome genome = new Genome(genes, 3, Upscaling.values()[random.nextInt(2)], any);
        Shape shape = shapes.apply(random);
        check(Unfolding.of(genome, shape, Activation.SIGMOID), seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyGraphOfImages(long seed) {
        check(RandomBlueprint.ofImages(seed), seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyGraphOfSignals(long seed) {
        check(RandomBlueprint.ofSignals(seed), seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyGraphOfVectors(long seed) {
        check(RandomBlueprint.ofVectors(seed), seed);
    }

    /**
     * The samples are added to what a dense layer makes of them: to an image or a vector, with fewer or more rows, columns
     * and channels. Sides that do not divide each other, and 82 rows of 2: 41 times the rounded quotient of 2 and 82 may be
     * less than 1.
     */
    @ParameterizedTest
    @CsvSource({
        "2x6x5, 2x6x5", "2x6x5, 3x4x9", "3x4x9, 2x6x5", "1x7x7, 4x3x3", "4x3x3, 1x7x7", "2x8x4, 2x4x8",
        "3x5x4, 3x1x1", "3x5x4, 5x1x1", "3x5x4, 2x1x1", "5x1x1, 3x2x3", "30x1x1, 3x2x3", "7x1x1, 4x1x1",
        "4x1x1, 7x1x1", "2x1x9, 3x1x4", "2x1x4, 1x1x9", "2x4x4, 2x1x6", "2x1x6, 2x4x4", "1x82x2, 1x2x1"
    })
    void joinsFitWhatTheyAdd(String primary, String samples) {
        Shape from = shape(samples);
        Shape to = shape(primary);
        List<Node> nodes = new ArrayList<>();
        Layer dense = new Layer.Dense("d", from, (int) to.size(), Activation.TANH, 0);
        nodes.add(new Node(dense, List.of(Blueprint.INPUT)));
        if (to.isImage()) {
            nodes.add(new Node(new Layer.Reshape("r", dense.output(), to), List.of("d")));
        }
        String first = nodes.get(nodes.size() - 1).name();
        nodes.add(new Node(new Layer.Join("j", List.of(to, from)), List.of(first, Blueprint.INPUT)));
        check(new Blueprint(from, nodes, Map.of(Blueprint.OUTPUT, "j")), 1);
        // behind it a layer of windows: the sum is an image for it, in whatever order its values lie
        nodes.add(new Node(new Layer.Conv("c", to, 2, 2, 1, Activation.SIGMOID, true, Axes.of(to)), List.of("j")));
        check(new Blueprint(from, nodes, Map.of(Blueprint.OUTPUT, "c", Blueprint.LATENT, "j")), 2);
    }

    /** Dense layers that several take, and that take images and give them: their weights may lie in no order but one. */
    @Test
    void denseLayersBetweenImagesThatOthersTakeToo() {
        Shape image = new Shape(2, 3, 4);
        Layer conv = new Layer.Conv("c", image, 3, 3, 1, Activation.TANH, false);
        Layer dense = new Layer.Dense("d", conv.output(), 24, Activation.SWISH, 0);
        Layer reshape = new Layer.Reshape("r", dense.output(), image);
        Layer again = new Layer.Conv("a", image, 2, 3, 1, Activation.TANH, false);
        Layer flat = new Layer.Dense("f", dense.output(), 5, Activation.TANH, 0);
        Layer join = new Layer.Join("j", List.of(flat.output(), again.output(), dense.output()));
        Layer end = new Layer.Dense("e", join.output(), 24, Activation.SIGMOID, 0);
        List<Node> nodes = List.of(
                new Node(conv, List.of(Blueprint.INPUT)),
                new Node(dense, List.of("c")),
                new Node(reshape, List.of("d")),
                new Node(again, List.of("r")),
                new Node(flat, List.of("d")),
                new Node(join, List.of("f", "a", "d")),
                new Node(end, List.of("j")),
                new Node(new Layer.Reshape("s", end.output(), image), List.of("e")));
        check(new Blueprint(image, nodes, Map.of(Blueprint.OUTPUT, "s")), 3);
        check(new Blueprint(image, nodes, Map.of(Blueprint.OUTPUT, "s", Blueprint.LATENT, "d")), 3);
    }

    /** What the trained output does not depend on is computed where it is asked for, and keeps its weights. */
    @Test
    void aCodeBesideTheTrainedOutput() {
        Shape shape = Shape.vector(4);
        List<Node> nodes = List.of(
                new Node(new Layer.Dense("a", shape, 3, Activation.TANH, 0), List.of(Blueprint.INPUT)),
                new Node(new Layer.Dense("side", Shape.vector(3), 2, Activation.TANH, 0), List.of("a")),
                new Node(new Layer.Dense("b", Shape.vector(3), 4, Activation.SIGMOID, 0), List.of("a")));
        check(new Blueprint(shape, nodes, Map.of(Blueprint.OUTPUT, "b", Blueprint.LATENT, "side")), 4);
    }

    @Test
    void crossEntropyIsNotOfASum() {
        Shape shape = Shape.vector(4);
        Layer dense = new Layer.Dense("d", shape, 4, Activation.SIGMOID, 0);
        Layer join = new Layer.Join("skip", List.of(shape, shape));
        Blueprint blueprint = new Blueprint(
                shape,
                List.of(new Node(dense, List.of(Blueprint.INPUT)), new Node(join, List.of("d", Blueprint.INPUT))),
                Map.of(Blueprint.OUTPUT, "skip"));
        NetworkPlan plan = NetworkPlan.of(blueprint, new Hyperparameters(Optimizer.ADAM, 1e-3, 1), 1)
                .with(Loss.BINARY_CROSS_ENTROPY);
        String message = assertThrows(IllegalArgumentException.class, () -> engine.build(plan))
                .getMessage();
        assertEquals(
                "binary cross-entropy needs the output activation sigmoid, but the output is the sum skip, which has no"
                        + " activation",
                message);
    }

    private static Shape shape(String sides) {
        String[] s = sides.split("x");
        return new Shape(Integer.parseInt(s[0]), Integer.parseInt(s[1]), Integer.parseInt(s[2]));
    }

    private static Blueprint blueprint(String genome, Shape shape) {
        return Unfolding.of(GenomeText.parse(genome + " | adam(lr0.001,batch4)"), shape, Activation.SIGMOID);
    }

    /** Networks that end in a dense layer, a convolution, a transposed one, a crop. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
            MSE;                  1x9x7;  conv(3,k3,s2,tanh,bn) | latent(4) | upsampling
            MSE;                  2x6x6;  dense(6,swish) | latent(3) | upsampling
            BINARY_CROSS_ENTROPY; 1x9x7;  conv(3,k3,s2,tanh,bn) | latent(4) | upsampling
            BINARY_CROSS_ENTROPY; 1x7x10; conv(3,k5,s3,leaky-relu) | latent(4) | deconvolution
            BINARY_CROSS_ENTROPY; 2x6x6;  dense(6,swish) | latent(3) | upsampling
            BINARY_CROSS_ENTROPY; 11x1x1; dense(6,tanh) | latent(3) | upsampling
            """)
    void targetsOfTheirOwn(Loss loss, String shape, String genome) {
        Blueprint blueprint = blueprint(genome, shape(shape));
        Random random = new Random(4);
        check(blueprint, loss, values(blueprint.input(), random), values(blueprint.input(), random), random);
    }

    /** Where the sigmoid rounds to 0 or 1 the loss still grows with what goes in, and still says where to go. */
    @ParameterizedTest
    @ValueSource(floats = {-1e4f, -100, -20, 20, 100, 1e4f})
    void crossEntropyOfLargeValues(float weight) {
        Blueprint blueprint = Blueprint.chain(
                Shape.vector(1), List.of(new Layer.Dense("d", Shape.vector(1), 1, Activation.SIGMOID, 0)));
        Samples one = new Samples(Shape.vector(1), 1, new float[] {1});
        Hyperparameters plain = new Hyperparameters(Optimizer.NESTEROV, 1, 1);
        for (int target = 0; target <= 1; target++) {
            try (Network network =
                    engine.build(NetworkPlan.of(blueprint, plain, 1).with(Loss.BINARY_CROSS_ENTROPY))) {
                network.load(new Weights(List.of(
                        new Weights.Array("d_W", new int[] {1, 1}, new float[] {weight}),
                        new Weights.Array("d_b", new int[] {1}, new float[1]))));
                Samples wanted = new Samples(Shape.vector(1), 1, new float[] {target});
                double loss = network.step(one, wanted, new int[] {0}, 0, 1);
                boolean right = weight > 0 == target > 0;
                assertEquals(right ? 0 : Math.abs(weight), loss, 1e-6 * Math.abs(weight));
                assertEquals(weight > 0 ? 1 : 0, network.reconstruct(new float[] {1})[0], 1e-6);
                // of the bias, by 1.9 of the gradient
                double step = network.weights().arrays().get(1).values()[0];
                assertEquals(right ? 0 : weight > 0 ? -1.9 : 1.9, step, 1e-6);
            }
        }
    }

    @Test
    void crossEntropyIsOfASigmoid() {
        Blueprint blueprint = Unfolding.of(
                GenomeText.parse("dense(4,relu) | latent(2) | upsampling | adam(lr0.001,batch4)"),
                Shape.vector(5),
                Activation.TANH);
        Hyperparameters any = new Hyperparameters(Optimizer.ADAM, 1e-3, 1);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> engine.build(NetworkPlan.of(blueprint, any, 1).with(Loss.BINARY_CROSS_ENTROPY)))
                .getMessage();
        assertEquals("binary cross-entropy needs the output activation sigmoid, the network has tanh", message);
    }

    @Test
    void runningNormalisationKeepsNineTenths() {
        Shape shape = new Shape(1, 4, 4);
        Layer conv = new Layer.Conv("c", shape, 1, 1, 1, Activation.IDENTITY, true);
        Blueprint blueprint = Blueprint.chain(shape, List.of(conv));
        float[] values = new float[32];
        double mean = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
            mean += i / 32.0;
        }
        double variance = 0;
        for (float v : values) {
            variance += (v - mean) * (v - mean) / 32;
        }
        try (Network network =
                engine.build(NetworkPlan.of(blueprint, new Hyperparameters(Optimizer.ADAM, 0.1, 2), 1))) {
            List<Weights.Array> arrays = new ArrayList<>(network.weights().arrays());
            arrays.set(0, new Weights.Array("c_W", new int[] {1, 1, 1, 1}, new float[] {1}));
            network.load(new Weights(arrays));
            network.step(new Samples(shape, 2, values), new int[] {0, 1}, 0, 2);
            List<Weights.Array> after = network.weights().arrays();
            assertEquals(List.of("c_W", "c_b", "c_gamma", "c_beta", "c_mean", "c_var"), names(after));
            assertEquals(0.1 * mean, after.get(4).values()[0], 1e-4);
            assertEquals(0.9 + 0.1 * variance, after.get(5).values()[0], 1e-3);
        }
    }

    /** Outputs of a dense layer are dropped in training only, and the kept ones made larger by what is missing. */
    @Test
    void dropoutDropsOutputsInTraining() {
        int units = 4000;
        Layer hidden = new Layer.Dense("h", Shape.vector(1), units, Activation.IDENTITY, 0.25);
        Layer out = new Layer.Dense("o", Shape.vector(units), 1, Activation.IDENTITY, 0);
        Blueprint blueprint = Blueprint.chain(Shape.vector(1), List.of(hidden, out));
        try (Network network =
                engine.build(NetworkPlan.of(blueprint, new Hyperparameters(Optimizer.NESTEROV, 1, 1), 3))) {
            List<Weights.Array> arrays = new ArrayList<>();
            for (Weights.Array a : network.weights().arrays()) {
                float[] v = new float[a.values().length];
                if (a.name().endsWith("_W")) {
                    Arrays.fill(v, a.name().startsWith("h") ? 1 : 1f / units);
                }
                arrays.add(new Weights.Array(a.name(), a.shape(), v));
            }
            network.load(new Weights(arrays));
            Samples one = new Samples(Shape.vector(1), 1, new float[] {1});
            assertEquals(1, network.reconstruct(one.values())[0], 1e-4);
            double loss = network.step(one, new int[] {0}, 0, 1);
            assertNotEquals(0, loss);
            assertEquals(0, loss, 0.01);
            // The gradient of a weight of the last layer is 2 (y - 1) times the output it saw: 0 where it was dropped.
            float[] after = network.weights().arrays().get(2).values();
            long dropped = 0;
            for (float w : after) {
                dropped += w == 1f / units ? 1 : 0;
            }
            assertEquals(0.25, dropped / (double) units, 0.03);
        }
    }
}
