package org.aevo.config;

import java.util.OptionalLong;
import org.aevo.search.SendingOrder;
import org.aevo.train.LearningRateRule;

/**
 * How workers are started and kept.
 *
 * @param workers that evaluate; under a launcher such as srun the ranks decide
 * @param team workers that evaluate a candidate together, data-parallel; 1 for each its own
 * @param teamLearningRate what becomes of the learning rate in a team
 * @param workersPerProcess simulated workers that share a process; 1 where they train
 * @param gpus whether each worker is given one
 * @param workersPerDevice workers that may share a GPU
 * @param workerMemoryMiB heap and native memory of one worker; empty for an equal share of the machine
 * @param maxAttempts how often a candidate is sent out before it counts as lost with its workers
 * @param startTimeout seconds for a worker from its start to its first readiness
 * @param heartbeatTimeout seconds without a sign of life after which a worker counts as lost
 * @param prefetch candidates that a worker is sent beside the one at work, at most {@value #MOST_PREFETCH}
 * @param graceSeconds how long a stopping run waits for evaluations that are still out
 * @param order in which the candidates of a generation are sent
 */
public record ClusterSettings(
        int workers,
        int team,
        LearningRateRule teamLearningRate,
        int workersPerProcess,
        GpuUse gpus,
        int workersPerDevice,
        OptionalLong workerMemoryMiB,
        int maxAttempts,
        double startTimeout,
        double heartbeatTimeout,
        int prefetch,
        double graceSeconds,
        SendingOrder order) {
    public static final int MOST_PREFETCH = 64;
    public static final int MOST_TEAM = 64;

    /** Candidates that can be evaluated at the same time. */
    public int places() {
        return workers / team;
    }
}
