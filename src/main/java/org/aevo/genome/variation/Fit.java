package org.aevo.genome.variation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.IntRange;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Section;
import org.aevo.genome.SectionSpace;
import org.aevo.genome.Skip;
import org.aevo.network.Hyperparameters;

/** Brings what an operator proposes into a space: asks for other proposals a few times, then makes one smaller. */
final class Fit {
    private static final int TRIES = 8;

    private final SearchSpace space;

    Fit(SearchSpace space) {
        this.space = space;
    }

    /**
     * A proposal that is in the space and differs from the original, or one made so by shrinking its sizes.
     *
     * @return empty if none was found
     */
    Optional<Genome> first(Genome original, Supplier<Genome> proposals, RandomGenerator random) {
        Genome last = original;
        for (int i = 0; i < TRIES; i++) {
            last = settled(proposals.get(), random);
            if (!last.equals(original) && space.contains(last)) {
                return Optional.of(last);
            }
        }
        return shrunk(last).filter(g -> !g.equals(original));
    }

    /**
     * One of some proposals that are in the space and differ from the original, each of these with the same probability. How a
     * genome enlarges that now shrinks images, made of one that did not, is drawn.
     *
     * @return empty if there is none
     */
    Optional<Genome> any(Genome original, List<Supplier<Genome>> proposals, RandomGenerator random) {
        List<Supplier<Genome>> left = new ArrayList<>(proposals);
        while (!left.isEmpty()) {
            Genome drawn = left.remove(random.nextInt(left.size())).get();
            Genome settled = drawn.shrinks() && !original.shrinks()
                    ? drawn.withUpscaling(Draw.choice(space.upscalings(), random))
                    : drawn;
            if (!settled.equals(original) && space.contains(settled)) {
                return Optional.of(settled);
            }
        }
        return Optional.empty();
    }

    /** A genome that now shrinks images, made of one that did not, may need an upscaling that the space has. */
    Genome settled(Genome genome, RandomGenerator random) {
        if (genome.shrinks() && !space.upscalings().contains(genome.upscaling())) {
            return genome.withUpscaling(Draw.choice(space.upscalings(), random));
        }
        return genome;
    }

    /**
     * The genome with every size moved towards its minimum, by halves, then with ever fewer skips, then with smaller batches,
     * until it is in the space; empty if it never is.
     */
    Optional<Genome> shrunk(Genome genome) {
        Genome current = genome;
        while (!space.contains(current)) {
            Genome smaller = smaller(current);
            if (smaller.equals(current)) {
                smaller = withoutASkip(current);
            }
            if (smaller.equals(current)) {
                Hyperparameters h = current.hyperparameters();
                int below = space.batchSizes().stream()
                        .filter(b -> b < h.batchSize())
                        .mapToInt(b -> b)
                        .max()
                        .orElse(h.batchSize());
                smaller = current.withHyperparameters(new Hyperparameters(h.optimizer(), h.learningRate(), below));
            }
            if (smaller.equals(current)) {
                return Optional.empty();
            }
            current = smaller;
        }
        return Optional.of(current);
    }

    private Genome smaller(Genome genome) {
        Genome current = genome;
        for (Role role : space.roles()) {
            Section section = current.section(role).orElseThrow();
            SectionSpace bounds = space.section(role);
            List<Gene> genes =
                    section.genes().stream().map(gene -> smaller(gene, bounds)).toList();
            current = current.with(role, new Section(genes, section.skips()));
        }
        return current;
    }

    private static Gene smaller(Gene gene, SectionSpace bounds) {
        if (gene instanceof Gene.Convolution c) {
            int filters = halfway(bounds.filters(), c.filters());
            int kernel = halfway(bounds.kernel(), c.kernel());
            boolean least = filters == c.filters() && kernel == c.kernel();
            return new Gene.Convolution(filters, kernel, c.stride(), c.activation(), c.batchNormalization() && !least);
        }
        if (gene instanceof Gene.Upconvolution u) {
            int filters = halfway(bounds.filters(), u.filters());
            int kernel = halfway(bounds.kernel(), u.kernel());
            boolean least = filters == u.filters() && kernel == u.kernel();
            return new Gene.Upconvolution(
                    filters, kernel, u.factor(), u.upscaling(), u.activation(), u.batchNormalization() && !least);
        }
        if (gene instanceof Gene.Dense d) {
            return new Gene.Dense(halfway(bounds.units(), d.units()), d.activation(), d.dropout());
        }
        return gene;
    }

    /** The last skip of the section that has most, of the first where they have as many. */
    private Genome withoutASkip(Genome genome) {
        Role most = space.roles().get(0);
        for (Role role : space.roles()) {
            most = skips(genome, role).size() > skips(genome, most).size() ? role : most;
        }
        List<Skip> skips = skips(genome, most);
        return skips.isEmpty()
                ? genome
                : genome.with(most, genome.section(most).orElseThrow().without(skips.get(skips.size() - 1)));
    }

    private static List<Skip> skips(Genome genome, Role role) {
        return genome.section(role).orElseThrow().skips();
    }

    private static int halfway(IntRange range, int value) {
        return value <= range.min() ? value : range.min() + (value - range.min()) / 2;
    }
}
