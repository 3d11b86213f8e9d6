package org.aevo.genome.variation;

import java.util.List;
import java.util.random.RandomGenerator;
import org.aevo.genome.DoubleRange;
import org.aevo.genome.Gene;
import org.aevo.genome.SearchSpace;

/** New genes within the bounds of a space. */
final class RandomGene {
    private final SearchSpace space;
    private final VariationRates rates;

    RandomGene(SearchSpace space, VariationRates rates) {
        this.space = space;
        this.rates = rates;
    }

    /** Any of the space's strides or pool sizes. */
    Gene spatial(boolean first, RandomGenerator random) {
        return spatial(first, space.strides(), space.poolSizes(), random);
    }

    /**
     * A convolution, or a pooling where one may stand.
     *
     * @param strides choices for the stride; where there is none, pool sizes must have one
     */
    Gene spatial(boolean first, List<Integer> strides, List<Integer> poolSizes, RandomGenerator random) {
        boolean pool = !first && !poolSizes.isEmpty() && (strides.isEmpty() || Draw.chance(rates.pooling(), random));
        if (pool) {
            return new Gene.MaxPooling(Draw.choice(poolSizes, random));
        }
        return new Gene.Convolution(
                Draw.size(space.filters(), random),
                space.kernel().min()
                        + random.nextInt(space.kernel().max() - space.kernel().min() + 1),
                Draw.choice(strides, random),
                Draw.choice(space.activations(), random),
                space.batchNormalization() && random.nextBoolean());
    }

    Gene.Dense dense(RandomGenerator random) {
        return new Gene.Dense(
                Draw.size(space.units(), random), Draw.choice(space.activations(), random), dropout(random));
    }

    private double dropout(RandomGenerator random) {
        if (Draw.chance(rates.noDropout(), random)) {
            return 0;
        }
        DoubleRange range = space.dropout();
        return Draw.twoDecimals(range, range.min() + random.nextDouble() * (range.max() - range.min()));
    }
}
