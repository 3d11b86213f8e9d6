package org.aevo.ensemble;

import java.util.Locale;

/** What there is to do in an ensemble run. */
public enum TaskKind {
    /** An autoencoder that is trained for few epochs; its weights after each of them are kept. */
    MEMBER,
    /** One that is trained for many; its weights after the measured ones are kept. */
    MONOLITH,
    /** A classifier of the codes that one member has after an epoch. */
    MEMBER_CLASSIFIER,
    /** What the classifiers of all members tell together, and how far they differ: nothing is trained. */
    VOTE,
    /** A classifier of the codes that all members of a repeat have after an epoch, one behind the other. */
    JOINT_CLASSIFIER,
    /** A classifier of the codes that the monolith has after an epoch. */
    MONOLITH_CLASSIFIER,
    /** A classifier of as many principal components as the joint codes have values. */
    COMPONENTS_CLASSIFIER;

    /** Whether an autoencoder is trained. */
    public boolean trainsAutoencoder() {
        return this == MEMBER || this == MONOLITH;
    }

    /** {@code joint-classifier}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
