package org.aevo.genome.variation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aevo.genome.BlueprintAssert;
import org.aevo.genome.DoubleRange;
import org.aevo.genome.Family;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.genome.IntRange;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.SearchSpaceBuilder;
import org.aevo.genome.Section;
import org.aevo.genome.Spaces;
import org.aevo.network.Activation;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;
import org.aevo.random.Generators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The mutations of Real et al. 2017 by their frequencies and bounds. */
class LargeScaleVariationTest {
    private static final int TRIALS = 4000;
    private static final VariationRates RATES = VariationRates.defaults();
    private static final List<String> OF_ALL = List.of("alter-learning-rate", "identity", "reset-weights");
    private static final List<String> OF_CONVOLUTIONS =
            List.of("insert-convolution", "remove-convolution", "alter-stride", "alter-channels", "alter-filter-size");
    private static final List<String> OF_DENSE = List.of("insert-dense", "remove-dense", "alter-units");
    private static final List<String> OF_SECTIONS = List.of("insert-one-to-one", "add-skip", "remove-skip");

    /** That of the paper, wide enough that no limit bends a frequency. */
    private static SearchSpaceBuilder published(Family family) {
        return wide(SearchSpaceBuilder.classifier(family, new Shape(3, 64, 64), 10));
    }

    private static SearchSpaceBuilder wide(SearchSpaceBuilder builder) {
        return builder.maxGenes(20)
                .maxSkips(10)
                .maxLayers(100)
                .filters(new IntRange(1, 256))
                .kernel(new IntRange(1, 7))
                .strides(List.of(1, 2))
                .units(new IntRange(2, 4096))
                .activations(List.of(Activation.RELU, Activation.IDENTITY))
                .learningRate(new DoubleRange(0.001, 10))
                .optimizers(List.of(Optimizer.MOMENTUM))
                .batchSizes(List.of(50))
                .maxParameters(Long.MAX_VALUE)
                .maxMemoryBytes(Long.MAX_VALUE);
    }

    private static Genome classifier(String features, String head) {
        return GenomeText.parse(features + " | " + head + " | softmax | momentum(lr0.1,batch50)");
    }

    private static Map<String, Long> counts(SearchSpace space, Genome parent) {
        LargeScaleVariation variation = new LargeScaleVariation(space, RATES);
        RandomGenerator random = Generators.seeded(21);
        Map<String, Long> counts = new TreeMap<>();
        for (int i = 0; i < TRIALS; i++) {
            Offspring child = variation.mutate(parent, random);
            assertEquals(List.of(), space.violations(child.genome()));
            boolean kept = List.of("identity", "reset-weights").contains(child.operator());
            assertEquals(kept, child.genome().equals(parent), child::toString);
            counts.merge(child.operator(), 1L, Long::sum);
        }
        return counts;
    }

    private static void assertUniform(SearchSpace space, String text, List<List<String>> names) {
        Map<String, Long> counts = counts(space, GenomeText.parse(text));
        assertEquals(names.stream().flatMap(List::stream).sorted().toList(), List.copyOf(counts.keySet()));
        ChiSquare.assertUniform(counts.values().stream().mapToLong(n -> n).toArray());
    }

    @Test
    void theElevenAreDrawnUniformly() {
        assertUniform(
                published(Family.CONVOLUTIONAL).build(),
                "conv(8,k3,s1,relu,bn) conv(8,k3,s2,identity) conv(16,k5,s1,relu,bn) conv(8,k3,s1,relu) skip(0,2) | - | softmax"
                        + " | momentum(lr0.1,batch50)",
                List.of(OF_ALL, OF_CONVOLUTIONS, OF_SECTIONS));
    }

    @Test
    void soAreThoseOfOtherNetworks() {
        assertUniform(
                wide(new SearchSpaceBuilder(Family.DENSE, Shape.vector(784), 8)).build(),
                "dense(64,relu) dense(32,relu) dense(16,relu) dense(16,relu) skip(0,2) | latent(8) | upsampling | momentum(lr0.1,batch50)",
                List.of(OF_ALL, OF_DENSE, OF_SECTIONS));
        SearchSpace free = wide(new SearchSpaceBuilder(Family.MIXED, new Shape(1, 28, 28), 8))
                .build();
        assertUniform(
                free.toBuilder().decoder(free.encoder()).build(),
                "conv(8,k3,s2,relu) conv(8,k3,s1,relu) conv(8,k3,s1,relu) conv(8,k3,s1,relu) skip(0,2) | latent(8) | dense(64,relu) upconv(8,k4,x2,relu)"
                        + " | momentum(lr0.1,batch50)",
                List.of(OF_ALL, OF_CONVOLUTIONS, OF_DENSE, OF_SECTIONS));
    }

    /** What cannot be removed or altered gives its turn to the others. */
    @Test
    void whatIsNotApplicableIsNotDrawn() {
        SearchSpace space =
                published(Family.CONVOLUTIONAL).filters(new IntRange(8, 8)).build();
        assertUniform(
                space,
                "conv(8,k3,s1,relu,bn) | - | softmax | momentum(lr0.1,batch50)",
                List.of(
                        OF_ALL,
                        List.of("insert-convolution", "alter-stride", "alter-filter-size", "insert-one-to-one")));
    }

