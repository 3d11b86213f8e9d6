package org.aevo.surrogate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.aevo.genome.Family;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.SearchSpaceBuilder;
import org.aevo.genome.Spaces;
import org.aevo.genome.variation.RandomGenome;
import org.aevo.genome.variation.VariationRates;
import org.aevo.network.Shape;
import org.aevo.random.Generators;
import org.junit.jupiter.api.Test;

class GenomeFeaturesTest {
    private static final VariationRates RATES = VariationRates.defaults().withSkips(0.2, 0.1);

    private static List<SearchSpace> spaces() {
        List<SearchSpace> spaces = new ArrayList<>(Spaces.all());
        spaces.addAll(Spaces.tight());
        for (Family family : Family.values()) {
            spaces.addAll(Spaces.small(family, true, true));
            spaces.add(SearchSpaceBuilder.classifier(family, new Shape(1, 28, 28), 10)
                    .build());
        }
        return spaces;
    }

    @Test
    void everyGenomeHasAsManyFiniteNumbersAsThereAreNames() {
        for (SearchSpace space : spaces()) {
            GenomeFeatures features = new GenomeFeatures(space);
            assertEquals(features.names().size(), new HashSet<>(features.names()).size(), features.names()::toString);
            assertEquals(features.names().size(), features.choiceOf().length);
            assertEquals(
                    features.choices().size(),
                    Arrays.stream(features.choiceOf()).distinct().count());
            RandomGenerator random = Generators.seeded(5);
            RandomGenome genomes = new RandomGenome(space, RATES);
            for (int i = 0; i < 30; i++) {
                Genome genome = genomes.next(random);
                double[] numbers = features.of(genome);
                assertEquals(features.names().size(), numbers.length);
                assertTrue(
                        Arrays.stream(numbers).allMatch(x -> x >= 0 && x < 4), genome + " " + Arrays.toString(numbers));
            }
        }
    }

    @Test
    void whatIsChosenOtherwiseIsSeen() {
        SearchSpace space = SearchSpace.defaults(Family.MIXED, new Shape(1, 28, 28), 8);
        GenomeFeatures features = new GenomeFeatures(space);
        String text = "conv(16,k3,s2,relu) dense(64,tanh,drop0.1) | latent(8) | upsampling | adam(lr0.001,batch64)";
        double[] before = features.of(GenomeText.parse(text));
        for (String[] change : new String[][] {
            {"conv(16", "conv(17", "spatial 1 filters"},
            {"k3", "k5", "spatial 1 kernel"},
            {"s2", "s1", "spatial 1 step"},
            {"relu)", "relu,bn)", "spatial 1 normalisation"},
            {"relu", "elu", "spatial 1 elu"},
            {"dense(64", "dense(65", "dense 1 units"},
            {"tanh", "sigmoid", "dense 1 sigmoid"},
            {",drop0.1", "", "dense 1 dropout"},
            {"upsampling", "deconvolution", "upscaling"},
            {"adam", "rmsprop", "optimizer rmsprop"},
            {"lr0.001", "lr0.002", "learning-rate"},
            {"batch64", "batch32", "batch-size"}
        }) {
            double[] after = features.of(GenomeText.parse(text.replace(change[0], change[1])));
            List<String> changed = new ArrayList<>();
            for (int i = 0; i < before.length; i++) {
                if (before[i] != after[i]) {
                    changed.add(features.names().get(i));
                }
            }
            assertTrue(changed.contains(change[2]), change[0] + " to " + change[1] + " changes " + changed);
            assertFalse(changed.size() > 4, change[0] + " to " + change[1] + " changes " + changed);
        }
    }

    /** The gene before the code is the first dense one, however many lead there. */
    @Test
    void denseGenesAreCountedFromTheCode() {
        GenomeFeatures features = new GenomeFeatures(SearchSpace.defaults(Family.DENSE, Shape.vector(64), 8));
        String rest = " | latent(8) | upsampling | adam(lr0.001,batch64)";
        int first = features.names().indexOf("dense 1 units");
        double[] one = features.of(GenomeText.parse("dense(40,relu)" + rest));
        double[] two = features.of(GenomeText.parse("dense(100,relu) dense(40,relu)" + rest));
        assertEquals(one[first], two[first]);
    }
}
