package org.aevo.train.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.aevo.genome.DoubleRange;
import org.aevo.genome.Family;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.genome.IntRange;
import org.aevo.genome.SearchSpace;
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
import org.aevo.search.Weights;
import org.aevo.train.Draws;
import org.aevo.train.Engine;
import org.aevo.train.InitialWeights;
import org.aevo.train.Network;
import org.aevo.train.NetworkPlan;
import org.aevo.train.RandomBlueprint;
import org.aevo.train.Samples;
import org.aevo.train.torch.TorchEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program without any class of ours restores models and gets what our own network gives. */
class PlainModelTest {
    private static final int BATCH = 3;
    private static final int GRAPHS = 30;
    private static final Hyperparameters ADAM = new Hyperparameters(Optimizer.ADAM, 0.001, BATCH);
    private static final List<Shape> SHAPES = List.of(
            new Shape(1, 28, 28),
            new Shape(3, 16, 16),
            new Shape(1, 27, 27),
            new Shape(3, 13, 22),
            new Shape(2, 7, 5),
            Shape.vector(31));

    /** Steps and pools that do not divide the sides, kernels smaller than the stride, dropout, every activation. */
    private static final List<String> ODD = List.of(
            "conv(5,k5,s3,relu) pool(2) conv(4,k2,s2,elu,bn) | latent(4) | deconvolution",
            "conv(5,k4,s3,relu,bn) pool(3) dense(10,tanh,drop0.3) | latent(4) | upsampling",
            "conv(3,k7,s1,swish) pool(2) pool(3) pool(3) | latent(4) | deconvolution",
            "conv(3,k6,s2,leaky-relu,bn) conv(3,k3,s3,sigmoid,bn) pool(2) | latent(4) | upsampling",
            "conv(3,k2,s3,tanh) conv(4,k7,s3,swish,bn) | latent(4) | deconvolution",
            "dense(20,leaky-relu,drop0.5) dense(9,elu) | latent(4) | upsampling");

    private static final List<String> OF_SIGNALS = List.of(
            "conv(5,k5,s2,relu,bn) pool(2) conv(4,k2,s3,elu) | latent(4) | deconvolution",
            "conv(3,k3,s3,tanh) pool(2) dense(9,elu) | latent(4) | upsampling");

    @TempDir
    Path folder;

    private final List<String> arguments = new ArrayList<>();
    private final List<String> genomes = new ArrayList<>();
    private final List<float[]> expected = new ArrayList<>();
    private final List<float[]> codes = new ArrayList<>();
    private int graphs;

    @Test
    void anotherProgramGetsTheSameOutputs() throws Exception {
        SplittableRandom random = new SplittableRandom(11);
        Set<Activation> activations = EnumSet.noneOf(Activation.class);
        try (Engine torch = new TorchEngine();
                Engine dl4j = new Dl4jEngine()) {
            for (int i = 0; i < 12; i++) {
                SearchSpace space = space(SHAPES.get(i % SHAPES.size()), random);
                Genome genome = new RandomGenome(space, VariationRates.defaults()).next(random);
                genome.encoder().genes().forEach(gene -> activation(gene, activations));
                Weights weights = Draws.shaken(InitialWeights.of(space.blueprint(genome), i), random);
                add(genome, space, weights, i % 2 == 0 ? dl4j : torch, random);
            }
            for (String text : ODD) {
                SearchSpace space = SearchSpace.defaults(Family.MIXED, SHAPES.get(2), 4);
                Genome genome = GenomeText.parse(text + " | adam(lr0.001,batch3)");
                add(genome, space, trained(torch, genome, space, random), dl4j, random);
            }
            for (String text : OF_SIGNALS) {
                SearchSpace space = SearchSpace.defaults(Family.MIXED, new Shape(2, 1, 29), 4);
                Genome genome = GenomeText.parse(text + " | adam(lr0.001,batch3)");
                add(genome, space, trained(torch, genome, space, random), dl4j, random);
            }
            for (int seed = 1; seed <= GRAPHS; seed++) {
                Blueprint blueprint =
                        switch (seed % 3) {
                            case 0 -> RandomBlueprint.ofImages(seed);
                            case 1 -> RandomBlueprint.ofSignals(seed);
                            default -> RandomBlueprint.ofVectors(seed);
                        };
                graphs += blueprint.isChain() ? 0 : 1;
                add(blueprint, ADAM, trained(torch, blueprint, ADAM, random), dl4j, random, blueprint.toString());
            }
            List<Blueprint> classifiers = classifiers();
            for (int i = 0; i < classifiers.size(); i++) {
                Blueprint blueprint = classifiers.get(i);
                // rules that the library has, and those that it lacks
                Hyperparameters rule = new Hyperparameters(Optimizer.values()[i], 0.001, BATCH);
                Weights weights = Draws.shaken(InitialWeights.of(blueprint, i), random);
                add(blueprint, rule, weights, dl4j, random, blueprint.toString());
            }
        }
        assertTrue(graphs > GRAPHS / 2, "only " + graphs + " graphs");
        assertEquals(EnumSet.range(Activation.RELU, Activation.SIGMOID), activations);
        restoreElsewhere();
        for (int i = 0; i < expected.size(); i++) {
            assertSame(expected.get(i), read(folder.resolve(i + ".out")), genomes.get(i));
            if (codes.get(i).length > 0) {
                assertSame(codes.get(i), read(folder.resolve(i + ".code")), "code of " + genomes.get(i));
            }
            assertFalse(range(expected.get(i)) == 0, genomes.get(i) + " gives one number for everything");
        }
    }

