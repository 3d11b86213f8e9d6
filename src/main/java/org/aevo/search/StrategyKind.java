package org.aevo.search;

import java.util.Arrays;
import org.aevo.network.EnumText;

/** What decides on the next candidate. */
public enum StrategyKind {
    /** Evolution, generational or steady-state by {@link Mode}; the worst leave its population. */
    GENETIC,
    /** Evolution without crossover whose oldest leave, generational or steady-state by {@link Mode}. */
    AGING,
    /** {@link GenerationalLocalSearch} or {@link SteadyLocalSearch} by {@link Mode}. */
    LOCAL,
    /** NSGA-II: evolution by several objectives at once, generational or steady-state by {@link Mode}. */
    NSGA2,
    /** {@link RandomSearch}; it waits in neither mode. */
    RANDOM,
    /** {@link ListedDesigns}; it waits in neither mode. */
    LIST;

    /** Whether a synchronous search of this kind waits at the end of each generation. */
    public boolean hasGenerations() {
        return switch (this) {
            case GENETIC, AGING, LOCAL, NSGA2 -> true;
            case RANDOM, LIST -> false;
        };
    }

    /** The same of the texts that a record has; false of texts that no run of this program writes. */
    public static boolean waitsForGenerations(String mode, String strategy) {
        return EnumText.of(Mode.SYNC).equals(mode)
                && Arrays.stream(values())
                        .anyMatch(kind ->
                                kind.hasGenerations() && EnumText.of(kind).equals(strategy));
    }
}
