package org.aevo.genome.variation;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.aevo.genome.Genome;

/** One way to change a genome of a space into another of the same space. Immutable; all chance is in the arguments. */
public interface Mutation {

    /** How it is named in a candidate's origin: {@code add-gene}. */
    String name();

    /** Probability that a child undergoes it; 1 of those among which whoever applies them chooses. */
    default double rate() {
        return 1;
    }

    /**
     * Changes a genome.
     *
     * @return a genome in the space that differs, or empty if none was found in a bounded number of tries; the same genome of
     *     {@link KeepGenome} alone
     */
    Optional<Genome> apply(Genome genome, RandomGenerator random);

    /** Applies it with its own probability; empty if it was not applied or changed nothing. */
    default Optional<Genome> perhaps(Genome genome, RandomGenerator random) {
        return Draw.chance(rate(), random) ? apply(genome, random) : Optional.empty();
    }
}
