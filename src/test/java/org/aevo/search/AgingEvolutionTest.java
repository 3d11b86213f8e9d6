package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.aevo.genome.Family;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.variation.ChiSquare;
import org.aevo.genome.variation.VariationRates;
import org.aevo.network.Shape;
import org.junit.jupiter.api.Test;

class AgingEvolutionTest {
    private static final SearchSpace SPACE = SearchSpace.defaults(Family.DENSE, Shape.vector(64), 8);
    private static final int POPULATION = 8;
    private static final int SAMPLE = 3;
    private static final EvolutionSettings SETTINGS =
            new EvolutionSettings(POPULATION, 5, 2, SAMPLE, 30, VariationRates.defaults());

    private static Candidate next(SearchStrategy strategy) {
        return assertInstanceOf(Proposal.Next.class, strategy.ask()).candidate();
    }

    private static SteadyStateEvolution steady() {
        return new SteadyStateEvolution(Breeding.AGING, SPACE, SETTINGS, List.of(), 1);
    }

    private static List<Member> sorted(Deque<Member> members) {
        return members.stream().sorted().toList();
    }

    @Test
    void beginsWithAWholeRandomPopulation() {
        SteadyStateEvolution evolution = steady();
        for (int i = 0; i < POPULATION; i++) {
            Candidate candidate = next(evolution);
            assertEquals("random", candidate.operator());
            evolution.tell(Evaluations.of(candidate, Evaluations::landscape));
        }
        Candidate child = next(evolution);
        assertTrue(child.parentA() >= 0 && child.parentB() == Candidate.NONE, child::toString);
        assertEquals(1, child.generation());
    }

    /** By the time of arrival, however good it is. Failures take nobody's place. */
    @Test
    void theOldestLeaves() {
        SteadyStateEvolution evolution = steady();
        Deque<Member> alive = new ArrayDeque<>();
        List<Candidate> out = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            out.add(next(evolution));
            if (out.size() < 3) {
                continue;
            }
            Candidate back = out.remove(1);
            if (back.id() % 7 == 0) {
                evolution.tell(Evaluations.failed(back.id()));
            } else {
                Evaluation evaluation = Evaluations.of(back, Evaluations::landscape);
                alive.add(new Member(back, evaluation.fitness()));
                if (alive.size() > POPULATION) {
                    alive.remove();
                }
                evolution.tell(evaluation);
            }
            assertEquals(sorted(alive), evolution.population());
        }
    }

    /** The best of a sample drawn with replacement: rank r with probability ((n - r)^s - (n - r - 1)^s) / n^s. */
    @Test
    void parentsAreTheBestOfASample() {
        SteadyStateEvolution evolution = steady();
        long[] counts = new long[POPULATION];
        for (int i = 0; i < 4000; i++) {
            List<Long> alive =
                    evolution.population().stream().map(m -> m.candidate().id()).toList();
            Candidate candidate = next(evolution);
            if (candidate.parentA() >= 0) {
                counts[alive.indexOf(candidate.parentA())]++;
            }
            evolution.tell(Evaluations.of(candidate, Evaluations::landscape));
        }
        double[] expected = new double[POPULATION];
        for (int rank = 0; rank < POPULATION; rank++) {
            expected[rank] = (Math.pow(POPULATION - rank, SAMPLE) - Math.pow(POPULATION - rank - 1, SAMPLE))
                    / Math.pow(POPULATION, SAMPLE);
        }
        ChiSquare.assertFits(expected, counts);
    }

    @Test
    void aGenerationOfChildrenTakesThePlacesOfAsManyOfTheOldest() {
        GenerationalEvolution evolution = new GenerationalEvolution(Breeding.AGING, SPACE, SETTINGS, List.of(), 1);
        Deque<Member> alive = new ArrayDeque<>();
        for (int generation = 0; generation < 20; generation++) {
            int size = generation == 0 ? POPULATION : SETTINGS.offspring();
            List<Candidate> asked = new ArrayList<>();
            List<Long> parents =
                    evolution.population().stream().map(m -> m.candidate().id()).toList();
            for (int i = 0; i < size; i++) {
                Candidate candidate = next(evolution);
                assertEquals(generation, candidate.generation());
                assertTrue(generation == 0 || parents.contains(candidate.parentA()), candidate::toString);
                asked.add(candidate);
            }
            assertInstanceOf(Proposal.Wait.class, evolution.ask());
            for (Candidate candidate : asked) {
                Evaluation evaluation = Evaluations.of(candidate, Evaluations::landscape);
                alive.add(new Member(candidate, evaluation.fitness()));
            }
            // the last asked comes first: they are taken in by id
            for (int i = size - 1; i >= 0; i--) {
                evolution.tell(Evaluations.of(asked.get(i), Evaluations::landscape));
            }
            while (alive.size() > POPULATION) {
                alive.remove();
            }
            assertEquals(sorted(alive), evolution.population());
        }
    }
}
