package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.aevo.design.Designs;
import org.aevo.genome.Family;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.variation.RandomGenome;
import org.aevo.genome.variation.VariationRates;
import org.aevo.network.Design;
import org.aevo.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searches that begin with what they were given, and lists, which have nothing else. */
class SeedsTest {
    private static final SearchSpace SPACE = SearchSpace.defaults(Family.DENSE, Shape.vector(64), 8);
    private static final EvolutionSettings SETTINGS = new EvolutionSettings(5, 5, 3, 2, 30, VariationRates.defaults());
    private static final Design BY_HAND = Designs.parse(
            "network {seed: 9, layers: [{kind: dense, name: latent, units: 8}, {kind: dense, like: input}]}");

    private static List<Genome> seeds(int number) {
        RandomGenome genomes = new RandomGenome(SPACE, VariationRates.defaults());
        Random random = new Random(1);
        List<Genome> seeds = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            seeds.add(genomes.next(random));
        }
        return seeds;
    }

    private static List<Candidate> asked(SearchStrategy strategy, int number) {
        List<Candidate> asked = new ArrayList<>();
        while (asked.size() < number) {
            Candidate candidate = ((Proposal.Next) strategy.ask()).candidate();
            asked.add(candidate);
            double fitness = 0.1 + candidate.id();
            strategy.tell(Evaluations.of(candidate.id(), fitness).with(List.of(fitness, -fitness)));
        }
        return asked;
    }

    /** Fewer than the population and more. */
    @ParameterizedTest
    @CsvSource({
        "GENETIC, SYNC, 3",
        "GENETIC, ASYNC, 3",
        "RANDOM, SYNC, 3",
        "AGING, SYNC, 3",
        "AGING, ASYNC, 8",
        "LOCAL, SYNC, 3",
        "LOCAL, ASYNC, 8",
        "NSGA2, SYNC, 3",
        "NSGA2, ASYNC, 8",
        "GENETIC, SYNC, 8",
        "GENETIC, ASYNC, 8"
    })
    void seedsAreTheFirstCandidates(StrategyKind kind, Mode mode, int number) {
        List<Genome> seeds = seeds(number);
        List<Candidate> with = asked(Strategies.create(kind, mode, SPACE, SETTINGS, seeds, 4), 20);
        assertEquals(
                seeds, with.subList(0, number).stream().map(Candidate::genome).toList());
        for (Candidate candidate : with) {
            assertEquals(candidate.id() < number, candidate.operator().equals("seed"), candidate.toString());
        }
        assertEquals(20, with.stream().map(Candidate::design).distinct().count());
        assertTrue(
                kind == StrategyKind.RANDOM || with.stream().anyMatch(c -> c.parentA() >= 0 && c.parentA() < number));
        assertEquals(with, asked(Strategies.create(kind, mode, SPACE, SETTINGS, seeds, 4), 20));
    }

    /** Other candidates of generation 0 are those that the search would have had without seeds. */
    @Test
    void seedsTakeThePlacesOfRandomCandidates() {
        List<Candidate> without = asked(Strategies.create(StrategyKind.GENETIC, Mode.SYNC, SPACE, SETTINGS, 4), 5);
        List<Candidate> with =
                asked(Strategies.create(StrategyKind.GENETIC, Mode.SYNC, SPACE, SETTINGS, seeds(2), 4), 5);
        assertEquals(without.subList(2, 5), with.subList(2, 5));
    }

    @Test
    void aSeedThatStandsTwiceIsTakenOnce() {
        List<Genome> seeds = new ArrayList<>(seeds(2));
        seeds.addAll(seeds(2));
        List<Candidate> asked =
                asked(Strategies.create(StrategyKind.GENETIC, Mode.ASYNC, SPACE, SETTINGS, seeds, 4), 3);
        assertEquals(
                List.of("seed", "seed", "random"),
                asked.stream().map(Candidate::operator).toList());
    }

    @Test
    void aSearchTakesNoNetworkForASeed() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Strategies.create(StrategyKind.GENETIC, Mode.SYNC, SPACE, SETTINGS, List.of(BY_HAND), 4));
    }

    /** In each round with other seeds: one of its own a design has in the first alone. */
    @Test
    void aListGoesRoundAndRound() {
        Genome genome = seeds(1).get(0);
        List<Candidate> asked = asked(
                Strategies.create(StrategyKind.LIST, Mode.ASYNC, SPACE, SETTINGS, List.of(BY_HAND, genome), 4), 5);
        assertEquals(
                List.of(BY_HAND, genome, BY_HAND.withoutSeed(), genome, BY_HAND.withoutSeed()),
                asked.stream().map(Candidate::design).toList());
        assertEquals(9, EvaluationSeed.of(4, asked.get(0)));
        assertEquals(EvaluationSeed.of(4, 1), EvaluationSeed.of(4, asked.get(1)));
        assertEquals(EvaluationSeed.of(4, 2), EvaluationSeed.of(4, asked.get(2)));
        assertFalse(asked.stream().anyMatch(c -> !c.operator().equals(ListedDesigns.OPERATOR)));
        assertThrows(
                IllegalArgumentException.class,
                () -> Strategies.create(StrategyKind.LIST, Mode.SYNC, SPACE, SETTINGS, List.of(), 4));
    }
}
