package org.aevo.search;

import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/** The area between a reference point and what points of two objectives dominate, as points are added. */
final class Staircase {
    private final double right;
    private final double top;

    /** The second objective by the first, which falls while that rises; none dominates another. */
    private final TreeMap<Double, Double> steps = new TreeMap<>();

    private double area;

    /** Without points, and without an area. */
    Staircase(double right, double top) {
        this.right = right;
        this.top = top;
    }

    /** Takes a point in that is better than the reference in both objectives. */
    void add(double x, double y) {
        Map.Entry<Double, Double> before = steps.floorEntry(x);
        if (before != null && before.getValue() <= y) {
            return;
        }
        // what is new is above y, under the steps that were there, from x to the first step that is lower
        double from = x;
        double ceiling = before == null ? top : before.getValue();
        Iterator<Map.Entry<Double, Double>> after =
                steps.tailMap(x, true).entrySet().iterator();
        while (after.hasNext()) {
            Map.Entry<Double, Double> step = after.next();
            area += (step.getKey() - from) * (ceiling - y);
            from = step.getKey();
            ceiling = step.getValue();
            if (ceiling < y) {
                steps.put(x, y);
                return;
            }
            after.remove();
        }
        area += (right - from) * (ceiling - y);
        steps.put(x, y);
    }

    double area() {
        return area;
    }
}
