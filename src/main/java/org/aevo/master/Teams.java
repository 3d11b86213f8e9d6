package org.aevo.master;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who is on a team with whom: ready workers are put together, those of one host as far as possible, and together again with
 * others when a team has ended and they have left it. A state machine without clock, thread or link: it is told what happened
 * and when, and answers which teams begin or end by that.
 */
final class Teams {
    /** Without a change of who is ready, until workers of several hosts become a team. */
    static final double CALM_SECONDS = 5;
    /** Until they do where something changes all the time. */
    static final double LONGEST_CALM_SECONDS = 30;
    /** After a first try in vain; twice as long after each further one. */
    static final double FIRST_PAUSE_SECONDS = 0.5;

    static final double LONGEST_PAUSE_SECONDS = 16;

    private final int size;
    private final double patience;
    private final Set<WorkerSeat> free = new LinkedHashSet<>();
    /** The latest team of each worker that has not left it yet. */
    private final Map<WorkerSeat, Team> teams = new HashMap<>();
    /** Workers whose last teams never met. */
    private final Map<WorkerSeat, Failures> failures = new HashMap<>();

    private long nextNumber;
    /** When somebody was last ready, free or lost. */
    private double changed;
    /** Since when there are enough workers for a team, but not on one host; NaN if there are not. */
    private double scattered = Double.NaN;

    /**
     * @param inRow teams that did not meet, one after the other
     * @param until not to be tried again before
     */
    private record Failures(int inRow, double until) {
        static final Failures NONE = new Failures(0, Double.NEGATIVE_INFINITY);

