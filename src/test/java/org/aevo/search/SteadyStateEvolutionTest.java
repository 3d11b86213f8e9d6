package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.aevo.genome.Family;
import org.aevo.genome.IntRange;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Spaces;
import org.aevo.genome.variation.VariationRates;
import org.aevo.network.Shape;
import org.junit.jupiter.api.Test;

class SteadyStateEvolutionTest {
    private static final SearchSpace SPACE = SearchSpace.defaults(Family.DENSE, Shape.vector(64), 8);
    private static final EvolutionSettings SETTINGS = new EvolutionSettings(6, 1, 4, 2, 30, VariationRates.defaults());

    private static Candidate next(SearchStrategy strategy) {
        return assertInstanceOf(Proposal.Next.class, strategy.ask()).candidate();
    }

    @Test
    void randomUntilTheMinimumPopulationHasBeenTold() {
        SteadyStateEvolution evolution = new SteadyStateEvolution(SPACE, SETTINGS, 1);
        List<Candidate> out = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            out.add(next(evolution));
        }
        assertTrue(out.stream().allMatch(c -> c.operator().equals("random") && c.generation() == 0));
        for (int i = 0; i < 3; i++) {
            evolution.tell(Evaluations.of(out.get(i), Evaluations::landscape));
        }
        assertEquals("random", next(evolution).operator());
        evolution.tell(Evaluations.of(out.get(3), Evaluations::landscape));
        Candidate child = next(evolution);
        assertNotEquals("random", child.operator());
        assertEquals(1, child.generation());
        assertTrue(child.parentA() < 4 && child.parentB() < 4);
    }

    @Test
    void failuresCountAsToldButNeverEnter() {
        SteadyStateEvolution evolution = new SteadyStateEvolution(SPACE, SETTINGS, 1);
        for (int i = 0; i < 4; i++) {
            Candidate c = next(evolution);
            assertEquals(
                    1,
                    evolution
                            .tell(i == 0 ? Evaluations.of(c.id(), 1) : Evaluations.failed(c.id()))
                            .size());
        }
        assertEquals(1, evolution.population().size());
        Candidate lonely = next(evolution);
        assertEquals("random", lonely.operator(), "one member is no pair of parents");
        evolution.tell(Evaluations.of(lonely.id(), 2));
        assertNotEquals("random", next(evolution).operator());
    }

    @Test
    void parentsAreAmongTheBestAtThatMoment() {
        SteadyStateEvolution evolution = new SteadyStateEvolution(SPACE, SETTINGS, 2);
        List<Member> all = new ArrayList<>();
        List<Candidate> out = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Set<Long> parents =
                    evolution.population().stream().map(m -> m.candidate().id()).collect(Collectors.toSet());
            Candidate c = next(evolution);
            assertTrue(c.parentA() == Candidate.NONE || parents.contains(c.parentA()));
            assertTrue(c.parentB() == Candidate.NONE || parents.contains(c.parentB()));
            out.add(c);
            if (out.size() == 3) {
                // the second of three comes back: arrivals overtake each other
                Candidate back = out.remove(1);
                Evaluation evaluation = Evaluations.of(back, Evaluations::landscape);
                all.add(new Member(back, evaluation.fitness()));
                assertEquals(back.id(), evolution.tell(evaluation).get(0).id());
                assertEquals(all.stream().sorted().limit(6).toList(), evolution.population());
            }
        }
    }

    @Test
    void theGenerationIsTheLengthOfTheLine() {
        SteadyStateEvolution evolution = new SteadyStateEvolution(SPACE, SETTINGS, 3);
        List<Candidate> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Candidate c = next(evolution);
            all.add(c);
            int longest = -1;
            for (long parent : new long[] {c.parentA(), c.parentB()}) {
                longest = Math.max(
                        longest,
                        parent == Candidate.NONE ? -1 : all.get((int) parent).generation());
            }
            assertEquals(longest + 1, c.generation());
            evolution.tell(Evaluations.of(c, Evaluations::landscape));
        }
        assertTrue(all.get(99).generation() > 3);
    }

    @Test
    void waitsWhileEvaluationsCouldStillChangeTheAnswer() {
        SearchSpace two = Spaces.tiny(Family.DENSE, Shape.vector(4), 2)
                .units(new IntRange(1, 2))
                .build();
        SteadyStateEvolution evolution =
                new SteadyStateEvolution(two, new EvolutionSettings(2, 1, 2, 1, 100, VariationRates.defaults()), 1);
        Candidate a = next(evolution);
        Candidate b = next(evolution);
        assertInstanceOf(Proposal.Wait.class, evolution.ask());
        evolution.tell(Evaluations.of(a.id(), 1));
        assertInstanceOf(Proposal.Wait.class, evolution.ask());
        evolution.tell(Evaluations.of(b.id(), 1));
        assertInstanceOf(Proposal.Exhausted.class, evolution.ask());
    }
}
