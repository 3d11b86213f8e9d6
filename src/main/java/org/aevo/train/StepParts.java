package org.aevo.train;

/**
 * The two parts of a network's {@linkplain Network#step step}, and what lies between them: the numbers that samples have a
 * say in, one behind the other. Members of a team put the mean of theirs in their place, each weighted by its samples, and
 * update from that what they have alike.
 *
 * <p>These numbers are the gradient of each trainable number, without the decay of weights, and of normalisation the running
 * averages, or what they change by. Their order is the engine's, the same for all networks of one plan.
 *
 * <p>Every method throws {@link OutOfMemoryError} as those of the network do.
 */
public interface StepParts {

    /**
     * The first part: from samples to numbers.
     *
     * @param inputs which may be the targets themselves
     * @return as {@link Network#step}
     */
    double gradient(Samples inputs, Samples targets, int[] order, int from, int to);

    /** How many numbers there are. */
    int size();

    /** Copies the numbers {@code from} to {@code from + count - 1} to the start of an array. */
    void read(int from, float[] values, int count);

    /** Takes the first {@code count} of an array for the numbers from {@code from} on. */
    void write(int from, float[] values, int count);

    /** The second part: from numbers to weights. Without it the first one is as if it had not been. */
    void update();
}
