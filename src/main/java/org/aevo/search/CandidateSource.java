package org.aevo.search;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.variation.Offspring;
import org.aevo.genome.variation.RandomGenome;
import org.aevo.genome.variation.Variation;
import org.aevo.random.Generators;
import org.aevo.random.Seeds;

/**
 * Makes candidates that were not proposed before. Each candidate has a random stream of its own, from the run's seed
 * and its id alone: an attempt that finds nothing new leaves no trace.
 */
final class CandidateSource {
    /** In place of a generation: one more than the parents have. */
    static final int LINE = -1;

    /** What makes a candidate that the user gave. */
    static final String SEED = "seed";

    /** Keeps these streams apart from those of evaluations, which come from the same seed and ids. */
    private static final long STREAM = 0x6361_6e64_6964_6174L;

    private final RandomGenome randomGenome;
    private final Variation variation;
    private final TournamentSelection selection;
    private final int maxTries;
    private final List<Genome> seeds;
    private final long seed;
    private final GenomeArchive archive = new GenomeArchive();

    /** @param seeds the first candidates, each taken once */
    CandidateSource(SearchSpace space, EvolutionSettings settings, List<Genome> seeds, long seed) {
        this.randomGenome = new RandomGenome(space, settings.rates());
        this.variation = new Variation(space, settings.rates());
        this.selection = new TournamentSelection(settings.tournament());
        this.maxTries = settings.maxTries();
        this.seeds = seeds.stream().distinct().toList();
        this.seed = seed;
    }

    /** How many of the first candidates are seeds. */
    int seeds() {
        return seeds.size();
    }

    /** The seed whose turn it is; empty for all later candidates. */
    Optional<Candidate> seed(long id) {
        if (id >= seeds.size()) {
            return Optional.empty();
        }
        Genome genome = seeds.get((int) id);
        archive.add(genome);
        return Optional.of(new Candidate(id, 0, Candidate.NONE, Candidate.NONE, SEED, genome));
    }

    /** Takes in a candidate that was made before; false if that cannot be. */
    boolean recall(Candidate recorded) {
        return archive.add(recorded.genome());
    }

    /** A random candidate; empty if no draw was new. */
    Optional<Candidate> random(long id, int generation) {
        return random(id, generation, stream(id));
    }

    /**
     * A child of two selected parents, mutated on until it is new; a random candidate if it never is.
     *
     * @param parents at least two
     */
    Optional<Candidate> offspring(long id, int generation, Population parents) {
        RandomGenerator random = stream(id);
        int first = selection.select(parents, random);
        int second = selection.selectOther(parents, first, random);
        boolean swap = parents.isBetter(second, first);
        Candidate fitter = parents.get(swap ? second : first).candidate();
        Candidate other = parents.get(swap ? first : second).candidate();
        Offspring child = variation.reproduce(fitter.genome(), other.genome(), random);
        for (int i = 0; i <= maxTries; i++) {
            if (archive.add(child.genome())) {
                return Optional.of(new Candidate(
                        id,
                        generation == LINE ? 1 + line(fitter, other, child) : generation,
                        fitter.id(),
                        child.crossed() ? other.id() : Candidate.NONE,
                        child.operator(),
                        child.genome()));
            }
            child = variation.mutateOn(child, random);
        }
        return random(id, generation == LINE ? 0 : generation, random);
    }

    /**
     * A copy of the best of a sample of members, mutated once; mutated on until it is new, and a random candidate if it never
     * is.
     *
     * @param parents at least one
     */
    Optional<Candidate> mutant(long id, int generation, Population parents) {
        RandomGenerator random = stream(id);
        Candidate parent = parents.get(selection.select(parents, random)).candidate();
        Offspring child = variation.mutateOnce(parent.genome(), random);
        for (int i = 0; i <= maxTries; i++) {
            if (archive.add(child.genome())) {
                return Optional.of(mutated(id, generation, parent, child));
            }
            child = variation.mutateOnceMore(child, random);
        }
        return random(id, generation == LINE ? 0 : generation, random);
    }

    /** A genome at one mutation from that of a candidate; empty if no draw was new. */
    Optional<Candidate> neighbour(long id, int generation, Candidate centre) {
        RandomGenerator random = stream(id);
        for (int i = 0; i <= maxTries; i++) {
            Offspring neighbour = variation.mutateOnce(centre.genome(), random);
            if (archive.add(neighbour.genome())) {
                return Optional.of(mutated(id, generation, centre, neighbour));
            }
        }
        return Optional.empty();
    }

    private static Candidate mutated(long id, int generation, Candidate parent, Offspring child) {
        return new Candidate(
                id,
                generation == LINE ? 1 + parent.generation() : generation,
                parent.id(),
                Candidate.NONE,
                child.operator(),
                child.genome());
    }

    private static int line(Candidate fitter, Candidate other, Offspring child) {
        return child.crossed() ? Math.max(fitter.generation(), other.generation()) : fitter.generation();
    }

    private Optional<Candidate> random(long id, int generation, RandomGenerator random) {
        for (int i = 0; i < maxTries; i++) {
            Genome genome = randomGenome.next(random);
            if (archive.add(genome)) {
                return Optional.of(new Candidate(id, generation, Candidate.NONE, Candidate.NONE, "random", genome));
            }
        }
        return Optional.empty();
    }

    private RandomGenerator stream(long id) {
        return Generators.seeded(Seeds.of(seed ^ STREAM, id));
    }
}
