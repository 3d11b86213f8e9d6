package org.aevo.task;

import java.util.Locale;
import java.util.Optional;
import org.aevo.network.Shape;
import org.aevo.train.Loss;
import org.aevo.train.Objective;

/** What networks are evolved for; {@code task} in the input file. */
public sealed interface Task permits AutoencoderTask, Classify {

    /** Its name, as {@code task.kind} has it. */
    default String kind() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** What training lowers. */
    Loss loss();

    /** What the search lowers, and the objectives that are measured beside it. */
    Fitness fitness();

    /** Why such data cannot serve this task, as a sentence about the key that asks for too much; empty if they can. */
    Optional<String> problem(Facts data);

    /** Training samples of each network: of the fold that has the fewest. */
    default int trainingSamples(Facts data) {
        return data.train();
    }

    /** Whether the task stands on labels: then they have to be {@link #labelProblem looked at}. */
    default boolean needsLabels() {
        return false;
    }

    /**
     * Why such labels cannot serve it, as a sentence; empty if they can.
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

    /** For full training: of one split, whatever the search made of the samples. */
    Objective training(TaskData data);
}
