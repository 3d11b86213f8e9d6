package org.aevo.stopping;

import java.util.List;
import org.aevo.search.Control;

/**
 * Judges evaluations at rungs: a seeded state machine without clock, thread or file, as a search strategy is. The same sequence of
 * calls gives the same verdicts: resuming a run is replaying its calls.
 */
public interface StoppingRule {

    /** Epochs after which evaluations are judged, ascending, each below the last epoch; empty where nothing is judged. */
    List<Integer> rungs();

    /**
     * The verdict on an evaluation that has reached a rung. Asked again of the same candidate and rung (it was sent again after its
     * worker was lost) it says the same and counts nothing twice.
     *
     * @param id of the candidate
     * @param epoch one of the rungs
     * @param loss what the task lowers, after this epoch; not a number if there is none, which is as bad as can be
     * @throws IllegalArgumentException if there is no such rung
     */
    Control.Verdict judge(long id, int epoch, double loss);

    /**
     * The search took evaluations in. A rule of a search with generations holds what it hears of a generation against earlier
     * generations alone, so that verdicts do not depend on who was first: here a generation becomes an earlier one.
     */
    void takenIn();
}
