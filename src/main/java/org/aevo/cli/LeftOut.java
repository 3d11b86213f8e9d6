package org.aevo.cli;

import java.util.Map;
import java.util.Optional;
import org.aevo.io.Printable;

/** What {@code bin/environment} did not let through of what a site exports. */
final class LeftOut {
    private static final String VARIABLE = "AEVO_LEFT_OUT";

    private LeftOut() {}

    /** One line for people; empty if that was nothing. */
    static Optional<String> text(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(VARIABLE))
                .filter(names -> !names.isBlank())
                .map(names -> "left out of the environment, as it would bind workers to one core or change results: "
                        + Printable.line(names));
    }
}
