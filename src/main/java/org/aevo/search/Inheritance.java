package org.aevo.search;

/**
 * What an evaluation began with: weights of its parent as far as layers have the same shapes (Real et al. 2017), or initial
 * weights alone.
 *
 * @param share of the network's trainable numbers that were its parent's, 0 to 1
 * @param epochs that these had been trained for, in the parent and its ancestors; 0 where the share is 0
 */
public record Inheritance(Origin origin, double share, long epochs) {
    /** Nothing was asked for: all weights began as initial ones. */
    public static final Inheritance NONE = of(Origin.INITIAL);

    /** Where an evaluation's first weights came from. The ordinal is the code in files and messages: append only. */
    public enum Origin {
        /** Initial weights: the run inherits none, or the candidate has no parent. */
        INITIAL,
        /** The parent's, in every layer that has the shapes of one of its. */
        PARENT,
        /** Initial weights, since the candidate was made by resetting them. */
        RESET,
        /** Initial weights, since there are none of the parent: its file is gone, or was never written. */
        MISSING,
        /** Initial weights, since the parent's file is damaged or cannot be read. */
        DAMAGED,
        /** Initial weights, since the parent's file is that of another run, candidate or network. */
        STALE;

        /**
         * The origin of a code.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Origin of(int code) {
            if (code < 0 || code >= values().length) {
                throw new IllegalArgumentException("no origin of weights has code " + code);
            }
            return values()[code];
        }
    }

    public Inheritance {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share of inherited weights must be 0 to 1, was " + share);
        }
        if (epochs < 0) {
            throw new IllegalArgumentException("epochs of inherited weights must be at least 0, were " + epochs);
        }
    }

    /** Of an evaluation that inherited nothing. */
    public static Inheritance of(Origin origin) {
        return new Inheritance(origin, 0, 0);
    }
}
