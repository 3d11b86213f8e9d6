package org.aevo.surrogate;

import java.util.Arrays;

/**
 * How alike two genomes are: a Matern kernel of smoothness 5/2 (Rasmussen and Williams 2006, 4.2) of a distance in which each choice has
 * a weight, that is an inverse squared length scale.
 *
 * @param choiceOf the choice that each number of a vector tells of
 * @param weights of the choices, positive
 * @param roots of the weights
 * @param noise variance of what two evaluations of one genome differ by, in units of the process's own
 */
record Kernel(int[] choiceOf, double[] weights, double[] roots, double noise) {
    private static final double NOISE = 0.01;

    Kernel(int[] choiceOf, double[] weights, double noise) {
        this(choiceOf, weights, Arrays.stream(weights).map(Math::sqrt).toArray(), noise);
    }

    /** Before anything was learnt. */
    static Kernel initial(int[] choiceOf) {
        double[] weights = new double[Arrays.stream(choiceOf).max().orElse(-1) + 1];
        Arrays.fill(weights, 1);
        return new Kernel(choiceOf, weights, NOISE);
    }

    /** A vector in whose space the distance is the plain one. */
    double[] scaled(double[] vector) {
        double[] scaled = new double[vector.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = vector[i] * roots[choiceOf[i]];
        }
        return scaled;
    }

    /** Of two that are scaled. */
    static double between(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = a[i] - b[i];
            sum += difference * difference;
        }
        return at(sum);
    }

    /** Of a squared distance. */
    static double at(double squared) {
        double r = Math.sqrt(5 * squared);
        return (1 + r + r * r / 3) * StrictMath.exp(-r);
    }
}
