package org.aevo.dispatch;

/** What is to be done now. It counts as done: whoever drives the dispatch does it before they tell it of anything else. */
public sealed interface Action {

    /** Place of the worker. */
    int place();

    Assignment assignment();

    /**
     * Send a candidate to a worker.
     *
     * @param asked whether the strategy was asked for it just now; false for one that is sent again
     * @param ahead how many candidates the worker has already: 0 for one that has nothing to do
     */
    record Send(int place, Assignment assignment, boolean asked, int ahead) implements Action {}

    /**
     * Ask a worker for a candidate back that waits behind others, unless it has been begun meanwhile. It will come back
     * ({@link Dispatcher#returned}), or be evaluated.
     */
    record TakeBack(int place, Assignment assignment) implements Action {}
}
