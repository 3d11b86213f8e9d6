package org.aevo.genome.variation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.aevo.genome.DoubleRange;
import org.aevo.genome.Family;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.IntRange;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.SearchSpaceBuilder;
import org.aevo.genome.Section;
import org.aevo.genome.SectionSpace;
import org.aevo.network.Activation;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;
import org.aevo.random.Generators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random genomes of classifiers. */
class RandomClassifierTest {
    private static final VariationRates RATES = VariationRates.defaults();
    private static final Hyperparameters TRAINING = new Hyperparameters(Optimizer.ADAM, 0.001, 32);

    @ParameterizedTest
    @EnumSource(Family.class)
    void lengthsOfEachSectionAreUniformAndNotThoseOfTheOther(Family family) {
        SearchSpace space = SearchSpaceBuilder.classifier(family, new Shape(1, 28, 28), 10)
                .maxParameters(Long.MAX_VALUE)
                .maxMemoryBytes(Long.MAX_VALUE)
                .maxGenes(4)
                .headMaxGenes(2)
                .build();
        RandomGenome genomes = new RandomGenome(space, RATES);
        RandomGenerator random = Generators.seeded(1);
        int[][] counts = new int[5][3];
        for (int i = 0; i < 3000; i++) {
            Genome genome = genomes.next(random);
            int features = genome.section(Role.FEATURES).orElseThrow().size();
            counts[features][genome.section(Role.HEAD).orElseThrow().size()]++;
        }
        List<Integer> possible = new ArrayList<>();
        for (int features = 0; features < counts.length; features++) {
            for (int head = 0; head < counts[features].length; head++) {
                boolean expected =
                        switch (family) {
                            case DENSE -> features == 0 && head > 0;
                            case CONVOLUTIONAL -> features > 0 && head == 0;
                            case MIXED -> features > 0;
                        };
                if (expected) {
                    possible.add(counts[features][head]);
                } else {
                    assertEquals(0, counts[features][head], features + " and " + head);
                }
            }
        }
        ChiSquare.assertUniform(possible.stream().mapToLong(n -> n).toArray());
    }

    /** Every genome of a space that has few, by brute force. */
    private static List<Genome> all(SearchSpace space) {
        List<Genome> genomes = new ArrayList<>();
        for (List<Gene> features : chains(space, Role.FEATURES)) {
            for (List<Gene> head : chains(space, Role.HEAD)) {
                Genome genome = Genome.classifier(Section.of(features), Section.of(head), TRAINING);
                if (space.contains(genome)) {
                    genomes.add(genome);
                }
            }
        }
        return genomes;
    }

    private static List<List<Gene>> chains(SearchSpace space, Role role) {
        List<List<Gene>> chains = new ArrayList<>(List.of(List.of()));
        if (!space.roles().contains(role)) {
            return chains;
        }
        SectionSpace bounds = space.section(role);
        List<Gene> alphabet = new ArrayList<>();
        for (int size : new int[] {1, 2}) {
            alphabet.add(new Gene.Dense(size, Activation.RELU, 0));
            bounds.strides().forEach(s -> alphabet.add(new Gene.Convolution(size, size, s, Activation.RELU, false)));
        }
        bounds.poolSizes().forEach(p -> alphabet.add(new Gene.MaxPooling(p)));
        for (int i = 0; i < chains.size(); i++) {
            for (Gene gene : chains.get(i).size() < bounds.maxGenes() ? alphabet : List.<Gene>of()) {
                if (role.holds(gene)) {
                    List<Gene> longer = new ArrayList<>(chains.get(i));
                    longer.add(gene);
                    chains.add(longer);
                }
            }
        }
        return chains;
    }

    /** The search for the smallest genome against an enumeration: it succeeds at the exact limit and not below. */
    @ParameterizedTest
    @EnumSource(Family.class)
    void thereIsAnAnswerWheneverAGenomeExists(Family family) {
        // with so many classes a head makes the network smaller, with few it does not
        for (int classes : new int[] {2, 30}) {
            SearchSpace space = SearchSpaceBuilder.classifier(family, new Shape(2, 7, 5), classes)
                    .maxGenes(3)
                    .headMaxGenes(2)
                    .filters(new IntRange(1, 2))
                    .kernel(new IntRange(1, 2))
                    .units(new IntRange(1, 2))
                    .activations(List.of(Activation.RELU))
                    .dropout(new DoubleRange(0, 0))
                    .batchNormalization(false)
                    .learningRate(new DoubleRange(0.001, 0.001))
                    .batchSizes(List.of(32))
                    .optimizers(List.of(Optimizer.ADAM))
                    .build();
            List<Genome> all = all(space);
            assertTrue(all.size() > 5, "few genomes: " + all.size());
            long parameters = least(all, g -> space.blueprint(g).parameters());
            long layers = least(all, g -> space.blueprint(g).depth());
            long memory = least(all, g -> space.blueprint(g).trainingBytes(32));
            assertAnswers(space.toBuilder().maxParameters(parameters).build());
            assertAnswers(space.toBuilder().maxLayers((int) layers).build());
            assertAnswers(space.toBuilder().maxMemoryBytes(memory).build());
            assertNone(space.toBuilder().maxParameters(parameters - 1).build(), parameters + " parameters");
            if (layers > 1) {
                assertNone(space.toBuilder().maxLayers((int) layers - 1).build(), layers + " layers");
            }
            assertNone(space.toBuilder().maxMemoryBytes(memory - 1).build(), memory + " bytes of training memory");
            // fewest parameters, and of those with as few the least memory: one limit must not spoil the search for
            // another
            long both = all.stream()
                    .filter(g -> space.blueprint(g).parameters() == parameters)
                    .map(g -> space.blueprint(g).trainingBytes(32))
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            assertAnswers(space.toBuilder()
                    .maxParameters(parameters)
                    .maxMemoryBytes(both)
                    .build());
        }
    }

    private static long least(List<Genome> genomes, ToLongFunction<Genome> size) {
        return genomes.stream().mapToLong(size).min().orElseThrow();
    }

    private static void assertAnswers(SearchSpace space) {
        RandomGenome genomes = new RandomGenome(space, RATES);
        IntStream.range(0, 20)
                .forEach(seed -> assertEquals(List.of(), space.violations(genomes.next(Generators.seeded(seed)))));
    }

    private static void assertNone(SearchSpace space, String smallest) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new RandomGenome(space, RATES));
        assertTrue(e.getMessage().contains("no network meets the limits"), e.getMessage());
        assertTrue(e.getMessage().contains(smallest), e.getMessage());
    }

    @Test
    void stridesLargerThanTheImageAdmitNothing() {
        SearchSpace space = SearchSpaceBuilder.classifier(Family.MIXED, new Shape(1, 4, 4), 3)
                .strides(List.of(5))
                .build();
        Exception e = assertThrows(IllegalArgumentException.class, () -> new RandomGenome(space, RATES));
        assertEquals(
                "no gene of the features fits the input 1x4x4: strides [5] are larger than the image", e.getMessage());
    }
}
