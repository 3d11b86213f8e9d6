package org.aevo.genome.variation;

import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Section;
import org.aevo.network.Axes;
import org.aevo.network.Shape;

/** What goes into a gene that stands, or would stand, at a place of a section. */
final class GeneInput {
    private final SearchSpace space;
    private final Role role;

    GeneInput(SearchSpace space, Role role) {
        this.space = space;
        this.role = role;
    }

    /** Channels of the image or signal that a spatial gene would find. */
    int channels(Genome genome, int place) {
        return role.enlarges()
                ? enlargedChannels(genome.section(role).orElseThrow(), place)
                : shape(genome, place).channels();
    }

    /** Numbers that a dense gene would find. */
    long values(Genome genome, int place) {
        return shape(genome, place).size();
    }

    /** A decoder's first image has as many channels as the gene that it goes into has filters. */
    private int enlargedChannels(Section section, int place) {
        if (place > 0 && section.get(place - 1) instanceof Gene.Upconvolution before) {
            return before.filters();
        }
        return place < section.size() && section.get(place) instanceof Gene.Upconvolution first
                ? first.filters()
                : space.input().channels();
    }

    private Shape shape(Genome genome, int place) {
        Shape begin =
                switch (role) {
                    case ENCODER, FEATURES -> space.input();
                    case DECODER -> Shape.vector(space.latent());
                    case HEAD -> features(genome);
                };
        return after(begin, genome.section(role).orElseThrow(), place);
    }

    private Shape features(Genome genome) {
        Section features = genome.section(Role.FEATURES).orElseThrow();
        return after(space.input(), features, features.size());
    }

    /** What the first genes of a section make; of those that enlarge nothing is asked. */
    private Shape after(Shape begin, Section section, int genes) {
        Axes axes = Axes.of(space.input());
        Shape shape = begin;
        for (Gene gene : section.genes().subList(0, genes)) {
            if (gene instanceof Gene.Convolution c) {
                shape = shape.reduced(c.filters(), c.stride(), axes);
            } else if (gene instanceof Gene.MaxPooling p) {
                shape = shape.reduced(shape.channels(), p.size(), axes);
            } else if (gene instanceof Gene.Dense d) {
                shape = Shape.vector(d.units());
            }
        }
        return shape;
    }
}
