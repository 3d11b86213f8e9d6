package org.aevo.search;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How good a candidate turned out to be: what the search selects by, and what that was made of. Of several folds all are means.
 *
 * @param fitness lower is better; NaN if there is none
 * @param trainLoss what training minimised, of the epoch that gave the fitness: the mean squared error per value, the
 *     input's {@code task.loss}, or the cross-entropy of classes; NaN if there is none
 * @param validationLoss mean squared error per value on the validation split; NaN if there is none, as of classifiers
 * @param figures what was measured beside the losses, in the order of their codes; empty for none
 * @param objectives what a search of several objectives lowers, in the order of its input, all finite if there is a fitness;
 *     empty for a search of one
 */
public record Score(
        double fitness, double trainLoss, double validationLoss, Map<Figure, Double> figures, List<Double> objectives) {
    public static final Score NONE = new Score(Double.NaN, Double.NaN, Double.NaN);

    public Score {
        Map<Figure, Double> ordered = new EnumMap<>(Figure.class);
        ordered.putAll(figures);
        figures = Collections.unmodifiableMap(ordered);
        objectives = List.copyOf(objectives);
    }

    /** A score of one objective. */
    public Score(double fitness, double trainLoss, double validationLoss, Map<Figure, Double> figures) {
        this(fitness, trainLoss, validationLoss, figures, List.of());
    }

    /** The same score, measured by several objectives. */
    public Score with(List<Double> others) {
        return new Score(fitness, trainLoss, validationLoss, figures, others);
    }

    /** A score of nothing but losses. */
    public Score(double fitness, double trainLoss, double validationLoss) {
        this(fitness, trainLoss, validationLoss, Map.of());
    }

    /** A figure; NaN if it was not measured. */
    public double figure(Figure figure) {
        return figures.getOrDefault(figure, Double.NaN);
    }

    /** Whether there is a fitness to select by. */
    public boolean hasFitness() {
        return Ranking.counts(fitness);
    }
}
