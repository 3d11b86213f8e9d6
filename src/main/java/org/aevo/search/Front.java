package org.aevo.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/** Individuals none of which dominates another; at least one but while others move in. */
final class Front {
    /** The same individuals in the {@link CrowdingDistance#order} of each objective: what is nearly sorted is soon sorted again. */
    private final List<List<Individual>> orders = new ArrayList<>();

    private int rank;
    private boolean measured;

    Front(int rank, Collection<Individual> individuals) {
        this.rank = rank;
        int objectives = individuals.iterator().next().objectives().length;
        for (int objective = 0; objective < objectives; objective++) {
            orders.add(new ArrayList<>());
        }
        addAll(individuals);
    }

    /** 0 for those that nobody dominates. */
    int rank() {
        return rank;
    }

    void rank(int changed) {
        rank = changed;
    }

    /** How many each has. */
    int objectives() {
        return orders.size();
    }

    int size() {
        return orders.get(0).size();
    }

    /** By {@link Individual#LEXICOGRAPHIC}. */
    List<Individual> individuals() {
        return List.copyOf(orders.get(0));
    }

    boolean dominates(Individual other) {
        return isDominated(other, orders.get(0));
    }

    void addAll(Collection<Individual> newcomers) {
        for (int objective = 0; objective < orders.size(); objective++) {
            List<Individual> order = orders.get(objective);
            order.addAll(newcomers);
            order.sort(CrowdingDistance.order(objective));
        }
        newcomers.forEach(newcomer -> newcomer.enter(this));
        forget();
    }

    /** Takes out those that one of the newcomers dominates, and returns them. */
    List<Individual> expel(Collection<Individual> newcomers) {
        List<Individual> expelled = new ArrayList<>();
        for (Individual individual : orders.get(0)) {
            if (isDominated(individual, newcomers)) {
                expelled.add(individual);
            }
        }
        if (!expelled.isEmpty()) {
            remove(expelled);
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

    private void remove(Collection<Individual> gone) {
        Set<Individual> all = new HashSet<>(gone);
        orders.forEach(order -> order.removeIf(all::contains));
    }

    /** Has the crowding distances measured again when they are asked for. */
    void forget() {
        measured = false;
    }

    /** Measures the crowding distances, if they are not known. */
    void measure() {
        if (!measured) {
            CrowdingDistance.measure(orders);
            measured = true;
        }
    }

    /** Takes out the most crowded, and returns them. The others keep the distances that they had among them. */
    Collection<Individual> cut(int number) {
        measure();
        PriorityQueue<Individual> cut = new PriorityQueue<>(Individual.CROWDED_FIRST.reversed());
        for (Individual individual : orders.get(0)) {
            cut.add(individual);
            if (cut.size() > number) {
                cut.remove();
            }
        }
        remove(cut);
        return cut;
    }
}
