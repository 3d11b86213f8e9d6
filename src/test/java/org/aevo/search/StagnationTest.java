package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.aevo.genome.Family;
import org.aevo.genome.SearchSpace;
import org.aevo.network.Shape;
import org.aevo.random.Generators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagnationTest {
    private static final SearchSpace SPACE = SearchSpace.defaults(Family.DENSE, Shape.vector(64), 8);

    private static Stagnation of(double... best) {
        Stagnation stagnation = Stagnation.NONE;
        for (int i = 0; i < best.length; i++) {
            stagnation = stagnation.and(new Insertion(i, best[i], Double.NaN, 0, List.of()));
        }
        return stagnation;
    }

    @Test
    void countsFromTheLastImprovement() {
        assertEquals(0, of().evaluations());
        assertEquals(2, of(Double.NaN, Double.NaN).evaluations());
        assertEquals(0, of(Double.NaN, 3).evaluations());
        assertEquals(2, of(3, 3, 3).evaluations(), "an equal one is no better one");
        assertEquals(1, of(3, 3, 2, 2).evaluations());
    }

    @Test
    void endsASearch() {
        Budget budget =
                new Budget(OptionalLong.of(100), OptionalDouble.empty(), OptionalDouble.empty(), OptionalLong.of(2));
        assertEquals(Optional.empty(), budget.reason(3, 1, 3, of(3, 3)));
        assertEquals(Optional.of("nothing better was found in 2 evaluations"), budget.reason(3, 1, 3, of(3, 3, 3)));
        assertEquals(Optional.of("all 100 evaluations are done"), budget.reason(100, 1, 3, of(3, 3)));
    }

    /** Evaluations come in any order; when a search with generations has stagnated does not depend on it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void aSynchronousSearchStagnatesWhateverTheNumberOfWorkers(int workers) {
        Budget budget = Budget.ofEvaluations(100_000).withStagnation(25);
        assertEquals(life(budget, 1, 1), life(budget, workers, 5));
    }

    /** Evaluations until the search has to end. */
    private static long life(Budget budget, int workers, long order) {
        SearchStrategy search = new GenerationalEvolution(SPACE, EvolutionSettings.defaults(), 3);
        RandomGenerator random = Generators.seeded(order);
        List<Candidate> out = new ArrayList<>();
        Stagnation stagnation = Stagnation.NONE;
        long told = 0;
        while (budget.reason(told, 0, Double.NaN, stagnation).isEmpty()) {
            while (out.size() < workers && search.ask() instanceof Proposal.Next next) {
                out.add(next.candidate());
            }
            for (Insertion insertion : search.tell(Evaluations.ofTwo(out.remove(random.nextInt(out.size()))))) {
                stagnation = stagnation.and(insertion);
            }
            told++;
        }
        return told;
    }
}
