package org.aevo.genome.variation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.aevo.genome.DoubleRange;
import org.aevo.genome.Family;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.IntRange;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.SearchSpaceBuilder;
import org.aevo.genome.Section;
import org.aevo.genome.Spaces;
import org.aevo.genome.Upscaling;
import org.aevo.network.Activation;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;
import org.aevo.random.Generators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RandomGenomeTest {
    private static final VariationRates RATES = VariationRates.defaults();
    private static final int DRAWS = 6000;

    private static SearchSpaceBuilder roomy(Family family) {
        return new SearchSpaceBuilder(family, new Shape(1, 28, 28), 4)
                .units(new IntRange(16, 511))
                .filters(new IntRange(2, 31))
                .maxParameters(Long.MAX_VALUE)
                .maxMemoryBytes(Long.MAX_VALUE)
                .maxLayers(100);
    }

    private static List<Genome> draws(SearchSpace space, long seed) {
        RandomGenerator random = Generators.seeded(seed);
        RandomGenome genomes = new RandomGenome(space, RATES);
        List<Genome> draws = new ArrayList<>();
        for (int i = 0; i < DRAWS; i++) {
            draws.add(genomes.next(random));
        }
        return draws;
    }

    private static int octave(double value) {
        return (int) Math.floor(Math.log(value) / Math.log(2) + 1e-12);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void lengthsAreUniform(Family family) {
        long[] counts = new long[6];
        for (Genome genome : draws(roomy(family).build(), 3)) {
            counts[genome.encoder().size() - 1]++;
        }
        ChiSquare.assertUniform(counts);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 6})
    void lengthsAreUniformFromTheFewestOn(int fewest) {
        for (Family family : Family.values()) {
            long[] counts = new long[7 - fewest];
            for (Genome genome : draws(roomy(family).minGenes(fewest).build(), 12)) {
                counts[genome.encoder().size() - fewest]++;
            }
            if (counts.length > 1) {
                ChiSquare.assertUniform(counts);
            }
        }
    }

    @Test
    void lengthsStayUniformWhereSizesAreLimited() {
        SearchSpace limited = roomy(Family.DENSE).maxParameters(100_000).build();
        long[] counts = new long[6];
        for (Genome genome : draws(limited, 4)) {
            counts[genome.encoder().size() - 1]++;
        }
        ChiSquare.assertUniform(counts);
    }

    @Test
    void sizesAndLearningRatesAreLogUniform() {
        long[] units = new long[5];
        long[] rates = new long[8];
        long[] dropouts = new long[2];
        long[] optimizers = new long[3];
        long[] batches = new long[4];
        SearchSpace space = roomy(Family.DENSE)
                .maxGenes(1)
                .learningRate(new DoubleRange(1, 256))
                .build();
        for (Genome genome : draws(space, 5)) {
            Gene.Dense gene = (Gene.Dense) genome.encoder().get(0);
            units[octave(gene.units()) - 4]++;
            dropouts[gene.dropout() == 0 ? 0 : 1]++;
            rates[Math.min(7, octave(genome.hyperparameters().learningRate()))]++;
            optimizers[genome.hyperparameters().optimizer().ordinal()]++;
            batches[octave(genome.hyperparameters().batchSize()) - 5]++;
        }
        ChiSquare.assertUniform(units);
        ChiSquare.assertUniform(rates);
        ChiSquare.assertUniform(optimizers);
        ChiSquare.assertUniform(batches);
        // half have none, and one in a hundred of the others is rounded down to it
        ChiSquare.assertFits(new double[] {0.505, 0.495}, dropouts);
    }

    @Test
    void spatialGenesFollowTheirRates() {
        long[] kernels = new long[7];
        long[] filters = new long[4];
        long poolings = 0;
        long normalized = 0;
        long followers = 0;
        long convolutions = 0;
        for (Genome genome : draws(roomy(Family.CONVOLUTIONAL).maxGenes(2).build(), 6)) {
            Gene.Convolution first = (Gene.Convolution) genome.encoder().get(0);
            kernels[first.kernel() - 1]++;
            filters[octave(first.filters()) - 1]++;
            convolutions++;
            normalized += first.batchNormalization() ? 1 : 0;
            if (genome.encoder().size() == 2) {
                followers++;
                poolings += genome.encoder().get(1) instanceof Gene.MaxPooling ? 1 : 0;
            }
        }
        ChiSquare.assertUniform(kernels);
        ChiSquare.assertUniform(filters);
        ChiSquare.assertRate(0.5, normalized, convolutions);
        ChiSquare.assertRate(RATES.pooling(), poolings, followers);
    }

    @Test
    void mixedGenomesHaveAnyNumberOfSpatialGenes() {
        long[] counts = new long[4];
        for (Genome genome : draws(roomy(Family.MIXED).build(), 7)) {
            if (genome.encoder().size() == 3) {
                counts[
                        (int) genome.encoder().genes().stream()
                                .filter(Gene::spatial)
                                .count()]++;
            }
        }
        ChiSquare.assertUniform(counts);
    }

    /** Every chain of so many of an encoder's genes with sizes of one and two. */
    private static List<List<Gene>> chains(SearchSpace space) {
        List<Gene> alphabet = new ArrayList<>();
        for (int size = 1; size <= 2; size++) {
            alphabet.add(new Gene.Dense(size, Activation.RELU, 0));
            for (int kernel = 1; kernel <= 2; kernel++) {
                for (int stride : space.encoder().strides()) {
                    alphabet.add(new Gene.Convolution(size, kernel, stride, Activation.RELU, false));
                }
            }
        }
        space.encoder().poolSizes().forEach(p -> alphabet.add(new Gene.MaxPooling(p)));
        return chains(alphabet, space.encoder().maxGenes());
    }

    private static List<List<Gene>> chains(List<Gene> alphabet, int longest) {
        List<List<Gene>> chains = new ArrayList<>();
        chains.add(List.of());
        for (int i = 0; i < chains.size(); i++) {
            List<Gene> chain = chains.get(i);
            if (chain.size() < longest) {
                for (Gene gene : alphabet) {
                    List<Gene> longer = new ArrayList<>(chain);
                    longer.add(gene);
                    chains.add(longer);
                }
            }
        }
        return chains;
    }

    /** Every genome of a space that has few, by brute force. */
    private static List<Genome> all(SearchSpace space) {
        List<Genome> genomes = new ArrayList<>();
        for (List<Gene> chain : chains(space)) {
            for (Upscaling upscaling : Upscaling.values()) {
                Genome genome =
                        new Genome(chain, space.latent(), upscaling, new Hyperparameters(Optimizer.ADAM, 0.001, 32));
                if (space.contains(genome)) {
                    genomes.add(genome);
                }
            }
        }
        return genomes;
    }

    /**
     * The search for the smallest genome against an enumeration: it succeeds at the exact limit and not below. Of 2 by 3 pixels
     * one step makes a vector's worth: where there must be more genes they stand in front of it.
     */
    @ParameterizedTest
    @CsvSource({
        "DENSE, 0, 7, 5",
        "DENSE, 1, 7, 5",
        "DENSE, 2, 7, 5",
        "DENSE, 3, 7, 5",
        "CONVOLUTIONAL, 0, 7, 5",
        "CONVOLUTIONAL, 1, 7, 5",
        "CONVOLUTIONAL, 2, 7, 5",
        "CONVOLUTIONAL, 3, 7, 5",
        "CONVOLUTIONAL, 2, 2, 3",
        "CONVOLUTIONAL, 3, 2, 3",
        "CONVOLUTIONAL, 3, 3, 4",
        "MIXED, 0, 7, 5",
        "MIXED, 1, 7, 5",
        "MIXED, 2, 7, 5",
        "MIXED, 3, 7, 5",
        "MIXED, 2, 2, 3",
        "MIXED, 3, 2, 3",
        "MIXED, 3, 3, 4"
    })
    void thereIsAnAnswerWheneverAGenomeExists(Family family, int fewest, int height, int width) {
        SearchSpaceBuilder builder = Spaces.tiny(family, new Shape(2, height, width), 3)
                .minGenes(fewest)
                .maxGenes(3);
        SearchSpace space = builder.build();
        List<Genome> all = all(space);
        assertTrue(all.size() > 10, "few genomes: " + all.size());

        long parameters = all.stream()
                .mapToLong(g -> space.blueprint(g).parameters())
                .min()
                .orElseThrow();
        int layers =
                all.stream().mapToInt(g -> space.blueprint(g).depth()).min().orElseThrow();
        long memory = all.stream()
                .mapToLong(g -> space.blueprint(g).trainingBytes(32))
                .min()
                .orElseThrow();
        assertAnswers(space.toBuilder().maxParameters(parameters).build());
        assertAnswers(space.toBuilder().maxLayers(layers).build());
        assertAnswers(space.toBuilder().maxMemoryBytes(memory).build());
        assertNone(space.toBuilder().maxParameters(parameters - 1).build(), parameters + " parameters");
        assertNone(space.toBuilder().maxLayers(layers - 1).build(), layers + " layers");
        assertNone(space.toBuilder().maxMemoryBytes(memory - 1).build(), memory + " bytes of training memory");

        // all limits at once: the genome of fewest parameters among those of fewest layers
        long both = all.stream()
                .filter(g -> space.blueprint(g).depth() == layers)
                .mapToLong(g -> space.blueprint(g).parameters())
                .min()
                .orElseThrow();
        assertAnswers(space.toBuilder().maxLayers(layers).maxParameters(both).build());
        assertThrows(
                IllegalArgumentException.class,
                () -> new RandomGenome(
                        space.toBuilder()
                                .maxLayers(layers)
                                .maxParameters(both - 1)
                                .build(),
                        RATES));
    }

    private static void assertAnswers(SearchSpace space) {
        RandomGenome genomes = new RandomGenome(space, RATES);
        for (int seed = 0; seed < 20; seed++) {
            assertEquals(List.of(), space.violations(genomes.next(Generators.seeded(seed))));
        }
    }

    private static void assertNone(SearchSpace space, String smallest) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new RandomGenome(space, RATES));
        assertTrue(e.getMessage().contains("no network meets the limits"), e.getMessage());
        assertTrue(e.getMessage().contains(smallest), e.getMessage());
    }

    @Test
    void stridesLargerThanTheImageAdmitNothing() {
        SearchSpace space = SearchSpace.defaults(Family.CONVOLUTIONAL, new Shape(2, 7, 5), 4).toBuilder()
                .strides(List.of(9))
                .build();
        Exception e = assertThrows(IllegalArgumentException.class, () -> new RandomGenome(space, RATES));
        assertTrue(e.getMessage().contains("strides [9] are larger than the image"), e.getMessage());
    }

    /** 28 can be halved five times. */
    @Test
    void moreGenesThanTheImageHasRoomForAdmitNothing() {
        SearchSpaceBuilder halving = roomy(Family.CONVOLUTIONAL).strides(List.of(2));
        assertAnswers(halving.minGenes(5).build());
        SearchSpace space = halving.minGenes(6).build();
        Exception e = assertThrows(IllegalArgumentException.class, () -> new RandomGenome(space, RATES));
        assertTrue(e.getMessage().contains("no 6 genes (space.min-genes) of the encoder fit"), e.getMessage());
        assertAnswers(roomy(Family.MIXED).strides(List.of(2)).minGenes(6).build());
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void lengthsOfFreeDecodersAreUniformAndNotThoseOfTheEncoder(Family family) {
        long[] counts = new long[7];
        long[] both = new long[4];
        for (Genome genome : draws(roomy(family).freeDecoder().build(), 8)) {
            int decoder = genome.decoder().orElseThrow().size();
            counts[decoder]++;
            both[(genome.encoder().size() > 3 ? 1 : 0) + (decoder > 2 ? 2 : 0)]++;
        }
        ChiSquare.assertUniform(counts);
        ChiSquare.assertFits(new double[] {3 / 14.0, 3 / 14.0, 4 / 14.0, 4 / 14.0}, both);
    }

    @Test
    void decodersEnlargeInBothWaysAndMixedOnesHaveAnyNumberOfSpatialGenes() {
        long[] spatial = new long[4];
        long[] ways = new long[2];
        for (Genome genome : draws(roomy(Family.MIXED).freeDecoder().build(), 9)) {
            Section decoder = genome.decoder().orElseThrow();
            if (decoder.size() == 3) {
                spatial[3 - decoder.leading(false)]++;
            }
            for (Gene gene : decoder.genes()) {
                if (gene instanceof Gene.Upconvolution u && u.factor() > 1) {
                    ways[u.upscaling().ordinal()]++;
                }
            }
        }
        ChiSquare.assertUniform(spatial);
        ChiSquare.assertUniform(ways);
    }

    @Test
    void skipsOfRandomGenomesAreUniformInNumberAndThereOnlyWhereTheyCanBeAdded() {
        SearchSpace space = roomy(Family.DENSE).freeDecoder().maxSkips(3).build();
        for (Genome genome : draws(space, 10)) {
            assertTrue(genome.sections().values().stream()
                    .allMatch(section -> section.skips().isEmpty()));
        }
        RandomGenerator random = Generators.seeded(11);
        RandomGenome genomes = new RandomGenome(space, RATES.withSkips(0.1, 0));
        long[] numbers = new long[4];
        long[] three = new long[2];
        for (int i = 0; i < DRAWS; i++) {
            Genome genome = genomes.next(random);
            Section encoder = genome.encoder();
            if (encoder.size() == 6) {
                numbers[encoder.skips().size()]++;
            }
            if (encoder.size() == 3) {
                three[encoder.skips().size()]++;
            }
        }
        ChiSquare.assertUniform(numbers);
        ChiSquare.assertUniform(three);
    }

    /** Every genome with a free decoder of a space that has few, by brute force. */
    private static List<Genome> allFree(SearchSpace space) {
        List<Gene> alphabet = new ArrayList<>();
        for (int size = 1; size <= 2; size++) {
            alphabet.add(new Gene.Dense(size, Activation.RELU, 0));
            for (int factor : space.encoder().strides()) {
                for (Upscaling upscaling : Upscaling.values()) {
                    alphabet.add(new Gene.Upconvolution(size, 1, factor, upscaling, Activation.RELU, false));
                }
            }
        }
        List<Genome> genomes = new ArrayList<>();
        for (List<Gene> encoder : chains(space)) {
            Genome mirrored = new Genome(
                    encoder, space.latent(), Upscaling.UPSAMPLING, new Hyperparameters(Optimizer.ADAM, 0.001, 32));
            for (List<Gene> decoder : chains(alphabet, space.encoder().maxGenes())) {
                Genome genome = mirrored.with(Role.DECODER, Section.of(decoder));
                if (space.contains(genome)) {
                    genomes.add(genome);
                }
            }
        }
        return genomes;
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void thereIsAnAnswerWheneverAFreeGenomeExists(Family family) {
        SearchSpace space = Spaces.tiny(family, new Shape(2, 7, 5), 8)
                .maxGenes(2)
                .freeDecoder()
                .build();
        List<Genome> all = allFree(space);
        assertTrue(all.size() > 10, "few genomes: " + all.size());
        long parameters = all.stream()
                .mapToLong(g -> space.blueprint(g).parameters())
                .min()
                .orElseThrow();
        int layers =
                all.stream().mapToInt(g -> space.blueprint(g).depth()).min().orElseThrow();
        long memory = all.stream()
                .mapToLong(g -> space.blueprint(g).trainingBytes(32))
                .min()
                .orElseThrow();
        assertAnswers(space.toBuilder().maxParameters(parameters).build());
        assertAnswers(space.toBuilder().maxLayers(layers).build());
        assertAnswers(space.toBuilder().maxMemoryBytes(memory).build());
        assertNone(space.toBuilder().maxParameters(parameters - 1).build(), parameters + " parameters");
        assertNone(space.toBuilder().maxLayers(layers - 1).build(), layers + " layers");
        assertNone(space.toBuilder().maxMemoryBytes(memory - 1).build(), memory + " bytes of training memory");
        // fewest parameters, and of those with as few the least memory: one limit must not spoil the search for another
        long least = all.stream()
                .filter(g -> space.blueprint(g).parameters() == parameters)
                .mapToLong(g -> space.blueprint(g).trainingBytes(32))
                .min()
                .orElseThrow();
        SearchSpaceBuilder both = space.toBuilder().maxParameters(parameters);
        assertAnswers(both.maxMemoryBytes(least).build());
        assertThrows(
                IllegalArgumentException.class,
                () -> new RandomGenome(both.maxMemoryBytes(least - 1).build(), RATES));
    }
}
