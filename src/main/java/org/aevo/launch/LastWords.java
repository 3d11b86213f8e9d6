package org.aevo.launch;

import java.util.regex.Pattern;

/**
 * What a process said that explains its end: its last line, or, from a virtual machine that crashed, the line of its
 * report that names the reason.
 */
final class LastWords {
    private static final Pattern CRASH = Pattern.compile(
            "# *(SIG[A-Z]+ .*|Internal Error .*|There is insufficient memory .*|Out of Memory Error .*|Native memory allocation .*)");

    /** It goes onto a command line and into the journal. */
    private static final int LONGEST = 200;

    private volatile String line = "";
    private boolean crashed;

    /** Takes the next line of its output. */
    void hear(String next) {
        var crash = CRASH.matcher(next);
        if (crash.matches()) {
            line = crashed ? line : brief(crash.group(1));
            crashed = true;
        } else if (!crashed && !next.isBlank() && !next.startsWith("#")) {
            line = brief(next);
        }
    }

    private static String brief(String text) {
        String plain = text.strip().replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "...";
    }

    /** Empty if it said nothing. */
    String text() {
        return line;
    }
}
