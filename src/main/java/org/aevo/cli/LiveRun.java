package org.aevo.cli;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.aevo.record.Entry;
import org.aevo.search.EvaluationStatus;

/**
 * What is going on in a run, from the entries of its journal as they come: who does what, and what the present master
 * has done. Times are seconds since the run's start.
 */
final class LiveRun implements Consumer<Entry> {

    /** What a worker does. */
    enum Doing {
        BUSY,
        WAITING,
        STARTING,
        LOST,
        GONE
    }

    /**
     * A place for a worker.
     *
     * @param worker number of the process that fills it, or did; -1 if none has yet
     * @param host empty if none has yet
     * @param since when it does what it does; a candidate that waited behind another, since that one's end
     * @param candidate that it works on; -1 for none
     * @param attempt of that
     * @param reason why it was lost; empty otherwise
     */
    record Place(
            int rank, long worker, String host, Doing doing, double since, long candidate, int attempt, String reason) {

        Place now(Doing what, double time) {
            return new Place(rank, worker, host, what, time, -1, 0, "");
        }

        Place busy(Entry.Dispatched with, double time) {
            return new Place(rank, worker, host, Doing.BUSY, time, with.id(), with.attempt(), "");
        }
    }

    private final Map<Integer, Place> places = new TreeMap<>();
    private final Map<Long, Integer> rankOf = new HashMap<>();
    private final Map<EvaluationStatus, Integer> statuses = new EnumMap<>(EvaluationStatus.class);
    /** By rank: what a worker was sent in advance, and begins when it is done with its candidate. */
    private final Map<Integer, Entry.Dispatched> behind = new HashMap<>();

    /** By the number of a worker that is in a team: all its members, who do the same. */
    private final Map<Long, List<Long>> mates = new HashMap<>();

    private final Map<Long, List<Long>> teams = new HashMap<>();

    /** Candidates whose worker went with them at work. */
    private final Set<Long> interrupted = new HashSet<>();

    private int sentAgain;
    private int workersLost;
    private Optional<Place> lastLost = Optional.empty();
    private double sessionStart;
    private int sessions;
    private double firstDispatch = Double.NaN;
    private int arrivals;
    private int returned;
    private double secondsAtWork;

    @Override
    public void accept(Entry entry) {
        if (entry instanceof Entry.RunStarted e) {
            statuses.clear();
            interrupted.clear();
            sentAgain = 0;
            workersLost = 0;
            lastLost = Optional.empty();
            sessions = 0;
            begin(e.workers(), 0);
        } else if (entry instanceof Entry.RunResumed e) {
            // what was at work is lost with the master before
            places.values().stream().filter(p -> p.doing() == Doing.BUSY).forEach(p -> interrupted.add(p.candidate()));
            begin(e.workers(), e.time());
        } else if (entry instanceof Entry.WorkerJoined e) {
            rankOf.put(e.worker(), e.rank());
            behind.remove(e.rank());
            places.put(e.rank(), new Place(e.rank(), e.worker(), e.host(), Doing.WAITING, e.time(), -1, 0, ""));
        } else if (entry instanceof Entry.WorkerLeft e) {
            place(e.worker()).ifPresent(p -> leave(p, e));
        } else if (entry instanceof Entry.Dispatched e) {
            firstDispatch = Double.isNaN(firstDispatch) ? e.time() : firstDispatch;
            sentAgain += interrupted.remove(e.id()) ? 1 : 0;
            places(e.worker()).forEach(p -> send(p, e));
        } else if (entry instanceof Entry.Arrived e) {
            arrive(e);
        } else if (entry instanceof Entry.DispatchLost e) {
            if (e.begun()) {
                interrupted.add(e.id());
            }
            places(e.worker()).forEach(p -> done(p, e.id(), e.time()));
        } else if (entry instanceof Entry.TeamFormed e) {
            teams.put(e.team(), e.workers());
            e.workers().forEach(worker -> mates.put(worker, e.workers()));
        } else if (entry instanceof Entry.TeamEnded e) {
            end(e);
        }
    }

    /** Whoever is still at work for it is so no longer. */
    private void end(Entry.TeamEnded e) {
        for (long worker : Optional.ofNullable(teams.remove(e.team())).orElse(List.of())) {
            mates.remove(worker);
            place(worker).filter(p -> p.doing() == Doing.BUSY).ifPresent(p -> {
                behind.remove(p.rank());
                places.put(p.rank(), p.now(Doing.WAITING, e.time()));
            });
        }
    }

