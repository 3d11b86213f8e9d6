package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.aevo.genome.Family;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.variation.VariationRates;
import org.aevo.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NsgaEvolutionTest {
    private static final SearchSpace SPACE = SearchSpace.defaults(Family.DENSE, Shape.vector(64), 8);
    private static final EvolutionSettings SETTINGS = new EvolutionSettings(8, 6, 4, 2, 30, VariationRates.defaults());

    private static SearchStrategy create(Mode mode) {
        return Strategies.create(StrategyKind.NSGA2, mode, SPACE, SETTINGS, 3);
    }

    private static Candidate next(SearchStrategy strategy) {
        return assertInstanceOf(Proposal.Next.class, strategy.ask()).candidate();
    }

    private static Evaluation evaluate(Candidate candidate) {
        return candidate.id() % 7 == 3 ? Evaluations.failed(candidate.id()) : Evaluations.ofTwo(candidate);
    }

    /** With one objective alone nothing is changed, so that the same candidate can be told again. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void oneObjectiveIsTooFew(Mode mode) {
        SearchStrategy strategy = create(mode);
        Candidate candidate = next(strategy);
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> strategy.tell(Evaluations.of(candidate.id(), 0.5)));
        assertEquals(
                "candidate 0 was evaluated with 0 objectives, and nsga2 needs at least 2: name them in task.objectives, or take"
                        + " another strategy",
                e.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> strategy.tell(Evaluations.of(candidate.id(), 0.5).with(List.of(0.5))));
        strategy.tell(evaluate(candidate));
    }

    /** Between two generations there are the members, of whom all others have left; within one also those who wait. */
    @Test
    void aGenerationIsTakenInAsAWhole() {
        SearchStrategy strategy = create(Mode.SYNC);
        NsgaPopulation expected = new NsgaPopulation(SETTINGS.population());
        for (int generation = 0; generation < 30; generation++) {
            List<Candidate> asked = new ArrayList<>();
            while (strategy.ask() instanceof Proposal.Next next) {
                asked.add(next.candidate());
            }
            assertEquals(generation == 0 ? SETTINGS.population() : SETTINGS.offspring(), asked.size());
            Set<Long> parents = expected.ids();
            for (Candidate candidate : asked) {
                assertEquals(generation, candidate.generation());
                assertTrue(generation == 0 || parents.contains(candidate.parentA()), candidate::toString);
            }
            assertEquals(parents, strategy.prospectiveParents());
            List<Insertion> insertions = List.of();
            // the last asked comes first: they are taken in by id
            for (int i = asked.size() - 1; i >= 0; i--) {
                assertEquals(List.of(), insertions);
                insertions = strategy.tell(evaluate(asked.get(i)));
                if (i > 0 && evaluate(asked.get(i)).hasFitness()) {
                    parents.add(asked.get(i).id());
                }
                if (i > 0) {
                    assertEquals(parents, strategy.prospectiveParents());
                }
            }
            expected.insertAll(asked.stream()
                    .filter(c -> evaluate(c).hasFitness())
                    .map(c -> new Member(
                            c, evaluate(c).fitness(), evaluate(c).score().objectives()))
                    .toList());
            assertEquals(expected.members(), ((GenerationalEvolution) strategy).population());
            assertEquals(expected.ids(), strategy.prospectiveParents());
            assertEquals(
                    asked.stream().map(Candidate::id).toList(),
                    insertions.stream().map(Insertion::id).toList());
            for (Insertion insertion : insertions) {
                assertEquals(expected.meanFitness(), insertion.meanFitness());
                assertEquals(expected.geneDiversity(), insertion.diversity());
            }
            assertEquals(
                    expected.takeLeft(), insertions.get(insertions.size() - 1).left());
            assertTrue(insertions.subList(0, insertions.size() - 1).stream()
                    .allMatch(insertion -> insertion.left().isEmpty()));
        }
    }

    /** Everybody who came in and has not left is a member, and may be a parent. */
    @Test
    void whoHasLeftIsSaidAtOnceWithoutABarrier() {
        SearchStrategy strategy = create(Mode.ASYNC);
        Set<Long> alive = new HashSet<>();
        List<Candidate> out = new ArrayList<>();
        int children = 0;
        for (int i = 0; i < 400; i++) {
            Candidate asked = next(strategy);
            assertTrue(asked.parentA() == Candidate.NONE || alive.contains(asked.parentA()), asked::toString);
            children += asked.parentA() == Candidate.NONE ? 0 : 1;
            out.add(asked);
            if (out.size() < 3) {
                continue;
            }
            Candidate back = out.remove(1);
            Insertion insertion = strategy.tell(evaluate(back)).get(0);
            if (evaluate(back).hasFitness()) {
                alive.add(back.id());
            }
            assertTrue(alive.containsAll(insertion.left()));
            insertion.left().forEach(alive::remove);
            assertEquals(alive, strategy.prospectiveParents());
            assertTrue(alive.size() <= SETTINGS.population());
        }
        assertTrue(children > 300, "children: " + children);
    }

    /** Nobody who was ever evaluated dominates one who was kept, unless that one is behind a whole population of better fronts. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void theFirstFrontIsThatOfTheWholeRunWhereThereIsRoom(Mode mode) {
        EvolutionSettings roomy = new EvolutionSettings(60, 20, 4, 2, 30, VariationRates.defaults());
        SearchStrategy strategy = Strategies.create(StrategyKind.NSGA2, mode, SPACE, roomy, 3);
        List<double[]> points = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 460; i++) {
            Candidate candidate = next(strategy);
            Evaluation evaluation = evaluate(candidate);
            if (evaluation.hasFitness()) {
                ids.add(candidate.id());
                points.add(evaluation.score().objectives().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray());
            }
            strategy.tell(evaluation);
        }
        int[] front = ParetoFront.of(points);
        assertTrue(front.length > 5 && front.length < 60, "front: " + front.length);
        for (int place : front) {
            assertTrue(strategy.prospectiveParents().contains(ids.get(place)));
        }
    }
}
