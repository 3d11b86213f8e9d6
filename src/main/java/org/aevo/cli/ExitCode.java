package org.aevo.cli;

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

    private ExitCode() {}
}
