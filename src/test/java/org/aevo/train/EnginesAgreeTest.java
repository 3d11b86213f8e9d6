package org.aevo.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.aevo.genome.DoubleRange;
import org.aevo.genome.Family;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.genome.IntRange;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Section;
import org.aevo.genome.variation.RandomGenome;
import org.aevo.genome.variation.VariationRates;
import org.aevo.genome.variation.WholeSpace;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Layer;
import org.aevo.network.Node;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;
import org.aevo.search.Weights;
import org.aevo.train.dl4j.Dl4jEngine;
import org.aevo.train.torch.TorchEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The engines against each other: one genome with one set of weights gives the same outputs, losses, gradients, running
 * averages and steps. Dropout, which draws from each library's own generator, is left out.
 */
class EnginesAgreeTest {
    private static final int SAMPLES = 8;
    private static final int BATCH = 5;
    private static final List<Shape> SHAPES = List.of(
            new Shape(1, 28, 28),
            new Shape(3, 16, 16),
            new Shape(1, 27, 27),
            new Shape(3, 13, 22),
            new Shape(2, 7, 5),
            Shape.vector(31));

    private static Engine torch;
    private static Engine dl4j;

    @BeforeAll
    static void open() {
        // in this order, which is that of no other test: the second engine's natives must load all the same
        torch = new TorchEngine();
        dl4j = new Dl4jEngine();
    }

