package org.aevo.network;

import java.util.Arrays;
import java.util.List;

/** Activation functions that a gene can carry; engines implement exactly these definitions. */
public enum Activation {
    /** max(0, x) */
    RELU,
    /** x for x &ge; 0, else 0.01 x */
    LEAKY_RELU,
    /** x for x &ge; 0, else e^x - 1 */
    ELU,
    /** x / (1 + e^-x) */
    SWISH,
    /** hyperbolic tangent */
    TANH,
    /** 1 / (1 + e^-x) */
    SIGMOID,
    /** x */
    IDENTITY,
    /** 0.2 x + 0.5, cut to [0, 1] */
    HARD_SIGMOID,
    /** e^x of each value over the sum of those of all values of a sample; only for the vectors that classifiers put out */
    SOFTMAX;

    /** All that act on each value by itself: any but {@link #SOFTMAX}. */
    public static final List<Activation> OF_VALUES =
            Arrays.stream(values()).filter(a -> a != SOFTMAX).toList();
}
