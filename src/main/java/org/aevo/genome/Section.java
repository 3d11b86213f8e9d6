package org.aevo.genome;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a genome that evolves by itself: genes, each taking the output of the one before it, and skips between them.
 * Immutable. What changes the genes keeps the skips right: they go with their genes, and are gone where a gene is, or where
 * no gene is left between.
 *
 * @param genes in the order in which values go through them
 * @param skips sorted, none twice
 */
public record Section(List<Gene> genes, List<Skip> skips) {
    /** One without genes. */
    public static final Section EMPTY = new Section(List.of(), List.of());

    /**
     * @throws IllegalArgumentException if a skip leads beyond the genes, or stands twice
     */
    public Section {
        genes = List.copyOf(genes);
        skips = skips.isEmpty() ? List.of() : skips.stream().sorted().toList();
        for (Skip skip : skips) {
            if (skip.to() >= genes.size()) {
                throw new IllegalArgumentException(
                        skip + " leads to gene " + skip.to() + ", there are " + genes.size() + ", counted from 0");
            }
        }
        for (int i = 1; i < skips.size(); i++) {
            if (skips.get(i).equals(skips.get(i - 1))) {
                throw new IllegalArgumentException(skips.get(i) + " stands twice");
            }
        }
    }

    /** Genes without skips. */
    public static Section of(List<? extends Gene> genes) {
        return new Section(List.copyOf(genes), List.of());
    }

    /** Number of genes. */
    public int size() {
        return genes.size();
    }

    public boolean isEmpty() {
        return genes.isEmpty();
    }

    public Gene get(int index) {
        return genes.get(index);
    }

    /** How many genes there are before the first that is not spatial, or, if {@code spatial} is false, that is. */
    public int leading(boolean spatial) {
        return (int) genes.stream().takeWhile(gene -> gene.spatial() == spatial).count();
    }

    /** The genes whose outputs are added to what goes into one. */
    public List<Integer> into(int gene) {
        return skips.stream().filter(skip -> skip.to() == gene).map(Skip::from).toList();
    }

    /** The genes that the output of one is added to. */
    public List<Integer> outOf(int gene) {
        return skips.stream().filter(skip -> skip.from() == gene).map(Skip::to).toList();
    }

    /** Every skip that there could be, but is not. */
    public List<Skip> absentSkips() {
        List<Skip> absent = new ArrayList<>();
        for (int from = 0; from < genes.size(); from++) {
            for (int to = from + 2; to < genes.size(); to++) {
                absent.add(new Skip(from, to));
            }
        }
        absent.removeAll(skips);
        return absent;
    }

    /** The same with another gene in one's place. */
    public Section with(int index, Gene gene) {
        List<Gene> changed = new ArrayList<>(genes);
        changed.set(index, gene);
        return new Section(changed, skips);
    }

    /** The same with one more gene, at an index up to the number of genes. */
    public Section insert(int index, Gene gene) {
        List<Gene> longer = new ArrayList<>(genes);
        longer.add(index, gene);
        List<Skip> moved = skips.stream()
                .map(skip -> new Skip(
                        skip.from() < index ? skip.from() : skip.from() + 1,
                        skip.to() < index ? skip.to() : skip.to() + 1))
                .toList();
        return new Section(longer, moved);
    }

    /** The same without one of its genes. */
    public Section remove(int index) {
        List<Gene> shorter = new ArrayList<>(genes);
        shorter.remove(index);
        List<Skip> kept = new ArrayList<>();
        for (Skip skip : skips) {
            int from = skip.from() < index ? skip.from() : skip.from() - 1;
            int to = skip.to() < index ? skip.to() : skip.to() - 1;
            if (skip.from() != index && skip.to() != index && to - from >= 2) {
                kept.add(new Skip(from, to));
            }
        }
        return new Section(shorter, kept);
    }

    /**
     * The first genes of this section and the last of another, each part with the skips inside it.
     *
     * @param head how many of this one's genes
     * @param tail index of the first gene of the other one
     */
    public Section joined(int head, Section other, int tail) {
        List<Gene> both = new ArrayList<>(genes.subList(0, head));
        both.addAll(other.genes.subList(tail, other.size()));
        List<Skip> kept = new ArrayList<>();
        for (Skip skip : skips) {
            if (skip.to() < head) {
                kept.add(skip);
            }
        }
        for (Skip skip : other.skips) {
            if (skip.from() >= tail) {
                kept.add(new Skip(skip.from() - tail + head, skip.to() - tail + head));
            }
        }
        return new Section(both, kept);
    }

    /** The same with one more skip. */
    public Section with(Skip skip) {
        List<Skip> more = new ArrayList<>(skips);
        more.add(skip);
        return new Section(genes, more);
    }

    /** The same without a skip. */
    public Section without(Skip skip) {
        List<Skip> fewer = new ArrayList<>(skips);
        fewer.remove(skip);
        return new Section(genes, fewer);
    }
}
