package org.aevo.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one worker was sent and has not answered, in order: the first is at work, as far as is known here. */
final class WorkQueue {
    private final List<Assignment> work = new ArrayList<>(2);
    /** Of those, what was asked back; always the last ones. */
    private int withdrawn;

    void add(Assignment more) {
        work.add(more);
    }

    int size() {
        return work.size();
    }

    boolean has(long id, int attempt) {
        return work.stream().anyMatch(a -> a.id() == id && a.attempt() == attempt);
    }

    /** Takes off what has come back. */
    Optional<Assignment> release(long id, int attempt) {
        for (int i = 0; i < work.size(); i++) {
            Assignment a = work.get(i);
            if (a.id() == id && a.attempt() == attempt) {
                if (i >= work.size() - withdrawn) {
                    withdrawn--;
                }
                work.remove(i);
                return Optional.of(a);
            }
        }
        return Optional.empty();
    }

    /** The last that waits behind others and was not asked back yet; it is now. */
    Assignment withdraw() {
        withdrawn++;
        return work.get(work.size() - withdrawn);
    }

    /** Whether nothing was asked back that has not come yet. */
    boolean isWhole() {
        return withdrawn == 0;
    }

    /** How many wait behind the one at work and were not asked back. */
    int behind() {
        return Math.max(0, work.size() - withdrawn - 1);
    }

    /** How many were asked back and may still come; what has become the first is at work by now. */
    int withdrawing() {
        return Math.min(withdrawn, Math.max(0, work.size() - 1));
    }

    List<Assignment> all() {
        return List.copyOf(work);
    }
}
