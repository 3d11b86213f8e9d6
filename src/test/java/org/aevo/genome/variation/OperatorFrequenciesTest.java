package org.aevo.genome.variation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.aevo.genome.Family;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.genome.IntRange;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.SearchSpaceBuilder;
import org.aevo.genome.Section;
import org.aevo.genome.Skip;
import org.aevo.genome.Upscaling;
import org.aevo.network.Activation;
import org.aevo.network.Shape;
import org.aevo.random.Generators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Observed frequencies against the rates, in a space without limits that could bend them. */
class OperatorFrequenciesTest {
    private static final int TRIALS = 4000;
    private static final SearchSpace SPACE = new SearchSpaceBuilder(Family.MIXED, new Shape(1, 64, 64), 8)
            .maxGenes(20)
            .maxLayers(100)
            .units(new IntRange(16, 4096))
            .maxParameters(Long.MAX_VALUE)
            .maxMemoryBytes(Long.MAX_VALUE)
            .build();
    private static final Genome A = GenomeText.parse(
            "conv(16,k3,s1,relu) conv(32,k5,s2,elu,bn) pool(2) dense(128,tanh,drop0.2) | latent(8) | upsampling | adam(lr0.001,batch64)");
    private static final Genome B = GenomeText.parse(
            "conv(8,k3,s2,swish) dense(64,relu) dense(32,relu) | latent(8) | deconvolution | rmsprop(lr0.003,batch128)");

    /** All rates zero but one, and another optimizer always, so that no mutation is forced to make a difference. */
    private static VariationRates only(String operator, double rate) {
        List<String> names = List.of(
                "crossover",
                "add-gene",
                "delete-gene",
                "mutate-gene",
                "mutate-learning-rate",
                "mutate-batch-size",
                "mutate-upscaling");
        double[] r = new double[names.size()];
        r[names.indexOf(operator)] = rate;
        return new VariationRates(r[0], r[1], r[2], r[3], 0.4, r[4], r[5], 1, r[6], 0.25, 0.25, 0.5, 0, 0);
    }

    /** Of one mutation for sure, where all are applicable: each operator in proportion to its rate. */
    @Test
    void oneMutationIsDrawnInProportionToTheRates() {
        VariationRates rates = VariationRates.defaults();
        List<String> names = List.of(
                "add-gene",
                "delete-gene",
                "mutate-gene",
                "mutate-learning-rate",
                "mutate-batch-size",
                "mutate-optimizer",
                "mutate-upscaling");
        double[] expected = {
            rates.addGene(),
            rates.deleteGene(),
            rates.mutateGene(),
            rates.mutateLearningRate(),
            rates.mutateBatchSize(),
            rates.mutateOptimizer(),
            rates.mutateUpscaling()
        };
        double total = Arrays.stream(expected).sum();
        for (int i = 0; i < expected.length; i++) {
            expected[i] /= total;
        }
        Variation variation = new Variation(SPACE, rates);
        RandomGenerator random = Generators.seeded(18);
        long[] counts = new long[names.size()];
        for (int i = 0; i < TRIALS; i++) {
            Offspring child = variation.mutateOnce(B, random);
            assertTrue(!child.genome().equals(B) && SPACE.contains(child.genome()), child::toString);
            counts[names.indexOf(child.operator())]++;
        }
        ChiSquare.assertFits(expected, counts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "crossover",
                "add-gene",
                "delete-gene",
                "mutate-learning-rate",
                "mutate-batch-size",
                "mutate-upscaling"
            })
    void operatorsAreAppliedAtTheirRates(String operator) {
        for (double rate : new double[] {0.1, 0.8}) {
            RandomGenerator random = Generators.seeded(11);
            Variation variation = new Variation(SPACE, only(operator, rate));
            long applied = 0;
            for (int i = 0; i < TRIALS; i++) {
                Offspring child = variation.reproduce(A, B, random);
                assertTrue(child.operators().contains("mutate-optimizer"));
                applied += child.operators().contains(operator) ? 1 : 0;
                assertEquals(child.operators().size(), child.operators().contains(operator) ? 2 : 1);
            }
            ChiSquare.assertRate(rate, applied, TRIALS);
        }
    }

