package org.aevo.task;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.aevo.network.Shape;
import org.aevo.random.Seeds;
import org.aevo.search.Figure;
import org.aevo.train.Autoencoder;
import org.aevo.train.Loss;
import org.aevo.train.Objective;
import org.aevo.train.Samples;

/** What autoencoders are evolved for; {@code task} in the input file. */
public sealed interface Task permits Reconstruct, Denoise, Embed {

    /** Its name, as {@code task.kind} has it. */
    default String kind() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** What training lowers. */
    Loss loss();

    /** What the search lowers. */
    Fitness fitness();

    /** At most so many validation samples are looked at for figures: the first ones, which are random ones. */
    int figureSamples();

    /** What is done to inputs; empty where they are the targets. */
    default Optional<Corruption> corruption() {
        return Optional.empty();
    }

    /** Why such data cannot serve this task, as a sentence about the key that asks for too much; empty if they can. */
    Optional<String> problem(Facts data);

    /** Whether the fitness stands on labels: then they have to be {@link #labelProblem looked at}. */
    default boolean needsLabels() {
        return false;
    }

    /**
     * Why such labels cannot give the fitness, as a sentence; empty if they can.
     *
     * @param train one per training sample
     * @param validation one per validation sample
     */
    default Optional<String> labelProblem(int[] train, int[] validation) {
        return Optional.empty();
    }

    /**
     * Why figures do not fit a heap, with what they need and what there is; empty if they do.
     *
     * @param samples that there are to measure them on
     * @param heap bytes, as {@link Runtime#maxMemory} has them
     */
    default Optional<String> heapProblem(Shape shape, int samples, long heap) {
        return Optional.empty();
    }

    /** Made once, for all candidates of a worker: what all of them need is computed here. */
    Objective objective(TaskData data);

    /** For full training: nothing but the validation loss is measured, and that is what is lowered. */
    default Objective training(TaskData data) {
        return new TaskObjective(this, data, Fitness.VALIDATION_LOSS, model -> Map.of());
    }

    /**
     * What is measured of a model on the test samples, whatever the fitness stands on.
     *
     * @param data with the test samples in the place of those for validation
     * @throws IllegalArgumentException if there are too few samples, or too little heap in this process
     */
    Function<Autoencoder, Map<Figure, Double>> testFigures(TaskData data);

    /**
     * What goes in for validation samples: the same for every candidate, run and method.
     *
     * @param seed of the data
     */
    default Samples validationInputs(Samples clean, long seed) {
        return fixed(clean, seed, 1);
    }

    /**
     * What goes in for test samples, likewise.
     *
     * @param seed of the data
     */
    default Samples testInputs(Samples clean, long seed) {
        return fixed(clean, seed, 2);
    }

    private Samples fixed(Samples clean, long seed, int stream) {
        return corruption()
                .map(corruption -> corruption.corrupted(clean, Seeds.of(seed, stream)))
                .orElse(clean);
    }
}
