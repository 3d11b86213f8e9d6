package org.aevo.search;

import java.util.Comparator;
import java.util.List;

/**
 * A candidate that a population keeps.
 *
 * @param fitness finite; lower is better
 * @param objectives of a search of several, finite, as in {@link Score}; empty for a search of one
 */
public record Member(Candidate candidate, double fitness, List<Double> objectives) implements Comparable<Member> {
    private static final Comparator<Member> ORDER =
            Ranking.by(Member::fitness, member -> member.candidate().id());

    public Member {
        if (!Ranking.counts(fitness)) {
            throw new IllegalArgumentException(
                    "candidate " + candidate.id() + " cannot be a member with fitness " + fitness);
        }
        objectives = List.copyOf(objectives);
        if (!objectives.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "candidate " + candidate.id() + " cannot be a member with objectives " + objectives);
        }
    }

    /** A member of a search of one objective. */
    public Member(Candidate candidate, double fitness) {
        this(candidate, fitness, List.of());
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
