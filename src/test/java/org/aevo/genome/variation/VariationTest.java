package org.aevo.genome.variation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.random.RandomGenerator;
import org.aevo.genome.Family;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.genome.IntRange;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Section;
import org.aevo.genome.Skip;
import org.aevo.genome.Spaces;
import org.aevo.genome.Upscaling;
import org.aevo.network.Shape;
import org.aevo.random.Generators;
import org.junit.jupiter.api.Test;

class VariationTest {
    private static final SearchSpace DENSE = SearchSpace.defaults(Family.DENSE, Shape.vector(64), 8);
    private static final Genome ONE =
            GenomeText.parse("dense(64,relu) | latent(8) | upsampling | adam(lr0.001,batch64)");

    @Test
    void childrenOfTwinsDifferFromThem() {
        RandomGenerator random = Generators.seeded(1);
        VariationRates rare =
                new VariationRates(0.8, 0.01, 0.01, 0.01, 0.4, 0.01, 0.01, 0.01, 0.01, 0.25, 0.25, 0.5, 0, 0);
        Variation variation = new Variation(DENSE, rare);
        for (int i = 0; i < 500; i++) {
            Offspring child = variation.reproduce(ONE, ONE, random);
            assertNotEquals(ONE, child.genome());
            assertTrue(DENSE.contains(child.genome()));
        }
    }

    @Test
    void withoutRatesNothingChangesAndItSaysSo() {
        VariationRates none = new VariationRates(0, 0, 0, 0, 0, 0, 0, 0, 0, 0.25, 0, 0, 0, 0);
        Offspring child = new Variation(DENSE, none).mutate(ONE, Generators.seeded(1));
        assertEquals(new Offspring(ONE, List.of()), child);
        assertEquals("copy", child.operator());
    }

    @Test
    void mutatingOnNamesEachOperatorOnce() {
        RandomGenerator random = Generators.seeded(2);
        Variation variation = new Variation(DENSE, VariationRates.defaults());
        Offspring child = variation.reproduce(ONE, ONE, random);
        for (int i = 0; i < 200; i++) {
            Offspring next = variation.mutateOn(child, random);
            assertNotEquals(child.genome(), next.genome());
            child = next;
        }
        assertEquals(child.operators().stream().distinct().toList(), child.operators());
        assertEquals(String.join("+", child.operators()), child.operator());
    }

    @Test
    void genesAreNeitherAddedBeyondNorDeletedBelowTheBounds() {
        RandomGenerator random = Generators.seeded(3);
        assertTrue(new DeleteGene(DENSE, Role.ENCODER, VariationRates.defaults())
                .apply(ONE, random)
                .isEmpty());
        SearchSpace single = DENSE.toBuilder().maxGenes(1).build();
        assertTrue(new AddGene(single, Role.ENCODER, VariationRates.defaults())
                .apply(ONE, random)
                .isEmpty());
    }

    @Test
    void theFirstConvolutionIsNotDeletedFromBeforeAPooling() {
        SearchSpace space = SearchSpace.defaults(Family.CONVOLUTIONAL, new Shape(1, 28, 28), 8);
        Genome genome = GenomeText.parse("conv(8,k3,s1,relu) pool(2) | latent(8) | upsampling | adam(lr0.001,batch64)");
        DeleteGene delete = new DeleteGene(space, Role.ENCODER, VariationRates.defaults());
        for (int seed = 0; seed < 20; seed++) {
            assertEquals(
                    genome.withEncoder(genome.encoder().genes().subList(0, 1)),
                    delete.apply(genome, Generators.seeded(seed)).orElseThrow());
        }
    }

