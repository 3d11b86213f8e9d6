package org.aevo.dispatch;

/**
 * A run comes to its end: nothing more is sent, and what is out may come back for a time.
 *
 * @param complete whether the budget was spent, or the search is exhausted
 * @param reason part of a sentence
 * @param by when nothing is waited for any longer, in the seconds of those who tell the time
 */
public record Ending(boolean complete, String reason, double by) {}
