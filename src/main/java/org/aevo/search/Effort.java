package org.aevo.search;

/**
 * What an evaluation cost its worker, and what was done for that; of several folds all together.
 *
 * @param durations where the time went
 * @param epochs finished epochs
 * @param samplesPerSecond trained samples per second of training; NaN if none was trained
 * @param parameters trainable numbers of a network, 0 if none was built
 * @param usage of the worker's host
 */
public record Effort(Durations durations, int epochs, double samplesPerSecond, long parameters, Usage usage) {

    /** An effort of which it is not known what it took of the host. */
    public Effort(Durations durations, int epochs, double samplesPerSecond, long parameters) {
        this(durations, epochs, samplesPerSecond, parameters, Usage.UNKNOWN);
    }

    /** The time of a worker that trained nothing. */
    public static Effort of(Durations durations) {
        return new Effort(durations, 0, Double.NaN, 0);
    }
}
