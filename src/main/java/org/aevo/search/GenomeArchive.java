package org.aevo.search;

import java.util.HashSet;
import java.util.Set;
import org.aevo.genome.Genome;

/** All genomes proposed so far, so that none is trained twice. */
public final class GenomeArchive {
    private final Set<Genome> genomes = new HashSet<>();

    /** Takes a genome in; false if it was there already. */
    public boolean add(Genome genome) {
        return genomes.add(genome);
    }

    /** Whether it was taken in. */
    public boolean contains(Genome genome) {
        return genomes.contains(genome);
    }

    public int size() {
        return genomes.size();
    }
}
