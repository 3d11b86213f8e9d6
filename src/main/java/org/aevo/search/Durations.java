package org.aevo.search;

/**
 * Seconds of a worker's time, by its own clock, that an evaluation took.
 *
 * @param build from genome to initialised network, freeing it included; where weights are inherited, reading those of the
 *     parent and leaving its own to children too
 * @param train gradient steps
 * @param validate measuring the validation loss and the figures
 */
public record Durations(double build, double train, double validate) {
    public static final Durations ZERO = new Durations(0, 0, 0);

    public double total() {
        return build + train + validate;
    }
}
