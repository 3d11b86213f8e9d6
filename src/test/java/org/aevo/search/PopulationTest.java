package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.aevo.genome.Family;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.genome.IntRange;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.variation.RandomGenome;
import org.aevo.genome.variation.VariationRates;
import org.aevo.network.Shape;
import org.aevo.random.Generators;
import org.junit.jupiter.api.Test;

class PopulationTest {

    private static Member member(long id, double fitness, String encoder) {
        return member(id, fitness, GenomeText.parse(encoder + " | latent(2) | upsampling | adam(lr0.001,batch32)"));
    }

    private static Member member(long id, double fitness, Genome genome) {
        return new Member(new Candidate(id, 0, Candidate.NONE, Candidate.NONE, "random", genome), fitness);
    }

    private static List<Long> ids(Population population) {
        return population.members().stream().map(m -> m.candidate().id()).toList();
    }

    @Test
    void anEmptyPopulationHasNoMeanAndNoDiversity() {
        Population empty = new Population(3);
        assertTrue(Double.isNaN(empty.meanFitness()));
        assertEquals(0, empty.geneDiversity());
    }

    @Test
    void numbersByHand() {
        Population population = new Population(3);
        population.insert(member(0, 0.5, "dense(16,relu) dense(16,relu)"));
        assertEquals(0, population.geneDiversity());
        population.insert(member(1, 0.25, "dense(16,relu) dense(16,tanh)"));
        assertEquals(0.375, population.meanFitness());
        // three of one gene, one of another: 1 - (9 + 1) / 16
        assertEquals(0.375, population.geneDiversity());
    }

    @Test
    void theWorstLeavesAndOfEqualOnesTheYounger() {
        Population population = new Population(2);
        assertTrue(population.insert(member(0, 0.5, "dense(16,relu)")));
        assertTrue(population.insert(member(1, 0.4, "dense(17,relu)")));
        assertFalse(population.insert(member(2, 0.6, "dense(18,relu)")));
        assertFalse(population.insert(member(3, 0.5, "dense(19,relu)")));
        assertEquals(List.of(1L, 0L), ids(population));
        assertTrue(population.insert(member(4, 0.1, "dense(20,relu)")));
        assertEquals(List.of(4L, 1L), ids(population));
    }

    @Test
    void agreesWithSortingAndCountingPairs() {
        RandomGenerator random = Generators.seeded(1);
        SearchSpace space = SearchSpace.defaults(Family.DENSE, Shape.vector(8), 2).toBuilder()
                .units(new IntRange(1, 3))
                .freeDecoder()
                .build();
        RandomGenome genomes = new RandomGenome(space, VariationRates.defaults());
        Population population = new Population(10);
        List<Member> all = new ArrayList<>();
        for (int id = 0; id < 200; id++) {
            Member member = member(id, random.nextInt(50) / 10.0, genomes.next(random));
            all.add(member);
            population.insert(member);
            List<Member> best = all.stream().sorted().limit(10).toList();
            assertEquals(best, population.members());
            assertEquals(best.get(0), population.best().orElseThrow());
            assertEquals(
                    best.stream().mapToDouble(Member::fitness).average().orElseThrow(),
                    population.meanFitness(),
                    1e-12);
            List<Gene> genes = best.stream()
                    .flatMap(m -> m.candidate().genome().sections().values().stream())
                    .flatMap(section -> section.genes().stream())
                    .toList();
            long differing = genes.stream()
                    .mapToLong(a -> genes.stream().filter(b -> !a.equals(b)).count())
                    .sum();
            assertEquals(differing / (double) (genes.size() * genes.size()), population.geneDiversity(), 1e-12);
        }
    }

    @Test
    void ofAPopulationThatAgesTheOldestLeaves() {
        Population population = Population.aging(2);
        assertTrue(population.insert(member(0, 0.1, "dense(16,relu)")));
        assertTrue(population.insert(member(2, 0.4, "dense(17,relu)")));
        assertEquals(List.of(0L, 2L), ids(population));
        // candidate 1 came back after candidate 2: age counts from there
        assertTrue(population.insert(member(1, 0.6, "dense(17,relu)")));
        assertEquals(List.of(2L, 1L), ids(population));
        assertEquals(0.5, population.meanFitness());
        assertEquals(0, population.geneDiversity());
        assertTrue(population.insert(member(3, 0.5, "dense(18,relu)")));
        assertEquals(List.of(3L, 1L), ids(population));
        assertEquals(0.5, population.geneDiversity());
    }

    @Test
    void whatCannotBeAMemberIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Population(0));
        assertThrows(IllegalArgumentException.class, () -> member(0, Double.NaN, "dense(16,relu)"));
        assertThrows(IllegalArgumentException.class, () -> member(0, Double.POSITIVE_INFINITY, "dense(16,relu)"));
        Population population = new Population(2);
        population.insert(member(0, 0.5, "dense(16,relu)"));
        assertThrows(IllegalArgumentException.class, () -> population.insert(member(0, 0.5, "dense(16,relu)")));
    }
}
