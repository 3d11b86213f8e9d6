package org.aevo.genome.variation;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.aevo.genome.DoubleRange;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Section;
import org.aevo.genome.SectionSpace;
import org.aevo.genome.Upscaling;
import org.aevo.network.Activation;

/**
 * Changes parameters of single genes of a section: sizes by a Gaussian step, activation, stride, factor, pool size and way
 * to enlarge to another choice, batch normalisation to its opposite, dropout by a Gaussian step or to none. Its rate holds for
 * each gene. Where changes are counted each is of one parameter.
 */
public final class MutateGene implements Mutation {
    private final SearchSpace space;
    private final SectionSpace bounds;
    private final Role role;
    private final VariationRates rates;
    private final Fit fit;

    /**
     * @param role of the section that it changes
     */
    public MutateGene(SearchSpace space, Role role, VariationRates rates) {
        this.space = space;
        this.bounds = space.section(role);
        this.role = role;
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
        int genes = section(genome).size();
        return genes == 0 ? Optional.empty() : apply(genome, random.nextInt(genes), random);
    }

    /** Changes each gene with the rate. */
    @Override
    public Optional<Genome> perhaps(Genome genome, RandomGenerator random) {
        Genome current = genome;
        for (int i = 0; i < section(genome).size(); i++) {
            if (Draw.chance(rate(), random)) {
                current = apply(current, i, random).orElse(current);
            }
        }
        return current.equals(genome) ? Optional.empty() : Optional.of(current);
    }

    private Optional<Genome> apply(Genome genome, int index, RandomGenerator random) {
        Section section = section(genome);
        Gene gene = section.get(index);
        return fit.first(genome, () -> genome.with(role, section.with(index, mutated(gene, random))), random);
    }

    private Section section(Genome genome) {
        return genome.section(role).orElseThrow();
    }

    private Gene mutated(Gene gene, RandomGenerator random) {
        if (gene instanceof Gene.Convolution c) {
            boolean[] change = chosen(5, random);
            return new Gene.Convolution(
                    change[0] ? Draw.otherSize(bounds.filters(), c.filters(), rates, random) : c.filters(),
                    change[1] ? Draw.otherSize(bounds.kernel(), c.kernel(), rates, random) : c.kernel(),
                    change[2] ? Draw.otherChoice(bounds.strides(), c.stride(), random) : c.stride(),
                    change[3] ? Draw.otherChoice(bounds.activations(), c.activation(), random) : c.activation(),
                    bounds.batchNormalization() && change[4] != c.batchNormalization());
        }
        if (gene instanceof Gene.Upconvolution u) {
            return mutated(u, random);
        }
        if (gene instanceof Gene.Dense d) {
            boolean[] change = chosen(3, random);
            return new Gene.Dense(
                    change[0] ? Draw.otherSize(bounds.units(), d.units(), rates, random) : d.units(),
                    change[1] ? Draw.otherChoice(bounds.activations(), d.activation(), random) : d.activation(),
                    change[2] ? dropout(d.dropout(), random) : d.dropout());
        }
        return new Gene.MaxPooling(Draw.otherChoice(bounds.poolSizes(), gene.step(), random));
    }

    private Gene mutated(Gene.Upconvolution u, RandomGenerator random) {
        boolean[] change = chosen(6, random);
        int filters = change[0] ? Draw.otherSize(bounds.filters(), u.filters(), rates, random) : u.filters();
        int kernel = change[1] ? Draw.otherSize(bounds.kernel(), u.kernel(), rates, random) : u.kernel();
        int factor = change[2] ? Draw.otherChoice(bounds.strides(), u.factor(), random) : u.factor();
        Activation activation =
                change[3] ? Draw.otherChoice(bounds.activations(), u.activation(), random) : u.activation();
        boolean normalized = bounds.batchNormalization() && change[4] != u.batchNormalization();
        // What enlarges nothing is written as an upsampling, and may not remain one when it does.
        boolean other = change[5] || !space.upscalings().contains(u.upscaling());
        Upscaling upscaling = other ? Draw.otherChoice(space.upscalings(), u.upscaling(), random) : u.upscaling();
        return new Gene.Upconvolution(filters, kernel, factor, upscaling, activation, normalized);
    }

    /** Which of a gene's parameters change: at least one. */
    private boolean[] chosen(int parameters, RandomGenerator random) {
        boolean[] change = new boolean[parameters];
        int atLeast = random.nextInt(change.length);
        for (int i = 0; i < change.length; i++) {
            change[i] = i == atLeast || rates.changes().isEmpty() && Draw.chance(rates.mutateParameter(), random);
        }
        return change;
    }

    private double dropout(double old, RandomGenerator random) {
        if (old > 0 && Draw.chance(rates.noDropout(), random)) {
            return 0;
        }
        if (old == 0 && rates.steps() == VariationRates.Steps.RANGE && Draw.chance(rates.noDropout(), random)) {
            return 0;
        }
        DoubleRange range = bounds.dropout();
        double step = random.nextGaussian() * rates.sigma() * (range.max() - range.min());
        // From none a step in either direction leads into the range.
        return Draw.twoDecimals(range, old > 0 ? old + step : range.min() + Math.abs(step));
    }
}
