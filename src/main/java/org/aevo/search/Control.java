package org.aevo.search;

/** Follows one evaluation while it runs, and may end it; called by the thread that evaluates. */
public interface Control {
    /** Listens to nothing and lets everything run to its own end. */
    Control NONE = new Control() {};

    /** What becomes of an evaluation. */
    enum Verdict {
        GO_ON,
        /** It ends here as if its patience had run out: what it has is its result. */
        STOP
    }

    /**
     * After a step of training.
     *
     * @param epoch from 1
     * @param samples that this epoch has seen
     * @param of that it will see
     */
    default void step(int epoch, int samples, int of) {}

    /** After an epoch and its validation. */
    default Verdict epoch(Evaluation.Epoch point) {
        return Verdict.GO_ON;
    }
}
