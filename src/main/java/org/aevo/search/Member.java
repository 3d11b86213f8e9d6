package org.aevo.search;

/** A candidate that a population keeps, with its fitness (finite; lower is better). */
public record Member(Candidate candidate, double fitness) implements Comparable<Member> {
    public Member {
        if (!Double.isFinite(fitness)) {
            throw new IllegalArgumentException(
                    "candidate " + candidate.id() + " cannot be a member with fitness " + fitness);
        }
    }

    /** Better first; of equal ones the older. */
    @Override
    public int compareTo(Member other) {
        int byFitness = Double.compare(fitness, other.fitness);
        return byFitness != 0 ? byFitness : Long.compare(candidate.id(), other.candidate.id());
    }

    /** Only ids and fitness count, as in {@link #compareTo}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Member m && compareTo(m) == 0;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(candidate.id());
    }
}
