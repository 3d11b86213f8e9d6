package org.aevo.search;

import java.util.HashMap;
import java.util.Map;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;

/**
 * The Gini-Simpson index of the genes of a changing set of genomes, in constant time per gene. Counts are whole
 * numbers, so that nothing drifts.
 */
final class GeneDiversity {
    private final Map<Gene, Long> counts = new HashMap<>();
    private long genes;
    private long sumOfSquares;

    void add(Genome genome) {
        genome.sections().values().forEach(section -> section.genes().forEach(gene -> count(gene, 1)));
    }

    void remove(Genome genome) {
        genome.sections().values().forEach(section -> section.genes().forEach(gene -> count(gene, -1)));
    }

    /** Probability that two genes drawn with replacement differ, in [0, 1); 0 if there are none. */
    double index() {
        return genes == 0 ? 0 : 1 - sumOfSquares / ((double) genes * genes);
    }

    private void count(Gene gene, int change) {
        long before = counts.getOrDefault(gene, 0L);
        long after = before + change;
        genes += change;
        sumOfSquares += after * after - before * before;
        if (after == 0) {
            counts.remove(gene);
        } else {
            counts.put(gene, after);
        }
    }
}