    @Test
    void operatorsAtRateZeroAndOneAreNeverAndAlwaysApplied() {
        RandomGenerator random = Generators.seeded(12);
        Variation never = new Variation(SPACE, only("crossover", 0));
        Variation always = new Variation(SPACE, only("crossover", 1));
        for (int i = 0; i < 200; i++) {
            assertEquals("mutate-optimizer", never.reproduce(A, B, random).operator());
            assertEquals(
                    "crossover+mutate-optimizer", always.reproduce(A, B, random).operator());
        }
    }

    @Test
    void eachGeneIsMutatedAtTheRate() {
        RandomGenerator random = Generators.seeded(13);
        Mutation mutation = new MutateGene(SPACE, Role.ENCODER, only("mutate-gene", 0.3));
        long[] changed = new long[A.encoder().size()];
        for (int i = 0; i < TRIALS; i++) {
            Optional<Genome> child = mutation.perhaps(A, random);
            for (int g = 0; child.isPresent() && g < changed.length; g++) {
                changed[g] += child.get().encoder().get(g).equals(A.encoder().get(g)) ? 0 : 1;
            }
        }
        ChiSquare.assertRate(0.3, changed[0], TRIALS);
        ChiSquare.assertRate(0.3, changed[1], TRIALS);
        assertEquals(0, changed[2], "a pooling of the only size there is");
        // one dropout in some hundred is mutated to itself and drawn again, which changes nothing here
        ChiSquare.assertRate(0.3, changed[3], TRIALS);
    }

    @Test
    void parametersOfAMutatedGeneChangeAtTheirRate() {
        RandomGenerator random = Generators.seeded(14);
        MutateGene mutation = new MutateGene(SPACE, Role.ENCODER, VariationRates.earlier());
        Genome one = A.withEncoder(A.encoder().genes().subList(0, 1));
        Gene.Convolution before = (Gene.Convolution) one.encoder().get(0);
        long[] changed = new long[5];
        for (int i = 0; i < TRIALS; i++) {
            Gene.Convolution after = (Gene.Convolution)
                    mutation.apply(one, random).orElseThrow().encoder().get(0);
            changed[0] += after.filters() != before.filters() ? 1 : 0;
            changed[1] += after.kernel() != before.kernel() ? 1 : 0;
            changed[2] += after.stride() != before.stride() ? 1 : 0;
            changed[3] += after.activation() != before.activation() ? 1 : 0;
            changed[4] += after.batchNormalization() != before.batchNormalization() ? 1 : 0;
        }
        for (long count : changed) {
            // one in five is chosen, the others change at the rate
            ChiSquare.assertRate(0.2 + 0.8 * 0.4, count, TRIALS);
        }
    }

    @Test
    void ofCountedChangesEachIsOfOneParameter() {
        RandomGenerator random = Generators.seeded(24);
        MutateGene mutation = new MutateGene(SPACE, Role.ENCODER, VariationRates.defaults());
        Genome one = A.withEncoder(A.encoder().genes().subList(0, 1));
        Gene.Convolution before = (Gene.Convolution) one.encoder().get(0);
        long[] changed = new long[5];
        for (int i = 0; i < TRIALS; i++) {
            Gene.Convolution after = (Gene.Convolution)
                    mutation.apply(one, random).orElseThrow().encoder().get(0);
            changed[0] += after.filters() != before.filters() ? 1 : 0;
            changed[1] += after.kernel() != before.kernel() ? 1 : 0;
            changed[2] += after.stride() != before.stride() ? 1 : 0;
            changed[3] += after.activation() != before.activation() ? 1 : 0;
            changed[4] += after.batchNormalization() != before.batchNormalization() ? 1 : 0;
        }
        assertEquals(TRIALS, Arrays.stream(changed).sum());
        ChiSquare.assertUniform(changed);
    }

