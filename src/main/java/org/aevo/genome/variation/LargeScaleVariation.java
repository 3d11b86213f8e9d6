package org.aevo.genome.variation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;

/**
 * Children by one mutation of those of Real et al., "Large-Scale Evolution of Image Classifiers" (ICML 2017), each with the same
 * probability among those that are applicable to the parent.
 */
public final class LargeScaleVariation {
    private final List<Mutation> mutations;

    /** The mutations for a space. */
    public LargeScaleVariation(SearchSpace space, VariationRates rates) {
        this.mutations = mutations(space, rates);
    }

    static List<Mutation> mutations(SearchSpace space, VariationRates rates) {
        return List.of(
                MutateHyperparameters.learningRate(space, rates), KeepGenome.identity(), KeepGenome.resetWeights());
    }

    /** A child of one parent; in the space if the parent is. */
    public Offspring mutate(Genome parent, RandomGenerator random) {
        List<Mutation> left = new ArrayList<>(mutations);
        while (true) {
            Mutation drawn = left.remove(random.nextInt(left.size()));
            Optional<Genome> child = drawn.apply(parent, random);
            if (child.isPresent()) {
                return new Offspring(child.get(), List.of(drawn.name()));
            }
        }
    }
}