    @AfterAll
    static void close() {
        torch.close();
        dl4j.close();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void onAnyGenome(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Shape shape = SHAPES.get((int) (seed % SHAPES.size()));
        SearchSpace space = space(shape, random);
        Optimizer optimizer = Optimizer.values()[(int) (seed / SHAPES.size() % 3)];
        compare(new RandomGenome(space, VariationRates.defaults()).next(random), space, optimizer, random);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void onAnyGenomeOfSignals(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SearchSpace space = space(new Shape(1 + (int) (seed % 3), 1, 61), random);
        Optimizer optimizer = Optimizer.values()[(int) (seed % 3)];
        compare(new RandomGenome(space, VariationRates.defaults()).next(random), space, optimizer, random);
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Integer.getInteger("aevo.seeds", 18));
    }

    /** The default space with more strides and pool sizes; no dropout, and networks that train fast. */
    private static SearchSpace space(Shape shape, SplittableRandom random) {
        Family[] families = Family.values();
        Family family = shape.isImage() ? families[random.nextInt(families.length)] : Family.DENSE;
        return SearchSpace.defaults(family, shape, 4).toBuilder()
                .dropout(new DoubleRange(0, 0))
                .filters(new IntRange(1, 12))
                .kernel(new IntRange(2, 7))
                .strides(List.of(1, 2, 3))
                .poolSizes(List.of(2, 3))
                .units(new IntRange(4, 48))
                .build();
    }

    /** Steps and pools that do not divide the sides, windows that lie mostly in the padding. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "conv(5,k5,s3,relu) pool(2) conv(4,k2,s2,elu,bn) | latent(4) | deconvolution",
                "conv(5,k4,s3,relu,bn) pool(3) dense(10,tanh) | latent(4) | upsampling",
                "conv(3,k7,s1,swish) pool(2) pool(3) pool(3) | latent(4) | deconvolution",
                "conv(3,k6,s2,leaky-relu,bn) conv(3,k3,s3,sigmoid,bn) pool(2) | latent(4) | upsampling",
                "conv(3,k2,s3,tanh) conv(4,k7,s3,swish,bn) | latent(4) | deconvolution"
            })
    void onOddSides(String genome) {
        SearchSpace space = SearchSpace.defaults(Family.MIXED, new Shape(1, 27, 27), 4);
        Genome whole = GenomeText.parse(genome + " | adam(lr0.001,batch32)");
        compare(whole, space, Optimizer.NESTEROV, new SplittableRandom(7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "conv(5,k5,s3,relu) pool(2) conv(4,k2,s2,elu,bn) | latent(4) | deconvolution",
                "conv(5,k4,s3,relu,bn) pool(3) dense(10,tanh) | latent(4) | upsampling",
                "conv(3,k2,s3,tanh) conv(4,k7,s3,swish,bn) | latent(4) | deconvolution"
            })
    void onSignals(String genome) {
        SearchSpace space = SearchSpace.defaults(Family.MIXED, new Shape(3, 1, 61), 4);
        Genome whole = GenomeText.parse(genome + " | adam(lr0.001,batch32)");
        compare(whole, space, Optimizer.NESTEROV, new SplittableRandom(8));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void onAnyGraph(long seed) {
        Blueprint blueprint =
                switch ((int) (seed % 3)) {
                    case 0 -> RandomBlueprint.ofImages(seed);
                    case 1 -> RandomBlueprint.ofSignals(seed);
                    default -> RandomBlueprint.ofVectors(seed);
                };
        Optimizer optimizer = Optimizer.values()[(int) (seed / 3 % 3)];
        compare(blueprint, optimizer, new SplittableRandom(seed), blueprint.toString());
    }

    /** Of soft targets, and by each rule with weights that decay. */
    @ParameterizedTest
    @MethodSource("seeds")
    void onAnyClassifier(long seed) {
        Blueprint blueprint = RandomBlueprint.ofClassifier(seed);
        SplittableRandom random = new SplittableRandom(seed);
        Samples samples = Draws.samples(blueprint.input(), SAMPLES, random);
        Weights start = Draws.shaken(InitialWeights.of(blueprint, 3), random);
        Shape output = blueprint.output().layer().output();
        float[] chances = Draws.values(SAMPLES * output.size(), random);
        int classes = output.channels();
        for (int from = 0; from < chances.length; from += classes) {
            float sum = 0;
            for (int i = from; i < from + classes; i++) {
                sum += chances[i];
            }
            for (int i = from; i < from + classes; i++) {
                chances[i] /= sum;
            }
        }
        Samples targets = new Samples(output, SAMPLES, chances);
        compareAtOnePoint(blueprint, Loss.CROSS_ENTROPY, start, samples, targets, blueprint.toString());
        Optimizer[] rules = Optimizer.values();
        Hyperparameters rule = new Hyperparameters(rules[(int) (seed % rules.length)], 1e-3, BATCH);
        NetworkPlan plan =
                NetworkPlan.of(blueprint, rule, 1).with(Loss.CROSS_ENTROPY).decaying(0.01);
        compareTenSteps(plan, start, samples, targets, rule.optimizer() + ", " + blueprint);
    }

    /** What a user may write; the samples too. */
    @Test
    void onASumOfOneValueSeveralTimes() {
        Shape image = new Shape(2, 4, 4);
        Layer conv = new Layer.Conv("conv", image, 2, 3, 1, Activation.TANH, false);
        Layer sum = new Layer.Join("sum", List.of(image, image, image));
        Layer latent = new Layer.Dense(Blueprint.LATENT, image, 3, Activation.IDENTITY, 0);
        Layer out = new Layer.Dense("out", Shape.vector(3), 32, Activation.SIGMOID, 0);
        Layer reshape = new Layer.Reshape("reshape", Shape.vector(32), image);
        Layer last = new Layer.Join("last", List.of(image, image, image));
        Blueprint blueprint = new Blueprint(
                image,
                List.of(
                        new Node(conv, List.of(Blueprint.INPUT)),
                        new Node(sum, List.of("conv", "conv", "conv")),
                        new Node(latent, List.of("sum")),
                        new Node(out, List.of(Blueprint.LATENT)),
                        new Node(reshape, List.of("out")),
                        new Node(last, List.of("reshape", Blueprint.INPUT, Blueprint.INPUT))),
                Map.of(Blueprint.LATENT, Blueprint.LATENT, Blueprint.OUTPUT, "last"));
        compare(blueprint, Optimizer.NESTEROV, new SplittableRandom(12), "a sum of one value several times");
    }

    /** Descendants of every family with mirrored and free decoders, with and without skips. */
    @ParameterizedTest
    @MethodSource("descendants")
    void onWhatASearchComesTo(WholeSpace.Sample sample) {
        Optimizer optimizer = sample.genome().hyperparameters().optimizer();
        compare(withoutDropout(sample.genome()), sample.space(), optimizer, new SplittableRandom(11));
    }

    /** Of each kind those of every other shape of samples. */
    static List<WholeSpace.Sample> descendants() {
        int kinds = WholeSpace.kinds().size();
        List<WholeSpace.Sample> all = WholeSpace.samples(4 * kinds, Long.getLong("aevo.seed", 5));
        return IntStream.range(0, all.size())
                .filter(i -> (i % kinds + i / kinds) % 2 == 0)
                .mapToObj(all::get)
                .toList();
    }

    private static Genome withoutDropout(Genome genome) {
        Genome without = genome;
        for (Map.Entry<Role, Section> part : genome.sections().entrySet()) {
            List<Gene> genes = new ArrayList<>(part.getValue().genes());
            genes.replaceAll(
                    gene -> gene instanceof Gene.Dense d ? new Gene.Dense(d.units(), d.activation(), 0) : gene);
            without = without.with(
                    part.getKey(), new Section(genes, part.getValue().skips()));
        }
        return without;
    }

    private static void compare(Genome genome, SearchSpace space, Optimizer optimizer, SplittableRandom random) {
        compare(space.blueprint(genome), optimizer, random, genome + " on " + space.input());
    }

    private static void compare(Blueprint blueprint, Optimizer optimizer, SplittableRandom random, String what) {
        Shape output = blueprint.output().layer().output();
        Samples samples = Draws.samples(blueprint.input(), SAMPLES, random);
        Weights start = Draws.shaken(InitialWeights.of(blueprint, 3), random);
        Samples itself = output.equals(blueprint.input()) ? samples : Draws.samples(output, SAMPLES, random);
        compareAtOnePoint(blueprint, Loss.MSE, start, samples, itself, what);
        Samples targets = Draws.samples(output, SAMPLES, random);
        if (blueprint.outputActivation() == Activation.SIGMOID) {
            compareAtOnePoint(
                    blueprint, Loss.BINARY_CROSS_ENTROPY, start, samples, targets, what + " with cross-entropy");
        }
        Hyperparameters rule = new Hyperparameters(optimizer, 1e-3, BATCH);
        compareTenSteps(NetworkPlan.of(blueprint, rule, 1), start, samples, itself, optimizer + ", " + what);
    }

    private static void compareAtOnePoint(
            Blueprint blueprint, Loss loss, Weights start, Samples samples, Samples targets, String what) {
        // a large rate, so that the step dwarfs the rounding of the weights
        double rate = 10;
        Hyperparameters plain = new Hyperparameters(Optimizer.NESTEROV, rate, SAMPLES);
        try (Network one = dl4j.build(NetworkPlan.of(blueprint, plain, 1).with(loss));
                Network other = torch.build(NetworkPlan.of(blueprint, plain, 1).with(loss))) {
            one.load(start);
            other.load(start);
            assertEquals(one.parameters(), other.parameters());
            assertSame("loaded", start.arrays(), other.weights().arrays(), 0);
            assertClose(what + ": output", one.reconstruct(samples.values()), other.reconstruct(samples.values()));
            if (blueprint.latent().isPresent()) {
                assertClose(what + ": code", one.encode(samples.values()), other.encode(samples.values()));
            }
            if (loss == Loss.CROSS_ENTROPY) {
                assertClose(what + ": logits", one.logits(samples, 0, SAMPLES), other.logits(samples, 0, SAMPLES));
            }
            assertEquals(one.loss(samples, targets, 0, SAMPLES), other.loss(samples, targets, 0, SAMPLES), 1e-5, what);
            double lossOne = one.step(samples, targets, order(), 0, SAMPLES);
            double lossOther = other.step(samples, targets, order(), 0, SAMPLES);
            assertEquals(lossOne, lossOther, 1e-5 * (1 + lossOne), what + ": loss of the step");
            // cross-entropy has the larger gradients, and with them more of those that are nothing but rounding
            double rounding = loss == Loss.MSE ? 1e-7 : 1e-6;
            compareGradients(start, one.weights(), other.weights(), 1.9 * rate, rounding, what);
        }
    }

    /** Gradients from the first step of Nesterov's rule, relative to the largest of their array; and running averages. */
    private static void compareGradients(
            Weights start, Weights one, Weights other, double rate, double rounding, String what) {
        double all = 0;
        List<String> wrong = new ArrayList<>();
        List<String> names = start.arrays().stream().map(Weights.Array::name).toList();
        for (int a = 0; a < start.arrays().size(); a++) {
            String name = names.get(a);
            float[] from = start.arrays().get(a).values();
            float[] toOne = one.arrays().get(a).values();
            float[] toOther = other.arrays().get(a).values();
            if (isRunning(name)) {
                assertSame(
                        what,
                        List.of(one.arrays().get(a)),
                        List.of(other.arrays().get(a)),
                        1e-5);
                continue;
            }
            double largest = 0;
            double apart = 0;
            for (int i = 0; i < from.length; i++) {
                largest = Math.max(largest, Math.abs(from[i] - toOne[i]) / rate);
                apart = Math.max(apart, Math.abs((double) toOne[i] - toOther[i]) / rate);
            }
            all = Math.max(all, largest);
            // a normalisation takes its layer's bias away with the mean: that gradient is nothing but rounding
            boolean without = names.contains(name.replaceAll("_b$", "_gamma")) && name.endsWith("_b");
            if (!(apart <= 1e-4 * largest + (without ? 10 : 1) * rounding)) {
                wrong.add(name + " by " + apart + " of " + largest);
            }
        }
        assertEquals(List.of(), wrong, what + ": gradients differ, the largest of all is " + all);
        assertTrue(all > 0, what + ": no gradient");
    }

    /** Over two epochs and a half of a whole and a short batch. */
    private static void compareTenSteps(
            NetworkPlan plan, Weights start, Samples samples, Samples targets, String what) {
        try (Network one = dl4j.build(plan);
                Network other = torch.build(plan)) {
            one.load(start);
            other.load(start);
            for (int step = 0; step < 10; step++) {
                int from = step % 2 == 0 ? 0 : BATCH;
                int to = step % 2 == 0 ? BATCH : SAMPLES;
                double lossOne = one.step(samples, targets, order(), from, to);
                double lossOther = other.step(samples, targets, order(), from, to);
                assertEquals(lossOne, lossOther, 1e-4 * lossOne, what + ": loss of step " + step);
            }
            compareWeights(
                    one.weights(), other.weights(), plan.hyperparameters().optimizer(), what);
        }
    }

    /**
     * Adam, and RMSProp whose averages start at 0, make steps of full length of gradients that are nothing but rounding: those of a bias before a
     * normalisation, which takes it away again with the mean, and now and then another's.
     */
    private static void compareWeights(Weights one, Weights other, Optimizer optimizer, String what) {
        boolean full = optimizer == Optimizer.ADAM || optimizer == Optimizer.KERAS_RMSPROP;
        List<String> names = one.arrays().stream().map(Weights.Array::name).toList();
        List<String> apart = new ArrayList<>();
        for (int a = 0; a < names.size(); a++) {
            String layer = names.get(a).substring(0, names.get(a).lastIndexOf('_'));
            boolean bias = names.get(a).endsWith("_b") || names.get(a).endsWith("_mean");
            if (full && bias && names.contains(layer + "_gamma")) {
                continue;
            }
            float[] x = one.arrays().get(a).values();
            float[] y = other.arrays().get(a).values();
            for (int i = 0; i < x.length; i++) {
                if (!(Math.abs((double) x[i] - y[i]) <= 1e-4 * (1 + Math.abs(x[i])))) {
                    apart.add(names.get(a) + "[" + i + "]: " + x[i] + " and " + y[i]);
                }
            }
        }
        assertTrue(apart.size() <= (full ? one.size() / 1000 : 0), what + ": " + apart);
    }

    private static void assertSame(String what, List<Weights.Array> one, List<Weights.Array> other, double within) {
        assertEquals(
                one.stream().map(Weights.Array::name).toList(),
                other.stream().map(Weights.Array::name).toList());
        for (int a = 0; a < one.size(); a++) {
            float[] x = one.get(a).values();
            float[] y = other.get(a).values();
            double apart = 0;
            for (int i = 0; i < x.length; i++) {
                apart = Math.max(apart, Math.abs((double) x[i] - y[i]) / (1 + Math.abs(x[i])));
            }
            assertTrue(apart <= within, what + ": " + one.get(a).name() + " differs by " + apart);
        }
    }

    private static void assertClose(String what, float[] one, float[] other) {
        assertEquals(one.length, other.length, what);
        for (int i = 0; i < one.length; i++) {
            assertEquals(one[i], other[i], 1e-5 * (1 + Math.abs(one[i])), what + " " + i);
        }
    }

    private static boolean isRunning(String name) {
        return name.endsWith("_mean") || name.endsWith("_var");
    }

    private static int[] order() {
        return new int[] {3, 1, 4, 0, 5, 2, 7, 6};
    }
}
