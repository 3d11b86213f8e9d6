package org.aevo.search;

import java.util.Comparator;

/** A member with its place among the others: the front that it is in, and how crowded it is there. */
final class Individual {
    /** The worst of a front first: the most crowded, of equal ones that of the higher fitness, then the younger. */
    static final Comparator<Individual> CROWDED_FIRST = Comparator.<Individual>comparingDouble(i -> i.crowding)
            .thenComparing(i -> i.member, Comparator.reverseOrder());

    /** By the first objective, then the second, and so on; of equal ones by fitness and age. */
    static final Comparator<Individual> LEXICOGRAPHIC = Comparator.<Individual, double[]>comparing(
                    i -> i.objectives, Dominance.LEXICOGRAPHIC)
            .thenComparing(i -> i.member);

    private final Member member;
    private final double[] objectives;
    private Front front;
    private double crowding;

    Individual(Member member) {
        this.member = member;
        this.objectives =
                member.objectives().stream().mapToDouble(Double::doubleValue).toArray();
    }

    Member member() {
        return member;
    }

    /** Not to be changed. */
    double[] objectives() {
        return objectives;
    }

    boolean dominates(Individual other) {
        return Dominance.dominates(objectives, other.objectives);
    }

    void enter(Front entered) {
        front = entered;
    }

    void crowd(double distance) {
        crowding = distance;
    }

    void crowdFurther(double distance) {
        crowding += distance;
    }

    /** Its {@link CrowdingDistance} in its front. */
    double crowding() {
        front.measure();
        return crowding;
    }

    /** Whether it is in a better front than another, or in the same and less crowded (the crowded comparison of NSGA-II). */
    boolean isBetter(Individual other) {
        if (front != other.front) {
            return front.rank() < other.front.rank();
        }
        return crowding() > other.crowding();
    }
}
