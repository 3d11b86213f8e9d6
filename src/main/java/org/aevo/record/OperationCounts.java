package org.aevo.record;

import java.util.Arrays;
import org.aevo.network.Blueprint;
import org.aevo.network.Design;

/**
 * Estimated floating-point operations of a run's candidates. They are worked out once for each: run.h5 is written again and
 * again while a run goes on. For one thread.
 */
public final class OperationCounts {
    private double[] forward = {};
    private double[] step = {};
    private int known;

    /** None yet. */
    OperationCounts() {}

    /** Those of all candidates that were asked, as far as the run tells. */
    public static OperationCounts of(RunHistory history) {
        OperationCounts counts = new OperationCounts();
        RunNetworks.of(history).ifPresent(networks -> counts.count(networks, history.asked()));
        return counts;
    }

    /** Counts those of the first so many candidates that are not known yet. */
    void count(RunNetworks networks, int asked) {
        if (asked > forward.length) {
            forward = Arrays.copyOf(forward, Column.grown(asked));
            step = Arrays.copyOf(step, forward.length);
        }
        for (; known < asked; known++) {
            try {
                Design design = networks.design(known);
                Blueprint blueprint = networks.unfolded(design);
                forward[known] = blueprint.forwardOperations();
                step[known] = blueprint.stepOperations(design.hyperparameters().batchSize());
            } catch (IllegalArgumentException e) {
                // no network: its evaluation says so
                forward[known] = Double.NaN;
                step[known] = Double.NaN;
            }
        }
    }

    /** Of a pass forward of one sample through a candidate's network; NaN if unknown. */
    public double forward(long id) {
        return id < known ? forward[(int) id] : Double.NaN;
    }

    /** Of a training step on a batch of its size; NaN if unknown. */
    public double step(long id) {
        return id < known ? step[(int) id] : Double.NaN;
    }
}
