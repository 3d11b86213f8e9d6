package org.aevo.search;

import java.util.ArrayList;
import java.util.List;

/** The front of points that come one after the other, and its hypervolume after each. Most points change neither. */
public final class GrowingFront {
    private final double[] reference;
    private final List<double[]> points = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();
    private double hypervolume;
    private int count;

    /** @param reference as {@link Hypervolume#of} takes it */
    public GrowingFront(double[] reference) {
        this.reference = reference.clone();
    }

    /**
     * Takes the next point in.
     *
     * @param point as many objectives as the reference has, all finite
     * @return whether it is of the front; of equal points all are
     */
    public boolean add(double[] point) {
        int place = count++;
        for (double[] other : points) {
            if (Dominance.dominates(other, point)) {
                return false;
            }
        }
        hypervolume += exclusive(point);
        int kept = 0;
        for (int i = 0; i < points.size(); i++) {
            if (!Dominance.dominates(point, points.get(i))) {
                points.set(kept, points.get(i));
                places.set(kept++, places.get(i));
            }
        }
        points.subList(kept, points.size()).clear();
        places.subList(kept, places.size()).clear();
        points.add(point.clone());
        places.add(place);
        return true;
    }

    /** What a point dominates that none before it does: its own volume less that of what both it and another dominate. */
    private double exclusive(double[] point) {
        double own = Hypervolume.of(List.of(point), reference);
        if (own == 0) {
            return 0;
        }
        List<double[]> shared = Hypervolume.limits(point, points, reference.length);
        // rounding must not shrink what only grows
        return Math.max(0, own - Hypervolume.of(Hypervolume.front(shared), reference));
    }

    /** Places in the order in which they were taken in, from 0, of those that no other dominates, ascending. */
    public int[] places() {
        return places.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Points of the front. */
    public int size() {
        return places.size();
    }

    /** Of all points so far, in the product of the objectives' units; 0 before the first. */
    public double hypervolume() {
        return hypervolume;
    }
}
