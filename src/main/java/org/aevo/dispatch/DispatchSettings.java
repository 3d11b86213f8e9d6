package org.aevo.dispatch;

import org.aevo.search.Budget;

/**
 * @param maxAttempts how many workers a candidate may cost before it is given up; at least 1
 * @param prefetch candidates that a worker has beside the one at work; 0 for none
 * @param graceSeconds how long an ending run waits for what is out
 */
public record DispatchSettings(Budget budget, int maxAttempts, int prefetch, double graceSeconds) {
    public DispatchSettings {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("max-attempts must be at least 1, was " + maxAttempts);
        }
        if (prefetch < 0) {
            throw new IllegalArgumentException("prefetch must not be negative, was " + prefetch);
        }
    }
}
