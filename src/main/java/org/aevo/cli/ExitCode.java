package org.aevo.cli;

import java.util.Set;

/** What a command's exit says. */
final class ExitCode {
    static final int DONE = 0;
    static final int FAILED = 1;
    /** Wrong usage or input: nothing was started, nothing written. */
    static final int USAGE = 2;
    /** Stopped before the budget was spent; can be resumed. */
    static final int RESUMABLE = 3;
    /** Added to the number of the signal that stopped a run cleanly. */
    static final int SIGNAL = 128;
    /** The reader of standard output has closed its end, as {@code head} does; of other programs SIGPIPE's makes it. */
    static final int CLOSED_PIPE = SIGNAL + 13;

    private static final Set<Integer> STOP_SIGNALS = Set.of(1, 2, 15); // SIGHUP, SIGINT, SIGTERM

    private ExitCode() {}

    /** Whether a run ended with it that a signal stopped cleanly. */
    static boolean isOfStopSignal(int code) {
        return STOP_SIGNALS.contains(code - SIGNAL);
    }
}
