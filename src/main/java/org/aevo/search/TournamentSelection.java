package org.aevo.search;

import java.util.random.RandomGenerator;

/**
 * Selects parents: the best of {@code size} members drawn with replacement (Goldberg and Deb 1991).
 *
 * @param size 1 for a uniform choice
 */
public record TournamentSelection(int size) {
    public TournamentSelection {
        if (size < 1) {
            throw new IllegalArgumentException("tournament must be at least 1, was " + size);
        }
    }

    /** The rank of the selected member. */
    public int select(Population population, RandomGenerator random) {
        return best(population.size(), random);
    }

    /** The rank of a member selected among all but one; needs two members. */
    public int selectOther(Population population, int rank, RandomGenerator random) {
        int other = best(population.size() - 1, random);
        return other < rank ? other : other + 1;
    }

    /** Ranks are in order of fitness: the best drawn is the lowest. */
    private int best(int members, RandomGenerator random) {
        int best = random.nextInt(members);
        for (int i = 1; i < size; i++) {
            best = Math.min(best, random.nextInt(members));
        }
        return best;
    }
}