    private static void assertSame(float[] expected, float[] found, String what) {
        assertEquals(expected.length, found.length, what);
        for (int v = 0; v < found.length; v++) {
            assertEquals(expected[v], found[v], 1e-5 * (1 + Math.abs(expected[v])), what);
        }
    }

    /** With windows that leave rows and columns away, as many classes as a sample has values, and a graph. */
    private static List<Blueprint> classifiers() {
        Shape image = new Shape(2, 11, 8);
        Layer conv = new Layer.Conv("c", image, 4, 3, 2, Activation.HARD_SIGMOID, true, Axes.BOTH, Padding.VALID);
        Layer pool = new Layer.MaxPool("p", conv.output(), 2, Axes.BOTH, Padding.VALID);
        Layer jump = new Layer.Conv("j", pool.output(), 3, 1, 2, Activation.RELU, false, Axes.BOTH, Padding.VALID);
        Layer dense = new Layer.Dense("d", jump.output(), 6, Activation.HARD_SIGMOID, 0.5);
        Layer classes = new Layer.Dense("output", dense.output(), 3, Activation.SOFTMAX, 0);
        Shape signal = new Shape(3, 1, 17);
        Layer wave = new Layer.Conv("c", signal, 2, 4, 3, Activation.TANH, false, Axes.COLUMNS, Padding.VALID);
        Layer peaks = new Layer.MaxPool("p", wave.output(), 2, Axes.COLUMNS, Padding.VALID);
        Shape small = new Shape(1, 2, 5);
        Layer ten = new Layer.Dense("output", small, 10, Activation.SOFTMAX, 0);
        Layer one = new Layer.Conv("one", small, 2, 2, 1, Activation.TANH, false, Axes.BOTH, Padding.VALID);
        Layer sum = new Layer.Join("sum", List.of(one.output(), small));
        Layer last = new Layer.Dense("last", sum.output(), 10, Activation.SOFTMAX, 0);
        return List.of(
                Blueprint.chain(image, List.of(conv, pool, jump, dense, classes)),
                Blueprint.chain(
                        signal,
                        List.of(wave, peaks, new Layer.Dense("output", peaks.output(), 2, Activation.SOFTMAX, 0))),
                Blueprint.chain(small, List.of(ten)),
                new Blueprint(
                        small,
                        List.of(
                                new Node(one, List.of(Blueprint.INPUT)),
                                new Node(sum, List.of("one", Blueprint.INPUT)),
                                new Node(last, List.of("sum"))),
                        Map.of(Blueprint.OUTPUT, "last")),
                Blueprint.chain(
                        Shape.vector(4), List.of(new Layer.Dense("o", Shape.vector(4), 4, Activation.SOFTMAX, 0))));
    }

    @Test
    void weightsOfAnotherNetworkAreRefused() {
        SearchSpace space = SearchSpace.defaults(Family.DENSE, Shape.vector(5), 2);
        Genome one = GenomeText.parse("dense(4,relu) | latent(2) | upsampling | adam(lr0.001,batch32)");
        Genome other = GenomeText.parse("dense(3,relu) | latent(2) | upsampling | adam(lr0.001,batch32)");
        Weights weights = InitialWeights.of(space.blueprint(other), 1);
        Path file = folder.resolve("model.zip");
        assertThrows(
                IllegalArgumentException.class,
                () -> PlainModel.write(file, space.blueprint(one), one.hyperparameters(), weights));
        assertFalse(Files.exists(file));
    }

