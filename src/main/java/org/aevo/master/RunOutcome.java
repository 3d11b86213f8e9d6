package org.aevo.master;

/**
 * How a run ended.
 *
 * @param complete whether the budget was spent; if not, the run can be resumed
 * @param reason part of a sentence
 */
public record RunOutcome(boolean complete, String reason) {}
