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
    /** {@link PairwiseTournament}; asynchronous only: it has no barrier to wait at. */
    PAIRWISE,
    /** {@link RandomSearch}; it waits in neither mode. */
    RANDOM,
    /** {@link ListedDesigns}; it waits in neither mode. */
    LIST,
    /** The tasks of an ensemble, which are no search; it waits in neither mode but for what a task needs. */
    ENSEMBLE,
    /** {@link ServedDesigns}; asynchronous only: whoever asks waits for what they need. */
    SERVED;

    /** Whether there is a search of this kind in a mode. */
    public boolean serves(Mode mode) {
        return mode == Mode.ASYNC || this != PAIRWISE && this != SERVED;
    }

    /** Whether a synchronous search of this kind waits at the end of each generation. */
    public boolean hasGenerations() {
        return switch (this) {
            case GENETIC, AGING, LOCAL, NSGA2 -> true;
            case PAIRWISE, RANDOM, LIST, ENSEMBLE, SERVED -> false;
        };
    }

    /** Whether its candidates have parents, whose weights they could inherit. */
    public boolean hasParents() {
        return this != RANDOM && this != LIST && this != ENSEMBLE && this != SERVED;
    }

    /** Whether its definition has children inherit weights. */
    public boolean inheritsWeights() {
        return this == PAIRWISE;
    }

    /** Whether its definition begins with networks that have no hidden layer. */
    public boolean beginsWithoutGenes() {
        return this == PAIRWISE;
    }

    /** The same as {@link #hasGenerations} of the texts that a record has; false of texts that no run of this program writes. */
    public static boolean waitsForGenerations(String mode, String strategy) {
        return EnumText.of(Mode.SYNC).equals(mode)
                && Arrays.stream(values())
                        .anyMatch(kind ->
                                kind.hasGenerations() && EnumText.of(kind).equals(strategy));
    }

    /**
     * Whether children are bred from its population, so that to leave it is to have no more of them. The population of
     * others is the best so far, kept for the means of the progress alone.
     */
    public boolean breedsFromPopulation() {
        return switch (this) {
            case LOCAL, RANDOM, LIST, ENSEMBLE, SERVED -> false;
            default -> true;
        };
    }

    /** The same of the text that a record has; false of texts that no run of this program writes. */
    public static boolean breedsFromPopulation(String strategy) {
        return Arrays.stream(values())
                .anyMatch(
                        kind -> kind.breedsFromPopulation() && EnumText.of(kind).equals(strategy));
    }
}
