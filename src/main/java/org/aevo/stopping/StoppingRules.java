package org.aevo.stopping;

import java.util.List;
import org.aevo.search.Control;

/** Makes rules. */
public final class StoppingRules {
    private StoppingRules() {}

    /**
     * A new one.
     *
     * @param generations whether what is heard of a generation is held against earlier ones alone
     */
    public static StoppingRule of(StoppingSettings settings, boolean generations) {
        return switch (settings.kind()) {
            case NONE -> none();
            case HALVING -> new RungRule(settings.rungs(), RungRule.halving(settings.reduction()), generations);
            case MEDIAN -> new RungRule(settings.rungs(), RungRule.median(), generations);
        };
    }

    /** One that judges nothing. */
    public static StoppingRule none() {
        return new StoppingRule() {
            @Override
            public List<Integer> rungs() {
                return List.of();
            }

            @Override
            public Control.Verdict judge(long id, int epoch, double loss) {
                throw new IllegalArgumentException("there is no rung at epoch " + epoch);
            }

            @Override
            public void takenIn() {}
        };
    }
}
