package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.aevo.genome.Family;
import org.aevo.genome.IntRange;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Spaces;
import org.aevo.genome.variation.VariationRates;
import org.aevo.network.Shape;
import org.junit.jupiter.api.Test;

class LocalSearchTest {
    private static final SearchSpace SPACE = SearchSpace.defaults(Family.DENSE, Shape.vector(64), 8);
    private static final int FIRST = 4;
    private static final int NEIGHBOURS = 6;
    private static final EvolutionSettings SETTINGS =
            new EvolutionSettings(8, 8, FIRST, 2, NEIGHBOURS, 30, VariationRates.defaults());

    private static Candidate next(SearchStrategy strategy) {
        return assertInstanceOf(Proposal.Next.class, strategy.ask()).candidate();
    }

    private static long centre(Optional<Member> point) {
        return point.map(m -> m.candidate().id()).orElse(Candidate.NONE);
    }

    /** Each generation against the definition, until it has begun again a few times. */
    @Test
    void movesToTheBestNeighbourOrBeginsAgain() {
        GenerationalLocalSearch search = new GenerationalLocalSearch(SPACE, SETTINGS, List.of(), 1);
        Member point = null;
        int moves = 0;
        int restarts = 0;
        for (int generation = 0; generation < 100; generation++) {
            int size = generation == 0 ? FIRST : point == null ? 1 : NEIGHBOURS;
            List<Member> told = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                Candidate candidate = next(search);
                assertEquals(generation, candidate.generation());
                assertEquals(point == null ? Candidate.NONE : point.candidate().id(), candidate.parentA());
                assertFalse(point != null && candidate.operator().contains("+"), candidate::toString);
                told.add(new Member(candidate, Evaluations.landscape(candidate.genome())));
            }
            assertInstanceOf(Proposal.Wait.class, search.ask());
            for (int i = size - 1; i >= 0; i--) {
                search.tell(
                        Evaluations.of(told.get(i).candidate().id(), told.get(i).fitness()));
            }
            Member best = told.stream().sorted().findFirst().orElseThrow();
            boolean moved = point == null || best.fitness() < point.fitness();
            moves += point != null && moved ? 1 : 0;
            restarts += moved ? 0 : 1;
            point = moved ? best : null;
            assertEquals(Optional.ofNullable(point), search.point());
        }
        assertTrue(moves > 10 && restarts > 3, moves + " moves, " + restarts + " restarts");
    }

    /** With one worker: the first better neighbour is the next point, and after as many in vain comes a random genome. */
    @Test
    void withoutABarrierTheFirstBetterNeighbourIsTheNextPoint() {
        SteadyLocalSearch search = new SteadyLocalSearch(SPACE, SETTINGS, List.of(), 1);
        Member point = null;
        Member first = null;
        int inVain = 0;
        int restarts = 0;
        for (int i = 0; i < 400; i++) {
            Candidate candidate = next(search);
            assertEquals(point == null ? Candidate.NONE : point.candidate().id(), candidate.parentA());
            Member member = new Member(candidate, Evaluations.landscape(candidate.genome()));
            search.tell(Evaluations.of(candidate.id(), member.fitness()));
            if (point == null) {
                first = first == null || member.fitness() < first.fitness() ? member : first;
                if (i + 1 >= FIRST) {
                    point = first;
                    first = null;
                    inVain = 0;
                }
            } else if (member.fitness() < point.fitness()) {
                point = member;
                inVain = 0;
            } else if (++inVain == NEIGHBOURS) {
                point = null;
                restarts++;
            }
            assertEquals(Optional.ofNullable(point), search.point(), "after candidate " + i);
        }
        assertTrue(restarts > 3, "restarts: " + restarts);
    }

    /** The best of what others evaluated while the last neighbours were out is where the search goes on. */
    @Test
    void aFreeWorkerLooksForTheNextBeginning() {
        SteadyLocalSearch search = new SteadyLocalSearch(SPACE, SETTINGS, List.of(), 1);
        for (int i = 0; i < FIRST; i++) {
            search.tell(Evaluations.of(next(search).id(), 10 + i));
        }
        assertEquals(0, centre(search.point()));
        List<Candidate> out = new ArrayList<>();
        for (int i = 0; i < NEIGHBOURS + 3; i++) {
            out.add(next(search));
            assertEquals(i < NEIGHBOURS ? 0 : Candidate.NONE, out.get(i).parentA());
        }
        search.tell(Evaluations.of(out.get(NEIGHBOURS).id(), 30));
        search.tell(Evaluations.of(out.get(NEIGHBOURS + 1).id(), 20));
        search.tell(Evaluations.of(out.get(NEIGHBOURS + 2).id(), 40));
        for (int i = 0; i < NEIGHBOURS; i++) {
            assertEquals(0, centre(search.point()));
            search.tell(
                    i == 2
                            ? Evaluations.failed(out.get(i).id())
                            : Evaluations.of(out.get(i).id(), 10));
        }
        assertEquals(out.get(NEIGHBOURS + 1).id(), centre(search.point()));
        assertEquals(20, search.point().orElseThrow().fitness());
    }

    /** In a space with fewer neighbours than are asked for; recalling the answers comes to the same. */
    @Test
    void aPointWhoseNeighboursRunOutIsLeft() {
        SearchSpace small = Spaces.tiny(Family.DENSE, Shape.vector(4), 2)
                .units(new IntRange(1, 60))
                .build();
        EvolutionSettings many = new EvolutionSettings(4, 4, 2, 2, 1000, 20, VariationRates.defaults());
        SteadyLocalSearch asked = new SteadyLocalSearch(small, many, List.of(), 1);
        SteadyLocalSearch recalled = new SteadyLocalSearch(small, many, List.of(), 1);
        Set<Long> points = new HashSet<>();
        int evaluations = 0;
        while (asked.ask() instanceof Proposal.Next next) {
            Candidate candidate = next.candidate();
            assertEquals(next, recalled.recall(candidate));
            Evaluation evaluation = Evaluations.of(candidate.id(), 1 + candidate.id());
            assertEquals(asked.tell(evaluation), recalled.tell(evaluation));
            assertEquals(asked.point(), recalled.point());
            points.add(centre(asked.point()));
            evaluations++;
        }
        assertTrue(evaluations > 30 && points.size() > 3, evaluations + " evaluations, points " + points);
        assertInstanceOf(Proposal.Exhausted.class, recalled.ask());
    }

    @Test
    void aNeighbourOfAnEarlierPointOfTheSameClimbCounts() {
        SteadyLocalSearch search = new SteadyLocalSearch(SPACE, SETTINGS, List.of(), 1);
        for (int i = 0; i < FIRST; i++) {
            search.tell(Evaluations.of(next(search).id(), 10 + i));
        }
        Candidate a = next(search);
        Candidate b = next(search);
        Candidate c = next(search);
        search.tell(Evaluations.of(a.id(), 5));
        assertEquals(a.id(), centre(search.point()));
        search.tell(Evaluations.of(b.id(), 7));
        assertEquals(a.id(), centre(search.point()));
        search.tell(Evaluations.of(c.id(), 4));
        assertEquals(c.id(), centre(search.point()));
    }
}