    /** Only what inserts can change a network without genes. */
    @Test
    void whatAppliesToNothing() {
        SearchSpaceBuilder builder = published(Family.MIXED).minGenes(0);
        String softmax = "- | - | softmax | momentum(lr0.1,batch50)";
        List<String> inserted = List.of("insert-convolution", "insert-one-to-one");
        assertUniform(builder.build(), softmax, List.of(OF_ALL, inserted, List.of("insert-dense")));
        assertUniform(published(Family.CONVOLUTIONAL).minGenes(0).build(), softmax, List.of(OF_ALL, inserted));
        assertUniform(
                wide(new SearchSpaceBuilder(Family.DENSE, new Shape(1, 28, 28), 8))
                        .minGenes(0)
                        .build(),
                "- | latent(8) | upsampling | momentum(lr0.1,batch50)",
                List.of(OF_ALL, List.of("insert-dense", "insert-one-to-one")));
        // the last gene goes, too
        assertUniform(
                published(Family.CONVOLUTIONAL)
                        .minGenes(0)
                        .filters(new IntRange(8, 8))
                        .build(),
                "conv(8,k3,s1,relu,bn) | - | softmax | momentum(lr0.1,batch50)",
                List.of(
                        OF_ALL,
                        List.of(
                                "insert-convolution",
                                "remove-convolution",
                                "alter-stride",
                                "alter-filter-size",
                                "insert-one-to-one")));
    }

