package org.aevo.search;

/**
 * What chooses among children that could be made.
 *
 * @param kind of guide
 * @param costWeight power of a child's expected cost of training by which its expected improvement is divided, in [0, 1]: 0 for a choice
 *     whatever it costs, 1 for the most improvement by second (Snoek, Larochelle and Adams 2012)
 * @param parents among whom parents are selected; others than the evaluated in evolution without generations only
 */
public record GuideSettings(GuideKind kind, double costWeight, ParentsKind parents) {
    /** No guide. */
    public static final GuideSettings NONE = new GuideSettings(GuideKind.NONE, 0, ParentsKind.EVALUATED);

    private static final double COST_WEIGHT = 0.15;

    public GuideSettings {
        if (!(costWeight >= 0 && costWeight <= 1)) {
            throw new IllegalArgumentException("cost weight must be in [0, 1], was " + costWeight);
        }
    }

    /** The defaults of a kind: cost counts by the power of 0.15 (docs/results.md says what that was measured to do). */
    public static GuideSettings of(GuideKind kind) {
        return kind == GuideKind.NONE ? NONE : new GuideSettings(kind, COST_WEIGHT, ParentsKind.EVALUATED);
    }

    /** The same with parents from elsewhere. */
    public GuideSettings with(ParentsKind others) {
        return new GuideSettings(kind, costWeight, others);
    }
}
