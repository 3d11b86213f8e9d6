package org.aevo.search;

import java.util.function.IntSupplier;
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
        return best(population, () -> random.nextInt(population.size()));
    }

    /** The rank of a member selected among all but one; needs two members. */
    public int selectOther(Population population, int rank, RandomGenerator random) {
        return best(population, () -> {
            int other = random.nextInt(population.size() - 1);
            return other < rank ? other : other + 1;
        });
    }

    /** Of equal ones the first drawn, which is as good as a draw. */
    private int best(Population population, IntSupplier draw) {
        int best = draw.getAsInt();
        for (int i = 1; i < size; i++) {
            int other = draw.getAsInt();
            best = population.isBetter(other, best) ? other : best;
        }
        return best;
    }
}
