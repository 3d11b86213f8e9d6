package org.aevo.search;

import java.util.Comparator;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * The order of evaluations, in populations, tournaments, lists of the best and wherever one is held against another: the
 * lower fitness first, of equal ones the earlier. What is earlier is said by who orders: birth in a population, arrival in a
 * list of results.
 */
public final class Ranking {
    private Ranking() {}

    /** Whether a fitness has a place in the order: it is a finite number. */
    public static boolean counts(double fitness) {
        return Double.isFinite(fitness);
    }

    /** Whether the first is better, strictly: of equal ones none is. */
    public static boolean isBetter(double fitness, double other) {
        return Double.compare(fitness, other) < 0;
    }

    /** The best first; of equal fitness the one of lower age. */
    public static <T> Comparator<T> by(ToDoubleFunction<T> fitness, ToLongFunction<T> age) {
        return Comparator.comparingDouble(fitness).thenComparingLong(age);
    }

    /**
     * Places of those that count, the best first.
     *
     * @param fitness of each, the earliest first
     */
    public static IntStream order(double... fitness) {
        return order(fitness.length, i -> fitness[i]);
    }

    /**
     * The same for values that are no array.
     *
     * @param fitness of a place from 0 to {@code count - 1}, the earliest first
     */
    public static IntStream order(int count, IntToDoubleFunction fitness) {
        return IntStream.range(0, count)
                .filter(i -> counts(fitness.applyAsDouble(i)))
                .boxed()
                .sorted(by(fitness::applyAsDouble, i -> i))
                .mapToInt(Integer::intValue);
    }
}
