package org.aevo.genome;

import java.util.Locale;

/** Sections and genes as messages call them. */
final class Places {
    private Places() {}

    /** {@code the encoder}. */
    static String section(Role role) {
        return "the " + role.name().toLowerCase(Locale.ROOT);
    }

    /** {@code gene 2}, of the encoder, or {@code decoder gene 2}. */
    static String gene(Role role, int index) {
        return (role == Role.ENCODER ? "" : role.name().toLowerCase(Locale.ROOT) + " ") + "gene " + index;
    }
}
