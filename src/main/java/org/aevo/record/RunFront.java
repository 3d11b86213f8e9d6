package org.aevo.record;

import java.util.List;

/**
 * What {@code run.h5} tells of a run's objectives. All are lower is better.
 *
 * @param objectives their names, as {@code task.objectives} has them
 * @param members id and objectives of the evaluations that no other dominates
 * @param hypervolume of the evaluations so far, after each arrival
 * @param reference the point that it is measured from
 * @param isReferenceGiven whether the input says it, and not the run itself
 */
public record RunFront(
        List<String> objectives,
        RunTable members,
        RunTable hypervolume,
        List<Double> reference,
        boolean isReferenceGiven) {
    public RunFront {
        objectives = List.copyOf(objectives);
        reference = List.copyOf(reference);
    }
}
