package org.aevo.ensemble;

import java.util.List;
import org.aevo.network.Design;

/**
 * A task with its place in the plan.
 *
 * @param id of its candidate
 * @param design the autoencoder that is trained, or whose codes are classified; the first member's where codes are of
 *     several or of none
 * @param needs ids of the tasks whose arrays it reads, weights or predictions, in the order of the members: all are lower than its own
 */
public record PlannedTask(long id, EnsembleTask task, Design design, List<Long> needs) {
    public PlannedTask {
        needs = List.copyOf(needs);
    }
}
