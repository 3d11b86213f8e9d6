package org.aevo.record;

import java.util.Arrays;
import org.aevo.search.GrowingFront;

/**
 * How the front of one run grew, as far as it was looked at. Every evaluation is compared with the front once: run.h5 is written
 * again and again while a run goes on. Only where the reference point is the worst of the run, and an evaluation was worse, are the
 * hypervolumes worked out from the beginning. For one thread.
 */
final class RunningFront {
    /** The worst value of each objective; empty until something was measured. */
    private double[] worst = {};

    private double[] reference = {};
    private GrowingFront front;
    private double[] hypervolume = {};
    private int[] size = {};
    /** Rows of the points that the front has taken in. */
    private int[] rows = {};

    private int measured;
    private int seen;
    private int known;

    /** That of all outcomes, which are those of the last time and more. */
    FrontProgress of(Outcomes outcomes, Objectives objectives) {
        int dimensions = objectives.names().size();
        for (; seen < outcomes.size(); seen++) {
            double[] point = outcomes.point(seen);
            if (isMeasured(point, dimensions)) {
                worst = worst.length == 0 ? point : worse(worst, point);
            }
        }
        double[] from = objectives.reference().isEmpty()
                ? worst
                : objectives.reference().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray();
        if (from.length == 0) {
            double[] none = new double[dimensions];
            Arrays.fill(none, Double.NaN);
            double[] unknown = new double[seen];
            Arrays.fill(unknown, Double.NaN);
            return new FrontProgress(unknown, new int[seen], new int[0], none);
        }
        if (front == null || !Arrays.equals(from, reference)) {
            reference = from;
            front = new GrowingFront(from);
            measured = 0;
            known = 0;
        }
        grow(outcomes, dimensions);
        int[] members = Arrays.stream(front.places()).map(place -> rows[place]).toArray();
        return new FrontProgress(
                Arrays.copyOf(hypervolume, known), Arrays.copyOf(size, known), members, reference.clone());
    }

    private void grow(Outcomes outcomes, int dimensions) {
        if (outcomes.size() > size.length) {
            int length = Column.grown(outcomes.size());
            hypervolume = Arrays.copyOf(hypervolume, length);
            size = Arrays.copyOf(size, length);
            rows = Arrays.copyOf(rows, length);
        }
        for (; known < outcomes.size(); known++) {
            double[] point = outcomes.point(known);
            if (isMeasured(point, dimensions)) {
                front.add(point);
                rows[measured++] = known;
            }
            hypervolume[known] = front.hypervolume();
            size[known] = front.size();
        }
    }

    private static boolean isMeasured(double[] point, int dimensions) {
        return point.length == dimensions && Arrays.stream(point).allMatch(Double::isFinite);
    }

    private static double[] worse(double[] point, double[] other) {
        double[] worse = new double[point.length];
        Arrays.setAll(worse, i -> Math.max(point[i], other[i]));
        return worse;
    }
}
