package org.aevo.report.scaling;

import org.aevo.report.Numbers;

/**
 * A fitness to be reached.
 *
 * @param name what it is called: {@code reached by all}, or the number itself
 */
public record Target(String name, double fitness) {
    public Target {
        if (!Double.isFinite(fitness)) {
            throw new IllegalArgumentException("a target must be a finite fitness, was " + fitness);
        }
    }

    /** The number, and the name where that says more. */
    String text() {
        String number = Numbers.text(fitness);
        return name.equals(number) ? number : number + " (" + name + ")";
    }
}
