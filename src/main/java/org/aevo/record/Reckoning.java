package org.aevo.record;

/**
 * What run.h5 says of one run that has to be worked out, as far as it was: the file is written again and again while the run goes
 * on. For one thread.
 */
record Reckoning(OperationCounts operations, RunningFront front) {
    /** Nothing yet. */
    Reckoning() {
        this(new OperationCounts(), new RunningFront());
    }
}
