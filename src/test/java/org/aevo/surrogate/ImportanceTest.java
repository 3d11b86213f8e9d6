package org.aevo.surrogate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.aevo.genome.Family;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.variation.RandomGenome;
import org.aevo.genome.variation.VariationRates;
import org.aevo.network.Shape;
import org.junit.jupiter.api.Test;

class ImportanceTest {
    private static final SearchSpace SPACE = SearchSpace.defaults(Family.MIXED, new Shape(1, 28, 28), 8);
    private static final GenomeFeatures FEATURES = new GenomeFeatures(SPACE);

    private static List<Genome> genomes(int count, long seed) {
        RandomGenome random = new RandomGenome(SPACE, VariationRates.defaults());
        SplittableRandom stream = new SplittableRandom(seed);
        return Stream.generate(() -> random.next(stream)).limit(count).toList();
    }

    private static double[] fitness(List<Genome> genomes) {
        return genomes.stream()
                .mapToDouble(g -> Math.pow(g.hyperparameters().learningRate(), -0.3))
                .toArray();
    }

    @Test
    void theChoiceThatDecidesIsTheMostImportantAmongKindsAndGenes() {
        List<Genome> genomes = genomes(200, 1);
        Importance importance = Importance.of(FEATURES, genomes, fitness(genomes), genomes(100, 2));
        assertEquals(200, importance.evaluations());
        assertTrue(importance.known() > 0.9, importance.toString());
        for (List<Importance.Choice> choices : List.of(importance.kinds(), importance.genes())) {
            assertEquals("learning-rate", choices.get(0).name());
            assertTrue(choices.get(0).share() > 0.9, choices.toString());
            assertEquals(
                    choices.size(),
                    choices.stream().map(Importance.Choice::name).distinct().count());
        }
        assertTrue(Importance.together(importance.kinds()) < 0.1);
        assertEquals(importance, Importance.of(FEATURES, genomes, fitness(genomes), genomes(100, 2)));
    }

    @Test
    void genesAreNamedByTheirPlacesAndSumsAreOfTheirKind() {
        List<Genome> genomes = genomes(60, 3);
        Importance importance = Importance.of(FEATURES, genomes, fitness(genomes), genomes);
        List<String> kinds =
                importance.kinds().stream().map(Importance.Choice::name).toList();
        List<String> genes =
                importance.genes().stream().map(Importance.Choice::name).toList();
        assertTrue(kinds.containsAll(List.of("units", "dropout", "activation", "optimizer")), kinds.toString());
        assertTrue(
                kinds.stream().noneMatch(name -> name.contains("mean") || name.contains("in all")), kinds.toString());
        assertTrue(
                genes.containsAll(List.of("dense 1 units", "dense 2 activation", "spatial 1 filters", "optimizer")),
                genes.toString());
    }

    @Test
    void whatCannotBeToldIsRefused() {
        List<Genome> few = genomes(29, 4);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Importance.of(FEATURES, few, fitness(few), few))
                .getMessage()
                .contains("there are 29"));
        List<Genome> alike = genomes(40, 5);
        assertThrows(IllegalArgumentException.class, () -> Importance.of(FEATURES, alike, new double[40], alike));
    }
}
