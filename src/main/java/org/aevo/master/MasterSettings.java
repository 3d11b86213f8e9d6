package org.aevo.master;

import org.aevo.search.SendingOrder;

/**
 * @param runSeed from which the seed of each evaluation comes
 * @param inputYaml the effective input that each worker gets
 * @param dataPlace where workers find the data, a line for each place; the kind of data where they have none
 * @param places workers at a time; more than these are sent away
 * @param team workers that evaluate a candidate together; 1 for each its own
 * @param maxAttempts how often a candidate is sent out before it counts as lost with its workers
 * @param graceSeconds how long a stopping run waits for evaluations that are out
 * @param lonelySeconds how long a run without any worker waits for one that is ready, or that is preparing and gets on
 * @param silenceSeconds without a sign of life after which a worker counts as lost
 * @param snapshotSeconds between two snapshots
 * @param prefetch candidates that a worker has beside the one at work
 * @param order in which candidates are sent; that of the longest only for a search that waits for whole generations
 */
public record MasterSettings(
        long runSeed,
        String inputYaml,
        String dataPlace,
        int places,
        int team,
        int maxAttempts,
        double graceSeconds,
        double lonelySeconds,
        double silenceSeconds,
        double snapshotSeconds,
        int prefetch,
        SendingOrder order) {}
