package org.aevo.train;

import java.util.Optional;
import java.util.OptionalLong;
import org.aevo.network.Blueprint;
import org.aevo.network.Hyperparameters;

/**
 * What a process that trains may take, in bytes.
 *
 * @param process heap and native memory of the process; empty if nobody limits it. For messages: what a candidate meets
 *     at the limit depends on the process and its past
 * @param candidate most {@link Blueprint#trainingBytes} of a candidate; empty for any. The same for every worker of a
 *     run, or results would depend on which of them got the candidate
 */
public record MemoryBudget(OptionalLong process, OptionalLong candidate) {
    /** No limits. */
    public static final MemoryBudget UNLIMITED = new MemoryBudget(OptionalLong.empty(), OptionalLong.empty());

    /** Why a candidate is not even built, if it is not. */
    Optional<String> refusal(Blueprint blueprint, Hyperparameters hyperparameters) {
        int batch = hyperparameters.batchSize();
        long needed = blueprint.trainingBytes(batch);
        if (candidate.isPresent() && needed > candidate.getAsLong()) {
            return Optional.of("not built: training with batches of " + batch + " needs an estimated "
                    + mebibytes(needed) + " MiB, a candidate may need " + mebibytes(candidate.getAsLong()) + ofAll());
        }
        // A library may end the process when it does not get such an array, and gets it where the others fit in too.
        long weights = blueprint.weightBytes(hyperparameters.optimizer());
        OptionalLong left = MemoryLimit.left();
        return left.isPresent() && weights > left.getAsLong()
                ? Optional.of("not built: weights, gradients and optimizer state alone need " + mebibytes(weights)
                        + " MiB, there are " + mebibytes(Math.max(0, left.getAsLong())) + " left" + ofAll())
                : Optional.empty();
    }

    private String ofAll() {
        return process.isPresent() ? " of the " + mebibytes(process.getAsLong()) + " MiB of a worker" : "";
    }

    /** To be appended to what went wrong for lack of memory. */
    String explanation(Blueprint blueprint, int batchSize) {
        return " (an estimated " + mebibytes(blueprint.trainingBytes(batchSize)) + " MiB were needed"
                + (process.isPresent() ? ", a worker has " + mebibytes(process.getAsLong()) + " MiB in all)" : ")");
    }

    private static long mebibytes(long bytes) {
        return bytes >> 20;
    }
}
