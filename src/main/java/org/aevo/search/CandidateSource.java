package org.aevo.search;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.variation.Offspring;
import org.aevo.genome.variation.RandomGenome;
import org.aevo.genome.variation.UsualGenome;
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

    /** What makes the first candidate of a search that begins with what is usual. */
    static final String USUAL = "usual";

    /** Children that a guide chooses among. */
    private static final int DRAFTS = 160;

    /** Of these, the share of random genomes: what is good may be far from all that was evaluated. */
    private static final double RANDOM_DRAFTS = 0.3;

    /** Of the others, the share that is changed once more than a child of its parents. */
    private static final double MORE_CHANGED = 0.3;

    /** Keeps these streams apart from those of evaluations, which come from the same seed and ids. */
    private static final long STREAM = 0x6361_6e64_6964_6174L;

    private final RandomGenome randomGenome;
    private final Variation variation;
    private final TournamentSelection selection;
    private final int maxTries;
    private final List<Genome> seeds;
    private final boolean usual;
    private final long seed;
    private final GenomeArchive archive = new GenomeArchive();

    /** @param seeds the first candidates, each taken once */
    CandidateSource(SearchSpace space, EvolutionSettings settings, List<Genome> seeds, long seed) {
        this.randomGenome = new RandomGenome(space, settings.rates());
        this.variation = new Variation(space, settings.rates());
        this.selection = new TournamentSelection(settings.tournament());
        this.maxTries = settings.maxTries();
        this.usual = seeds.isEmpty() && settings.usualFirst();
        this.seeds = usual
                ? List.of(UsualGenome.of(space))
                : seeds.stream().distinct().toList();
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
        return Optional.of(new Candidate(id, 0, Candidate.NONE, Candidate.NONE, usual ? USUAL : SEED, genome));
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
        Pair pair = pair(parents, random);
        Offspring child = variation.reproduce(pair.fitter.genome(), pair.other.genome(), random);
        for (int i = 0; i <= maxTries; i++) {
            if (archive.add(child.genome())) {
                return Optional.of(pair.candidate(id, generation, child));
            }
            child = variation.mutateOn(child, random);
        }
        return random(id, generation == LINE ? 0 : generation, random);
    }

    /**
     * Of many children of selected parents, and random genomes, the new one of the largest promise; of equal ones the first.
     *
     * @param parents at least two
     * @param promise of a genome
     * @return empty if none was new
     */
    Optional<Candidate> best(long id, int generation, Population parents, ToDoubleFunction<Genome> promise) {
        RandomGenerator random = stream(id);
        Optional<Candidate> best = Optional.empty();
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < DRAFTS; i++) {
            Candidate draft = draft(id, generation, parents, random);
            if (!archive.contains(draft.genome())) {
                double promised = promise.applyAsDouble(draft.genome());
                if (best.isEmpty() || promised > most) {
                    best = Optional.of(draft);
                    most = promised;
                }
            }
        }
        best.ifPresent(candidate -> archive.add(candidate.genome()));
        return best;
    }

    private Candidate draft(long id, int generation, Population parents, RandomGenerator random) {
        if (random.nextDouble() < RANDOM_DRAFTS) {
            return random(id, generation == LINE ? 0 : generation, randomGenome.next(random));
        }
        Pair pair = pair(parents, random);
        Offspring child = random.nextBoolean()
                ? variation.mutateOnce(pair.fitter.genome(), random)
                : variation.reproduce(pair.fitter.genome(), pair.other.genome(), random);
        return pair.candidate(
                id, generation, random.nextDouble() < MORE_CHANGED ? variation.mutateOnceMore(child, random) : child);
    }

    private Pair pair(Population parents, RandomGenerator random) {
        int first = selection.select(parents, random);
        int second = selection.selectOther(parents, first, random);
        boolean swap = parents.isBetter(second, first);
        return new Pair(
                parents.get(swap ? second : first).candidate(),
                parents.get(swap ? first : second).candidate());
    }

    /** Two parents. */
    private record Pair(Candidate fitter, Candidate other) {
        Candidate candidate(long id, int generation, Offspring child) {
            int line = child.crossed() ? Math.max(fitter.generation(), other.generation()) : fitter.generation();
            return new Candidate(
                    id,
                    generation == LINE ? 1 + line : generation,
                    fitter.id(),
                    child.crossed() ? other.id() : Candidate.NONE,
                    child.operator(),
                    child.genome());
        }
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

    private Optional<Candidate> random(long id, int generation, RandomGenerator random) {
        for (int i = 0; i < maxTries; i++) {
            Genome genome = randomGenome.next(random);
            if (archive.add(genome)) {
                return Optional.of(random(id, generation, genome));
            }
        }
        return Optional.empty();
    }

    private static Candidate random(long id, int generation, Genome genome) {
        return new Candidate(id, generation, Candidate.NONE, Candidate.NONE, "random", genome);
    }

    /** All that is random about one candidate. */
    RandomGenerator stream(long id) {
        return Generators.seeded(Seeds.of(seed ^ STREAM, id));
    }
}