    @Test
    void aGenomeThatStartsToShrinkTakesAnUpscalingOfTheSpace() {
        SearchSpace space = SearchSpace.defaults(Family.CONVOLUTIONAL, new Shape(1, 28, 28), 8).toBuilder()
                .upscalings(List.of(Upscaling.DECONVOLUTION))
                .build();
        Genome plain = GenomeText.parse("conv(8,k3,s1,relu) | latent(8) | upsampling | adam(lr0.001,batch64)");
        AddGene add = new AddGene(space, Role.ENCODER, VariationRates.defaults());
        int shrinking = 0;
        for (int seed = 0; seed < 50; seed++) {
            Genome longer = add.apply(plain, Generators.seeded(seed)).orElseThrow();
            if (longer.shrinks()) {
                shrinking++;
                assertEquals(Upscaling.DECONVOLUTION, longer.upscaling());
            }
        }
        assertTrue(shrinking > 10, "shrinking: " + shrinking);
    }

    @Test
    void aSpaceOfOneGenomeIsNoEndlessLoop() {
        SearchSpace space = Spaces.tiny(Family.DENSE, Shape.vector(4), 2)
                .units(new IntRange(2, 2))
                .build();
        Genome only = new RandomGenome(space, VariationRates.defaults()).next(Generators.seeded(1));
        Offspring child = new Variation(space, VariationRates.defaults()).reproduce(only, only, Generators.seeded(2));
        assertEquals(only, child.genome());
    }

    @Test
    void sameSeedSameChildren() {
        Variation variation = new Variation(DENSE, VariationRates.defaults());
        RandomGenome genomes = new RandomGenome(DENSE, VariationRates.defaults());
        RandomGenerator first = Generators.seeded(5);
        RandomGenerator second = Generators.seeded(5);
        for (int i = 0; i < 100; i++) {
            assertEquals(
                    variation.reproduce(genomes.next(first), genomes.next(first), first),
                    variation.reproduce(genomes.next(second), genomes.next(second), second));
        }
    }

    @Test
    void ratesAreProbabilities() {
        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> new VariationRates(0.8, 1.5, 0, 0, 0, 0, 0, 0, 0, 0.25, 0, 0, 0, 0));
        assertEquals("add-gene must be a probability in [0, 1], was 1.5", e.getMessage());
        Exception nan = assertThrows(
                IllegalArgumentException.class,
                () -> new VariationRates(Double.NaN, 0, 0, 0, 0, 0, 0, 0, 0, 0.25, 0, 0, 0, 0));
        assertTrue(nan.getMessage().startsWith("crossover"), nan.getMessage());
        Exception sigma = assertThrows(
                IllegalArgumentException.class, () -> new VariationRates(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        assertEquals("sigma must be in (0, 10], was 0.0", sigma.getMessage());
    }

    /** Sizes are at their least already, and a skip needs memory: it goes, the larger section's first. */
    @Test
    void whatIsTooLargeLosesSkipsBeforeItsBatches() {
        SearchSpace space = DENSE.toBuilder().freeDecoder().maxSkips(3).build();
        String genes = "dense(16,relu) dense(16,relu) dense(16,relu) dense(16,relu)";
        Genome most = GenomeText.parse(
                genes + " skip(0,2) | latent(8) | " + genes + " skip(0,2) skip(1,3) | adam(lr0.001,batch256)");
        Genome fewer = most.with(Role.DECODER, most.decoder().orElseThrow().without(new Skip(1, 3)));
        Genome none = fewer.with(Role.ENCODER, Section.of(fewer.encoder().genes()))
                .with(Role.DECODER, Section.of(fewer.decoder().orElseThrow().genes()));
        assertEquals(most, shrunk(space, most, most));
        assertEquals(fewer, shrunk(space, fewer, most));
        assertEquals(none, shrunk(space, none, most));
        // without any skip left batches become smaller
        Genome smallBatch = GenomeText.parse(none.toString().replace("batch256", "batch128"));
        assertEquals(smallBatch, shrunk(space, smallBatch, most));
    }

    /** A genome made to fit where memory is just enough for another one. */
    private static Genome shrunk(SearchSpace space, Genome fitting, Genome genome) {
        long bytes =
                space.blueprint(fitting).trainingBytes(fitting.hyperparameters().batchSize());
        return new Fit(space.toBuilder().maxMemoryBytes(bytes).build())
                .shrunk(genome)
                .orElseThrow();
    }
}
