package org.aevo.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.aevo.genome.GenomeText;
import org.aevo.random.Generators;
import org.aevo.record.Entry;
import org.aevo.record.RunHistory;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Score;
import org.aevo.stat.RankCorrelation;
import org.aevo.stopping.StoppingKind;
import org.aevo.stopping.StoppingSettings;
import org.junit.jupiter.api.Test;

class StoppingReplayTest {
    private static final int EPOCHS = 9;
    private static final StoppingSettings HALVING = new StoppingSettings(StoppingKind.HALVING, List.of(1, 3), 3);

    /** One worker trains one after the other, an epoch a second, the losses of each a matrix row. */
    private static RunHistory history(double[][] losses) {
        RunHistory history = new RunHistory();
        history.apply(new Entry.RunStarted(
                "s", "async", "random", 1, Instant.EPOCH, "", "", "", "", "", Map.of(), Map.of(), true, 1));
        history.apply(new Entry.WorkerJoined(0, 1, "h", "cpu", 1, 0, 0));
        double now = 0;
        for (int id = 0; id < losses.length; id++) {
            Candidate candidate = new Candidate(
                    id,
                    0,
                    -1,
                    -1,
                    "random",
                    GenomeText.parse("dense(" + (id + 1) + ",relu) | latent(2) | upsampling | adam(lr0.001,batch32)"));
            history.apply(new Entry.Asked(candidate, now));
            history.apply(new Entry.Dispatched(id, 1, 0, now));
            List<Evaluation.Epoch> curve = new ArrayList<>();
            for (int epoch = 1; epoch <= losses[id].length; epoch++) {
                double loss = losses[id][epoch - 1];
                curve.add(new Evaluation.Epoch(epoch, loss, loss, epoch));
            }
            double fitness = losses[id][losses[id].length - 1];
            now += losses[id].length + 0.5;
            history.apply(new Entry.Arrived(
                    new Evaluation(
                            id,
                            EvaluationStatus.OK,
                            new Score(fitness, fitness, fitness),
                            new Effort(new Durations(0.5, losses[id].length, 0), losses[id].length, 1, 1),
                            curve,
                            ""),
                    1,
                    0,
                    0,
                    now));
        }
        return history;
    }

    private static double[][] losses(int evaluations, double noise, long seed) {
        RandomGenerator random = Generators.seeded(seed);
        double[][] losses = new double[evaluations][EPOCHS];
        for (double[] row : losses) {
            double end = random.nextDouble();
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                row[epoch] = end + 1.0 / (epoch + 1) + noise * random.nextGaussian() / (epoch + 1);
            }
        }
        return losses;
    }

    /** Against the definition of halving, one training after the other. */
    @Test
    void stopsWhatHalvingWouldHave() {
        double[][] losses = losses(80, 0.3, 1);
        Set<Integer> stopped = new HashSet<>();
        long saved = 0;
        List<Double> first = new ArrayList<>();
        List<Double> third = new ArrayList<>();
        for (int id = 0; id < losses.length; id++) {
            if (!passes(first, losses[id][0])) {
                stopped.add(id);
                saved += EPOCHS - 1;
            } else if (!passes(third, losses[id][2])) {
                stopped.add(id);
                saved += EPOCHS - 3;
            }
        }
        int best = 0;
        for (int id = 1; id < losses.length; id++) {
            best = losses[id][EPOCHS - 1] < losses[best][EPOCHS - 1] ? id : best;
        }
        StoppingReplay.Outcome outcome = new StoppingReplay(history(losses), false).with(HALVING);
        assertEquals(stopped.size(), outcome.stopped());
        assertEquals(saved, outcome.epochsSaved());
        assertEquals(saved, outcome.secondsSaved(), 1e-9, "an epoch is a second");
        assertEquals(80 * EPOCHS, outcome.epochs());
        assertEquals(80 * (EPOCHS + 0.5), outcome.seconds(), 1e-9);
        assertEquals(best, outcome.winner());
        assertEquals(!stopped.contains(best), outcome.winnerSurvives());
        double left = Double.POSITIVE_INFINITY;
        for (int id = 0; id < losses.length; id++) {
            left = stopped.contains(id) ? left : Math.min(left, losses[id][EPOCHS - 1]);
        }
        assertEquals(left, outcome.bestSurvivor());
        assertEquals(80, outcome.rungs().get(0).reached());
    }

    private static boolean passes(List<Double> heard, double loss) {
        long better = heard.stream().filter(other -> other < loss).count();
        heard.add(loss);
        return better < Math.ceil(heard.size() / 3.0);
    }

    @Test
    void aLateStarterIsLost() {
        double[][] losses = losses(40, 0, 2);
        losses[30] = new double[] {5, 5, 5, 5, 5, 5, 5, 5, -1};
        StoppingReplay.Outcome outcome = new StoppingReplay(history(losses), false).with(HALVING);
        assertEquals(30, outcome.winner());
        assertFalse(outcome.winnerSurvives());
        assertTrue(outcome.bestTen() < 10);
    }

    @Test
    void ranksThatAgreeCorrelateWhollyAndTiesCountHalf() {
        assertEquals(1, RankCorrelation.of(new double[] {1, 2, 30}, new double[] {-5, 0, 0.1}), 1e-12);
        assertEquals(-1, RankCorrelation.of(new double[] {1, 2, 3}, new double[] {3, 2, 1}), 1e-12);
        // scipy.stats.spearmanr([1, 2, 2, 4, 5], [2, 1, 3, 3, 5])
        assertEquals(
                0.7631578947368421,
                RankCorrelation.of(new double[] {1, 2, 2, 4, 5}, new double[] {2, 1, 3, 3, 5}),
                1e-12);
        assertEquals(
                1,
                new StoppingReplay(history(losses(30, 0, 3)), false)
                        .with(HALVING)
                        .rungs()
                        .get(0)
                        .correlation(),
                1e-12);
    }
}
