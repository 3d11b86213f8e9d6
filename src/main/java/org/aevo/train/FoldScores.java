package org.aevo.train;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.aevo.search.Figure;

/** What the folds of one candidate came to, and the means over them. */
final class FoldScores {
    private final List<FoldTraining.Best> epochs = new ArrayList<>();
    private final List<Map<Figure, Double>> figures = new ArrayList<>();
    private double lowest = Double.POSITIVE_INFINITY;

    /**
     * Takes a fold in.
     *
     * @return whether its score is below those of all before it; the first fold's always is
     */
    boolean add(FoldTraining.Best best, Map<Figure, Double> measured) {
        boolean isLowest = epochs.isEmpty() || best.score() < lowest;
        lowest = isLowest ? best.score() : lowest;
        epochs.add(best);
        figures.add(measured);
        return isLowest;
    }

    /** Folds taken in. */
    int count() {
        return epochs.size();
    }

    /** Whether the folds were measured on samples that they held out. */
    boolean heldOut() {
        return epochs.stream().noneMatch(best -> Double.isNaN(best.score()));
    }

    double trainLoss() {
        return mean(epochs, best -> best.point().trainLoss());
    }

    double validationLoss() {
        return mean(epochs, best -> best.point().validationLoss());
    }

    /** Those that every fold has. */
    Map<Figure, Double> figures() {
        Map<Figure, Double> means = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            if (figures.stream().allMatch(measured -> measured.containsKey(figure))) {
                means.put(figure, mean(figures, measured -> measured.get(figure)));
            }
        }
        return means;
    }

    /** Of one fold its own value, to the bit. */
    private static <T> double mean(List<T> folds, ToDoubleFunction<T> value) {
        double sum = 0;
        for (T fold : folds) {
            sum += value.applyAsDouble(fold);
        }
        return sum / folds.size();
    }
}
