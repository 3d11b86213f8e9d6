package org.aevo.search;

import java.util.List;
import java.util.Optional;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;
import org.aevo.network.TrainingParts;
import org.aevo.surrogate.GenomeFeatures;
import org.aevo.surrogate.Surrogate;

/**
 * Chooses among many children that could be made: a model of all that was told says which of them promises most. Every
 * {@value #UNGUIDED}th child is made without it, since a model that is wrong learns little from those that it chose itself: such a search
 * gets stuck. What comes depends on the run's seed, the candidate's id and what was told, in order, and on nothing else.
 */
final class Guide {
    private static final int UNGUIDED = 4;

    private final SearchSpace space;
    private final GuideSettings settings;
    private final Surrogate surrogate;

    private Guide(SearchSpace space, GuideSettings settings) {
        this.space = space;
        this.settings = settings;
        this.surrogate = new Surrogate(new GenomeFeatures(space));
    }

    /** That of a search; empty for one that has none. */
    static Optional<Guide> of(SearchSpace space, EvolutionSettings settings) {
        return settings.guide().kind() == GuideKind.NONE
                ? Optional.empty()
                : Optional.of(new Guide(space, settings.guide()));
    }

    void tell(Candidate candidate, Evaluation evaluation) {
        surrogate.tell(candidate.genome(), evaluation.fitness());
    }

    /**
     * The child that promises most, or one whose turn it is to come of its parents alone.
     *
     * @param out candidates that are being evaluated, in the order of their ids
     * @return empty if none that could be made was new
     */
    Optional<Candidate> child(
            CandidateSource source, long id, int generation, Population parents, List<Candidate> out) {
        boolean guided = id % UNGUIDED != 0;
        boolean evaluated = settings.parents() == ParentsKind.EVALUATED;
        if (!guided && evaluated) {
            return source.offspring(id, generation, parents);
        }
        Surrogate.Outlook outlook =
                surrogate.outlook(out.stream().map(Candidate::genome).toList());
        Population among = evaluated ? parents : with(parents, out, outlook);
        return guided
                ? source.best(id, generation, among, genome -> promise(genome, outlook))
                : source.offspring(id, generation, among);
    }

    /** Logarithm of how much better it may be, for what it costs. */
    private double promise(Genome genome, Surrogate.Outlook outlook) {
        double promise = outlook.promise(genome);
        if (settings.costWeight() == 0) {
            return promise;
        }
        double seconds = TrainingParts.guessed(
                space.blueprint(genome), genome.hyperparameters().batchSize());
        return promise - settings.costWeight() * StrictMath.log(seconds);
    }

    /** The population and those that are out, on the scale of what the model learns. */
    private Population with(Population parents, List<Candidate> out, Surrogate.Outlook outlook) {
        Population all = new Population(parents.size() + out.size());
        parents.members().forEach(m -> all.insert(new Member(m.candidate(), outlook.learnt(m.fitness()))));
        out.forEach(candidate -> all.insert(new Member(candidate, outlook.expected(candidate.genome()))));
        return all;
    }
}
