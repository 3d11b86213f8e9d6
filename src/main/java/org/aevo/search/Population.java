package org.aevo.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * At most {@code capacity} members, sorted by fitness and then age: the best so far, or, of a population that ages, those
 * that were taken in last.
 */
public sealed class Population permits NsgaPopulation {
    private final int capacity;
    private final List<Member> members = new ArrayList<>();
    private final GeneDiversity diversity = new GeneDiversity();

    /** In the order in which they were taken in; empty where the worst leaves. */
    private final Queue<Member> arrivals = new ArrayDeque<>();

    private final boolean ages;

    /** Ids of those who are gone since somebody asked. */
    private final List<Long> left = new ArrayList<>();

    /** An empty population that keeps the best. */
    public Population(int capacity) {
        this(checked(capacity), false);
    }

    private Population(int capacity, boolean ages) {
        this.capacity = capacity;
        this.ages = ages;
    }

    /** An empty population in which every newcomer stays, and the member that was taken in first leaves. */
    static Population aging(int capacity) {
        return new Population(checked(capacity), true);
    }

    private static int checked(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a population needs room for at least 1 member, was " + capacity);
        }
        return capacity;
    }

    /**
     * Takes a newcomer in. Where this makes one too many the worst leaves, which may be the newcomer; of equal ones the
     * younger. Of a population that ages the oldest leaves.
     *
     * @return whether the newcomer stayed
     */
    public boolean insert(Member newcomer) {
        int index = place(newcomer);
        if (ages) {
            return insertYoungest(newcomer);
        }
        if (index == capacity) {
            left.add(newcomer.candidate().id());
            return false;
        }
        if (members.size() == capacity) {
            remove(capacity - 1);
        }
        enter(newcomer);
        return true;
    }

    /** Takes newcomers in, one after the other. */
    void insertAll(List<Member> newcomers) {
        newcomers.forEach(this::insert);
    }

    private boolean insertYoungest(Member newcomer) {
        if (members.size() == capacity) {
            leave(arrivals.remove());
        }
        arrivals.add(newcomer);
        enter(newcomer);
        return true;
    }

    /** Makes room for a newcomer, whoever else is there. */
    final void enter(Member newcomer) {
        members.add(place(newcomer), newcomer);
        diversity.add(newcomer.candidate().design());
    }

    final void leave(Member member) {
        remove(Collections.binarySearch(members, member));
    }

    private int place(Member newcomer) {
        int place = Collections.binarySearch(members, newcomer);
        if (place >= 0) {
            throw new IllegalArgumentException(
                    "candidate " + newcomer.candidate().id() + " is in the population already");
        }
        return -place - 1;
    }

    /** Makes the member of a rank leave. */
    final void dismiss(int rank) {
        leave(members.get(rank));
    }

    private void remove(int rank) {
        Candidate gone = members.remove(rank).candidate();
        diversity.remove(gone.design());
        left.add(gone.id());
    }

    /** Ids of those who left, or did not stay, since this was last called; in the order in which they did. */
    List<Long> takeLeft() {
        List<Long> gone = List.copyOf(left);
        left.clear();
        return gone;
    }

    /** The member of the lowest fitness. */
    public Optional<Member> best() {
        return members.stream().findFirst();
    }

    public int size() {
        return members.size();
    }

    /** The member of a rank, 0 for the best. */
    public Member get(int rank) {
        return members.get(rank);
    }

    /** Whether the member of a rank is rather a parent than that of another; of two neither may be. */
    boolean isBetter(int rank, int other) {
        return rank < other;
    }

    /** All members, the best first. */
    public List<Member> members() {
        return List.copyOf(members);
    }

    /** Ids of all members. */
    Set<Long> ids() {
        Set<Long> ids = new HashSet<>();
        members.forEach(member -> ids.add(member.candidate().id()));
        return ids;
    }

    /** Arithmetic mean of the members' fitness; NaN if there are none. */
    public double meanFitness() {
        double sum = 0;
        for (Member member : members) {
            sum += member.fitness();
        }
        return members.isEmpty() ? Double.NaN : sum / members.size();
    }

    /** The Gini-Simpson index over all genes of all members: see {@link Insertion#diversity}. */
    public double geneDiversity() {
        return diversity.index();
    }
}