        Failures again(double now) {
            return new Failures(
                    inRow + 1, now + Math.min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * Math.pow(2, inRow)));
        }
    }

    /**
     * @param size members of a team, at least 2
     * @param nextNumber of the first team
     * @param patience seconds for a team to meet; and for workers to leave one that has ended
     */
    Teams(int size, long nextNumber, double patience) {
        this.size = size;
        this.nextNumber = nextNumber;
        this.patience = patience;
    }

    /** A worker is ready for a team. */
    void ready(WorkerSeat seat, double now) {
        free.add(seat);
        changed = now;
    }

    /**
     * A worker is gone.
     *
     * @return the team that ends by that
     */
    Optional<Team> lost(WorkerSeat seat, double now) {
        free.remove(seat);
        failures.remove(seat);
        changed = now;
        Optional<Team> ended = Optional.ofNullable(teams.remove(seat));
        ended.ifPresent(team -> team.leave(seat));
        return ended.filter(team -> end(team, now));
    }

    /**
     * A worker is in a team no more, or came into none.
     *
     * @return the team that ends by that
     */
    Optional<Team> disbanded(WorkerSeat seat, long number, double now) {
        Optional<Team> left = Optional.ofNullable(teams.get(seat)).filter(team -> team.number() == number);
        if (left.isEmpty()) {
            return left;
        }
        teams.remove(seat);
        left.get().leave(seat);
        if (left.get().is(Team.State.ASSEMBLING)) {
            fail(left.get(), now);
        }
        ready(seat, now);
        return left.filter(team -> end(team, now));
    }

    /**
     * A leader says that its team has met.
     *
     * @return the team, if anybody waits for that
     */
    Optional<Team> assembled(WorkerSeat seat, long number) {
        Optional<Team> met = Optional.ofNullable(teams.get(seat))
                .filter(team -> team.number() == number)
                .filter(team -> team.is(Team.State.ASSEMBLING) && team.leader() == seat);
        met.ifPresent(team -> {
            team.met();
            failures.keySet().removeAll(team.members());
        });
        return met;
    }

    /** Teams that should have met long ago: they end. */
    List<Team> overdue(double now) {
        List<Team> late = teams.values().stream()
                .distinct()
                .filter(team -> team.is(Team.State.ASSEMBLING) && team.age(now) > patience)
                .sorted(Comparator.comparingLong(Team::number))
                .toList();
        for (Team team : late) {
            fail(team, now);
            end(team, now);
        }
        return late;
    }

    /** Workers that do not leave the team that they were in, though it ended long ago. */
    List<WorkerSeat> stuck(double now) {
        return teams.entrySet().stream()
                .filter(entry -> entry.getValue().endedFor(now) > patience)
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparingInt(WorkerSeat::place))
                .toList();
    }

    /** A team is over; whether it was not before. Its members are to leave it. */
    boolean end(Team team, double now) {
        boolean going = !team.is(Team.State.ENDED);
        if (going) {
            team.end(now);
        }
        return going;
    }

    private void fail(Team team, double now) {
        for (WorkerSeat member : team.members()) {
            failures.merge(member, Failures.NONE.again(now), (before, first) -> before.again(now));
        }
    }

    /** The team that a worker was last asked to be of and has not left, whatever has become of it. */
    Optional<Team> latest(WorkerSeat seat) {
        return Optional.ofNullable(teams.get(seat));
    }

    /** The team that a worker is of; empty if that has not met yet, or has ended. */
    Optional<Team> of(WorkerSeat seat) {
        return Optional.ofNullable(teams.get(seat)).filter(team -> team.is(Team.State.READY));
    }

    /** Those that work, or can, by their numbers. */
    List<Team> ready() {
        return teams.values().stream()
                .distinct()
                .filter(team -> team.is(Team.State.READY))
                .sorted(Comparator.comparingLong(Team::number))
                .toList();
    }

    /** Workers that are ready and on no team. */
    int standingBy() {
        return free.size();
    }

    /**
     * Puts free workers together.
     *
     * @param moreToCome whether a worker may be ready soon that is not yet: on its host there may be others who wait for it
     * @return teams that are to assemble
     */
    List<Team> form(boolean moreToCome, double now) {
        if (free.size() < size) {
            scattered = Double.NaN;
            return List.of();
        }
        Map<String, List<WorkerSeat>> byHost = free.stream()
                .filter(seat -> failures.getOrDefault(seat, Failures.NONE).until() <= now)
                .sorted(Comparator.comparingInt(this::failuresOf).thenComparingInt(WorkerSeat::place))
                .collect(Collectors.groupingBy(WorkerSeat::host, LinkedHashMap::new, Collectors.toList()));
        List<Team> formed = new ArrayList<>();
        for (List<WorkerSeat> here : byHost.values()) {
            formed.addAll(teamsOf(here, now));
        }
        List<WorkerSeat> rest = byHost.values().stream()
                .sorted(Comparator.comparingInt(here -> -(here.size() % size)))
                .flatMap(here -> here.stream().filter(free::contains))
                .collect(Collectors.toCollection(ArrayList::new));
        if (rest.size() < size) {
            scattered = Double.NaN;
            return formed;
        }
        scattered = Double.isNaN(scattered) ? now : scattered;
        boolean calm = !moreToCome && now - changed >= CALM_SECONDS && now - scattered >= CALM_SECONDS;
        if (calm || now - scattered >= LONGEST_CALM_SECONDS) {
            formed.addAll(teamsOf(rest, now));
        }
        return formed;
    }

    private int failuresOf(WorkerSeat seat) {
        return failures.getOrDefault(seat, Failures.NONE).inRow();
    }

    /** As many as there can be of these, in their order. */
    private List<Team> teamsOf(List<WorkerSeat> seats, double now) {
        List<Team> formed = new ArrayList<>();
        for (int first = 0; first + size <= seats.size(); first += size) {
            List<WorkerSeat> members = seats.subList(first, first + size).stream()
                    .sorted(Comparator.comparingInt(WorkerSeat::place))
                    .toList();
            Team team = new Team(nextNumber++, members, now);
            members.forEach(member -> teams.put(member, team));
            members.forEach(free::remove);
            formed.add(team);
        }
        return formed;
    }
}
