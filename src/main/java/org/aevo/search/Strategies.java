package org.aevo.search;

import java.util.ArrayList;
import java.util.List;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;
import org.aevo.network.Design;
import org.aevo.network.EnumText;

/** Makes search strategies. */
public final class Strategies {
    private Strategies() {}

    /** A new strategy without seeds. */
    public static SearchStrategy create(
            StrategyKind kind, Mode mode, SearchSpace space, EvolutionSettings settings, long seed) {
        return create(kind, mode, space, settings, List.of(), seed);
    }

    /**
     * A new strategy.
     *
     * @param mode for {@link StrategyKind#RANDOM} and {@link StrategyKind#LIST} only the order in which evaluations are
     *     taken in
     * @param seeds the first candidates, genomes; of {@link StrategyKind#LIST} all, designs of any kind
     * @throws IllegalArgumentException if no genome meets the limits of the space, a seed is no genome, or the kind does not
     *     serve the mode
     */
    public static SearchStrategy create(
            StrategyKind kind,
            Mode mode,
            SearchSpace space,
            EvolutionSettings settings,
            List<? extends Design> seeds,
            long seed) {
        if (!kind.serves(mode)) {
            throw new IllegalArgumentException(
                    "there is no " + EnumText.of(mode) + " search of kind " + EnumText.of(kind));
        }
        return switch (kind) {
            case ENSEMBLE ->
                throw new IllegalArgumentException("strategy ensemble is no search: it has no population and no seeds");
            case SERVED ->
                throw new IllegalArgumentException(
                        "strategy served proposes nothing of its own: 'aevo evaluate --serve INPUT' evaluates what another program asks for");
            case LIST -> new ListedDesigns(List.copyOf(seeds), settings.population(), mode == Mode.SYNC);
            case PAIRWISE -> new PairwiseTournament(space, settings, genomes(seeds), seed);
            case RANDOM -> new RandomSearch(space, settings, genomes(seeds), mode == Mode.SYNC, seed);
            case GENETIC ->
                switch (mode) {
                    case SYNC -> new GenerationalEvolution(space, settings, genomes(seeds), seed);
                    case ASYNC -> new SteadyStateEvolution(space, settings, genomes(seeds), seed);
                };
            case AGING ->
                switch (mode) {
                    case SYNC -> new GenerationalEvolution(Breeding.AGING, space, settings, genomes(seeds), seed);
                    case ASYNC -> new SteadyStateEvolution(Breeding.AGING, space, settings, genomes(seeds), seed);
                };
            case NSGA2 ->
                switch (mode) {
                    case SYNC -> new GenerationalEvolution(Breeding.NSGA2, space, settings, genomes(seeds), seed);
                    case ASYNC -> new SteadyStateEvolution(Breeding.NSGA2, space, settings, genomes(seeds), seed);
                };
            case LOCAL ->
                switch (mode) {
                    case SYNC -> new GenerationalLocalSearch(space, settings, genomes(seeds), seed);
                    case ASYNC -> new SteadyLocalSearch(space, settings, genomes(seeds), seed);
                };
        };
    }

    private static List<Genome> genomes(List<? extends Design> seeds) {
        List<Genome> genomes = new ArrayList<>();
        for (Design seed : seeds) {
            if (!(seed instanceof Genome genome)) {
                throw new IllegalArgumentException("a seed of a search must be a genome, was " + seed);
            }
            genomes.add(genome);
        }
        return genomes;
    }
}
