package org.aevo.search;

import java.util.Comparator;
import java.util.List;

/** How far the neighbours of each individual of a front are apart (Deb, Pratap, Agarwal and Meyarivan 2002). */
final class CrowdingDistance {
    private CrowdingDistance() {}

    /**
     * The order of a front in which neighbours in an objective are next to each other; of equal ones those that are next to
     * each other in the order of the objective before, and of the first objective that of {@link Individual#LEXICOGRAPHIC}.
     *
     * @param objective from 0
     */
    static Comparator<Individual> order(int objective) {
        return objective == 0
                ? Individual.LEXICOGRAPHIC
                : Comparator.<Individual>comparingDouble(i -> i.objectives()[objective])
                        .thenComparing(order(objective - 1));
    }

    /**
     * Tells each individual the mean over the objectives of the distance between the two that are next to it in this objective,
     * as a share of the front's extent; infinite for the first and the last in an objective. An objective of which all
     * have the same adds nothing.
     *
     * @param orders the front by each objective
     */
    static void measure(List<List<Individual>> orders) {
        orders.get(0).forEach(individual -> individual.crowd(0));
        for (int k = 0; k < orders.size(); k++) {
            List<Individual> order = orders.get(k);
            Individual first = order.get(0);
            Individual last = order.get(order.size() - 1);
            first.crowd(Double.POSITIVE_INFINITY);
            last.crowd(Double.POSITIVE_INFINITY);
            double extent = last.objectives()[k] - first.objectives()[k];
            if (extent == 0) {
                continue;
            }
            double before = first.objectives()[k];
            for (int i = 1; i < order.size() - 1; i++) {
                double after = order.get(i + 1).objectives()[k];
                order.get(i).crowdFurther((after - before) / (orders.size() * extent));
                before = order.get(i).objectives()[k];
            }
        }
    }
}
