package org.aevo.predict;

import java.util.Optional;
import org.aevo.record.Accounting;
import org.aevo.record.Timeline.State;

/**
 * A run that was not made. Not a measurement: what it says of fitness is drawn, so nothing.
 *
 * @param accounting as of a real run, with the same definitions
 * @param masterSeconds in which the master was at work
 * @param exhausted why the search ended before its budget was spent, if it did
 */
public record Prediction(Scenario scenario, Accounting accounting, double masterSeconds, Optional<String> exhausted) {

    /** From first dispatch to last arrival. */
    public double wallSeconds() {
        return accounting.wallSeconds();
    }

    public double utilisation() {
        return accounting.utilisation();
    }

    /** Share of the workers' time spent waiting at the barrier. */
    public double barrier() {
        return accounting.barrierShare();
    }

    /** Share of the workers' time spent waiting for the master and for messages. */
    public double dispatch() {
        return accounting.dispatchShare();
    }

    /** Share of the workers' time when there was nothing more to send. */
    public double draining() {
        return accounting.share(State.DRAINING);
    }

    /** Share of the workers' time before they were there. */
    public double starting() {
        return accounting.share(State.STARTING);
    }

    public double evaluationsPerHour() {
        return accounting.evaluationsPerHour();
    }

    /** Share of the wall time in which the master was at work. */
    public double masterLoad() {
        return masterSeconds / wallSeconds();
    }
}
