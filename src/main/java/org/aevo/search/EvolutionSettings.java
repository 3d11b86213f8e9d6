package org.aevo.search;

import org.aevo.genome.variation.VariationRates;

/**
 * What searches that vary genomes can be told.
 *
 * @param population mu: candidates that are kept, at least 2; default 20
 * @param offspring lambda: new candidates of each generation; generational evolution only; default 20
 * @param minPopulation evaluations before parents are selected, at most the population; steady-state search and local
 *     search only; default 10
 * @param tournament candidates that compete to be a parent, at most the population; 1 for no selection pressure;
 *     default 3, of genetic evolution 5, of NSGA-II 2
 * @param neighbours of the point of a local search that are evaluated before it restarts; default 20
 * @param maxTries mutations, and then random genomes, that are tried to find a genome not yet proposed; default 50
 * @param guide what chooses among children that could be made, and how; genetic evolution only; default none
 * @param usualFirst whether the first candidate, of a search without seeds, is a network as people would try first; default
 *     no
 */
public record EvolutionSettings(
        int population,
        int offspring,
        int minPopulation,
        int tournament,
        int neighbours,
        int maxTries,
        VariationRates rates,
        GuideSettings guide,
        boolean usualFirst) {
    private static final int NEIGHBOURS = 20;
    private static final int PAIR = 2;
    private static final int GENETIC_TOURNAMENT = 5;

    public EvolutionSettings {
        atLeast(2, "population", population);
        atLeast(1, "offspring", offspring);
        atLeast(1, "min population", minPopulation);
        atLeast(1, "tournament", tournament);
        atLeast(1, "neighbours", neighbours);
        atLeast(1, "max tries", maxTries);
        atMostPopulation("min population", minPopulation, population);
        atMostPopulation("tournament", tournament, population);
        if (rates == null) {
            throw new IllegalArgumentException("variation rates are missing");
        }
    }

    /** Without a guide. */
    public EvolutionSettings(
            int population,
            int offspring,
            int minPopulation,
            int tournament,
            int neighbours,
            int maxTries,
            VariationRates rates) {
        this(population, offspring, minPopulation, tournament, neighbours, maxTries, rates, GuideSettings.NONE, false);
    }

    /** With the default number of neighbours. */
    public EvolutionSettings(
            int population, int offspring, int minPopulation, int tournament, int maxTries, VariationRates rates) {
        this(population, offspring, minPopulation, tournament, NEIGHBOURS, maxTries, rates);
    }

    /** The defaults named above. */
    public static EvolutionSettings defaults() {
        return new EvolutionSettings(20, 20, 10, 3, 50, VariationRates.defaults());
    }

    /** The defaults of a strategy: tournaments of NSGA-II are of 2, as in its paper, those of genetic evolution of 5 by measurement. */
    public static EvolutionSettings defaults(StrategyKind kind) {
        EvolutionSettings d = defaults();
        int tournament =
                switch (kind) {
                    case NSGA2 -> PAIR;
                    case GENETIC -> GENETIC_TOURNAMENT;
                    default -> d.tournament;
                };
        return new EvolutionSettings(
                d.population, d.offspring, d.minPopulation, tournament, d.neighbours, d.maxTries, d.rates);
    }

    /** The same with genomes that vary otherwise. */
    public EvolutionSettings with(VariationRates others) {
        return new EvolutionSettings(
                population, offspring, minPopulation, tournament, neighbours, maxTries, others, guide, usualFirst);
    }

    /** The same with another guide and first candidate. */
    public EvolutionSettings with(GuideSettings other, boolean usual) {
        return new EvolutionSettings(
                population, offspring, minPopulation, tournament, neighbours, maxTries, rates, other, usual);
    }

    private static void atLeast(int minimum, String name, int value) {
        if (value < minimum) {
            throw new IllegalArgumentException(name + " must be at least " + minimum + ", was " + value);
        }
    }

    private static void atMostPopulation(String name, int value, int population) {
        if (value > population) {
            throw new IllegalArgumentException(
                    name + " must be at most the population of " + population + ", was " + value);
        }
    }
}
