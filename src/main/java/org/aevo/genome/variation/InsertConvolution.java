package org.aevo.genome.variation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Section;
import org.aevo.genome.SectionSpace;
import org.aevo.network.Activation;

/**
 * Inserts a convolution, of a decoder one that may enlarge, at a random place (Real et al. 2017): as many filters as channels go
 * in, a kernel of 3, a step of 1 or 2, each the nearest that the space has; the activation is drawn, and what has one is normalised
 * where the space allows it, what has none (identity) is not. Where a space has no convolutions without activation every other one is not
 * normalised.
 */
final class InsertConvolution implements Mutation {
    private static final int KERNEL = 3;
    private static final int LONGEST_STEP = 2;

    private final SearchSpace space;
    private final SectionSpace bounds;
    private final Role role;
    private final GeneInput inputs;
    private final InsertionPlaces places;
    private final List<Integer> steps;
    private final Fit fit;

    /** @param role of the section that it changes */
    InsertConvolution(SearchSpace space, Role role) {
        this.space = space;
        this.bounds = space.section(role);
        this.role = role;
        this.inputs = new GeneInput(space, role);
        this.places = new InsertionPlaces(space, role);
        List<Integer> small =
                bounds.strides().stream().filter(step -> step <= LONGEST_STEP).toList();
        this.steps = small.isEmpty() ? bounds.strides() : small;
        this.fit = new Fit(space);
    }

    @Override
    public String name() {
        return "insert-convolution";
    }

    @Override
    public Optional<Genome> apply(Genome genome, RandomGenerator random) {
        Section section = genome.section(role).orElseThrow();
        List<Supplier<Genome>> proposals = new ArrayList<>();
        for (int place : places.spatial(section)) {
            int filters = bounds.filters().clamp(inputs.channels(genome, place));
            for (int step : steps) {
                proposals.add(() -> genome.with(role, section.insert(place, gene(filters, step, random))));
            }
        }
        return fit.any(genome, proposals, random);
    }

    private Gene gene(int filters, int step, RandomGenerator random) {
        int kernel = bounds.kernel().clamp(KERNEL);
        Activation activation = Draw.choice(bounds.activations(), random);
        boolean plain = bounds.activations().contains(Activation.IDENTITY)
                ? activation == Activation.IDENTITY
                : random.nextBoolean();
        boolean normalized = bounds.batchNormalization() && !plain;
        return role.enlarges()
                ? new Gene.Upconvolution(
                        filters, kernel, step, Draw.choice(space.upscalings(), random), activation, normalized)
                : new Gene.Convolution(filters, kernel, step, activation, normalized);
    }
}
