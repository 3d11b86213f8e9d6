package org.aevo.cli;

import java.util.List;
import java.util.Optional;
import org.aevo.record.Program;
import org.aevo.record.RunHistory;
import org.aevo.record.Session;

/** What there is to say when this program is not the one that recorded a run. */
final class OtherProgram {
    private OtherProgram() {}

    /** The end of a message about a decision that this program makes otherwise. */
    static String wayOut(RunHistory history) {
        return last(history)
                .map(then -> then.equals(Build.program())
                        ? "; " + then + " recorded it: its input or data was changed, or a file is damaged"
                        : "; " + then + " recorded it, this is " + Build.program()
                                + ": use that one, or start a new run")
                .orElse("");
    }

    /** That a run goes on with another program, whose decisions are the recorded ones. */
    static Optional<String> accepted(RunHistory history) {
        return last(history)
                .filter(then -> !then.equals(Build.program()))
                .map(then -> "recorded by " + then + ", goes on with " + Build.program() + ": "
                        + (history.asked() == 1
                                ? "its one candidate so far is"
                                : "all " + history.asked() + " candidates so far are")
                        + " proposed alike");
    }

    private static Optional<Program> last(RunHistory history) {
        List<Session> sessions = history.sessions();
        return sessions.isEmpty()
                ? Optional.empty()
                : Optional.of(sessions.get(sessions.size() - 1).program());
    }
}
