package org.aevo.genome.variation;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Section;
import org.aevo.genome.Upscaling;
import org.aevo.network.Hyperparameters;

/**
 * Every parameter from either parent (uniform crossover: Syswerda 1989). A section has the length, the kinds of genes and the skips of
 * one of the parents; of its genes those that have a counterpart of the same kind in the other's take each of their parameters from
 * either. Counterparts are at the same place: of spatial genes as many places from the images of samples, of dense ones as many from the
 * code, since depth is counted there where it means the same.
 */
public final class UniformCrossover implements Crossover {
    private static final int TRIES = 8;

    private final SearchSpace space;
    private final Fit fit;

    public UniformCrossover(SearchSpace space) {
        this.space = space;
        this.fit = new Fit(space);
    }

    @Override
    public Optional<Genome> apply(Genome a, Genome b, RandomGenerator random) {
        for (int i = 0; i < TRIES; i++) {
            Genome child = fit.settled(crossed(a, b, random), random);
            if (!child.equals(a) && !child.equals(b) && space.contains(child)) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }

    private Genome crossed(Genome a, Genome b, RandomGenerator random) {
        Hyperparameters ha = a.hyperparameters();
        Hyperparameters hb = b.hyperparameters();
        Upscaling upscaling = random.nextBoolean() ? a.upscaling() : b.upscaling();
        Genome child = a.withUpscaling(upscaling)
                .withHyperparameters(new Hyperparameters(
                        either(ha.optimizer(), hb.optimizer(), random),
                        either(ha.learningRate(), hb.learningRate(), random),
                        either(ha.batchSize(), hb.batchSize(), random)));
        for (Role role : space.roles()) {
            Section sa = a.section(role).orElseThrow();
            Section sb = b.section(role).orElseThrow();
            child = child.with(
                    role, random.nextBoolean() ? crossed(role, sa, sb, random) : crossed(role, sb, sa, random));
        }
        return child;
    }

    /** The first one, with parameters of the other. */
    private static Section crossed(Role role, Section section, Section other, RandomGenerator random) {
        Section child = section;
        for (int i = 0; i < section.size(); i++) {
            int counterpart = counterpart(role, section, i, other);
            if (counterpart >= 0) {
                child = child.with(i, mixed(section.get(i), other.get(counterpart), random));
            }
        }
        return child;
    }

    /** Where the gene of the same kind at the same place is in the other section; -1 if it has none. */
    private static int counterpart(Role role, Section section, int index, Section other) {
        // the part that begins at the samples, or the code, is counted from there
        boolean spatial = section.get(index).spatial();
        boolean fromStart = spatial != role.enlarges();
        int found = fromStart ? index : other.size() - (section.size() - index);
        return found >= 0 && found < other.size() && other.get(found).spatial() == spatial ? found : -1;
    }

    private static Gene mixed(Gene a, Gene b, RandomGenerator random) {
        if (a instanceof Gene.Convolution x && b instanceof Gene.Convolution y) {
            return new Gene.Convolution(
                    either(x.filters(), y.filters(), random),
                    either(x.kernel(), y.kernel(), random),
                    either(x.stride(), y.stride(), random),
                    either(x.activation(), y.activation(), random),
                    either(x.batchNormalization(), y.batchNormalization(), random));
        }
        if (a instanceof Gene.Upconvolution x && b instanceof Gene.Upconvolution y) {
            // of one that enlarges nothing the way to do so is a word alone
            Gene.Upconvolution factor = random.nextBoolean() ? x : y;
            return new Gene.Upconvolution(
                    either(x.filters(), y.filters(), random),
                    either(x.kernel(), y.kernel(), random),
                    factor.factor(),
                    factor.upscaling(),
                    either(x.activation(), y.activation(), random),
                    either(x.batchNormalization(), y.batchNormalization(), random));
        }
        if (a instanceof Gene.Dense x && b instanceof Gene.Dense y) {
            return new Gene.Dense(
                    either(x.units(), y.units(), random),
                    either(x.activation(), y.activation(), random),
                    either(x.dropout(), y.dropout(), random));
        }
        return either(a, b, random);
    }

    private static <T> T either(T a, T b, RandomGenerator random) {
        return random.nextBoolean() ? a : b;
    }
}
