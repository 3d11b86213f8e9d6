package org.aevo.genome.variation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.aevo.genome.Family;
import org.aevo.genome.Genome;
import org.aevo.genome.Role;
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

    /**
     * The eleven, as far as the space has what they change; for dense genes those that do to them what the others do to
     * convolutions.
     */
    static List<Mutation> mutations(SearchSpace space, VariationRates rates) {
        List<Role> spatial = roles(space, Family.DENSE);
        List<Role> dense = roles(space, Family.CONVOLUTIONAL);
        List<Mutation> all = new ArrayList<>();
        all.add(MutateHyperparameters.alterLearningRate(space));
        all.add(KeepGenome.identity());
        all.add(KeepGenome.resetWeights());
        addTo(all, spatial, role -> new InsertConvolution(space, role));
        addTo(all, spatial, role -> DeleteGene.convolution(space, role));
        addTo(all, spatial, role -> new AlterStride(space, role));
        addTo(all, spatial, role -> new AlterSize(space, role, AlterSize.Size.CHANNELS));
        addTo(all, spatial, role -> new AlterSize(space, role, AlterSize.Size.KERNEL));
        addTo(all, dense, role -> new InsertDense(space, role, rates));
        addTo(all, dense, role -> DeleteGene.dense(space, role));
        addTo(all, dense, role -> new AlterSize(space, role, AlterSize.Size.UNITS));
        addTo(all, space.roles(), role -> new InsertOneToOne(space, role));
        addTo(all, space.roles(), role -> new AddSkip(space, role, rates));
        addTo(all, space.roles(), role -> new RemoveSkip(role, rates));
        return List.copyOf(all);
    }

    /** The sections that may have more than genes of the other kind. */
    private static List<Role> roles(SearchSpace space, Family other) {
        return space.roles().stream()
                .filter(role -> space.family(role) != other)
                .toList();
    }

    private static void addTo(List<Mutation> all, List<Role> roles, Function<Role, Mutation> mutation) {
        if (!roles.isEmpty()) {
            all.add(new InAnySection(roles.stream().map(mutation).toList()));
        }
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