    private static Mutation of(String name, SearchSpace space) {
        return LargeScaleVariation.mutations(space, RATES).stream()
                .filter(mutation -> mutation.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Section features(Genome genome) {
        return genome.section(Role.FEATURES).orElseThrow();
    }

    /** At any place, with steps of 1 and 2, normalised and activated or neither, each with the same probability. */
    @Test
    void insertedConvolutionsAreThoseOfThePaper() {
        SearchSpace space = published(Family.CONVOLUTIONAL).build();
        Genome parent = classifier("conv(8,k5,s1,relu) conv(16,k5,s1,relu)", "-");
        Mutation insert = of("insert-convolution", space);
        RandomGenerator random = Generators.seeded(22);
        int[] channels = {3, 8, 16};
        long[] counts = new long[12];
        for (int i = 0; i < TRIALS; i++) {
            Section child = features(insert.apply(parent, random).orElseThrow());
            int place = IntStream.range(0, 3)
                    .filter(p -> child.remove(p).equals(features(parent)))
                    .findFirst()
                    .orElseThrow();
            Gene.Convolution gene = (Gene.Convolution) child.get(place);
            boolean active = gene.activation() == Activation.RELU;
            assertEquals(active, gene.batchNormalization());
            assertEquals(3, gene.kernel());
            assertEquals(channels[place], gene.filters());
            counts[place * 4 + (active ? 2 : 0) + gene.stride() - 1]++;
        }
        ChiSquare.assertUniform(counts);
    }

    @Test
    void sizesAreUniformFromHalfToTwice() {
        SearchSpace space = published(Family.MIXED).build();
        Genome parent = classifier("conv(10,k3,s1,relu)", "dense(10,relu)");
        RandomGenerator random = Generators.seeded(23);
        Mutation channels = of("alter-channels", space);
        Mutation units = of("alter-units", space);
        long[] ofChannels = new long[15];
        long[] ofUnits = new long[15];
        for (int i = 0; i < TRIALS; i++) {
            int filters = ((Gene.Convolution)
                            features(channels.apply(parent, random).orElseThrow())
                                    .get(0))
                    .filters();
            int dense = ((Gene.Dense) units.apply(parent, random)
                            .orElseThrow()
                            .section(Role.HEAD)
                            .orElseThrow()
                            .get(0))
                    .units();
            ofChannels[filters - (filters > 10 ? 6 : 5)]++;
            ofUnits[dense - (dense > 10 ? 6 : 5)]++;
        }
        ChiSquare.assertUniform(ofChannels);
        ChiSquare.assertUniform(ofUnits);
    }

    @Test
    void sidesOfKernelsAreOddWhereTheyCan() {
        assertEquals(Set.of(3), kernelsAfter(1, new IntRange(1, 7)));
        assertEquals(Set.of(1, 5, 7), kernelsAfter(3, new IntRange(1, 7)));
        assertEquals(Set.of(3, 7), kernelsAfter(5, new IntRange(1, 7)));
        assertEquals(Set.of(4, 6), kernelsAfter(5, new IntRange(4, 6)));
    }

    private static Set<Integer> kernelsAfter(int kernel, IntRange range) {
        SearchSpace space = published(Family.CONVOLUTIONAL).kernel(range).build();
        Mutation alter = of("alter-filter-size", space);
        Genome parent = classifier("conv(8,k" + kernel + ",s1,relu)", "-");
        RandomGenerator random = Generators.seeded(24);
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            Genome child = alter.apply(parent, random).orElseThrow();
            seen.add(((Gene.Convolution) features(child).get(0)).kernel());
        }
        return seen;
    }

    /** Near a limit what is still within it is drawn uniformly. */
    @Test
    void sizesStayWithinLimits() {
        Genome parent = classifier("conv(10,k3,s1,relu)", "-");
        SearchSpace wide = published(Family.CONVOLUTIONAL).build();
        long most = wide.blueprint(GenomeText.parse(parent.toString().replace("conv(10", "conv(14")))
                .parameters();
        SearchSpace space = published(Family.CONVOLUTIONAL).maxParameters(most).build();
        Mutation alter = of("alter-channels", space);
        RandomGenerator random = Generators.seeded(25);
        long[] counts = new long[9];
        for (int i = 0; i < TRIALS; i++) {
            int filters = ((Gene.Convolution)
                            features(alter.apply(parent, random).orElseThrow()).get(0))
                    .filters();
            counts[filters - (filters > 10 ? 6 : 5)]++;
        }
        ChiSquare.assertUniform(counts);
    }

    @Test
    void oneToOneGenesHaveTheSizesOfWhatGoesIn() {
        SearchSpace space = published(Family.MIXED).build();
        Genome parent = classifier("conv(8,k3,s2,relu) pool(2)", "dense(10,relu)");
        Mutation insert = of("insert-one-to-one", space);
        RandomGenerator random = Generators.seeded(26);
        Map<String, Long> seen = new TreeMap<>();
        for (int i = 0; i < TRIALS; i++) {
            String child = insert.apply(parent, random).orElseThrow().toString();
            seen.merge(child.substring(0, child.indexOf(" | softmax")), 1L, Long::sum);
        }
        assertEquals(
                Set.of(
                        "conv(3,k1,s1,identity) conv(8,k3,s2,relu) pool(2) | dense(10,relu)",
                        "conv(8,k3,s2,relu) conv(8,k1,s1,identity) pool(2) | dense(10,relu)",
                        "conv(8,k3,s2,relu) pool(2) conv(8,k1,s1,identity) | dense(10,relu)",
                        "conv(8,k3,s2,relu) pool(2) | dense(2048,identity) dense(10,relu)",
                        "conv(8,k3,s2,relu) pool(2) | dense(10,relu) dense(10,identity)"),
                seen.keySet());
    }

    /** What shrinks images for the first time is enlarged in a way that is drawn. */
    @Test
    void waysToEnlargeAreFound() {
        SearchSpace space = SearchSpace.defaults(Family.CONVOLUTIONAL, new Shape(1, 28, 28), 8);
        Genome parent = GenomeText.parse("conv(8,k3,s1,relu) | latent(8) | upsampling | adam(lr0.001,batch64)");
        Mutation alter = of("alter-stride", space);
        RandomGenerator random = Generators.seeded(27);
        long[] counts = new long[2];
        for (int i = 0; i < TRIALS; i++) {
            counts[alter.apply(parent, random).orElseThrow().upscaling().ordinal()]++;
        }
        ChiSquare.assertUniform(counts);
    }

    private static List<SearchSpace> spaces() {
        return Stream.concat(Spaces.all().stream(), Spaces.tight().stream()).toList();
    }

    /** From the trivial individual on, in any space. */
    @ParameterizedTest
    @MethodSource("spaces")
    void linesStayInTheSpace(SearchSpace space) {
        LargeScaleVariation variation = new LargeScaleVariation(space, RATES);
        RandomGenerator random = Generators.seeded(28);
        Genome genome = new TrivialGenomes(space).next(random);
        for (int i = 0; i < 60; i++) {
            assertEquals(List.of(), space.violations(genome), genome::toString);
            BlueprintAssert.assertWhole(space.blueprint(genome), space.ends());
            genome = variation.mutate(genome, random).genome();
        }
    }

    @Test
    void trivialGenomesHaveNoMoreThanTheyMust() {
        RandomGenerator random = Generators.seeded(29);
        assertEquals(
                "conv(1,k1,s1,relu) | - | softmax | momentum(lr0.1,batch50)",
                new TrivialGenomes(published(Family.MIXED).build()).next(random).toString());
        SearchSpace space = SearchSpace.defaults(Family.DENSE, Shape.vector(64), 8);
        TrivialGenomes trivial = new TrivialGenomes(space);
        Map<Hyperparameters, Long> seen = new HashMap<>();
        for (int i = 0; i < TRIALS; i++) {
            Genome genome = trivial.next(random);
            assertEquals(1, genome.encoder().size());
            assertEquals(space.learningRate().max(), genome.hyperparameters().learningRate(), "the nearest to 0.1");
            seen.merge(genome.hyperparameters(), 1L, Long::sum);
        }
        assertEquals(space.optimizers().size() * space.batchSizes().size(), seen.size());
        ChiSquare.assertUniform(seen.values().stream().mapToLong(n -> n).toArray());
    }
}
