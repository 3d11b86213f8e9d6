package org.aevo.genome.variation;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.aevo.genome.Genome;

/**
 * Mutations of what is no part of a genome: of the weights that its training begins with. Where children inherit none, both
 * train the parent's genome again with another seed.
 */
public final class KeepGenome implements Mutation {
    /** Training goes on from the parent's weights. */
    public static final String IDENTITY = "identity";

    /** Training begins anew: the child inherits no weights. */
    public static final String RESET_WEIGHTS = "reset-weights";

    private final String name;

    private KeepGenome(String name) {
        this.name = name;
    }

    static Mutation identity() {
        return new KeepGenome(IDENTITY);
    }

    static Mutation resetWeights() {
        return new KeepGenome(RESET_WEIGHTS);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Genome> apply(Genome genome, RandomGenerator random) {
        return Optional.of(genome);
    }
}
