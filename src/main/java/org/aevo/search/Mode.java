package org.aevo.search;

/** Whether a genetic search waits for whole generations. */
public enum Mode {
    /** {@link GenerationalEvolution} */
    SYNC,
    /** {@link SteadyStateEvolution} */
    ASYNC
}
