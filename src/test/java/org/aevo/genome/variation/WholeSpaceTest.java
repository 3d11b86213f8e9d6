package org.aevo.genome.variation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.aevo.genome.BlueprintAssert;
import org.aevo.genome.Family;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Section;
import org.aevo.genome.SectionSpace;
import org.aevo.genome.Spaces;
import org.aevo.network.Blueprint;
import org.aevo.random.Generators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten thousand applications of operators and more to genomes of every kind: all that comes out is what it should be. */
class WholeSpaceTest {
    private static final int APPLICATIONS = 10_000;

    /** There is less to classifiers: they have no code and no decoder. */
    private static final int APPLICATIONS_TO_CLASSIFIERS = 2_000;

    static IntStream kinds() {
        return IntStream.range(0, WholeSpace.kinds().size());
    }

    static IntStream classifiers() {
        return IntStream.range(0, WholeSpace.classifiers().size());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyOperatorStaysInTheSpace(int kind) {
        stayInTheSpace(WholeSpace.kinds().get(kind), kind, APPLICATIONS);
    }

    @ParameterizedTest
    @MethodSource("classifiers")
    void everyOperatorOnClassifiersStaysInTheSpace(int kind) {
        stayInTheSpace(WholeSpace.classifiers().get(kind), kind, APPLICATIONS_TO_CLASSIFIERS);
    }

    /** With networks without a hidden layer, and with none of fewer than three genes. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void everyOperatorKeepsTheFewestGenes(int fewest) {
        List<List<SearchSpace>> kinds = new ArrayList<>(WholeSpace.kinds());
        kinds.addAll(WholeSpace.classifiers());
        for (List<SearchSpace> kind : kinds) {
            List<SearchSpace> spaces = kind.stream()
                    .filter(space -> space.input().side() > 4)
                    .map(space -> space.toBuilder()
                            .minGenes(fewest)
                            .maxParameters(50_000)
                            .maxMemoryBytes(30_000_000)
                            .build())
                    .toList();
            Map<String, Integer> applied = applied(spaces, fewest, 600);
            for (String name : List.of("crossover", "add-gene", "delete-gene")) {
                assertTrue(applied.containsKey(name), name + " was never applied: " + applied);
            }
        }
    }

    private static void stayInTheSpace(List<SearchSpace> spaces, int kind, int most) {
        Map<String, Integer> applied = applied(spaces, kind, most);
        Set<String> names = new HashSet<>(Set.of(
                "crossover",
                "add-gene",
                "delete-gene",
                "mutate-gene",
                "mutate-learning-rate",
                "mutate-batch-size",
                "mutate-optimizer"));
        if (spaces.get(0).section(spaces.get(0).roles().get(0)).maxSkips() > 0) {
            names.addAll(Set.of("add-skip", "remove-skip"));
        }
        for (String name : names) {
            assertTrue(applied.getOrDefault(name, 0) > most / 200, name + " was hardly ever applied: " + applied);
        }
    }

    /** How often each operator had a child, all of which are in the space. */
    private static Map<String, Integer> applied(List<SearchSpace> spaces, int kind, int most) {
        RandomGenerator random = Generators.seeded(kind);
        Map<String, Integer> applied = new HashMap<>();
        int applications = 0;
        boolean skipsSeen = false;
        for (int i = 0; applications < most; i++) {
            SearchSpace space = spaces.get(i % spaces.size());
            VariationRates rates =
                    space.section(space.roles().get(0)).maxSkips() > 0 ? WholeSpace.RATES : VariationRates.defaults();
            RandomGenome genomes = new RandomGenome(space, rates);
            OnePointCrossover crossover = new OnePointCrossover(space);
            List<Mutation> mutations = Variation.mutations(space, rates);
            Genome a = genomes.next(random);
            Genome b = genomes.next(random);
            assertIn(space, a);
            for (int step = 0; step < 60; step++) {
                // one of the crossover and the mutations, as in a search one comes on top of the other
                int drawn = random.nextInt(mutations.size() + 1);
                boolean crosses = drawn == mutations.size();
                String name =
                        crosses ? Offspring.CROSSOVER : mutations.get(drawn).name();
                Optional<Genome> child = crosses
                        ? crossover.apply(a, b, random)
                        : mutations.get(drawn).apply(a, random);
                applications++;
                if (child.isPresent()) {
                    assertIn(space, child.get());
                    assertNotEquals(a, child.get(), name);
                    applied.merge(name, 1, Integer::sum);
                    skipsSeen |= child.get().sections().values().stream()
                            .anyMatch(section -> !section.skips().isEmpty());
                    b = a;
                    a = child.get();
                }
            }
        }
        boolean skips = spaces.get(0).section(spaces.get(0).roles().get(0)).maxSkips() > 0;
        assertEquals(skips, skipsSeen);
        return applied;
    }

    private static void assertIn(SearchSpace space, Genome genome) {
        assertEquals(List.of(), space.violations(genome), genome::toString);
        assertEquals(genome, GenomeText.parse(GenomeText.print(genome)));
        Blueprint blueprint = space.blueprint(genome);
        BlueprintAssert.assertWhole(blueprint, space.ends());
        assertTrue(blueprint.parameters() <= space.maxParameters(), genome::toString);
        assertTrue(blueprint.depth() <= space.maxLayers(), genome::toString);
        assertTrue(
                blueprint.trainingBytes(genome.hyperparameters().batchSize()) <= space.maxMemoryBytes(),
                genome::toString);
        boolean skips = genome.sections().values().stream()
                .anyMatch(section -> !section.skips().isEmpty());
        assertEquals(skips, !blueprint.isChain(), genome::toString);
        assertEquals(
                space.classifies() ? Set.of(Role.FEATURES, Role.HEAD) : Set.copyOf(space.roles()),
                genome.sections().keySet(),
                genome::toString);
        genome.sections().forEach((role, section) -> {
            if (!space.roles().contains(role)) {
                assertTrue(section.isEmpty(), genome::toString);
                return;
            }
            SectionSpace bounds = space.section(role);
            assertTrue(section.size() >= space.fewestGenes(role), genome::toString);
            assertTrue(section.size() <= bounds.maxGenes(), genome::toString);
            assertTrue(section.skips().size() <= bounds.maxSkips(), genome::toString);
        });
    }

    /** A child's sections are each a head and a tail of its parents' of the same role. */
    @Test
    void crossoverPairsSectionsOfOneRole() {
        for (SearchSpace space : List.of(
                Spaces.small(Family.MIXED, true, true).get(0),
                Spaces.classifiers(Family.MIXED, true).get(0))) {
            crossoverPairsSectionsOfOneRole(space);
        }
    }

    private static void crossoverPairsSectionsOfOneRole(SearchSpace space) {
        RandomGenerator random = Generators.seeded(5);
        RandomGenome genomes = new RandomGenome(space, WholeSpace.RATES);
        OnePointCrossover crossover = new OnePointCrossover(space);
        Set<Role> cut = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            Genome a = genomes.next(random);
            Genome b = genomes.next(random);
            crossover.apply(a, b, random).ifPresent(child -> child.sections().forEach((role, section) -> {
                Section first = a.section(role).orElseThrow();
                Section second = b.section(role).orElseThrow();
                assertTrue(isJoined(first, second, section), () -> a + " x " + b + " gave " + child);
                if (!section.equals(first) && !section.equals(second)) {
                    cut.add(role);
                }
            }));
        }
        assertEquals(Set.copyOf(space.roles()), cut);
    }

    private static boolean isJoined(Section a, Section b, Section child) {
        for (int head = 0; head <= Math.min(a.size(), child.size()); head++) {
            int tail = b.size() - (child.size() - head);
            if (tail >= 0 && a.joined(head, b, tail).equals(child)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void samplesAreOfEveryKind() {
        Set<Class<?>> genes = new HashSet<>();
        int free = 0;
        int skips = 0;
        int signals = 0;
        for (WholeSpace.Sample sample : WholeSpace.samples(240, 3)) {
            assertEquals(List.of(), sample.space().violations(sample.genome()));
            free += sample.genome().decoder().isPresent() ? 1 : 0;
            skips += sample.blueprint().isChain() ? 0 : 1;
            signals += sample.space().input().isSignal() ? 1 : 0;
            sample.genome().sections().values().forEach(section -> section.genes()
                    .forEach(gene -> genes.add(gene.getClass())));
        }
        assertEquals(
                Set.of(Gene.Convolution.class, Gene.MaxPooling.class, Gene.Dense.class, Gene.Upconvolution.class),
                genes);
        assertEquals(120, free);
        assertEquals(60, signals);
        assertTrue(skips > 40, "with skips: " + skips);
    }
}
