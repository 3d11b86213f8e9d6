package org.aevo.genome.variation;

import java.util.List;
import java.util.random.RandomGenerator;
import org.aevo.genome.DoubleRange;
import org.aevo.genome.Gene;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.SectionSpace;
import org.aevo.network.Activation;

/** New genes of a section within the bounds of a space. */
final class RandomGene {
    private final SearchSpace space;
    private final SectionSpace bounds;
    private final Role role;
    private final VariationRates rates;

    RandomGene(SearchSpace space, Role role, VariationRates rates) {
        this.space = space;
        this.bounds = space.section(role);
        this.role = role;
        this.rates = rates;
    }

    /** Sizes that poolings of this section may have; decoders have none. */
    List<Integer> poolSizes() {
        return role.enlarges() ? List.of() : bounds.poolSizes();
    }

    /** Any of the section's strides or pool sizes. */
    Gene spatial(boolean first, RandomGenerator random) {
        return spatial(first, bounds.strides(), poolSizes(), random);
    }

    /**
     * A convolution, or a pooling where one may stand; of a decoder, an up-convolution.
     *
     * @param strides choices for the stride or factor; where there is none, pool sizes must have one
     */
    Gene spatial(boolean first, List<Integer> strides, List<Integer> poolSizes, RandomGenerator random) {
        boolean pool = !first && !poolSizes.isEmpty() && (strides.isEmpty() || Draw.chance(rates.pooling(), random));
        if (pool) {
            return new Gene.MaxPooling(Draw.choice(poolSizes, random));
        }
        int filters = Draw.size(bounds.filters(), random);
        int kernel = bounds.kernel().min()
                + random.nextInt(bounds.kernel().max() - bounds.kernel().min() + 1);
        int stride = Draw.choice(strides, random);
        Activation activation = Draw.choice(bounds.activations(), random);
        boolean normalized = bounds.batchNormalization() && random.nextBoolean();
        return role.enlarges()
                ? new Gene.Upconvolution(
                        filters, kernel, stride, Draw.choice(space.upscalings(), random), activation, normalized)
                : new Gene.Convolution(filters, kernel, stride, activation, normalized);
    }

    Gene.Dense dense(RandomGenerator random) {
        return new Gene.Dense(
                Draw.size(bounds.units(), random), Draw.choice(bounds.activations(), random), dropout(random));
    }

    /** Of a new dense gene: none, or within the bounds. */
    double dropout(RandomGenerator random) {
        if (Draw.chance(rates.noDropout(), random)) {
            return 0;
        }
        DoubleRange range = bounds.dropout();
        return Draw.twoDecimals(range, range.min() + random.nextDouble() * (range.max() - range.min()));
    }
}
