package org.aevo.record;

import org.aevo.host.Machine;

/**
 * The part of a run that one master process led.
 *
 * @param start seconds since the run's start
 * @param end when it stopped in good order; NaN if it has not, or was killed
 * @param workers places for workers
 * @param program that led it
 * @param host where its master ran; empty if an earlier program recorded it
 * @param machine that host
 */
public record Session(double start, double end, int workers, Program program, String host, Machine machine) {
    static Session of(double start, int workers, Program program) {
        return new Session(start, Double.NaN, workers, program, "", Machine.UNKNOWN);
    }

    Session endedAt(double time) {
        return new Session(start, time, workers, program, host, machine);
    }

    Session on(String itsHost, Machine itsMachine) {
        return new Session(start, end, workers, program, itsHost, itsMachine);
    }

    boolean ended() {
        return !Double.isNaN(end);
    }
}
