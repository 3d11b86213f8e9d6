package org.aevo.surrogate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.aevo.genome.Family;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.variation.RandomGenome;
import org.aevo.genome.variation.VariationRates;
import org.aevo.network.Shape;
import org.aevo.random.Generators;
import org.junit.jupiter.api.Test;

class SurrogateTest {
    private static final SearchSpace SPACE = SearchSpace.defaults(Family.DENSE, Shape.vector(64), 8);
    private static final GenomeFeatures FEATURES = new GenomeFeatures(SPACE);

    private static List<Genome> genomes(int number, long seed) {
        RandomGenerator random = Generators.seeded(seed);
        RandomGenome drawn = new RandomGenome(SPACE, VariationRates.defaults());
        List<Genome> genomes = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            genomes.add(drawn.next(random));
        }
        return genomes;
    }

    /** Few genes and a learning rate near 0.002 are good; some have no result. */
    private static double fitness(Genome genome) {
        double rate = Math.log(genome.hyperparameters().learningRate() / 0.002);
        return genome.toString().hashCode() % 11 == 0
                ? Double.NaN
                : 0.01 + rate * rate + 0.2 * genome.encoder().size();
    }

    @Test
    void theSameWasToldTheSameIsExpectedWhateverWasAskedInBetween() {
        Surrogate asked = new Surrogate(FEATURES);
        Surrogate silent = new Surrogate(FEATURES);
        List<Genome> genomes = genomes(330, 1);
        Genome probe = genomes(1, 2).get(0);
        for (int i = 0; i < genomes.size(); i++) {
            Genome genome = genomes.get(i);
            asked.tell(genome, fitness(genome));
            silent.tell(genome, fitness(genome));
            List<Genome> out = genomes.subList(i, Math.min(i + i % 5, genomes.size()));
            double promise = asked.outlook(out).promise(probe);
            if (i % 37 == 0 || i == genomes.size() - 1) {
                assertEquals(promise, silent.outlook(out).promise(probe), "after " + (i + 1));
            }
        }
        assertEquals(genomes.size(), silent.told());
    }

    @Test
    void whatIsGoodIsToldFromWhatIsBad() {
        Surrogate surrogate = new Surrogate(FEATURES);
        genomes(60, 3).forEach(genome -> surrogate.tell(genome, fitness(genome)));
        Surrogate.Outlook outlook = surrogate.outlook(List.of());
        List<Genome> others = genomes(100, 4).stream()
                .filter(genome -> Double.isFinite(fitness(genome)))
                .toList();
        int right = 0;
        int pairs = 0;
        for (Genome a : others) {
            for (Genome b : others) {
                if (fitness(a) < fitness(b)) {
                    pairs++;
                    right += outlook.expected(a) < outlook.expected(b) ? 1 : 0;
                }
            }
        }
        assertTrue(right > 0.8 * pairs, right + " of " + pairs);
    }

    /** What is being evaluated promises nothing more: others are proposed meanwhile. */
    @Test
    void whatIsOutPromisesLess() {
        Surrogate surrogate = new Surrogate(FEATURES);
        genomes(40, 5).forEach(genome -> surrogate.tell(genome, fitness(genome)));
        for (Genome genome : genomes(20, 6)) {
            double before = surrogate.outlook(List.of()).promise(genome);
            double after = surrogate.outlook(List.of(genome)).promise(genome);
            assertTrue(after < before, before + " became " + after);
        }
    }

    @Test
    void withoutAnyResultThereAreAnswers() {
        Surrogate surrogate = new Surrogate(FEATURES);
        List<Genome> genomes = genomes(30, 7);
        assertTrue(Double.isFinite(surrogate.outlook(List.of()).promise(genomes.get(0))));
        genomes.forEach(genome -> surrogate.tell(genome, Double.NaN));
        Genome other = genomes(1, 8).get(0);
        assertTrue(Double.isFinite(surrogate.outlook(genomes.subList(0, 3)).promise(other)));
        assertTrue(other.encoder().get(0) instanceof Gene.Dense);
    }
}
