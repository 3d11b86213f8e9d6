package org.aevo.genome.variation;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.aevo.genome.Genome;

/** One way to make a genome of two. Immutable; all chance is in the arguments. */
interface Crossover {

    /**
     * A child of two genomes of the space.
     *
     * @return a genome in the space that differs from both; empty if none was found
     */
    Optional<Genome> apply(Genome a, Genome b, RandomGenerator random);
}
