package org.aevo.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.network.Design;

/**
 * The Gini-Simpson index of the genes of a changing set of genomes, in constant time per gene. Counts are whole
 * numbers, so that nothing drifts.
 */
final class GeneDiversity {
    private final Map<Gene, Long> counts = new HashMap<>();
    private long genes;
    private long sumOfSquares;

    void add(Design design) {
        genes(design).forEach(gene -> count(gene, 1));
    }

    void remove(Design design) {
        genes(design).forEach(gene -> count(gene, -1));
    }

    /** Networks that were written by hand have none. */
    private static List<Gene> genes(Design design) {
        return design instanceof Genome genome
                ? genome.sections().values().stream()
                        .flatMap(section -> section.genes().stream())
                        .toList()
                : List.of();
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
