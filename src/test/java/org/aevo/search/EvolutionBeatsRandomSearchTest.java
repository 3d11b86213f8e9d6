package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.aevo.genome.Family;
import org.aevo.genome.SearchSpace;
import org.aevo.network.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On a smooth landscape, where selection has something to hold on to, over many seeds. */
class EvolutionBeatsRandomSearchTest {
    private static final SearchSpace SPACE = SearchSpace.defaults(Family.DENSE, Shape.vector(64), 8);
    private static final EvolutionSettings SETTINGS = EvolutionSettings.defaults();
    private static final int SEEDS = 20;
    private static final int EVALUATIONS = 400;
    private static final int WORKERS = 4;

    /** The best fitness after each evaluation. */
    private static double[] best(StrategyKind kind, Mode mode, long seed) {
        SearchStrategy strategy = Strategies.create(kind, mode, SPACE, SETTINGS, seed);
        List<Candidate> out = new ArrayList<>();
        double[] best = new double[EVALUATIONS];
        for (int told = 0; told < EVALUATIONS; told++) {
            while (out.size() < WORKERS && strategy.ask() instanceof Proposal.Next next) {
                out.add(next.candidate());
            }
            Evaluation evaluation = Evaluations.of(out.remove(0), Evaluations::landscape);
            best[told] = told == 0 ? evaluation.fitness() : Math.min(best[told - 1], evaluation.fitness());
            strategy.tell(evaluation);
        }
        return best;
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void byFar(Mode mode) {
        double evolved = 0;
        double random = 0;
        int wins = 0;
        double needed = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            double[] evolution = best(StrategyKind.GENETIC, mode, seed);
            double e = evolution[EVALUATIONS - 1];
            double r = best(StrategyKind.RANDOM, mode, seed)[EVALUATIONS - 1];
            evolved += e / SEEDS;
            random += r / SEEDS;
            wins += e < r ? 1 : 0;
            needed += (double) DoubleStream.of(evolution).filter(b -> b > r).count() / SEEDS;
        }
        String result = "mean best of evolution " + evolved + ", of random search " + random + ", wins " + wins
                + ", evaluations needed for what random search ends with " + needed;
        assertTrue(evolved < 0.6 * random && wins >= SEEDS - 2 && needed < EVALUATIONS / 4.0, result);
    }
}
