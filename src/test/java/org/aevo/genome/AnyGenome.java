package org.aevo.genome;

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
        Arbitrary<Activation> activations = Arbitraries.of(Activation.class);
        Arbitrary<Gene> convolutions = Combinators.combine(
                        sizes, sizes, sizes, activations, Arbitraries.of(true, false))
                .as(Gene.Convolution::new);
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
        return Combinators.combine(
                        Arbitraries.oneOf(convolutions, poolings, dense).list().ofMaxSize(8),
                        sizes,
                        Arbitraries.of(Upscaling.class),
                        training)
                .as(Genome::new);
    }
}
