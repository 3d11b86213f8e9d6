package org.aevo.genome.variation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;

/**
 * Children of genomes: crossover, then as many single changes as {@link VariationRates#changes} says, or every mutation with its own
 * probability. A child of parents in the space
 * is in the space, because every single step is; it differs from its parents unless no step that the rates allow was
 * found in a bounded number of tries.
 */
public final class Variation {
    private static final int TRIES = 20;

    private final Crossover crossover;
    private final double crossoverRate;
    private final OptionalDouble changes;
    private final List<Mutation> mutations;

    /** Crossover and all mutations of this package. */
    public Variation(SearchSpace space, VariationRates rates) {
        this.crossover = rates.crossing() == VariationRates.Crossing.UNIFORM
                ? new UniformCrossover(space)
                : new OnePointCrossover(space);
        this.changes = rates.changes();
        this.crossoverRate = rates.crossover();
        this.mutations = mutations(space, rates);
    }

    /** Every mutation that a space and rates allow, one for each section, in the order in which a child undergoes them. */
    static List<Mutation> mutations(SearchSpace space, VariationRates rates) {
        List<Mutation> mutations = new ArrayList<>();
        space.roles().forEach(role -> mutations.add(new AddGene(space, role, rates)));
        space.roles().forEach(role -> mutations.add(new DeleteGene(space, role, rates)));
        space.roles().forEach(role -> mutations.add(new MutateGene(space, role, rates)));
        mutations.add(MutateHyperparameters.learningRate(space, rates));
        mutations.add(MutateHyperparameters.batchSize(space, rates));
        mutations.add(MutateHyperparameters.optimizer(space, rates));
        if (space.mirrors()) {
            mutations.add(MutateHyperparameters.upscaling(space, rates));
        }
        // Those that are never applied draw no number, so that searches without skips are what they were before there
        // were any.
        if (rates.addSkip() > 0) {
            space.roles().forEach(role -> mutations.add(new AddSkip(space, role, rates)));
        }
        if (rates.removeSkip() > 0) {
            space.roles().forEach(role -> mutations.add(new RemoveSkip(role, rates)));
        }
        return List.copyOf(mutations);
    }

    /** A child of two parents, or of {@code a} alone where there is no crossover. */
    public Offspring reproduce(Genome a, Genome b, RandomGenerator random) {
        Offspring child = new Offspring(a, List.of());
        if (Draw.chance(crossoverRate, random)) {
            Optional<Genome> crossed = crossover.apply(a, b, random);
            if (crossed.isPresent()) {
                child = child.then(Offspring.CROSSOVER, crossed.get());
            }
        }
        child = perhapsMutated(child, random);
        for (int i = 0; i < TRIES && (child.genome().equals(a) || child.genome().equals(b)); i++) {
            child = mutated(child, random);
        }
        return child;
    }

    /** A child of one parent. */
    public Offspring mutate(Genome parent, RandomGenerator random) {
        return mutateOn(new Offspring(parent, List.of()), random);
    }

    /** The child changed once more, for when it was not new. */
    public Offspring mutateOn(Offspring child, RandomGenerator random) {
        Offspring next = perhapsMutated(child, random);
        for (int i = 0; i < TRIES && next.genome().equals(child.genome()); i++) {
            next = mutated(next, random);
        }
        return next;
    }

    /**
     * A child of one parent that one mutation was applied to, drawn in proportion to the rates; that of genes changes one
     * gene, whatever its rate. The parent's genome if none that was drawn in a bounded number of tries was applicable.
     */
    public Offspring mutateOnce(Genome parent, RandomGenerator random) {
        return mutateOnceMore(new Offspring(parent, List.of()), random);
    }

    /** The child with one more mutation applied to it. */
    public Offspring mutateOnceMore(Offspring child, RandomGenerator random) {
        Offspring next = mutated(child, random);
        for (int i = 1; i < TRIES && next.genome().equals(child.genome()); i++) {
            next = mutated(child, random);
        }
        return next;
    }

    private Offspring perhapsMutated(Offspring child, RandomGenerator random) {
        return changes.isPresent() ? changed(child, random) : eachPerhaps(child, random);
    }

    /** One change at least, of parents' own copies as of what was crossed; more as often as the mean says. */
    private Offspring changed(Offspring child, RandomGenerator random) {
        Offspring current = child;
        for (int left = 1 + Draw.poisson(changes.getAsDouble() - 1, random); left > 0; left--) {
            current = mutateOnceMore(current, random);
        }
        return current;
    }

    private Offspring eachPerhaps(Offspring child, RandomGenerator random) {
        Offspring current = child;
        for (Mutation mutation : mutations) {
            Optional<Genome> next = mutation.perhaps(current.genome(), random);
            if (next.isPresent()) {
                current = current.then(mutation.name(), next.get());
            }
        }
        return current;
    }

    /** One mutation for sure, drawn in proportion to the rates; the same child if it was not applicable. */
    private Offspring mutated(Offspring child, RandomGenerator random) {
        double total = mutations.stream().mapToDouble(Mutation::rate).sum();
        double drawn = random.nextDouble() * total;
        for (Mutation mutation : mutations) {
            drawn -= mutation.rate();
            if (drawn < 0) {
                return mutation.apply(child.genome(), random)
                        .map(next -> child.then(mutation.name(), next))
                        .orElse(child);
            }
        }
        return child;
    }
}
