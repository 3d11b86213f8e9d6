package org.aevo.search;

import java.util.Comparator;
import java.util.List;

/** When one vector of objectives, all lower is better, is as good as another in all and better in one (Pareto). */
final class Dominance {
    /** By the first objective, of equal ones by the second, and so on: whoever dominates another comes before it. */
    static final Comparator<double[]> LEXICOGRAPHIC = Dominance::compare;

    private Dominance() {}

    /** Whether the first dominates the second; of equal ones none does. */
    static boolean dominates(double[] point, double[] other) {
        boolean better = false;
        for (int i = 0; i < point.length; i++) {
            if (point[i] > other[i]) {
                return false;
            }
            better |= point[i] < other[i];
        }
        return better;
    }

    // Double.compare would have -0 before 0, which are equal to dominates
    private static int compare(double[] point, double[] other) {
        for (int i = 0; i < point.length; i++) {
            if (point[i] != other[i]) {
                return point[i] < other[i] ? -1 : 1;
            }
        }
        return 0;
    }

    /**
     * Refuses points that cannot be compared.
     *
     * @param objectives of each
     * @throws IllegalArgumentException if a point has another number of objectives, or one that is no finite number
     */
    static void check(List<double[]> points, int objectives) {
        for (int i = 0; i < points.size(); i++) {
            double[] point = points.get(i);
            if (point.length != objectives) {
                throw new IllegalArgumentException(
                        "point " + i + " has " + point.length + " objectives where others have " + objectives);
            }
            for (int k = 0; k < objectives; k++) {
                if (!Double.isFinite(point[k])) {
                    throw new IllegalArgumentException(
                            "objective " + k + " of point " + i + " must be a finite number, was " + point[k]);
                }
            }
        }
    }
}
