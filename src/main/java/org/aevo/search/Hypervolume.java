package org.aevo.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The volume that points dominate up to a reference point (Zitzler and Thiele 1998): one number for how far a front has got and how
 * wide it is. Exact, but for rounding: in two and three objectives by a sweep, in O(n log n); in more by the exclusive volumes
 * of While, Bradstreet and Barone ("A Fast Way of Calculating Exact Hypervolumes", 2012), whose time grows exponentially with
 * the objectives.
 */
public final class Hypervolume {
    private Hypervolume() {}

    /**
     * The volume of all that a point dominates and that dominates the reference.
     *
     * @param points the objectives of each, lower is better; in any order, also those that others dominate; what is not better
     *     than the reference in every objective adds nothing
     * @param reference the worst that counts, in the units of the objectives
     * @return in the product of those units; 0 without points
     * @throws IllegalArgumentException if points and reference have different numbers of objectives, or one is no finite
     *     number
     */
    public static double of(List<double[]> points, double[] reference) {
        if (reference.length == 0) {
            throw new IllegalArgumentException("a hypervolume needs at least 1 objective");
        }
        for (int i = 0; i < reference.length; i++) {
            if (!Double.isFinite(reference[i])) {
                throw new IllegalArgumentException(
                        "objective " + i + " of the reference must be a finite number, was " + reference[i]);
            }
        }
        Dominance.check(points, reference.length);
        List<double[]> inside =
                points.stream().filter(point -> isInside(point, reference)).toList();
        return volume(inside, reference, reference.length);
    }

    private static boolean isInside(double[] point, double[] reference) {
        for (int i = 0; i < reference.length; i++) {
            if (point[i] >= reference[i]) {
                return false;
            }
        }
        return true;
    }

    /** In the first so many objectives. */
    private static double volume(List<double[]> points, double[] reference, int objectives) {
        return switch (objectives) {
            case 1 ->
                points.stream().mapToDouble(p -> reference[0] - p[0]).max().orElse(0);
            case 2 -> area(points, reference);
            case 3 -> sweep(points, reference);
            default -> exclusive(points, reference, objectives);
        };
    }

    private static double area(List<double[]> points, double[] reference) {
        Staircase staircase = new Staircase(reference[0], reference[1]);
        points.forEach(point -> staircase.add(point[0], point[1]));
        return staircase.area();
    }

    /** Along the third objective: from each point to the next the area of those that were passed. */
    private static double sweep(List<double[]> points, double[] reference) {
        List<double[]> sorted = new ArrayList<>(points);
        sorted.sort(Comparator.comparingDouble(point -> point[2]));
        Staircase staircase = new Staircase(reference[0], reference[1]);
        double volume = 0;
        for (int i = 0; i < sorted.size(); i++) {
            double[] point = sorted.get(i);
            staircase.add(point[0], point[1]);
            double next = i + 1 < sorted.size() ? sorted.get(i + 1)[2] : reference[2];
            volume += staircase.area() * (next - point[2]);
        }
        return volume;
    }

    /**
     * The sum over points, the worst in the last objective first, of what none of those after it dominates. They are all as good in the
     * last objective, so that this is a height times a volume of one objective less.
     */
    private static double exclusive(List<double[]> points, double[] reference, int objectives) {
        int last = objectives - 1;
        List<double[]> sorted = new ArrayList<>(points);
        sorted.sort(Comparator.<double[]>comparingDouble(point -> point[last]).reversed());
        double volume = 0;
        for (int i = 0; i < sorted.size(); i++) {
            double[] point = sorted.get(i);
            double own = 1;
            for (int k = 0; k < last; k++) {
                own *= reference[k] - point[k];
            }
            List<double[]> limited = front(limits(point, sorted.subList(i + 1, sorted.size()), last));
            volume += (reference[last] - point[last]) * (own - volume(limited, reference, last));
        }
        return volume;
    }

    /** The worse of a point and each of the others, in the first so many objectives: what both dominate. */
    static List<double[]> limits(double[] point, List<double[]> others, int objectives) {
        List<double[]> limits = new ArrayList<>();
        for (double[] other : others) {
            double[] limit = new double[objectives];
            for (int k = 0; k < objectives; k++) {
                limit[k] = Math.max(point[k], other[k]);
            }
            limits.add(limit);
        }
        return limits;
    }

    /** Those that no other dominates: the others add nothing to the volume, but much to the work. */
    static List<double[]> front(List<double[]> points) {
        List<double[]> front = new ArrayList<>();
        for (int place : ParetoFront.of(points)) {
            front.add(points.get(place));
        }
        return front;
    }
}
