package org.aevo.dispatch;

import java.util.List;
import org.aevo.search.Incumbent;
import org.aevo.search.Stagnation;

/**
 * Where a run stands that is gone on with; its strategy has been asked and told all of it.
 *
 * @param asked candidates
 * @param told evaluations
 * @param stagnation for how long there was none better
 * @param outstanding candidates without an evaluation, to be sent again
 */
public record Past(long asked, long told, Incumbent incumbent, Stagnation stagnation, List<Assignment> outstanding) {
    /** A new run. */
    public static final Past NONE = new Past(0, 0, Incumbent.NONE, Stagnation.NONE, List.of());

    public Past {
        outstanding = List.copyOf(outstanding);
        if (asked != told + outstanding.size()) {
            throw new IllegalArgumentException(asked + " candidates were asked, " + told + " are told, but "
                    + outstanding.size() + " are outstanding");
        }
    }
}
