package org.aevo.dispatch;

/**
 * A candidate that went with its worker.
 *
 * @param begun whether the worker was at it, as far as is known: then it counts against the candidate
 */
public record Loss(Assignment assignment, boolean begun) {}
