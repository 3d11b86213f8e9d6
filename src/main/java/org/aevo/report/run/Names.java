package org.aevo.report.run;

import org.aevo.record.RunData;

/**
 * What the parts of one run's story are called: with a prefix where a report tells of several, and marked where the
 * numbers are invented.
 *
 * @param prefix empty, or with a hyphen at its end
 */
record Names(String prefix, boolean simulated) {
    private static final String MARK = "SIMULATED – ";

    static Names of(RunData run, String prefix) {
        return new Names(prefix, run.about().simulated());
    }

    /** The name of a figure, a table or a section. */
    String of(String name) {
        return prefix + name;
    }

    /** A title of a figure. */
    String title(String text) {
        return simulated ? MARK + text : text;
    }
}
