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

/** Gives one spatial gene another of the steps that the space has: a stride, a factor, or the size of a pooling. */
final class AlterStride implements Mutation {
    private final SearchSpace space;
    private final SectionSpace bounds;
    private final Role role;
    private final Fit fit;

    /** @param role of the section that it changes */
    AlterStride(SearchSpace space, Role role) {
        this.space = space;
        this.bounds = space.section(role);
        this.role = role;
        this.fit = new Fit(space);
    }

    @Override
    public String name() {
        return "alter-stride";
    }

    @Override
    public Optional<Genome> apply(Genome genome, RandomGenerator random) {
        Section section = genome.section(role).orElseThrow();
        List<Supplier<Genome>> proposals = new ArrayList<>();
        for (int i = 0; i < section.size(); i++) {
            int place = i;
            Gene gene = section.get(place);
            for (int step : steps(gene)) {
                proposals.add(() -> genome.with(role, section.with(place, with(gene, step, random))));
            }
        }
        return fit.any(genome, proposals, random);
    }

    private List<Integer> steps(Gene gene) {
        if (!gene.spatial()) {
            return List.of();
        }
        return gene instanceof Gene.MaxPooling ? bounds.poolSizes() : bounds.strides();
    }

    private Gene with(Gene gene, int step, RandomGenerator random) {
        if (gene instanceof Gene.Convolution c) {
            return new Gene.Convolution(c.filters(), c.kernel(), step, c.activation(), c.batchNormalization());
        }
        if (gene instanceof Gene.Upconvolution u) {
            // What enlarges nothing does so in no way of its own.
            return new Gene.Upconvolution(
                    u.filters(),
                    u.kernel(),
                    step,
                    u.factor() == 1 ? Draw.choice(space.upscalings(), random) : u.upscaling(),
                    u.activation(),
                    u.batchNormalization());
        }
        return new Gene.MaxPooling(step);
    }
}
