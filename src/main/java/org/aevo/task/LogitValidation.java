package org.aevo.task;

import java.util.EnumMap;
import java.util.Map;
import org.aevo.metric.Classification;
import org.aevo.search.Figure;
import org.aevo.train.Network;
import org.aevo.train.Validation;

/** Validation of classifiers: the score is the cross-entropy; outputs are no samples, and have no squared error. */
record LogitValidation(LabelledSamples samples) implements Validation {

    @Override
    public int count() {
        return samples.count();
    }

    @Override
    public Pass begin(Network network) {
        Classification measured = new Classification(samples.classes());
        return new Pass() {
            @Override
            public void add(int from, int to) {
                samples.measure(network, from, to, measured);
            }

            @Override
            public Measured end() {
                Map<Figure, Double> figures = new EnumMap<>(Figure.class);
                figures.put(Figure.ACCURACY, measured.accuracy());
                figures.put(Figure.CROSS_ENTROPY, measured.crossEntropy());
                figures.values().removeIf(value -> value.isNaN());
                return new Measured(measured.crossEntropy(), Double.NaN, figures);
            }
        };
    }
}
