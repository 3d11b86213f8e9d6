package org.aevo.genome.variation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.aevo.genome.Family;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Section;
import org.aevo.genome.Upscaling;
import org.aevo.network.Hyperparameters;

/**
 * Random genomes of a space: uniform over the number of genes of each section (and, in the mixed family, over how many of
 * them are spatial), log-uniform for filters, units and the learning rate, uniform for everything else. Where skips can be
 * added each section has some, uniform over their number and place; where they cannot, none. Where the limits refuse a
 * genome others of its lengths are tried, then it is made smaller, then shorter.
 */
public final class RandomGenome {
    private static final int TRIES = 8;

    private final SearchSpace space;
    private final VariationRates rates;
    private final Fit fit;
    private final Genome smallest;

    /**
     * For one space.
     *
     * @throws IllegalArgumentException if no genome meets its limits
     */
    public RandomGenome(SearchSpace space, VariationRates rates) {
        this.space = space;
        this.rates = rates;
        this.fit = new Fit(space);
        this.smallest = SmallestGenome.of(space);
    }

    /** A genome that is in the space. */
    public Genome next(RandomGenerator random) {
        Map<Role, Integer> lengths = new EnumMap<>(Role.class);
        for (Role role : space.roles()) {
            int fewest = space.fewestGenes(role);
            lengths.put(role, fewest + random.nextInt(space.section(role).maxGenes() - fewest + 1));
        }
        do {
            Genome genome = genome(lengths, random);
            for (int i = 1; i < TRIES && !space.contains(genome); i++) {
                genome = genome(lengths, random);
            }
            Optional<Genome> fitting = fit.shrunk(genome);
            if (fitting.isPresent()) {
                return fitting.get();
            }
        } while (shorten(lengths));
        return smallest.withHyperparameters(new Hyperparameters(
                Draw.choice(space.optimizers(), random),
                Draw.rate(space.learningRate(), random),
                smallest.hyperparameters().batchSize()));
    }

    /** One gene less where there are most; false where that cannot be. */
    private boolean shorten(Map<Role, Integer> lengths) {
        Role longest = space.roles().get(0);
        for (Map.Entry<Role, Integer> length : lengths.entrySet()) {
            longest = length.getValue() > lengths.get(longest) ? length.getKey() : longest;
        }
        if (lengths.get(longest) <= space.fewestGenes(longest)) {
            return false;
        }
        lengths.merge(longest, -1, Integer::sum);
        return true;
    }

    private Genome genome(Map<Role, Integer> lengths, RandomGenerator random) {
        List<Role> roles = space.roles();
        Map<Role, Section> sections = new EnumMap<>(Role.class);
        // Training comes before the second section: that section came later, and what is drawn for a seed stays.
        sections.put(roles.get(0), section(roles.get(0), lengths.get(roles.get(0)), random));
        Upscaling upscaling = Draw.choice(space.upscalings(), random);
        Hyperparameters hyperparameters = new Hyperparameters(
                Draw.choice(space.optimizers(), random),
                Draw.rate(space.learningRate(), random),
                Draw.choice(space.batchSizes(), random));
        for (Role role : roles.subList(1, roles.size())) {
            sections.put(role, section(role, lengths.get(role), random));
        }
        return space.genome(sections, upscaling, hyperparameters);
    }

    private Section section(Role role, int length, RandomGenerator random) {
        int spatial =
                switch (space.family(role)) {
                    case DENSE -> 0;
                    case CONVOLUTIONAL -> length;
                    case MIXED -> random.nextInt(length + 1);
                };
        RandomGene genes = new RandomGene(space, role, rates);
        List<Gene> chain = spatialPart(genes, space.section(role).strides(), spatial, random);
        // What the image had no room for becomes dense, where the family allows it.
        while (chain.size() < length && space.family(role) != Family.CONVOLUTIONAL) {
            chain.add(genes.dense(random));
        }
        if (role.enlarges()) {
            Collections.reverse(chain);
        }
        Section section = Section.of(chain);
        return rates.addSkip() > 0
                ? RandomSkips.added(section, space.section(role).maxSkips(), random)
                : section;
    }

    /**
     * As many spatial genes, if the image has room: a gene prefers steps that leave an image for those to come. They go
     * from the images of samples to smaller ones: a decoder's are drawn from the last to the first.
     */
    private List<Gene> spatialPart(RandomGene genes, List<Integer> anyStrides, int length, RandomGenerator random) {
        List<Gene> part = new ArrayList<>();
        int side = space.input().side();
        while (part.size() < length && side > 1) {
            boolean last = part.size() == length - 1;
            List<Integer> strides = steps(anyStrides, side, !last);
            List<Integer> pools = part.isEmpty() ? List.of() : steps(genes.poolSizes(), side, !last);
            if (strides.isEmpty() && pools.isEmpty()) {
                strides = steps(anyStrides, side, false);
                pools = part.isEmpty() ? List.of() : steps(genes.poolSizes(), side, false);
            }
            if (strides.isEmpty() && pools.isEmpty()) {
                break;
            }
            Gene gene = genes.spatial(part.isEmpty(), strides, pools, random);
            part.add(gene);
            side = after(side, gene instanceof Gene.Upconvolution u ? u.factor() : gene.step());
        }
        return part;
    }

    private static List<Integer> steps(List<Integer> choices, int side, boolean imageMustRemain) {
        return choices.stream()
                .filter(s -> s <= side && (!imageMustRemain || after(side, s) > 1))
                .toList();
    }

    private static int after(int side, int step) {
        return (side - 1) / step + 1;
    }
}
