package org.aevo.record;

/**
 * The part of a run that one master process led.
 *
 * @param start seconds since the run's start
 * @param end when it stopped in good order; NaN if it has not, or was killed
 * @param workers places for workers
 * @param program that led it
 */
public record Session(double start, double end, int workers, Program program) {
    Session endedAt(double time) {
        return new Session(start, time, workers, program);
    }

    boolean ended() {
        return !Double.isNaN(end);
    }
}
