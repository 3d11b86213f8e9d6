package org.aevo.search;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** How far the neighbours of each point of a front are apart (Deb, Pratap, Agarwal and Meyarivan 2002). */
final class CrowdingDistance {
    private CrowdingDistance() {}

    /**
     * Of each point the mean over the objectives of the distance between the two that are next to it in this objective, as a
     * share of the front's extent; infinite for the first and the last in an objective. An objective of which all have
     * the same adds nothing. Equal ones are next to each other in the order of the objective before, and
     * for the first in the order of the points.
     *
     * @param front the objectives of each, all of as many
     */
    static double[] of(List<double[]> front) {
        int size = front.size();
        double[] distances = new double[size];
        if (size == 0) {
            return distances;
        }
        Integer[] order = IntStream.range(0, size).boxed().toArray(Integer[]::new);
        int objectives = front.get(0).length;
        for (int k = 0; k < objectives; k++) {
            int objective = k;
            Arrays.sort(order, Comparator.comparingDouble(i -> front.get(i)[objective]));
            int first = order[0];
            int last = order[size - 1];
            distances[first] = Double.POSITIVE_INFINITY;
            distances[last] = Double.POSITIVE_INFINITY;
            double extent = front.get(last)[k] - front.get(first)[k];
            if (extent == 0) {
                continue;
            }
            for (int i = 1; i < size - 1; i++) {
                double apart = front.get(order[i + 1])[k] - front.get(order[i - 1])[k];
                distances[order[i]] += apart / (objectives * extent);
            }
        }
        return distances;
    }
}
