package org.aevo.genome.variation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.aevo.genome.Family;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.genome.SearchSpace;
import org.aevo.network.Shape;
import org.aevo.random.Generators;
import org.junit.jupiter.api.Test;

class UniformCrossoverTest {
    private static final int TRIALS = 4000;
    private static final SearchSpace SPACE = SearchSpace.defaults(Family.MIXED, new Shape(1, 28, 28), 8);
    private static final Genome A = GenomeText.parse(
            "conv(16,k3,s1,relu) dense(25,tanh,drop0.2) dense(40,elu) | latent(8) | upsampling | adam(lr0.001,batch64)");
    private static final Genome B = GenomeText.parse(
            "conv(8,k5,s2,swish,bn) pool(2) dense(33,relu) | latent(8) | deconvolution | rmsprop(lr0.003,batch128)");

    @Test
    void eachParameterIsThatOfEither() {
        RandomGenerator random = Generators.seeded(21);
        UniformCrossover crossover = new UniformCrossover(SPACE);
        long[] ofA = new long[8];
        Map<Integer, Integer> lengths = new HashMap<>();
        for (int i = 0; i < TRIALS; i++) {
            Genome child = crossover.apply(A, B, random).orElseThrow();
            Gene.Convolution c = (Gene.Convolution) child.encoder().get(0);
            // the gene before the code is paired, whatever is in front of it
            Gene.Dense d = (Gene.Dense) child.encoder().get(child.encoder().size() - 1);
            assertTrue(Set.of(16, 8).contains(c.filters()) && Set.of(40, 33).contains(d.units()), child::toString);
            ofA[0] += c.filters() == 16 ? 1 : 0;
            ofA[1] += c.kernel() == 3 ? 1 : 0;
            ofA[2] += c.stride() == 1 ? 1 : 0;
            ofA[3] += c.batchNormalization() ? 0 : 1;
            ofA[4] += d.units() == 40 ? 1 : 0;
            ofA[5] += child.hyperparameters().learningRate() == 0.001 ? 1 : 0;
            ofA[6] += child.hyperparameters().batchSize() == 64 ? 1 : 0;
            boolean likeA = child.encoder().get(1) instanceof Gene.Dense;
            ofA[7] += likeA ? 1 : 0;
            lengths.merge(child.encoder().size(), 1, Integer::sum);
        }
        for (long count : ofA) {
            ChiSquare.assertRate(0.5, count, TRIALS);
        }
        assertEquals(Set.of(3), lengths.keySet());
    }

    @Test
    void aChildOfEqualSectionsStillMixesTheTraining() {
        UniformCrossover crossover = new UniformCrossover(SPACE);
        Genome b = A.withHyperparameters(B.hyperparameters());
        Set<Genome> children = new HashSet<>();
        RandomGenerator random = Generators.seeded(22);
        for (int i = 0; i < 200; i++) {
            crossover.apply(A, b, random).ifPresent(children::add);
        }
        assertEquals(6, children.size(), "2 optimizers, 2 rates and 2 batch sizes, without the parents");
        assertTrue(crossover.apply(A, A, random).isEmpty(), "there is no child that differs from both");
    }

    /** What is nearest to the image and to the code is paired in decoders too. */
    @Test
    void decodersArePairedAtBothEnds() {
        SearchSpace free = SPACE.toBuilder().freeDecoder().build();
        String head = "dense(64,relu) | latent(8) | ";
        Genome a = GenomeText.parse(head
                + "dense(20,relu) dense(30,relu) upconv(4,k3,x2,relu) upconv(8,k3,x2,relu) | adam(lr0.001,batch64)");
        Genome b = GenomeText.parse(head + "dense(21,elu) upconv(9,k3,x2,elu) | adam(lr0.001,batch64)");
        RandomGenerator random = Generators.seeded(23);
        UniformCrossover crossover = new UniformCrossover(free);
        for (int i = 0; i < 500; i++) {
            Genome child = crossover.apply(a, b, random).orElseThrow();
            List<Gene> genes = child.decoder().orElseThrow().genes();
            assertTrue(Set.of(20, 21).contains(((Gene.Dense) genes.get(0)).units()), child::toString);
            assertTrue(
                    Set.of(8, 9).contains(((Gene.Upconvolution) genes.get(genes.size() - 1)).filters()),
                    child::toString);
            assertEquals(List.of(), free.violations(child));
        }
    }
}
