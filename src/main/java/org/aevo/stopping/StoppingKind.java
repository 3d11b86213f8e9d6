package org.aevo.stopping;

/** What ends evaluations that do badly. */
public enum StoppingKind {
    /** Nothing: all are trained as long as the input says, which is the baseline to beat. */
    NONE,
    /** Asynchronous successive halving (Li, Jamieson, Rostamizadeh, Gonina, Hardt, Recht and Talwalkar 2020), its stopping variant. */
    HALVING,
    /** The median rule (Golovin, Solnik, Moitra, Kochanski, Karro and Sculley 2017). */
    MEDIAN
}
