package org.aevo.cli;

/** What is equal in the runs of a bench, whatever their numbers of workers. */
enum Scaling {
    /** The evaluations of a run. */
    STRONG,
    /** The evaluations for each worker. */
    WEAK,
    /** The wall time. */
    TIME
}
