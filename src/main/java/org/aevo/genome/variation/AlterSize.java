package org.aevo.genome.variation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.IntRange;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Section;
import org.aevo.genome.SectionSpace;

/**
 * Gives one gene another size, from half to twice what it was (Real et al. 2017), each with the same probability. A gene whose other sizes
 * all exceed what the space or its limits allow stays as it is, and another one is drawn.
 */
final class AlterSize implements Mutation {

    /** What about a gene is a size. */
    enum Size {
        /** Filters of a convolution: the channels that come out. */
        CHANNELS("alter-channels") {
            @Override
            IntRange range(SectionSpace bounds) {
                return bounds.filters();
            }
        },
        /** Side of a convolution's kernel: an odd number, unless the space has no other odd one; bounds are rounded outwards. */
        KERNEL("alter-filter-size") {
            @Override
            IntRange range(SectionSpace bounds) {
                return bounds.kernel();
            }
        },
        /** Units of a dense gene. */
        UNITS("alter-units") {
            @Override
            IntRange range(SectionSpace bounds) {
                return bounds.units();
            }
        };

        private final String operator;

        Size(String operator) {
            this.operator = operator;
        }

        abstract IntRange range(SectionSpace bounds);

        /** Of a gene; 0 if it has none. */
        int of(Gene gene) {
            if (gene instanceof Gene.Convolution c && this != UNITS) {
                return this == CHANNELS ? c.filters() : c.kernel();
            }
            if (gene instanceof Gene.Upconvolution u && this != UNITS) {
                return this == CHANNELS ? u.filters() : u.kernel();
            }
            return gene instanceof Gene.Dense d && this == UNITS ? d.units() : 0;
        }

        Gene with(Gene gene, int size) {
            if (gene instanceof Gene.Convolution c) {
                return new Gene.Convolution(
                        this == CHANNELS ? size : c.filters(),
                        this == KERNEL ? size : c.kernel(),
                        c.stride(),
                        c.activation(),
                        c.batchNormalization());
            }
            if (gene instanceof Gene.Upconvolution u) {
                return new Gene.Upconvolution(
                        this == CHANNELS ? size : u.filters(),
                        this == KERNEL ? size : u.kernel(),
                        u.factor(),
                        u.upscaling(),
                        u.activation(),
                        u.batchNormalization());
            }
            Gene.Dense d = (Gene.Dense) gene;
            return new Gene.Dense(size, d.activation(), d.dropout());
        }

        /** Other sizes than an old one, ascending. */
        List<Integer> others(SectionSpace bounds, int old) {
            IntRange range = range(bounds);
            int least = Math.max(range.min(), this == KERNEL ? old / 2 : (old + 1) / 2);
            int most = (int) Math.min(range.max(), this == KERNEL ? 2L * old + 1 : 2L * old);
            List<Integer> others = IntStream.rangeClosed(least, most)
                    .filter(size -> size != old)
                    .boxed()
                    .toList();
            List<Integer> odd = others.stream().filter(size -> size % 2 != 0).toList();
            return this == KERNEL && !odd.isEmpty() ? odd : others;
        }
    }

    private final SearchSpace space;
    private final SectionSpace bounds;
    private final Role role;
    private final Size size;

    /** @param role of the section that it changes */
    AlterSize(SearchSpace space, Role role, Size size) {
        this.space = space;
        this.bounds = space.section(role);
        this.role = role;
        this.size = size;
    }

    @Override
    public String name() {
        return size.operator;
    }

    @Override
    public Optional<Genome> apply(Genome genome, RandomGenerator random) {
        Section section = genome.section(role).orElseThrow();
        List<Integer> places = new ArrayList<>(IntStream.range(0, section.size())
                .filter(i -> size.of(section.get(i)) > 0)
                .boxed()
                .toList());
        while (!places.isEmpty()) {
            int place = places.remove(random.nextInt(places.size()));
            Optional<Genome> child = resized(genome, section, place, random);
            if (child.isPresent()) {
                return child;
            }
        }
        return Optional.empty();
    }

    private Optional<Genome> resized(Genome genome, Section section, int place, RandomGenerator random) {
        Gene gene = section.get(place);
        List<Integer> sizes = size.others(bounds, size.of(gene));
        while (!sizes.isEmpty()) {
            int drawn = random.nextInt(sizes.size());
            Genome child = genome.with(role, section.with(place, size.with(gene, sizes.get(drawn))));
            if (space.contains(child)) {
                return Optional.of(child);
            }
            // What a network needs grows with every size: those above are too large as well.
            sizes = sizes.subList(0, drawn);
        }
        return Optional.empty();
    }
}
