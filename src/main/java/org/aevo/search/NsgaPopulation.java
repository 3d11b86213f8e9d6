package org.aevo.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The population of NSGA-II (Deb, Pratap, Agarwal and Meyarivan, "A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II",
 * 2002): of its members and all who come together those of the first fronts stay, and of the front that does not fit in the
 * least crowded. Fronts and crowding distances are those among all of whom it was chosen, as in the paper.
 *
 * <p>{@link #members}, {@link #best} and ranks are by fitness still, as everywhere; {@link #isBetter} is what parents are selected by.
 */
final class NsgaPopulation extends Population {
    private final int capacity;
    private final Fronts fronts = new Fronts();
    private final Map<Long, Individual> individuals = new HashMap<>();

    NsgaPopulation(int capacity) {
        super(capacity);
        this.capacity = capacity;
    }

    @Override
    public boolean insert(Member newcomer) {
        insertAll(List.of(newcomer));
        return individuals.containsKey(newcomer.candidate().id());
    }

    /** Takes newcomers in together, and has all leave at once who do not stay. */
    @Override
    void insertAll(List<Member> newcomers) {
        for (Member newcomer : newcomers) {
            Individual individual = new Individual(newcomer);
            enter(newcomer);
            fronts.add(individual);
            individuals.put(newcomer.candidate().id(), individual);
        }
        for (Individual gone : fronts.cutTo(capacity)) {
            individuals.remove(gone.member().candidate().id());
            leave(gone.member());
        }
    }

    @Override
    boolean isBetter(int rank, int other) {
        return individual(rank).isBetter(individual(other));
    }

    private Individual individual(int rank) {
        return individuals.get(get(rank).candidate().id());
    }

    /** The members of each front, the best front first. */
    List<List<Member>> fronts() {
        return fronts.individuals().stream()
                .map(front -> front.stream().map(Individual::member).toList())
                .toList();
    }
}
