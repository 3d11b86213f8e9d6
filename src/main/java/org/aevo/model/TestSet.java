package org.aevo.model;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.aevo.network.Blueprint;
import org.aevo.search.Figure;
import org.aevo.task.AutoencoderTask;
import org.aevo.task.TaskData;
import org.aevo.train.Autoencoder;
import org.aevo.train.Samples;

/** The test samples, the same for every model. */
final class TestSet {
    private final Part part;
    private final Samples inputs;
    private final Function<Autoencoder, Map<Figure, Double>> figures;

    private final Optional<String> problem;

    TestSet(AutoencoderTask task, Part fitted, Part test, long dataSeed) {
        this.part = test;
        this.inputs = task.testInputs(test.samples(), dataSeed);
        Function<Autoencoder, Map<Figure, Double>> measure = model -> Map.of();
        Optional<String> why = Optional.empty();
        try {
            measure = task.testFigures(
                    new TaskData(fitted.samples(), test.samples(), fitted.labels(), test.labels(), dataSeed));
        } catch (IllegalArgumentException e) {
            why = Optional.of("Of the " + test.count() + " test samples nothing but the error was measured: "
                    + e.getMessage() + ".");
        }
        this.figures = measure;
        this.problem = why;
    }

    /** Why there are no figures, if there are too few samples or too little heap for them. */
    Optional<String> problem() {
        return problem;
    }

    int count() {
        return part.count();
    }

    Map<Figure, Double> figures(Autoencoder model) {
        return figures.apply(model);
    }

    /** Mean squared error per value. */
    double error(Autoencoder model) {
        double sum = 0;
        for (int from = 0; from < count(); from += Blueprint.VALIDATION_BATCH) {
            int to = Math.min(count(), from + Blueprint.VALIDATION_BATCH);
            float[] wanted = part.samples().values(from, to);
            float[] output = model.reconstruct(inputs.values(from, to));
            for (int i = 0; i < wanted.length; i++) {
                double difference = (double) output[i] - wanted[i];
                sum += difference * difference;
            }
        }
        return sum / (count() * (double) part.samples().shape().size());
    }

    /** What a model makes of the first samples. */
    Showing showing(Autoencoder model, int most) {
        int count = Math.min(most, count());
        return new Showing(
                part.samples().shape(),
                count,
                part.samples().values(0, count),
                inputs.values(0, count),
                model.encode(inputs, count),
                model.reconstruct(inputs, count),
                part.labels().map(labels -> Arrays.copyOf(labels, count)));
    }
}
