package org.aevo.genome;

/** Sections and genes as messages call them. */
final class Places {
    private Places() {}

    /** {@code the encoder}. */
    static String section(Role role) {
        return "the " + role;
    }

    /** {@code gene 2}, of the encoder, or {@code decoder gene 2}. */
    static String gene(Role role, int index) {
        return (role == Role.ENCODER ? "" : role + " ") + "gene " + index;
    }
}
