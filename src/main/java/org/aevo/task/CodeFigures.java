package org.aevo.task;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.aevo.metric.LinearProbe;
import org.aevo.metric.NearestNeighbours;
import org.aevo.metric.Neighbourhood;
import org.aevo.search.Figure;
import org.aevo.train.Autoencoder;
import org.aevo.train.Samples;

/**
 * What codes are worth: trustworthiness and continuity of those of validation samples; and, where the data have labels,
 * how many of these are told from the code by a linear probe and by the nearest neighbours, both of which learn from the
 * codes of as many training samples at most.
 */
final class CodeFigures implements Function<Autoencoder, Map<Figure, Double>> {
    private final Samples train;
    private final Samples validation;
    private final int trainCount;
    private final int count;
    private final Optional<int[]> trainLabels;
    private final Optional<int[]> labels;
    private final int neighbours;
    private final Neighbourhood neighbourhood;

    /** @param most samples of each part to look at: the first ones */
    CodeFigures(TaskData data, int neighbours, int most) {
        this.train = data.train();
        this.validation = data.validation();
        this.trainCount = Math.min(most, train.count());
        this.count = Math.min(most, validation.count());
        this.trainLabels = data.trainLabels().map(all -> Arrays.copyOf(all, trainCount));
        this.labels = data.validationLabels().map(all -> Arrays.copyOf(all, count));
        this.neighbours = neighbours;
        this.neighbourhood = new Neighbourhood(validation.values(0, count), count);
    }

    @Override
    public Map<Figure, Double> apply(Autoencoder network) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        float[] codes = network.encode(validation, count);
        figures.put(Figure.TRUSTWORTHINESS, neighbourhood.trustworthiness(codes, neighbours));
        figures.put(Figure.CONTINUITY, neighbourhood.continuity(codes, neighbours));
        if (trainLabels.isPresent() && labels.isPresent()) {
            float[] training = network.encode(train, trainCount);
            figures.put(Figure.PROBE_ACCURACY, LinearProbe.accuracy(training, trainLabels.get(), codes, labels.get()));
            figures.put(
                    Figure.KNN_ACCURACY,
                    NearestNeighbours.accuracy(training, trainLabels.get(), codes, labels.get(), neighbours));
        }
        figures.values().removeIf(value -> value.isNaN());
        return figures;
    }
}
