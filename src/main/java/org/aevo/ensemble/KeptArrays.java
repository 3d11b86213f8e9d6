package org.aevo.ensemble;

import java.util.Optional;
import org.aevo.network.Design;
import org.aevo.search.ParentWeights;
import org.aevo.search.TrainedNetwork;

/**
 * Where tasks of an ensemble run find the arrays that others kept: a store of trained networks in the run's folder {@code
 * ensemble}, in which each has a number made of its task and epoch, and what classifiers predict has that of epoch 0.
 */
public final class KeptArrays {
    /** More epochs has no training: the numbers of the next task begin there. */
    public static final int MOST_EPOCHS = (1 << 20) - 1;

    private static final int EPOCH_BITS = 20;

    private KeptArrays() {}

    /**
     * The number of what a task kept.
     *
     * @param task id of its candidate
     * @param epoch after which weights of an autoencoder were kept; 0 for {@link Predictions}
     */
    public static long number(long task, int epoch) {
        if (task < 0 || task >= 1L << (Long.SIZE - 1 - EPOCH_BITS) || epoch < 0 || epoch > MOST_EPOCHS) {
            throw new IllegalArgumentException("nothing is kept of task " + task + " after epoch " + epoch);
        }
        return task << EPOCH_BITS | epoch;
    }

    /** Name of the file of a number: {@code task-12-epoch-3.arrays}, or {@code task-40.arrays} for predictions. */
    public static String fileName(long number) {
        int epoch = (int) (number & MOST_EPOCHS);
        return "task-" + (number >> EPOCH_BITS) + (epoch == 0 ? "" : "-epoch-" + epoch) + ".arrays";
    }

    /** What a classifier predicted, as it is kept. */
    public static TrainedNetwork of(long task, Design design, Predictions predictions) {
        return new TrainedNetwork(number(task, 0), design, 0, predictions.arrays());
    }

    /** What reading predictions comes to. */
    public sealed interface Answer {}

    /** They are there. */
    public record Found(Predictions predictions) implements Answer {}

    /**
     * They cannot be had.
     *
     * @param problem one line, which names the file
     */
    public record NotFound(String problem) implements Answer {}

    /** What a classifier predicted. */
    public static Answer predictions(ParentWeights store, long task) {
        ParentWeights.Answer answer = store.get(number(task, 0));
        if (answer instanceof ParentWeights.NotFound none) {
            return new NotFound(none.message());
        }
        Optional<Predictions> predictions =
                Predictions.of(((ParentWeights.Found) answer).network().weights());
        return predictions
                .<Answer>map(Found::new)
                .orElseGet(() -> new NotFound(fileName(number(task, 0)) + ": has other arrays than predictions have"));
    }
}
