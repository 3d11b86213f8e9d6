package org.aevo.search;

/** Whether a search waits for whole generations. */
public enum Mode {
    /** {@link GenerationalEvolution}, {@link GenerationalLocalSearch} */
    SYNC,
    /** {@link SteadyStateEvolution}, {@link SteadyLocalSearch} */
    ASYNC
}
