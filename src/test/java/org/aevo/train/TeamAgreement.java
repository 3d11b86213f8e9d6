package org.aevo.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Evaluator.Outcome;
import org.aevo.search.Figure;
import org.aevo.search.Job;
import org.aevo.search.Weights;

/**
 * What teams of two and three come to against what one rank comes to with the same seed: the same but for the order in which
 * floats are added up. The gradient of a batch differs by some 1e-7 of itself then; a few dozen steps of small networks make
 * a hundred times that of it, and rules that divide by a gradient's size as much again where one is nearly 0.
 */
public final class TeamAgreement {
    /** Of losses and figures, relative; of weights, which are about 1 at most, absolute. */
    static final double NOISE = 5e-4;

    private TeamAgreement() {}

    /**
     * Compares, and gives what one rank came to.
     *
     * @param trainer for a rank; a new one each time
     */
    public static Outcome check(Job job, IntFunction<Trainer> trainer) throws Exception {
        Outcome alone = outcome(1, job, trainer);
        EvaluationStatus status = alone.evaluation().status();
        assertEquals(EvaluationStatus.OK, status, alone.evaluation().message());
        for (int ranks : new int[] {2, 3}) {
            assertAgree(alone, outcome(ranks, job, trainer), ranks);
        }
        return alone;
    }

    private static Outcome outcome(int ranks, Job job, IntFunction<Trainer> trainer) throws Exception {
        try (TeamOfTrainers team = new TeamOfTrainers(ranks, trainer)) {
            return team.outcome(job);
        }
    }

    private static void assertAgree(Outcome alone, Outcome together, int ranks) {
        Evaluation one = alone.evaluation();
        Evaluation all = together.evaluation();
        assertEquals(one.status(), all.status(), all.message());
        assertEquals(ranks, all.effort().teamwork().ranks());
        assertTrue(all.effort().teamwork().communicationSeconds() > 0);
        assertEquals(one.effort().inheritance(), all.effort().inheritance());
        assertEquals(one.effort().parameters(), all.effort().parameters());
        assertEquals(one.curve().size(), all.curve().size());
        for (int i = 0; i < one.curve().size(); i++) {
            Evaluation.Epoch point = one.curve().get(i);
            Evaluation.Epoch other = all.curve().get(i);
            close(point.trainLoss(), other.trainLoss(), "training loss of epoch " + i);
            close(point.validationLoss(), other.validationLoss(), "loss of epoch " + i);
            close(point.figures(), other.figures());
        }
        close(one.fitness(), all.fitness(), "fitness");
        close(one.score().figures(), all.score().figures());
        List<Weights.Array> weights = alone.weights().orElseThrow().arrays();
        for (int a = 0; a < weights.size(); a++) {
            float[] values = weights.get(a).values();
            float[] others = together.weights().orElseThrow().arrays().get(a).values();
            for (int i = 0; i < values.length; i++) {
                assertEquals(values[i], others[i], NOISE, weights.get(a).name() + "[" + i + "] of " + ranks);
            }
        }
    }

    private static void close(Map<Figure, Double> one, Map<Figure, Double> all) {
        assertEquals(one.keySet(), all.keySet());
        one.forEach((figure, value) -> close(value, all.get(figure), figure.toString()));
    }

    private static void close(double one, double all, String what) {
        if (Double.isNaN(one)) {
            assertTrue(Double.isNaN(all), what + " is " + all);
        } else {
            assertEquals(one, all, NOISE * Math.abs(one) + 1e-9, what);
        }
    }
}
