package org.aevo.record;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.aevo.network.Blueprint;
import org.aevo.network.TrainingParts;
import org.aevo.stat.CostFit;
import org.aevo.stat.RankCorrelation;

/**
 * What an epoch of a network's training takes, as a sum of its {@link TrainingParts}. What the parts cost is guessed, and fitted to what was
 * measured last where that puts what was measured into a better order than the guess does. How many epochs there will be is not known. For
 * one thread.
 */
public final class DurationModel {
    /** Measurements without which nothing is fitted. */
    static final int FEWEST = 40;

    /** Measurements that are fitted: the latest. */
    private static final int MOST = 500;

    private static final double[] GUESS = TrainingParts.guess();

    private record Measurement(double[] parts, double seconds) {}

    private final Deque<Measurement> measured = new ArrayDeque<>();
    private double[] coefficients = GUESS;
    private int unfitted;

    /**
     * An evaluation has taken its time.
     *
     * @param seconds of it, by epoch; positive
     */
    public void learn(Blueprint network, int batch, double seconds) {
        measured.add(new Measurement(TrainingParts.of(network, batch), seconds));
        if (measured.size() > MOST) {
            measured.remove();
        }
        unfitted++;
    }

    /** How long an epoch is expected to take, in no particular unit: by these numbers networks of one run compare. */
    public double expected(Blueprint network, int batch) {
        // while few are known each fit tells much more than the one before, and costs little
        if (measured.size() >= FEWEST && unfitted * 8 >= measured.size()) {
            unfitted = 0;
            coefficients = fitted();
        }
        return CostFit.sum(coefficients, TrainingParts.of(network, batch));
    }

    private double[] fitted() {
        double[][] parts = measured.stream().map(Measurement::parts).toArray(double[][]::new);
        double[] seconds = measured.stream().mapToDouble(Measurement::seconds).toArray();
        double[] fit = CostFit.of(parts, seconds);
        return order(fit, parts, seconds) > order(GUESS, parts, seconds) ? fit : scaled(parts, seconds);
    }

    /** The guess, by as much larger or smaller as what was measured is in sum. */
    private static double[] scaled(double[][] parts, double[] seconds) {
        double guessed = Arrays.stream(parts)
                .mapToDouble(part -> CostFit.sum(GUESS, part))
                .sum();
        double factor = Arrays.stream(seconds).sum() / guessed;
        return Arrays.stream(GUESS).map(part -> part * factor).toArray();
    }

    /** How well what is expected puts what was measured in order. */
    private static double order(double[] coefficients, double[][] parts, double[] seconds) {
        double[] expected = Arrays.stream(parts)
                .mapToDouble(part -> CostFit.sum(coefficients, part))
                .toArray();
        return RankCorrelation.of(expected, seconds);
    }
}
