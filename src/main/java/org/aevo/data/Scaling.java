package org.aevo.data;

/**
 * How values come into [0, 1]. Minima and maxima are those of the train part; what lies outside of them in the other
 * parts is clipped to 0 or 1. A feature that is constant in the train part becomes 0.
 */
public enum Scaling {
    /** Unsigned bytes are divided by 255; other vectors are scaled per feature, other images globally. */
    AUTO,
    /** Each position of a sample has a minimum and a maximum of its own. */
    PER_FEATURE,
    /** One minimum and one maximum for all values. */
    GLOBAL
}
