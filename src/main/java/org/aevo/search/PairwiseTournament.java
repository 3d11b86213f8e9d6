package org.aevo.search;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.variation.LargeScaleVariation;
import org.aevo.genome.variation.Offspring;
import org.aevo.genome.variation.TrivialGenomes;

/**
 * Evolution by tournaments of two, without a barrier (Real et al., "Large-Scale Evolution of Image Classifiers", ICML 2017):
 * whenever a worker is free two members are drawn, the worse leaves at once, and the worker gets a copy of the better with one
 * mutation. The population begins with trivial individuals, each of which is trained with a seed of its own; genomes may
 * be evaluated more than once.
 *
 * <p>Members and candidates that are out are as many as the population, never more: where an evaluation gave no fitness, the
 * loser of the next pair stays. Where fewer than two members are left, the answer is to wait until evaluations have come; if all
 * that was asked for has failed, further trivial individuals are tried.
 */
public final class PairwiseTournament implements SearchStrategy {
    /** What makes an individual that the population begins with. */
    static final String TRIVIAL = "trivial";

    private final CandidateSource source;
    private final Progress progress;
    private final int capacity;
    private final TrivialGenomes trivial;
    private final LargeScaleVariation variation;

    /** Ranks of two members. */
    private record Pair(int better, int worse) {
        /** Two of at least as many, each pair with the same probability. */
        static Pair of(int members, RandomGenerator random) {
            int first = random.nextInt(members);
            int other = random.nextInt(members - 1);
            int second = other < first ? other : other + 1;
            return new Pair(Math.min(first, second), Math.max(first, second));
        }
    }

    /**
     * @param seeds the first candidates; where they are more than the population those beyond it take the places of losers
     */
    public PairwiseTournament(SearchSpace space, EvolutionSettings settings, List<Genome> seeds, long seed) {
        this.source = new CandidateSource(space, settings, seeds, seed);
        this.progress = new Progress(settings.population());
        this.capacity = settings.population();
        this.trivial = new TrivialGenomes(space);
        this.variation = new LargeScaleVariation(space, settings.rates());
    }

    @Override
    public Proposal ask() {
        return propose(Optional.empty());
    }

    /** Who takes part in a tournament is worked out again, what became of the better one is not. */
    @Override
    public Proposal recall(Candidate recorded) {
        return propose(Optional.of(recorded));
    }

    private Proposal propose(Optional<Candidate> recorded) {
        long id = progress.nextId();
        Population population = progress.population();
        boolean full = population.size() + progress.out() >= capacity;
        if (full && population.size() < 2) {
            return new Proposal.Wait();
        }
        RandomGenerator random = source.stream(id);
        Optional<Candidate> given = source.seed(id);
        boolean begins = given.isPresent() || id < capacity || population.size() < 2;
        if (begins && !full) {
            return asked(given.orElseGet(() -> beginner(id, random)));
        }
        Pair pair = Pair.of(population.size(), random);
        Candidate parent = population.get(pair.better()).candidate();
        if (full) {
            population.dismiss(pair.worse());
        }
        return asked(given.or(() -> recorded.filter(r -> isChild(r, id, parent)))
                .orElseGet(() -> child(id, parent, random)));
    }

    private Proposal asked(Candidate candidate) {
        progress.asked(candidate);
        return new Proposal.Next(candidate);
    }

    private Candidate beginner(long id, RandomGenerator random) {
        return new Candidate(id, 0, Candidate.NONE, Candidate.NONE, TRIVIAL, trivial.next(random));
    }

    private Candidate child(long id, Candidate parent, RandomGenerator random) {
        Offspring child = variation.mutate(parent.genome(), random);
        return new Candidate(
                id, parent.generation() + 1, parent.id(), Candidate.NONE, child.operator(), child.genome());
    }

    /** Whether a record says what it could have been told. */
    private static boolean isChild(Candidate recorded, long id, Candidate parent) {
        return recorded.id() == id && recorded.parentA() == parent.id();
    }

    @Override
    public List<Insertion> tell(Evaluation evaluation) {
        Candidate candidate = progress.returned(evaluation);
        return List.of(progress.insert(candidate, evaluation));
    }

    @Override
    public Set<Long> prospectiveParents() {
        return progress.population().ids();
    }

    /** The members as they are now. */
    public List<Member> population() {
        return progress.population().members();
    }
}
