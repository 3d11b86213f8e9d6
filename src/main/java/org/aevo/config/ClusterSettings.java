package org.aevo.config;

import java.util.OptionalLong;

/**
 * How workers are started and kept.
 *
 * @param workers processes that evaluate; under a launcher such as srun the number of ranks less one takes its place
 * @param workerMemoryMiB heap and native memory of one worker; empty for an equal share of the machine
 * @param maxAttempts how often a candidate is sent out before it counts as lost with its workers
 * @param startTimeout seconds for a worker from its start to its first readiness
 * @param heartbeatTimeout seconds without a sign of life after which a worker counts as lost
 * @param graceSeconds how long a stopping run waits for evaluations that are still out
 */
public record ClusterSettings(
        int workers,
        OptionalLong workerMemoryMiB,
        int maxAttempts,
        double startTimeout,
        double heartbeatTimeout,
        double graceSeconds) {}
