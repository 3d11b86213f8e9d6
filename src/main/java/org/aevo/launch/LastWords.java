package org.aevo.launch;

import java.util.regex.Pattern;

/**
 * What a process said that explains its end: its last line, or, from a virtual machine that crashed, the line of its
 * report that names the reason.
 */
final class LastWords {
    private static final Pattern CRASH = Pattern.compile(
            "# *(SIG[A-Z]+ .*|Internal Error .*|There is insufficient memory .*|Out of Memory Error .*|Native memory allocation .*)");

    private volatile String line = "";
    private boolean crashed;

    /** Takes the next line of its output. */
    void hear(String next) {
        var crash = CRASH.matcher(next);
        if (crash.matches()) {
            line = crashed ? line : crash.group(1).strip();
            crashed = true;
        } else if (!crashed && !next.isBlank() && !next.startsWith("#")) {
            line = next.strip();
        }
    }

    /** Empty if it said nothing. */
    String text() {
        return line;
    }
}
