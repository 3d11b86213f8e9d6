package org.aevo.report.run;

import java.util.Arrays;

/** The unit in which a length of time is shown. */
record TimeScale(double seconds, String unit) {

    /** The unit that suits a length of time. */
    static TimeScale of(double length) {
        if (length < 600) {
            return new TimeScale(1, "s");
        }
        if (length < 3 * 3600) {
            return new TimeScale(60, "min");
        }
        return length < 4 * 86400 ? new TimeScale(3600, "h") : new TimeScale(86400, "days");
    }

    /** The name of an axis: {@code time since the start (min)}. */
    String label(String of) {
        return of + " (" + unit + ")";
    }

    double[] scale(double[] times) {
        return Arrays.stream(times).map(t -> t / seconds).toArray();
    }
}
