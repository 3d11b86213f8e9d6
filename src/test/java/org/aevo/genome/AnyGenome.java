package org.aevo.genome;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.aevo.network.Activation;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Optimizer;

/** Any genome that can be written down, far beyond what a search space would allow. */
public final class AnyGenome {
    private AnyGenome() {}

    public static Arbitrary<Genome> arbitrary() {
        Arbitrary<Integer> sizes = Arbitraries.integers().between(1, Integer.MAX_VALUE);
        Arbitrary<Activation> activations = Arbitraries.of(Activation.OF_VALUES);
        Arbitrary<Boolean> flags = Arbitraries.of(true, false);
        Arbitrary<Upscaling> upscalings = Arbitraries.of(Upscaling.class);
        Arbitrary<Gene> convolutions =
                Combinators.combine(sizes, sizes, sizes, activations, flags).as(Gene.Convolution::new);
        Arbitrary<Gene> upconvolutions = Combinators.combine(sizes, sizes, sizes, upscalings, activations, flags)
                .as(Gene.Upconvolution::new);
        Arbitrary<Gene> poolings =
                Arbitraries.integers().between(2, Integer.MAX_VALUE).map(Gene.MaxPooling::new);
        Arbitrary<Double> dropouts =
                Arbitraries.doubles().between(0, true, 1, false).ofScale(12);
        Arbitrary<Gene> dense =
                Combinators.combine(sizes, activations, dropouts).as(Gene.Dense::new);
        Arbitrary<Double> rates =
                Arbitraries.longs().map(Double::longBitsToDouble).filter(r -> r > 0 && Double.isFinite(r));
        Arbitrary<Hyperparameters> training = Combinators.combine(Arbitraries.of(Optimizer.class), rates, sizes)
                .as(Hyperparameters::new);
        Arbitrary<Genome> mirrored = Combinators.combine(
                        sections(Arbitraries.oneOf(convolutions, poolings, dense)), sizes, upscalings, training)
                .as((Section encoder, Integer latent, Upscaling upscaling, Hyperparameters h) ->
                        new Genome(encoder, latent, upscaling, h));
        Arbitrary<Genome> free = Combinators.combine(mirrored, sections(Arbitraries.oneOf(upconvolutions, dense)))
                .as((genome, decoder) -> genome.with(Role.DECODER, decoder));
        Arbitrary<Genome> classifiers = Combinators.combine(
                        sections(Arbitraries.oneOf(convolutions, poolings)), sections(dense), training)
                .as(Genome::classifier);
        return Arbitraries.oneOf(mirrored, free, classifiers);
    }

    /** Genes in any order, half of them without skips. */
    private static Arbitrary<Section> sections(Arbitrary<Gene> genes) {
        return Combinators.combine(genes.list().ofMaxSize(8), Arbitraries.longs(), Arbitraries.of(true, false))
                .as((list, chosen, skips) -> withSkips(Section.of(list), skips ? chosen : 0));
    }

    private static Section withSkips(Section section, long chosen) {
        List<Skip> skips = new ArrayList<>(section.absentSkips());
        for (int i = skips.size() - 1; i >= 0; i--) {
            if ((chosen >> i & 1) == 0) {
                skips.remove(i);
            }
        }
        return new Section(section.genes(), skips);
    }
}