    /** A child without crossover: one change, and a Poisson number of further ones. */
    @Test
    void childrenUndergoAsManyChangesAsSaid() {
        RandomGenerator random = Generators.seeded(25);
        long sum = 0;
        long none = 0;
        for (int i = 0; i < TRIALS; i++) {
            int further = Draw.poisson(1.5, random);
            sum += further;
            none += further == 0 ? 1 : 0;
        }
        assertEquals(1.5, (double) sum / TRIALS, 0.08);
        ChiSquare.assertRate(Math.exp(-1.5), none, TRIALS);
        assertEquals(0, Draw.poisson(0, random));
    }

    /** In widths of the range on a logarithmic scale. */
    @Test
    void sizesChangeByAGaussianStepOnALogarithmicScale() {
        RandomGenerator random = Generators.seeded(26);
        IntRange wide = new IntRange(1, 1_000_000);
        double width = Math.log(1_000_000);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < TRIALS; i++) {
            double z = Math.log(Draw.otherOnLogScale(wide, 1000, 0.1, random) / 1000.0) / (0.1 * width);
            sum += z;
            squares += z * z;
        }
        assertEquals(0, sum / TRIALS, 0.06);
        assertEquals(1, squares / TRIALS, 0.08);
        for (int i = 0; i < TRIALS; i++) {
            assertEquals(5, Draw.otherOnLogScale(new IntRange(5, 5), 5, 0.25, random));
            assertEquals(3, Draw.otherOnLogScale(new IntRange(2, 3), 2, 0.25, random));
            int middle = Draw.otherOnLogScale(new IntRange(2, 4), 3, 0.001, random);
            assertTrue(middle == 2 || middle == 4);
        }
    }

    /** Whatever it was, a changed dropout is none as often as a new one is: it neither creeps in nor out. */
    @Test
    void dropoutNeitherCreepsInNorOut() {
        RandomGenerator random = Generators.seeded(27);
        MutateGene mutation = new MutateGene(SPACE, Role.ENCODER, VariationRates.defaults());
        Genome genome = GenomeText.parse("dense(128,tanh,drop0.2) | latent(8) | upsampling | adam(lr0.001,batch64)");
        long without = 0;
        for (int i = 0; i < 8 * TRIALS; i++) {
            genome = mutation.apply(genome, random).orElseThrow();
            without += ((Gene.Dense) genome.encoder().get(0)).dropout() == 0 ? 1 : 0;
        }
        assertEquals(0.5, without / (8.0 * TRIALS), 0.1);
    }

    @Test
    void sizesChangeByAGaussianStep() {
        RandomGenerator random = Generators.seeded(15);
        IntRange wide = new IntRange(1, 100_000);
        double sum = 0;
        double squares = 0;
        long[] quarters = new long[4];
        for (int i = 0; i < TRIALS; i++) {
            double z = (Draw.otherSize(wide, 4000, 0.25, random) - 4000) / 1000.0;
            sum += z;
            squares += z * z;
            // the quartiles of the standard normal distribution
            quarters[z < -0.67449 ? 0 : z < 0 ? 1 : z < 0.67449 ? 2 : 3]++;
        }
        assertEquals(0, sum / TRIALS, 0.06);
        assertEquals(1, squares / TRIALS, 0.08);
        ChiSquare.assertUniform(quarters);
    }

    @Test
    void sizesAlwaysChangeWhereTheyCan() {
        RandomGenerator random = Generators.seeded(16);
        for (int i = 0; i < TRIALS; i++) {
            assertEquals(5, Draw.otherSize(new IntRange(5, 5), 5, 0.25, random));
            assertEquals(3, Draw.otherSize(new IntRange(2, 3), 2, 0.25, random));
            int middle = Draw.otherSize(new IntRange(2, 4), 3, 0.01, random);
            assertTrue(middle == 2 || middle == 4);
        }
    }

    @Test
    void learningRateFactorsAreLogUniform() {
        RandomGenerator random = Generators.seeded(17);
        Mutation mutation = MutateHyperparameters.learningRate(SPACE, VariationRates.earlier());
        long[] counts = new long[8];
        for (int i = 0; i < TRIALS; i++) {
            double rate =
                    mutation.apply(A, random).orElseThrow().hyperparameters().learningRate();
            assertTrue(rate >= 0.0005 && rate <= 0.002, "factor out of [0.5, 2]: " + rate);
            double exact = rate / 0.001;
            counts[(int) Math.min(7, Math.floor((Math.log(exact) / Math.log(2) + 1) * 4))]++;
            assertEquals(rate, Math.round(rate * 1e5) / 1e5, 0.6e-5, "three significant digits");
        }
        ChiSquare.assertUniform(counts);
    }

    @Test
    void choicesAreUniformOverTheOthers() {
        RandomGenerator random = Generators.seeded(18);
        long[] counts = new long[3];
        for (int i = 0; i < TRIALS; i++) {
            counts[Draw.otherChoice(List.of(0, 1, 2, 9), 9, random)]++;
        }
        ChiSquare.assertUniform(counts);
    }

    @Test
    void crossoverCutsAnywhereAndMixesTheTraining() {
        RandomGenerator random = Generators.seeded(19);
        OnePointCrossover crossover = new OnePointCrossover(SPACE);
        long[] fromB = new long[3];
        long[] heads = new long[5];
        for (int i = 0; i < TRIALS; i++) {
            Genome child = crossover.apply(A, B, random).orElseThrow();
            fromB[0] +=
                    child.hyperparameters().optimizer() == B.hyperparameters().optimizer() ? 1 : 0;
            fromB[1] += child.hyperparameters().learningRate() == 0.003 ? 1 : 0;
            fromB[2] += child.hyperparameters().batchSize() == 128 ? 1 : 0;
            int head = 0;
            while (head < child.encoder().size()
                    && head < 4
                    && child.encoder().get(head).equals(A.encoder().get(head))) {
                head++;
            }
            heads[head]++;
        }
        ChiSquare.assertRate(0.5, fromB[0], TRIALS);
        ChiSquare.assertRate(0.5, fromB[1], TRIALS);
        ChiSquare.assertRate(0.5, fromB[2], TRIALS);
        // Joined are: no head with all of B's tails but the empty one, one to three spatial genes with every tail, and
        // all of A with tails that have no convolution.
        ChiSquare.assertFits(new double[] {3 / 18.0, 4 / 18.0, 4 / 18.0, 4 / 18.0, 3 / 18.0}, heads);
    }

    private static final SearchSpace FREE =
            SPACE.toBuilder().freeDecoder().maxSkips(3).build();
    private static final Genome FREE_A = GenomeText.parse(
            "conv(16,k3,s1,relu) conv(32,k5,s2,elu,bn) pool(2) dense(128,tanh,drop0.2) skip(0,2) | latent(8) | dense(64,relu) upconv(8,k3,x2,relu) deconv(9,k3,s2,elu) upconv(9,k3,x1,elu) skip(0,3) | adam(lr0.001,batch64)");

    /** Encoder and decoder each undergo an operator with its probability, and independently. */
    @ParameterizedTest
    @ValueSource(strings = {"add-gene", "delete-gene", "add-skip", "remove-skip"})
    void sectionsVaryIndependently(String operator) {
        RandomGenerator random = Generators.seeded(21);
        boolean skips = operator.endsWith("skip");
        VariationRates none = only(skips ? "crossover" : operator, skips ? 0 : 0.3);
        Variation variation = new Variation(
                FREE, none.withSkips(operator.equals("add-skip") ? 0.3 : 0, operator.equals("remove-skip") ? 0.3 : 0));
        long[] changed = new long[4];
        for (int i = 0; i < TRIALS; i++) {
            Genome child = variation.reproduce(FREE_A, FREE_A, random).genome();
            int encoder = child.encoder().equals(FREE_A.encoder()) ? 0 : 1;
            int decoder = child.decoder().equals(FREE_A.decoder()) ? 0 : 2;
            changed[encoder + decoder]++;
        }
        ChiSquare.assertFits(new double[] {0.49, 0.21, 0.21, 0.09}, changed);
    }

    @Test
    void addedSkipsAreAnyThatThereIsNotYet() {
        RandomGenerator random = Generators.seeded(22);
        AddSkip mutation = new AddSkip(FREE, Role.ENCODER, VariationRates.defaults());
        long[] counts = new long[2];
        for (int i = 0; i < TRIALS; i++) {
            Section section = mutation.apply(FREE_A, random).orElseThrow().encoder();
            assertEquals(2, section.skips().size());
            counts[section.skips().contains(new Skip(0, 3)) ? 0 : 1]++;
        }
        ChiSquare.assertUniform(counts);
        Genome full =
                FREE_A.with(Role.ENCODER, FREE_A.encoder().with(new Skip(0, 3)).with(new Skip(1, 3)));
        assertEquals(Optional.empty(), mutation.apply(full, random));
    }

    @Test
    void skipsAreRemovedAlikeAndNoneWhereThereIsNone() {
        RandomGenerator random = Generators.seeded(23);
        RemoveSkip mutation = new RemoveSkip(Role.ENCODER, VariationRates.defaults());
        Genome full =
                FREE_A.with(Role.ENCODER, FREE_A.encoder().with(new Skip(0, 3)).with(new Skip(1, 3)));
        long[] counts = new long[3];
        for (int i = 0; i < TRIALS; i++) {
            List<Skip> left =
                    mutation.apply(full, random).orElseThrow().encoder().skips();
            assertEquals(2, left.size());
            counts[!left.contains(new Skip(0, 2)) ? 0 : !left.contains(new Skip(0, 3)) ? 1 : 2]++;
        }
        ChiSquare.assertUniform(counts);
        assertEquals(
                Optional.empty(),
                mutation.apply(A.with(Role.DECODER, FREE_A.decoder().orElseThrow()), random));
    }

    @Test
    void parametersOfAnUpconvolutionChangeAtTheirRate() {
        RandomGenerator random = Generators.seeded(24);
        MutateGene mutation = new MutateGene(FREE, Role.DECODER, VariationRates.earlier());
        Section one =
                Section.of(List.of(new Gene.Upconvolution(16, 3, 2, Upscaling.DECONVOLUTION, Activation.RELU, false)));
        Gene.Upconvolution before = (Gene.Upconvolution) one.get(0);
        long[] changed = new long[5];
        for (int i = 0; i < TRIALS; i++) {
            Genome child =
                    mutation.apply(FREE_A.with(Role.DECODER, one), random).orElseThrow();
            Gene.Upconvolution after =
                    (Gene.Upconvolution) child.decoder().orElseThrow().get(0);
            changed[0] += after.filters() != before.filters() ? 1 : 0;
            changed[1] += after.kernel() != before.kernel() ? 1 : 0;
            changed[2] += after.factor() != before.factor() ? 1 : 0;
            changed[3] += after.activation() != before.activation() ? 1 : 0;
            changed[4] += after.batchNormalization() != before.batchNormalization() ? 1 : 0;
            // what enlarges nothing is an upsampling, whatever was drawn
            assertTrue(after.factor() == 2 || after.upscaling() == Upscaling.UPSAMPLING);
        }
        for (long count : changed) {
            // one in six is chosen, the others change at the rate
            ChiSquare.assertRate(1 / 6.0 + 5 / 6.0 * 0.4, count, TRIALS);
        }
    }
}
