package org.aevo.task;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.aevo.search.Figure;
import org.aevo.train.Autoencoder;
import org.aevo.train.Loss;
import org.aevo.train.Objective;
import org.aevo.train.Samples;

/**
 * The code is what counts: it should keep what is near near, and tell classes apart. Training reconstructs.
 *
 * @param neighbours that trustworthiness, continuity and the nearest neighbours' vote look at
 */
public record Embed(int neighbours, Loss loss, Fitness fitness, int figureSamples) implements Task {
    private static final double SHARE_OF_HEAP = 0.8;

    @Override
    public Optional<String> problem(Facts data) {
        int validation = Math.min(figureSamples, data.validation());
        if (2L * neighbours >= validation) {
            return Optional.of("task.neighbours is " + neighbours + ", but must be fewer than half the " + validation
                    + " validation samples that figures are measured on: lower it, or raise data.validation"
                    + " and task.figure-samples");
        }
        int train = Math.min(figureSamples, data.train());
        if (neighbours > train) {
            return Optional.of("task.neighbours is " + neighbours + ", more than the " + train
                    + " training samples whose codes vote");
        }
        if (!data.labelled() && fitness.figure().filter(Embed::needsLabels).isPresent()) {
            return Optional.of("task.fitness is "
                    + fitness.figure().get().column().replace('_', '-')
                    + ", but the data have no labels: give data.labels, or choose trustworthiness, continuity or"
                    + " validation-loss");
        }
        return Optional.empty();
    }

    private static boolean needsLabels(Figure figure) {
        return figure == Figure.PROBE_ACCURACY || figure == Figure.KNN_ACCURACY;
    }

    /** Running out of it later would end the process without a word of why. */
    private static void checkHeap(Samples samples, int count) {
        // the samples as they are and as the neighbourhoods copy them, and a rank for each pair
        long needed = count * ((Float.BYTES + Double.BYTES) * samples.shape().size() + (long) Character.BYTES * count);
        long heap = Runtime.getRuntime().maxMemory();
        if (needed > SHARE_OF_HEAP * heap) {
            throw new IllegalArgumentException("task.figure-samples: figures of " + count + " samples need "
                    + (needed >> 20) + " MiB, a worker's heap has " + (heap >> 20)
                    + ": lower it, or raise cluster.worker-memory");
        }
    }

    /** Where all labels are equal any code tells them: the accuracy is 1 whatever is evolved. */
    private void checkClasses(TaskData data) {
        if (fitness.figure().filter(Embed::needsLabels).isEmpty()) {
            return;
        }
        int[] labels = data.trainLabels().orElseThrow();
        int first = labels[0];
        if (Arrays.stream(labels).limit(figureSamples).allMatch(label -> label == first)) {
            throw new IllegalArgumentException("task.fitness is "
                    + fitness.figure().orElseThrow().column().replace('_', '-') + ", but the training samples that it"
                    + " learns from all have the label " + first + ": give other data.labels, or choose"
                    + " trustworthiness, continuity or validation-loss");
        }
    }

    /**
     * @throws IllegalArgumentException if figures of so many samples need more heap than this process has, or all
     *     samples have the same label, where labels give the fitness
     */
    @Override
    public Objective objective(TaskData data) {
        checkClasses(data);
        checkHeap(data.validation(), Math.min(figureSamples, data.validation().count()));
        return new TaskObjective(this, data, fitness, new CodeFigures(data, neighbours, figureSamples));
    }

    @Override
    public Function<Autoencoder, Map<Figure, Double>> testFigures(TaskData data) {
        int measured = Math.min(figureSamples, data.validation().count());
        if (2L * neighbours >= measured) {
            throw new IllegalArgumentException("task.neighbours is " + neighbours + ", but must be fewer than half the "
                    + measured + " samples that figures are measured on");
        }
        checkHeap(data.validation(), measured);
        return new CodeFigures(data, neighbours, figureSamples);
    }
}
