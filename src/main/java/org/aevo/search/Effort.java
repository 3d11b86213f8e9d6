package org.aevo.search;

/**
 * What an evaluation cost its worker, and what was done for that; of several folds all together.
 *
 * @param durations where the time went
 * @param epochs finished epochs
 * @param samplesPerSecond trained samples per second of training; NaN if none was trained
 * @param parameters trainable numbers of a network, 0 if none was built
 * @param usage of the worker's host
 * @param inheritance what its weights were at first
 * @param teamwork which ranks shared it
 */
public record Effort(
        Durations durations,
        int epochs,
        double samplesPerSecond,
        long parameters,
        Usage usage,
        Inheritance inheritance,
        Teamwork teamwork) {

    /** An effort of which it is not known what it took of the host, and that inherited nothing. */
    public Effort(Durations durations, int epochs, double samplesPerSecond, long parameters) {
        this(durations, epochs, samplesPerSecond, parameters, Usage.UNKNOWN);
    }

    /** An effort that inherited nothing. */
    public Effort(Durations durations, int epochs, double samplesPerSecond, long parameters, Usage usage) {
        this(durations, epochs, samplesPerSecond, parameters, usage, Inheritance.NONE);
    }

    /** An effort of one rank. */
    public Effort(
            Durations durations,
            int epochs,
            double samplesPerSecond,
            long parameters,
            Usage usage,
            Inheritance inheritance) {
        this(durations, epochs, samplesPerSecond, parameters, usage, inheritance, Teamwork.ALONE);
    }

    /** The same effort, of which it is known what it took of the host. */
    Effort using(Usage other) {
        return new Effort(durations, epochs, samplesPerSecond, parameters, other, inheritance, teamwork);
    }

    /** The same effort, of which it is known what its weights were at first. */
    public Effort from(Inheritance other) {
        return new Effort(durations, epochs, samplesPerSecond, parameters, usage, other, teamwork);
    }

    /** The same effort, of which it is known which ranks shared it. */
    public Effort by(Teamwork other) {
        return new Effort(durations, epochs, samplesPerSecond, parameters, usage, inheritance, other);
    }

    /** Epochs that its weights were trained for, in ancestors and here. */
    public long cumulatedEpochs() {
        return inheritance.epochs() + epochs;
    }

    /** The time of a worker that trained nothing. */
    public static Effort of(Durations durations) {
        return new Effort(durations, 0, Double.NaN, 0);
    }
}
