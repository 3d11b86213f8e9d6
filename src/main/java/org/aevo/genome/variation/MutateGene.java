package org.aevo.genome.variation;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.aevo.genome.DoubleRange;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;

/**
 * Changes parameters of single genes: sizes by a Gaussian step, activation, stride and pool size to another choice,
 * batch normalisation to its opposite, dropout by a Gaussian step or to none. Its rate holds for each gene.
 */
public final class MutateGene implements Mutation {
    private final SearchSpace space;
    private final VariationRates rates;
    private final Fit fit;

    public MutateGene(SearchSpace space, VariationRates rates) {
        this.space = space;
        this.rates = rates;
        this.fit = new Fit(space);
    }

    @Override
    public String name() {
        return "mutate-gene";
    }

    @Override
    public double rate() {
        return rates.mutateGene();
    }

    /** Changes one gene, each with the same probability. */
    @Override
    public Optional<Genome> apply(Genome genome, RandomGenerator random) {
        return apply(genome, random.nextInt(genome.encoder().size()), random);
    }

    /** Changes each gene with the rate. */
    @Override
    public Optional<Genome> perhaps(Genome genome, RandomGenerator random) {
        Genome current = genome;
        for (int i = 0; i < genome.encoder().size(); i++) {
            if (Draw.chance(rate(), random)) {
                current = apply(current, i, random).orElse(current);
            }
        }
        return current.equals(genome) ? Optional.empty() : Optional.of(current);
    }

    private Optional<Genome> apply(Genome genome, int index, RandomGenerator random) {
        Gene gene = genome.encoder().get(index);
        return fit.first(genome, () -> Fit.with(genome, index, mutated(gene, random)), random);
    }

    private Gene mutated(Gene gene, RandomGenerator random) {
        if (gene instanceof Gene.Convolution c) {
            boolean[] change = chosen(5, random);
            return new Gene.Convolution(
                    change[0] ? Draw.otherSize(space.filters(), c.filters(), rates.sigma(), random) : c.filters(),
                    change[1] ? Draw.otherSize(space.kernel(), c.kernel(), rates.sigma(), random) : c.kernel(),
                    change[2] ? Draw.otherChoice(space.strides(), c.stride(), random) : c.stride(),
                    change[3] ? Draw.otherChoice(space.activations(), c.activation(), random) : c.activation(),
                    space.batchNormalization() && change[4] != c.batchNormalization());
        }
        if (gene instanceof Gene.Dense d) {
            boolean[] change = chosen(3, random);
            return new Gene.Dense(
                    change[0] ? Draw.otherSize(space.units(), d.units(), rates.sigma(), random) : d.units(),
                    change[1] ? Draw.otherChoice(space.activations(), d.activation(), random) : d.activation(),
                    change[2] ? dropout(d.dropout(), random) : d.dropout());
        }
        return new Gene.MaxPooling(Draw.otherChoice(space.poolSizes(), gene.step(), random));
    }

    /** Which of a gene's parameters change: at least one. */
    private boolean[] chosen(int parameters, RandomGenerator random) {
        boolean[] change = new boolean[parameters];
        int atLeast = random.nextInt(change.length);
        for (int i = 0; i < change.length; i++) {
            change[i] = i == atLeast || Draw.chance(rates.mutateParameter(), random);
        }
        return change;
    }

    private double dropout(double old, RandomGenerator random) {
        if (old > 0 && Draw.chance(rates.noDropout(), random)) {
            return 0;
        }
        DoubleRange range = space.dropout();
        double step = random.nextGaussian() * rates.sigma() * (range.max() - range.min());
        // From none a step in either direction leads into the range.
        return Draw.twoDecimals(range, old > 0 ? old + step : range.min() + Math.abs(step));
    }
}
