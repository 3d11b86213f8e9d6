package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.aevo.genome.Family;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.SearchSpaceBuilder;
import org.aevo.genome.Section;
import org.aevo.genome.variation.ChiSquare;
import org.aevo.genome.variation.RandomGenome;
import org.aevo.genome.variation.VariationRates;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;
import org.aevo.random.Generators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PairwiseTournamentTest {
    private static final SearchSpace SPACE = SearchSpace.defaults(Family.DENSE, Shape.vector(64), 8);
    private static final int POPULATION = 6;

    private static EvolutionSettings settings(int population) {
        return new EvolutionSettings(population, 1, 1, 1, 30, VariationRates.defaults());
    }

    private static PairwiseTournament search() {
        return new PairwiseTournament(SPACE, settings(POPULATION), List.of(), 1);
    }

    private static Candidate next(SearchStrategy strategy) {
        return assertInstanceOf(Proposal.Next.class, strategy.ask()).candidate();
    }

    private static List<Long> ids(PairwiseTournament search) {
        return search.population().stream().map(m -> m.candidate().id()).toList();
    }

    /** A whole population whose fitness is its ids. */
    private static PairwiseTournament begun() {
        PairwiseTournament search = search();
        for (int i = 0; i < POPULATION; i++) {
            search.tell(Evaluations.of(next(search).id(), i));
        }
        return search;
    }

    /** Each trained with a seed of its own. */
    @Test
    void beginsWithTrivialIndividuals() {
        SearchSpace one = SPACE.toBuilder()
                .optimizers(List.of(Optimizer.MOMENTUM))
                .batchSizes(List.of(50))
                .build();
        PairwiseTournament search = new PairwiseTournament(one, settings(POPULATION), List.of(), 1);
        Set<Genome> genomes = new HashSet<>();
        Set<Long> seeds = new HashSet<>();
        for (int i = 0; i < POPULATION; i++) {
            Candidate candidate = next(search);
            assertEquals("trivial", candidate.operator());
            assertEquals(Candidate.NONE, candidate.parentA());
            assertEquals(0, candidate.generation());
            genomes.add(candidate.genome());
            seeds.add(EvaluationSeed.of(1, candidate));
        }
        assertEquals(1, genomes.size());
        assertEquals(1, genomes.iterator().next().encoder().size());
        assertEquals(POPULATION, seeds.size());
        assertInstanceOf(Proposal.Wait.class, search.ask());
    }

    /** As in the paper: samples, what goes out, and nothing between but the code; and classifiers that are one softmax layer. */
    @ParameterizedTest
    @EnumSource(Family.class)
    void whatIsTrivialHasNoHiddenLayerWhereTheSpaceAllowsIt(Family family) {
        SearchSpaceBuilder autoencoders = new SearchSpaceBuilder(family, new Shape(1, 8, 8), 4);
        SearchSpaceBuilder classifiers = SearchSpaceBuilder.classifier(family, new Shape(1, 8, 8), 3);
        for (SearchSpaceBuilder builder : List.of(autoencoders, classifiers)) {
            SearchSpace space = builder.minGenes(0).build();
            Genome genome = next(new PairwiseTournament(space, settings(POPULATION), List.of(), 1))
                    .genome();
            assertTrue(genome.sections().values().stream().allMatch(Section::isEmpty), genome::toString);
            assertEquals(genome, GenomeText.parse(genome.toString()));
            assertEquals(List.of(), space.violations(genome));
            long layers = genome.unfold(space.ends()).layers().stream()
                    .filter(layer -> layer.parameters() > 0)
                    .count();
            assertEquals(genome.classifies() ? 1 : 2, layers, genome::toString);
        }
    }

    @Test
    void theWorseLeavesAtOnceAndIsRecorded() {
        PairwiseTournament search = begun();
        List<Long> before = ids(search);
        Candidate child = next(search);
        List<Long> after = ids(search);
        long gone =
                before.stream().filter(id -> !after.contains(id)).findFirst().orElseThrow();
        assertEquals(POPULATION - 1, after.size());
        assertTrue(before.indexOf(child.parentA()) < before.indexOf(gone), "the better is the parent");
        assertEquals(1, child.generation());
        assertEquals(Candidate.NONE, child.parentB());
        assertEquals(Set.copyOf(after), search.prospectiveParents());
        assertEquals(
                List.of(gone),
                search.tell(Evaluations.of(child.id(), 99)).get(0).left());
        assertEquals(POPULATION, search.population().size());
    }

    /** Both distinct: the pair (i, j) with i better than j has probability 2 / (n (n - 1)). */
    @Test
    void allPairsAreDrawnWithTheSameProbability() {
        PairwiseTournament search = search();
        RandomGenerator random = Generators.seeded(5);
        long[] counts = new long[POPULATION * (POPULATION - 1) / 2];
        for (int i = 0; i < 6000; i++) {
            List<Long> before = ids(search);
            Candidate candidate = next(search);
            if (candidate.parentA() != Candidate.NONE) {
                List<Long> after = ids(search);
                long gone = before.stream()
                        .filter(id -> !after.contains(id))
                        .findFirst()
                        .orElseThrow();
                int better = before.indexOf(candidate.parentA());
                int worse = before.indexOf(gone);
                counts[worse * (worse - 1) / 2 + better]++;
            }
            search.tell(Evaluations.of(candidate.id(), random.nextDouble()));
        }
        ChiSquare.assertUniform(counts);
    }

    /** However many ask, and whatever fails: those alive and those out are never more than the population. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, POPULATION - 1, POPULATION, 50})
    void membersAndThoseOutAreThePopulation(int workers) {
        PairwiseTournament search = search();
        RandomGenerator random = Generators.seeded(workers);
        List<Candidate> out = new ArrayList<>();
        TreeSet<Long> alive = new TreeSet<>();
        for (int told = 0; told < 400; told++) {
            boolean fed = true;
            while (fed && out.size() < workers) {
                Proposal proposal = search.ask();
                fed = proposal instanceof Proposal.Next next && out.add(next.candidate());
                assertTrue(fed || proposal instanceof Proposal.Wait, proposal::toString);
                assertTrue(search.population().size() + out.size() <= POPULATION);
            }
            assertFalse(out.isEmpty(), "everybody waits");
            assertTrue(out.size() == workers || search.population().size() < 2);
            Candidate back = out.remove(random.nextInt(out.size()));
            boolean failed = random.nextInt(4) == 0;
            Insertion insertion = search.tell(
                            failed ? Evaluations.failed(back.id()) : Evaluations.of(back.id(), random.nextDouble()))
                    .get(0);
            if (!failed) {
                alive.add(back.id());
            }
            alive.removeAll(insertion.left());
            assertEquals(alive, new TreeSet<>(ids(search)), "who left is told");
        }
    }

    /** The loser of the next pair stays, until the population is whole again. */
    @Test
    void aFailureIsFilledUp() {
        PairwiseTournament search = begun();
        search.tell(Evaluations.failed(next(search).id()));
        assertEquals(POPULATION - 1, search.population().size());
        Candidate child = next(search);
        assertTrue(child.parentA() >= 0);
        assertEquals(POPULATION - 1, search.population().size());
        assertEquals(
                List.of(), search.tell(Evaluations.of(child.id(), 3)).get(0).left());
        assertEquals(POPULATION, search.population().size());
    }

    @Test
    void aPopulationOfTwoServesOneWorker() {
        PairwiseTournament search = new PairwiseTournament(SPACE, settings(2), List.of(), 1);
        Candidate first = next(search);
        Candidate second = next(search);
        search.tell(Evaluations.failed(first.id()));
        Candidate third = next(search);
        assertEquals("trivial", third.operator());
        search.tell(Evaluations.of(second.id(), 2));
        assertInstanceOf(Proposal.Wait.class, search.ask());
        search.tell(Evaluations.of(third.id(), 1));
        Candidate child = next(search);
        assertEquals(third.id(), child.parentA());
        assertInstanceOf(Proposal.Wait.class, search.ask());
    }

    /** More of them than the population: the others take the places of losers. */
    @Test
    void seedsComeFirst() {
        RandomGenome genomes = new RandomGenome(SPACE, VariationRates.defaults());
        RandomGenerator random = Generators.seeded(3);
        List<Genome> seeds = new ArrayList<>();
        while (seeds.size() < 5) {
            seeds.add(genomes.next(random));
        }
        PairwiseTournament search = new PairwiseTournament(SPACE, settings(3), seeds, 1);
        List<Genome> asked = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Candidate candidate = next(search);
            assertEquals("seed", candidate.operator());
            asked.add(candidate.genome());
            search.tell(Evaluations.of(candidate.id(), i));
            assertTrue(search.population().size() <= 3);
        }
        assertEquals(seeds, asked);
        assertTrue(next(search).parentA() >= 0);
    }

    @Test
    void thereIsNoSynchronousOne() {
        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> Strategies.create(StrategyKind.PAIRWISE, Mode.SYNC, SPACE, settings(4), 1));
        assertEquals("there is no sync search of kind pairwise", e.getMessage());
    }
}
