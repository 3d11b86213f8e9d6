package org.aevo.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The points that no other dominates: the trade-offs among which only a preference decides. */
public final class ParetoFront {
    private ParetoFront() {}

    /**
     * Places of the points that no other dominates, ascending; of equal points all.
     *
     * @param points the objectives of each, lower is better, all of as many; not changed
     * @throws IllegalArgumentException if the points have different numbers of objectives, or one is no finite number
     */
    public static int[] of(List<double[]> points) {
        if (points.isEmpty()) {
            return new int[0];
        }
        Dominance.check(points, points.get(0).length);
        int[] order = IntStream.range(0, points.size())
                .boxed()
                .sorted(Comparator.comparing(points::get, Dominance.LEXICOGRAPHIC))
                .mapToInt(Integer::intValue)
                .toArray();
        // whoever dominates a point comes before it, and so does one of the front that dominates it
        List<double[]> front = new ArrayList<>();
        int count = 0;
        for (int place : order) {
            if (!isDominated(points.get(place), front)) {
                front.add(points.get(place));
                order[count++] = place;
            }
        }
        int[] places = Arrays.copyOf(order, count);
        Arrays.sort(places);
        return places;
    }

    /** From the last on: of two objectives that is the lowest second, which answers at once. */
    private static boolean isDominated(double[] point, List<double[]> front) {
        for (int i = front.size() - 1; i >= 0; i--) {
            if (Dominance.dominates(front.get(i), point)) {
                return true;
            }
        }
        return false;
    }
}
