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
import org.aevo.genome.Upscaling;
import org.aevo.network.Activation;

/**
 * Inserts a gene that could hand on what goes in (Real et al. 2017): a convolution of as many filters as channels go in, step 1
 * and the smallest kernel of the space, or a dense gene of as many units as values go in; without activation or with the one of the
 * space that changes least. There is a place for one only where the space has those sizes. That training begins with it as the identity is
 * up to who trains.
 */
public final class InsertOneToOne implements Mutation {
    /** Its name in a candidate's origin. */
    public static final String NAME = "insert-one-to-one";

    /** The first changes nothing, the second nothing of what another one of its kind made. */
    private static final List<Activation> LEAST_CHANGE = List.of(
            Activation.IDENTITY,
            Activation.RELU,
            Activation.LEAKY_RELU,
            Activation.ELU,
            Activation.SWISH,
            Activation.TANH,
            Activation.HARD_SIGMOID,
            Activation.SIGMOID);

    private final SectionSpace bounds;
    private final Role role;
    private final GeneInput inputs;
    private final InsertionPlaces places;
    private final Activation activation;
    private final Fit fit;

    /** @param role of the section that it changes */
    InsertOneToOne(SearchSpace space, Role role) {
        this.bounds = space.section(role);
        this.role = role;
        this.inputs = new GeneInput(space, role);
        this.places = new InsertionPlaces(space, role);
        this.activation = LEAST_CHANGE.stream()
                .filter(bounds.activations()::contains)
                .findFirst()
                .orElseThrow();
        this.fit = new Fit(space);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Genome> apply(Genome genome, RandomGenerator random) {
        Section section = genome.section(role).orElseThrow();
        List<Supplier<Genome>> proposals = new ArrayList<>();
        for (int place : places.spatial(section)) {
            int channels = inputs.channels(genome, place);
            if (bounds.filters().contains(channels) && bounds.strides().contains(1) && !shapesOthers(section, place)) {
                proposals.add(() -> genome.with(role, section.insert(place, spatial(channels))));
            }
        }
        for (int place : places.dense(section)) {
            long values = inputs.values(genome, place);
            if (values <= bounds.units().max() && values >= bounds.units().min()) {
                proposals.add(
                        () -> genome.with(role, section.insert(place, new Gene.Dense((int) values, activation, 0))));
            }
        }
        return fit.any(genome, proposals, random);
    }

    /** A decoder's first convolution says how its image is made, the last one which kernel the output layer has. */
    private boolean shapesOthers(Section section, int place) {
        return role.enlarges()
                && (place == section.size()
                        || place == 0
                        || !section.get(place - 1).spatial());
    }

    private Gene spatial(int channels) {
        int kernel = bounds.kernel().min();
        return role.enlarges()
                ? new Gene.Upconvolution(channels, kernel, 1, Upscaling.UPSAMPLING, activation, false)
                : new Gene.Convolution(channels, kernel, 1, activation, false);
    }
}