    private void add(Genome genome, SearchSpace space, Weights weights, Engine engine, SplittableRandom random)
            throws IOException {
        add(
                space.blueprint(genome),
                genome.hyperparameters(),
                weights,
                engine,
                random,
                genome + " on " + space.input());
    }

    private void add(
            Blueprint blueprint,
            Hyperparameters hyperparameters,
            Weights weights,
            Engine engine,
            SplittableRandom random,
            String what)
            throws IOException {
        Shape shape = blueprint.input();
        float[] input = Draws.samples(shape, BATCH, random).values();
        int number = expected.size();
        try (Network network = engine.build(NetworkPlan.of(blueprint, hyperparameters, 1))) {
            network.load(weights);
            expected.add(network.reconstruct(input));
            boolean named = Blueprint.LATENT.equals(blueprint.outputs().get(Blueprint.LATENT));
            codes.add(named ? network.encode(input) : new float[0]);
        }
        genomes.add(what);
        PlainModel.write(folder.resolve(number + ".zip"), blueprint, hyperparameters, weights);
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * input.length);
        bytes.asFloatBuffer().put(input);
        Files.write(folder.resolve(number + ".in"), bytes.array());
        Shape output = blueprint.output().layer().output();
        // as many values as a sample has are one, in the shape of samples; but probabilities are of classes
        boolean sample = output.size() == shape.size() && blueprint.outputActivation() != Activation.SOFTMAX;
        Shape out = sample ? shape : output;
        arguments.add(number + ":" + (blueprint.isChain() ? "chain" : "graph") + ":" + sides(shape) + ":" + sides(out));
    }

    private static String sides(Shape shape) {
        return BATCH + "," + shape.channels() + (shape.isImage() ? "," + shape.height() + "," + shape.width() : "");
    }

    private static Weights trained(Engine engine, Genome genome, SearchSpace space, SplittableRandom random) {
        return trained(engine, space.blueprint(genome), genome.hyperparameters(), random);
    }

    /** As the winner of a run comes: running means and variances as batches left them. */
    private static Weights trained(
            Engine engine, Blueprint blueprint, Hyperparameters hyperparameters, SplittableRandom random) {
        Samples samples = Draws.samples(blueprint.input(), BATCH, random);
        Samples targets = Draws.samples(blueprint.output().layer().output(), BATCH, random);
        try (Network network = engine.build(NetworkPlan.of(blueprint, hyperparameters, 5))) {
            for (int step = 0; step < 5; step++) {
                network.step(samples, targets, new int[] {2, 0, 1}, 0, BATCH);
            }
            return network.weights();
        }
    }

    private void restoreElsewhere() throws IOException, InterruptedException {
        Path program = folder.resolve("RestoreModel.java");
        try (InputStream in = PlainModelTest.class.getResourceAsStream("RestoreModel.java")) {
            Files.copy(in, program);
        }
        String libraries = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.bytedeco.javacpp.platform.extension=" + NativeSettings.extensionInForce(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                libraries,
                program.toString(),
                folder.toString()));
        command.addAll(arguments);
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!process.waitFor(4, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        assertEquals(0, process.waitFor(), () -> text(said));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static SearchSpace space(Shape shape, SplittableRandom random) {
        Family[] families = Family.values();
        Family family = shape.isImage() ? families[random.nextInt(families.length)] : Family.DENSE;
        return SearchSpace.defaults(family, shape, 4).toBuilder()
                .dropout(new DoubleRange(0, 0.5))
                .filters(new IntRange(1, 12))
                .kernel(new IntRange(2, 7))
                .strides(List.of(1, 2, 3))
                .poolSizes(List.of(2, 3))
                .units(new IntRange(4, 48))
                .build();
    }

    private static void activation(Gene gene, Set<Activation> seen) {
        if (gene instanceof Gene.Convolution c) {
            seen.add(c.activation());
        } else if (gene instanceof Gene.Dense d) {
            seen.add(d.activation());
        }
    }

    private static float range(float[] values) {
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        return max - min;
    }

    private static float[] read(Path file) throws IOException {
        FloatBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(file)).asFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }
}
