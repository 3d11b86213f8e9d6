package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.aevo.genome.Family;
import org.aevo.genome.IntRange;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Spaces;
import org.aevo.genome.variation.VariationRates;
import org.aevo.network.Shape;
import org.junit.jupiter.api.Test;

class GenerationalEvolutionTest {
    private static final SearchSpace SPACE = SearchSpace.defaults(Family.DENSE, Shape.vector(64), 8);
    private static final EvolutionSettings SETTINGS = new EvolutionSettings(5, 7, 1, 2, 30, VariationRates.defaults());

    private static List<Candidate> askAll(SearchStrategy strategy) {
        List<Candidate> generation = new ArrayList<>();
        while (strategy.ask() instanceof Proposal.Next next) {
            generation.add(next.candidate());
        }
        return generation;
    }

    @Test
    void generationZeroIsMuAndEachLaterOneLambda() {
        GenerationalEvolution evolution = new GenerationalEvolution(SPACE, SETTINGS, 1);
        for (int g = 0; g < 4; g++) {
            List<Candidate> generation = askAll(evolution);
            assertEquals(g == 0 ? 5 : 7, generation.size());
            for (Candidate c : generation) {
                assertEquals(g, c.generation());
                assertEquals(g == 0, c.operator().equals("random"));
            }
            assertInstanceOf(Proposal.Wait.class, evolution.ask());
            generation.forEach(c -> evolution.tell(Evaluations.of(c, Evaluations::landscape)));
        }
    }

    @Test
    void nothingIsInsertedBeforeTheGenerationIsCompleteThenAllById() {
        GenerationalEvolution evolution = new GenerationalEvolution(SPACE, SETTINGS, 1);
        List<Candidate> generation = askAll(evolution);
        Collections.reverse(generation);
        for (Candidate c : generation.subList(0, 4)) {
            assertEquals(List.of(), evolution.tell(Evaluations.of(c, Evaluations::landscape)));
            assertEquals(List.of(), evolution.population());
        }
        List<Insertion> insertions = evolution.tell(Evaluations.of(generation.get(4), Evaluations::landscape));
        assertEquals(
                List.of(0L, 1L, 2L, 3L, 4L),
                insertions.stream().map(Insertion::id).toList());
    }

    /** One worker that asks and tells in turn gets the same candidates as many that come back in any order. */
    @Test
    void arrivalOrderDoesNotMatter() {
        List<Candidate> expected = new ArrayList<>();
        SearchStrategy alone = new GenerationalEvolution(SPACE, SETTINGS, 9);
        while (expected.size() < 5 + 6 * 7) {
            Candidate c = ((Proposal.Next) alone.ask()).candidate();
            expected.add(c);
            alone.tell(Evaluations.of(c, Evaluations::landscape));
        }
        for (int order = 0; order < 10; order++) {
            Random shuffle = new Random(order);
            SearchStrategy evolution = new GenerationalEvolution(SPACE, SETTINGS, 9);
            List<Candidate> candidates = new ArrayList<>();
            while (candidates.size() < expected.size()) {
                List<Candidate> generation = askAll(evolution);
                candidates.addAll(generation);
                Collections.shuffle(generation, shuffle);
                generation.forEach(c -> evolution.tell(Evaluations.of(c, Evaluations::landscape)));
            }
            assertEquals(expected, candidates);
        }
    }

    @Test
    void parentsAreTheMuBestOfAllBefore() {
        GenerationalEvolution evolution = new GenerationalEvolution(SPACE, SETTINGS, 2);
        List<Member> all = new ArrayList<>();
        for (int g = 0; g < 8; g++) {
            List<Candidate> generation = askAll(evolution);
            Set<Long> parents = new HashSet<>();
            evolution.population().forEach(m -> parents.add(m.candidate().id()));
            for (Candidate c : generation) {
                assertTrue(g == 0 || parents.contains(c.parentA()), c.toString());
                assertTrue(c.parentB() == Candidate.NONE || parents.contains(c.parentB()), c.toString());
                Evaluation evaluation = Evaluations.of(c, Evaluations::landscape);
                all.add(new Member(c, evaluation.fitness()));
                evolution.tell(evaluation);
            }
            assertEquals(all.stream().sorted().limit(5).toList(), evolution.population());
        }
    }

    @Test
    void whereFewGenomesAreLeftTheGenerationIsSmaller() {
        SearchSpace eight = Spaces.tiny(Family.DENSE, Shape.vector(4), 2)
                .units(new IntRange(1, 8))
                .build();
        GenerationalEvolution evolution =
                new GenerationalEvolution(eight, new EvolutionSettings(6, 6, 2, 2, 200, VariationRates.defaults()), 1);
        List<Candidate> first = askAll(evolution);
        assertEquals(6, first.size());
        first.forEach(c -> evolution.tell(Evaluations.of(c.id(), c.id())));
        List<Candidate> second = askAll(evolution);
        assertEquals(2, second.size());
        assertInstanceOf(Proposal.Wait.class, evolution.ask());
        evolution.tell(Evaluations.of(second.get(1).id(), 1));
        assertInstanceOf(Proposal.Wait.class, evolution.ask());
        assertEquals(2, evolution.tell(Evaluations.of(second.get(0).id(), 1)).size());
        assertInstanceOf(Proposal.Exhausted.class, evolution.ask());
    }

    @Test
    void failuresNeverBecomeParents() {
        GenerationalEvolution evolution = new GenerationalEvolution(SPACE, SETTINGS, 3);
        for (int g = 0; g < 5; g++) {
            for (Candidate c : askAll(evolution)) {
                evolution.tell(
                        c.id() % 3 == 0 ? Evaluations.failed(c.id()) : Evaluations.of(c, Evaluations::landscape));
            }
            assertTrue(
                    evolution.population().stream().noneMatch(m -> m.candidate().id() % 3 == 0));
        }
    }

    /** What makes a child is named the same for either section; both evolve, and so do skips. */
    @Test
    void freeDecodersAndSkipsEvolve() {
        SearchSpace space = SPACE.toBuilder().freeDecoder().build();
        EvolutionSettings settings =
                new EvolutionSettings(5, 7, 1, 2, 30, VariationRates.defaults().withSkips(0.3, 0.1));
        GenerationalEvolution evolution = new GenerationalEvolution(space, settings, 3);
        GenerationalEvolution again = new GenerationalEvolution(space, settings, 3);
        Set<String> operators = new HashSet<>();
        Set<Object> decoders = new HashSet<>();
        int skips = 0;
        for (int g = 0; g < 12; g++) {
            List<Candidate> generation = askAll(evolution);
            assertEquals(generation, askAll(again));
            for (Candidate c : generation) {
                operators.addAll(List.of(c.operator().split("\\+")));
                decoders.add(c.genome().decoder().orElseThrow());
                skips += c.genome().encoder().skips().isEmpty() ? 0 : 1;
                evolution.tell(Evaluations.of(c, Evaluations::landscape));
                again.tell(Evaluations.of(c, Evaluations::landscape));
            }
        }
        assertTrue(
                operators.containsAll(Set.of("crossover", "add-gene", "add-skip", "remove-skip")),
                operators.toString());
        assertTrue(
                decoders.size() > 20 && skips > 10, decoders.size() + " decoders, " + skips + " encoders with skips");
    }
}
