package org.aevo.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;

/** Individuals none of which dominates another. */
final class Front {
    /** Sorted lexicographically: two objectives are sorted in linear time then, by this one and backwards by the other. */
    private List<Individual> individuals = new ArrayList<>();

    private int rank;
    private boolean measured;

    Front(int rank, Collection<Individual> individuals) {
        this.rank = rank;
        addAll(individuals);
    }

    /** 0 for those that nobody dominates. */
    int rank() {
        return rank;
    }

    void rank(int changed) {
        rank = changed;
    }

    int size() {
        return individuals.size();
    }

    List<Individual> individuals() {
        return List.copyOf(individuals);
    }

    boolean dominates(Individual other) {
        return isDominated(other, individuals);
    }

    void addAll(Collection<Individual> newcomers) {
        individuals.addAll(newcomers);
        individuals.sort(Individual.LEXICOGRAPHIC);
        newcomers.forEach(newcomer -> newcomer.enter(this));
        forget();
    }

    /** Takes out those that one of the newcomers dominates, and returns them. */
    List<Individual> expel(Collection<Individual> newcomers) {
        List<Individual> expelled = new ArrayList<>();
        List<Individual> kept = new ArrayList<>();
        for (Individual individual : individuals) {
            (isDominated(individual, newcomers) ? expelled : kept).add(individual);
        }
        if (!expelled.isEmpty()) {
            individuals = kept;
            forget();
        }
        return expelled;
    }

    private static boolean isDominated(Individual individual, Collection<Individual> others) {
        for (Individual other : others) {
            if (other.dominates(individual)) {
                return true;
            }
        }
        return false;
    }

    /** Has the crowding distances measured again when they are asked for. */
    void forget() {
        measured = false;
    }

    /** Measures the crowding distances, if they are not known. */
    void measure() {
        if (measured) {
            return;
        }
        measured = true;
        double[] distances = CrowdingDistance.of(
                individuals.stream().map(Individual::objectives).toList());
        for (int i = 0; i < distances.length; i++) {
            individuals.get(i).crowd(distances[i]);
        }
    }

    /** Takes out the most crowded, and returns them. The others keep the distances that they had among them. */
    Collection<Individual> cut(int number) {
        measure();
        PriorityQueue<Individual> cut = new PriorityQueue<>(Individual.CROWDED_FIRST.reversed());
        for (Individual individual : individuals) {
            cut.add(individual);
            if (cut.size() > number) {
                cut.remove();
            }
        }
        individuals.removeAll(new HashSet<>(cut));
        return cut;
    }
}
