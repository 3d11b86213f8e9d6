package org.aevo.search;

/** Follows one evaluation while it runs, and may end it; called by the thread that evaluates. */
public interface Control {
    /** Listens to nothing and lets everything run to its own end. */
    Control NONE = new Control() {};

    /** What becomes of an evaluation. */
    enum Verdict {
        GO_ON,
        /**
         * It ends here as if its patience had run out: what it has is its result. Of several folds the one at hand ends; those
         * that follow are trained, and asked about, as they would be otherwise.
         */
        STOP
    }

    /**
     * After a step of training. Folds follow one another: one that follows begins again with epoch 1.
     *
     * @param epoch from 1
     * @param samples that this epoch has seen
     * @param of that it will see; fewer than other epochs where a bound of steps ends it
     */
    default void step(int epoch, int samples, int of) {}

    /** After an epoch and its validation. */
    default Verdict epoch(Evaluation.Epoch point) {
        return Verdict.GO_ON;
    }
}
