package org.aevo.master;

import java.util.HashMap;
import java.util.Map;
import org.aevo.mpi.Message;

/**
 * What is known of how workers ended in the middle of an evaluation. A master only sees that a link has ended; the one
 * who started the process knows its exit code and last words, and its successor brings them.
 */
final class Obituaries {
    private record Deceased(String host, long pid) {}

    private final Map<Deceased, Long> candidates = new HashMap<>();
    private final Map<Long, String> known = new HashMap<>();

    /** A worker was lost with this candidate. */
    void died(long candidate, String host, long pid) {
        candidates.put(new Deceased(host, pid), candidate);
    }

    /** How it ended, learned later. */
    void learn(String host, Message.Ended ended) {
        Long candidate = candidates.remove(new Deceased(host, ended.pid()));
        if (candidate != null) {
            known.put(candidate, "process " + ended.pid() + " " + ended.how());
        }
    }

    /** The latest that is known of a candidate's lost workers, to be appended to a sentence; empty if nothing is. */
    String of(long candidate) {
        String how = known.get(candidate);
        return how == null ? "" : "; one of them: " + how;
    }
}
