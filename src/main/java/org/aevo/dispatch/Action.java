package org.aevo.dispatch;

import java.util.List;
import org.aevo.search.Candidate;

/** What is to be done now. It counts as done: whoever drives the dispatch does it before they tell it of anything else. */
public sealed interface Action {

    /** Place of the worker. */
    int place();

    Assignment assignment();

    /**
     * Send a candidate to a worker.
     *
     * @param asked what the strategy was asked for just now, in the order of birth: this candidate, and with it all of its
     *     generation where the longest goes first; nothing where this one was asked for before
     * @param ahead how many candidates the worker has already: 0 for one that has nothing to do
     */
    record Send(int place, Assignment assignment, List<Candidate> asked, int ahead) implements Action {
        public Send {
            asked = List.copyOf(asked);
        }
    }

    /**
     * Ask a worker for a candidate back that waits behind others, unless it has been begun meanwhile. It will come back
     * ({@link Dispatcher#returned}), or be evaluated.
     */
    record TakeBack(int place, Assignment assignment) implements Action {}
}
