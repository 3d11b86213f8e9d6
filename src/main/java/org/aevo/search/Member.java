package org.aevo.search;

import java.util.Comparator;

/** A candidate that a population keeps, with its fitness (finite; lower is better). */
public record Member(Candidate candidate, double fitness) implements Comparable<Member> {
    private static final Comparator<Member> ORDER =
            Ranking.by(Member::fitness, member -> member.candidate().id());

    public Member {
        if (!Ranking.counts(fitness)) {
            throw new IllegalArgumentException(
                    "candidate " + candidate.id() + " cannot be a member with fitness " + fitness);
        }
    }

    /** Better first; of equal ones the older. */
    @Override
    public int compareTo(Member other) {
        return ORDER.compare(this, other);
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
