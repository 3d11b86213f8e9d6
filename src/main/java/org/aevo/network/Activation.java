package org.aevo.network;

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
    /** x; only for output layers, no gene mutates to it */
    IDENTITY
}
