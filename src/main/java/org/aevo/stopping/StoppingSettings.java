package org.aevo.stopping;

import java.util.List;

/**
 * What an input says of ending evaluations.
 *
 * @param rungs epochs after which evaluations are judged, ascending, at least 1; empty for {@link StoppingKind#NONE}
 * @param reduction one evaluation in so many goes on at a rung of halving; above 1
 */
public record StoppingSettings(StoppingKind kind, List<Integer> rungs, double reduction) {
    /** Reduction factor unless told otherwise. */
    public static final double REDUCTION = 3;

    public static final StoppingSettings NONE = new StoppingSettings(StoppingKind.NONE, List.of(), REDUCTION);

    public StoppingSettings {
        rungs = List.copyOf(rungs);
        if (!(reduction > 1 && reduction <= 1000)) {
            throw new IllegalArgumentException("reduction must be above 1 and at most 1000, was " + reduction);
        }
        int last = 0;
        for (int rung : rungs) {
            if (rung <= last) {
                throw new IllegalArgumentException("rungs must be ascending epochs from 1, were " + rungs);
            }
            last = rung;
        }
        if (kind == StoppingKind.NONE != rungs.isEmpty()) {
            throw new IllegalArgumentException("rungs " + rungs + " do not go with stopping " + kind);
        }
    }
}
