package org.aevo.report.scaling;

/**
 * A fitness to be reached.
 *
 * @param name what it is called: {@code worst final}
 */
public record Target(String name, double fitness) {
    public Target {
        if (!Double.isFinite(fitness)) {
            throw new IllegalArgumentException("a target must be a finite fitness, was " + fitness);
        }
    }
}
