package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.random.RandomGenerator;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.genome.variation.ChiSquare;
import org.aevo.random.Generators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TournamentSelectionTest {
    private static final int MEMBERS = 8;
    private static final int TRIALS = 20_000;

    private static Population population() {
        Genome genome = GenomeText.parse("dense(16,relu) | latent(2) | upsampling | adam(lr0.001,batch32)");
        Population population = new Population(MEMBERS);
        for (int id = 0; id < MEMBERS; id++) {
            population.insert(
                    new Member(new Candidate(id, 0, Candidate.NONE, Candidate.NONE, "random", genome), id * 0.1));
        }
        return population;
    }

    /** Of n ranks the lowest of k draws is r with probability ((n - r)^k - (n - r - 1)^k) / n^k. */
    private static double[] probabilities(int n, int k) {
        double[] p = new double[n];
        for (int r = 0; r < n; r++) {
            p[r] = (Math.pow(n - r, k) - Math.pow(n - r - 1, k)) / Math.pow(n, k);
        }
        return p;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void ranksAreSelectedAsTheorySays(int size) {
        Population population = population();
        TournamentSelection selection = new TournamentSelection(size);
        RandomGenerator random = Generators.seeded(size);
        long[] counts = new long[MEMBERS];
        for (int i = 0; i < TRIALS; i++) {
            counts[selection.select(population, random)]++;
        }
        ChiSquare.assertFits(probabilities(MEMBERS, size), counts);
    }

    @Test
    void theOtherIsSelectedAmongTheRest() {
        Population population = population();
        TournamentSelection selection = new TournamentSelection(2);
        RandomGenerator random = Generators.seeded(9);
        long[] counts = new long[MEMBERS - 1];
        for (int i = 0; i < TRIALS; i++) {
            int other = selection.selectOther(population, 3, random);
            assertNotEquals(3, other);
            counts[other > 3 ? other - 1 : other]++;
        }
        ChiSquare.assertFits(probabilities(MEMBERS - 1, 2), counts);
    }

    @Test
    void sizesBelowOneAreRefused() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new TournamentSelection(0));
        assertEquals("tournament must be at least 1, was 0", e.getMessage());
    }
}
