package org.aevo.search;

import java.util.List;
import java.util.Optional;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;
import org.aevo.surrogate.GenomeFeatures;
import org.aevo.surrogate.Surrogate;

/**
 * Chooses among many children that could be made: a model of all that was told says which of them promises most. Its choice
 * depends on the run's seed, the candidate's id and what was told, in order, and on nothing else.
 */
final class Guide {
    private final Surrogate surrogate;

    private Guide(Surrogate surrogate) {
        this.surrogate = surrogate;
    }

    /** That of a search; empty for one that has none. */
    static Optional<Guide> of(SearchSpace space, EvolutionSettings settings) {
        return settings.guide() == GuideKind.NONE
                ? Optional.empty()
                : Optional.of(new Guide(new Surrogate(new GenomeFeatures(space))));
    }

    void tell(Candidate candidate, Evaluation evaluation) {
        surrogate.tell(candidate.genome(), evaluation.fitness());
    }

    /**
     * The child that promises most.
     *
     * @param out candidates that are being evaluated, in the order of their ids
     * @return empty if none that could be made was new
     */
    Optional<Candidate> child(
            CandidateSource source, long id, int generation, Population parents, List<Candidate> out) {
        List<Genome> genomes = out.stream().map(Candidate::genome).toList();
        return source.best(id, generation, parents, surrogate.outlook(genomes)::promise);
    }
}
