package org.aevo.task;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aevo.network.Shape;
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
public record Embed(int neighbours, Loss loss, Fitness fitness, int figureSamples) implements AutoencoderTask {
    private static final double SHARE_OF_HEAP = 0.8;
    private static final String OTHERS = "trustworthiness, continuity or validation-loss";
    private static final String LESS_OR_MORE = ": lower it, or raise cluster.worker-memory";

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
        return data.labelled()
                ? Optional.empty()
                : labelFigure()
                        .map(figure -> fitness.asksFor(figure) + ", but the data have no labels: give data.labels, or "
                                + fitness.otherThan(figure, OTHERS));
    }

    /** What of the fitness or the objectives stands on labels; the fitness, if it does. */
    private Optional<Figure> labelFigure() {
        return Stream.concat(fitness.figure().stream(), fitness.figures().stream())
                .filter(figure -> figure == Figure.PROBE_ACCURACY || figure == Figure.KNN_ACCURACY)
                .findFirst();
    }

    /** Running out of it later would end the process without a word of why. */
    @Override
    public Optional<String> heapProblem(Shape shape, int samples, long heap) {
        long count = Math.min(figureSamples, samples);
        // the samples as they are and as the neighbourhoods copy them, and a rank for each pair
        long needed = count * ((Float.BYTES + Double.BYTES) * shape.size() + Character.BYTES * count);
        long room = (long) (SHARE_OF_HEAP * heap);
        return needed <= room
                ? Optional.empty()
                : Optional.of("task.figure-samples is " + figureSamples + ": figures of " + count + " samples of "
                        + shape + " need " + mebibytes(needed) + " MiB of heap (" + needed
                        + " bytes), and may take " + mebibytes(room) + " of the " + mebibytes(heap)
                        + " that there are");
    }

    private static long mebibytes(long bytes) {
        return bytes >> 20;
    }

    private Optional<String> heapProblem(TaskData data) {
        Samples measured = data.validation();
        return heapProblem(
                measured.shape(), measured.count(), Runtime.getRuntime().maxMemory());
    }

    private static void refuse(Optional<String> problem) {
        problem.ifPresent(text -> {
            throw new IllegalArgumentException(text);
        });
    }

    @Override
    public boolean needsLabels() {
        return labelFigure().isPresent();
    }

    /**
     * Where all training labels are equal any code tells them, where none is among those to be told no code does: the
     * accuracy is the same whatever is evolved.
     */
    @Override
    public Optional<String> labelProblem(int[] train, int[] validation) {
        int[] learnt = Arrays.copyOf(train, Math.min(figureSamples, train.length));
        int first = learnt[0];
        if (Arrays.stream(learnt).allMatch(label -> label == first)) {
            return Optional.of(labelProblem("the training samples that it learns from all have the label " + first));
        }
        Set<Integer> known = Arrays.stream(learnt).boxed().collect(Collectors.toSet());
        return Arrays.stream(validation).limit(figureSamples).anyMatch(known::contains)
                ? Optional.empty()
                : Optional.of(labelProblem("no validation sample has a label that one of the " + learnt.length
                        + " training samples has which it learns from"));
    }

    private String labelProblem(String what) {
        Figure figure = labelFigure().orElseThrow();
        return fitness.asksFor(figure) + ", but " + what + ": give other data.labels, or "
                + fitness.otherThan(figure, OTHERS);
    }

    /**
     * @throws IllegalArgumentException if figures of so many samples need more heap than this process has, or such labels
     *     cannot give the fitness
     */
    @Override
    public Objective objective(TaskData data) {
        if (needsLabels()) {
            refuse(labelProblem(
                    data.trainLabels().orElseThrow(), data.validationLabels().orElseThrow()));
        }
        refuse(heapProblem(data).map(problem -> problem + LESS_OR_MORE));
        return new TaskObjective(this, data, fitness, new CodeFigures(data, neighbours, figureSamples));
    }

    @Override
    public Function<Autoencoder, Map<Figure, Double>> testFigures(TaskData data) {
        int measured = Math.min(figureSamples, data.validation().count());
        if (2L * neighbours >= measured) {
            throw new IllegalArgumentException("task.neighbours is " + neighbours + ", but must be fewer than half the "
                    + measured + " samples that figures are measured on");
        }
        // of a command, whose memory no input bounds
        refuse(heapProblem(data).map(problem -> problem + ": enlarge it with AEVO_JAVA_OPTIONS=-Xmx8g, say"));
        return new CodeFigures(data, neighbours, figureSamples);
    }
}
