package org.aevo.genome.variation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
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
import org.aevo.genome.Spaces;
import org.aevo.genome.Upscaling;
import org.aevo.network.Shape;
import org.aevo.random.Generators;

/** Every operator, on every family and shape, with generous and with tight limits: what it yields is in the space. */
class OperatorsStayInSpaceTest {
    private static final VariationRates RATES = VariationRates.defaults();

    @Provide
    static Arbitrary<SearchSpace> spaces() {
        return Arbitraries.of(Spaces.all());
    }

    @Provide
    static Arbitrary<SearchSpace> tightSpaces() {
        return Arbitraries.of(Spaces.tight());
    }

    @Property(tries = 150, seed = "1")
    void generousSpaces(@ForAll("spaces") SearchSpace space, @ForAll long seed) {
        lifeIn(space, seed);
    }

    @Property(tries = 250, seed = "2")
    void tightSpaces(@ForAll("tightSpaces") SearchSpace space, @ForAll long seed) {
        lifeIn(space, seed);
    }

    /** Bounds and limits of any kind: either there is no genome at all, and it is said at once, or all goes well. */
    @Property(tries = 300, seed = "3")
    void anySpaces(@ForAll long seed) {
        RandomGenerator random = Generators.seeded(seed);
        anySpace(anyAutoencoders(random), random, seed);
    }

    @Property(tries = 120, seed = "4")
    void anySpacesOfClassifiers(@ForAll long seed) {
        RandomGenerator random = Generators.seeded(seed);
        anySpace(anyClassifiers(random), random, seed);
    }

    private static void anySpace(SearchSpaceBuilder builder, RandomGenerator random, long seed) {
        SearchSpace space = anyBounds(builder, random);
        boolean feasible = feasible(space);
        Statistics.label("feasible").collect(feasible).coverage(c -> {
            c.check(true).percentage(p -> p > 40);
            c.check(false).percentage(p -> p > 5);
        });
        if (feasible) {
            lifeIn(space, seed);
        }
    }

    private static boolean feasible(SearchSpace space) {
        try {
            new RandomGenome(space, RATES);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static SearchSpaceBuilder anyAutoencoders(RandomGenerator random) {
        Shape input = anyShape(random);
        Family family = Family.values()[random.nextInt(3)];
        return new SearchSpaceBuilder(family, input, 1 + random.nextInt((int) Math.min(30, input.size())));
    }

    private static SearchSpaceBuilder anyClassifiers(RandomGenerator random) {
        Shape input = anyShape(random);
        Family family = Family.values()[random.nextInt(3)];
        return SearchSpaceBuilder.classifier(family, input, 2 + random.nextInt(30))
                .headMaxGenes(1 + random.nextInt(5));
    }

    private static Shape anyShape(RandomGenerator random) {
        int rows = random.nextInt(4) == 0 ? 1 : 2 + random.nextInt(12); // one row: signals
        return new Shape(1 + random.nextInt(3), rows, 2 + random.nextInt(12));
    }

    private static SearchSpace anyBounds(SearchSpaceBuilder builder, RandomGenerator random) {
        return builder.maxGenes(1 + random.nextInt(9))
                .filters(range(1, 40, random))
                .kernel(range(1, 7, random))
                .units(range(1, 200, random))
                .strides(steps(1, random))
                .poolSizes(random.nextInt(4) == 0 ? List.of() : steps(2, random))
                .dropout(new DoubleRange(0.123, 0.123 + 0.5 * random.nextDouble()))
                .batchNormalization(random.nextBoolean())
                .upscalings(List.of(Upscaling.values()[random.nextInt(2)]))
                .learningRate(new DoubleRange(0.0012345, 0.0012345 * (1 + random.nextDouble())))
                .maxParameters((long) Math.exp(6 + 7 * random.nextDouble()))
                .maxLayers(4 + random.nextInt(20))
                .maxMemoryBytes((long) Math.exp(13 + 7 * random.nextDouble()))
                .build();
    }

    private static IntRange range(int min, int max, RandomGenerator random) {
        int low = min + random.nextInt(max - min + 1);
        return new IntRange(low, low + random.nextInt(max - low + 1));
    }

    private static List<Integer> steps(int min, RandomGenerator random) {
        int first = min + random.nextInt(3);
        return random.nextBoolean() ? List.of(first) : List.of(first, first + 1);
    }

    private static void lifeIn(SearchSpace space, long seed) {
        RandomGenerator random = Generators.seeded(seed);
        RandomGenome genomes = new RandomGenome(space, RATES);
        Genome a = genomes.next(random);
        Genome b = genomes.next(random);
        assertIn(space, a);
        assertIn(space, b);
        OnePointCrossover crossover = new OnePointCrossover(space);
        UniformCrossover uniform = new UniformCrossover(space);
        List<Mutation> mutations = Variation.mutations(space, RATES);
        Variation variation = new Variation(space, RATES);
        Variation earlier = new Variation(space, VariationRates.earlier());
        for (int i = 0; i < 10; i++) {
            Optional<Genome> mixed = uniform.apply(a, b, random);
            if (mixed.isPresent()) {
                assertIn(space, mixed.get());
                assertNotEquals(a, mixed.get());
                assertNotEquals(b, mixed.get());
            }
            assertIn(space, earlier.reproduce(a, b, random).genome());
            Optional<Genome> crossed = crossover.apply(a, b, random);
            if (crossed.isPresent()) {
                assertIn(space, crossed.get());
                assertNotEquals(a, crossed.get());
                assertNotEquals(b, crossed.get());
                for (Role role : space.roles()) {
                    assertHeadAndTail(a, b, crossed.get(), role);
                }
            }
            for (Mutation mutation : mutations) {
                Optional<Genome> mutated = mutation.apply(a, random);
                if (mutated.isPresent()) {
                    assertIn(space, mutated.get());
                    assertNotEquals(a, mutated.get(), mutation.name());
                }
            }
            Genome child = variation.reproduce(a, b, random).genome();
            assertIn(space, child);
            assertNotEquals(a, child);
            assertNotEquals(b, child);
            b = a;
            a = child;
        }
    }

    private static void assertIn(SearchSpace space, Genome genome) {
        assertEquals(List.of(), space.violations(genome), genome::toString);
        BlueprintAssert.assertWhole(space.blueprint(genome), space.ends());
        assertEquals(genome, GenomeText.parse(GenomeText.print(genome)));
    }

    private static void assertHeadAndTail(Genome a, Genome b, Genome child, Role role) {
        List<Gene> genes = genes(child, role);
        List<Gene> first = genes(a, role);
        List<Gene> second = genes(b, role);
        boolean found = false;
        for (int head = 0; head <= genes.size(); head++) {
            int tail = genes.size() - head;
            found |= head <= first.size()
                    && tail <= second.size()
                    && genes.subList(0, head).equals(first.subList(0, head))
                    && genes.subList(head, genes.size()).equals(second.subList(second.size() - tail, second.size()));
        }
        assertEquals(true, found, () -> a + " x " + b + " gave " + child);
    }

    private static List<Gene> genes(Genome genome, Role role) {
        return genome.section(role).orElseThrow().genes();
    }
}
