package org.aevo.report.run;

import java.awt.Color;
import org.aevo.record.Accounting;
import org.aevo.record.Timeline;
import org.aevo.record.Timeline.State;

/**
 * What a place for a worker does, with the waiting told apart, in the order in which it is shown. The colours go from
 * dark to light, so that they differ in grey.
 */
enum Activity {
    BUSY("busy", new Color(0x005A92)),
    BARRIER("waiting at the barrier", new Color(0xE69F00)),
    DISPATCH("waiting for dispatch", new Color(0xF7E85B)),
    STARTING("starting", new Color(0x969696)),
    DRAINING("draining", new Color(0xDCEBF5)),
    LOST("lost", new Color(0x1A1A1A));

    final String text;
    final Color colour;

    Activity(String text, Color colour) {
        this.text = text;
        this.colour = colour;
    }

    /** What an interval of a timeline is. */
    static Activity of(Timeline timeline, int interval) {
        return switch (timeline.state(interval)) {
            case BUSY -> BUSY;
            case WAITING -> timeline.atBarrier(interval) ? BARRIER : DISPATCH;
            case STARTING -> STARTING;
            case DRAINING -> DRAINING;
            case LOST -> LOST;
        };
    }

    /** Its share in the workers' time; the shares of all add up to 1. */
    double share(Accounting accounting) {
        return switch (this) {
            case BUSY -> accounting.utilisation();
            case BARRIER -> accounting.barrierShare();
            case DISPATCH -> accounting.dispatchShare();
            case STARTING -> accounting.share(State.STARTING);
            case DRAINING -> accounting.share(State.DRAINING);
            case LOST -> accounting.share(State.LOST);
        };
    }
}