    private void begin(int workers, double time) {
        places.clear();
        rankOf.clear();
        behind.clear();
        mates.clear();
        teams.clear();
        IntStream.rangeClosed(1, workers)
                .forEach(rank -> places.put(rank, new Place(rank, -1, "", Doing.STARTING, time, -1, 0, "")));
        sessions++;
        sessionStart = time;
        firstDispatch = Double.NaN;
        arrivals = 0;
        returned = 0;
        secondsAtWork = 0;
    }

    /** The place of a worker, if it is still that worker's. */
    private Optional<Place> place(long worker) {
        return Optional.ofNullable(rankOf.get(worker)).map(places::get).filter(p -> p.worker() == worker);
    }

    /** The places that do what a worker is sent: of its team, or its own. */
    private List<Place> places(long worker) {
        return mates.getOrDefault(worker, List.of(worker)).stream()
                .map(this::place)
                .flatMap(Optional::stream)
                .filter(p -> p.doing() != Doing.LOST && p.doing() != Doing.GONE)
                .toList();
    }

    private void leave(Place p, Entry.WorkerLeft e) {
        behind.remove(p.rank());
        if (p.doing() == Doing.BUSY) {
            interrupted.add(p.candidate());
        }
        if (e.lost()) {
            workersLost++;
            Place lost = new Place(p.rank(), p.worker(), p.host(), Doing.LOST, e.time(), -1, 0, e.reason());
            places.put(p.rank(), lost);
            lastLost = Optional.of(lost);
        } else {
            places.put(p.rank(), p.now(Doing.GONE, e.time()));
        }
    }

    private void send(Place p, Entry.Dispatched e) {
        if (p.doing() == Doing.BUSY) {
            behind.put(p.rank(), e);
        } else {
            places.put(p.rank(), p.busy(e, e.time()));
        }
    }

    /** A candidate is no longer at its worker, which goes on with the one behind it, if there is one. */
    private void done(Place p, long candidate, double time) {
        Entry.Dispatched next = behind.get(p.rank());
        if (p.candidate() == candidate) {
            behind.remove(p.rank());
            places.put(p.rank(), next == null ? p.now(Doing.WAITING, time) : p.busy(next, time));
        } else if (next != null && next.id() == candidate) {
            behind.remove(p.rank());
        }
    }

    private void arrive(Entry.Arrived e) {
        long id = e.evaluation().id();
        statuses.merge(e.evaluation().status(), 1, Integer::sum);
        arrivals++;
        place(e.worker()).ifPresent(p -> {
            if (p.candidate() == id) {
                returned++;
                secondsAtWork += e.time() - p.since();
            }
        });
        places(e.worker()).forEach(p -> done(p, id, e.time()));
    }

    /** By rank. */
    Collection<Place> places() {
        return places.values();
    }

    long count(Doing doing) {
        return places.values().stream().filter(p -> p.doing() == doing).count();
    }

    /** Evaluations by their outcome. */
    Map<EvaluationStatus, Integer> statuses() {
        return statuses;
    }

    /**
     * How often a candidate was sent to another worker, as its own was gone. One that was taken back before it was begun
     * does not count.
     */
    int sentAgain() {
        return sentAgain;
    }

    int workersLost() {
        return workersLost;
    }

    Optional<Place> lastLost() {
        return lastLost;
    }

    /** Master processes so far. */
    int sessions() {
        return sessions;
    }

    /** When the present master began. */
    double sessionStart() {
        return sessionStart;
    }

    /** When the present master sent its first candidate; NaN before that. */
    double firstDispatch() {
        return firstDispatch;
    }

    /** Evaluations that came to the present master. */
    int arrivals() {
        return arrivals;
    }

    /** What the candidates at work amount to, in evaluations: each the part of a mean one that is over. */
    double credit(double now) {
        if (returned == 0) {
            return 0;
        }
        double mean = secondsAtWork / returned;
        // in the order of places, for sums of doubles depend on it; a team's candidate counts once
        Set<Long> counted = new HashSet<>();
        return places.values().stream()
                .filter(p -> p.doing() == Doing.BUSY && counted.add(p.candidate()))
                .mapToDouble(p -> mean > 0 ? Math.min(1, Math.max(0, now - p.since()) / mean) : 0)
                .sum();
    }
}
