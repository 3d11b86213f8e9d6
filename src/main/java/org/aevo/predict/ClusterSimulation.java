package org.aevo.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.Insertion;
import org.aevo.search.Mode;
import org.aevo.search.Proposal;
import org.aevo.search.Score;
import org.aevo.search.SearchStrategy;

/**
 * A run in virtual time: the real search, a master that is a single server, workers that work as long as measured ones did.
 * The master's loop is that of {@code org.aevo.master.Master}: take all that has arrived, make it durable at once, tell the
 * search of each, ask and send for every free worker by rank.
 *
 * <p>The search breeds when it is asked; a synchronous one when a generation is complete, all children at once: that is when
 * the master's time for it passes.
 */
final class ClusterSimulation {
    private static final int READY = -1;

    private final Workload workload;
    private final Scenario scenario;
    private final SearchStrategy strategy;
    private final MasterModel master;
    private final Runnable evaluated;
    private final Schedule schedule;
    private final PriorityQueue<Event> events = new PriorityQueue<>();

    /** By the number of candidates that a worker has: none, or one. */
    private final List<BitSet> room = new ArrayList<>();

    private final int[] out;
    /** When each worker will have done what it has, and when the master will have heard of it. */
    private final double[] worksUntil;

    private final double[] heardUntil;
    private double now;
    private int told;
    private Optional<String> exhausted = Optional.empty();

    /** Something reaches the master: the evaluation of a candidate, or that a worker is ready. */
    private record Event(double time, int worker, int id) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Double.compare(time, other.time);
            int byWorker = byTime != 0 ? byTime : Integer.compare(worker, other.worker);
            return byWorker != 0 ? byWorker : Integer.compare(id, other.id);
        }
    }

    /**
     * @param strategy fresh
     * @param evaluated called for each evaluation: how far a long one is
     */
    ClusterSimulation(Workload workload, Scenario scenario, SearchStrategy strategy, Runnable evaluated) {
        this.workload = workload;
        this.scenario = scenario;
        this.strategy = strategy;
        this.master = workload.master();
        this.evaluated = evaluated;
        int workers = scenario.workers();
        this.schedule = new Schedule(workers, scenario.evaluations());
        for (int has = 0; has <= scenario.prefetch(); has++) {
            room.add(new BitSet(workers));
        }
        this.out = new int[workers];
        this.worksUntil = new double[workers];
        this.heardUntil = new double[workers];
        Arrays.setAll(worksUntil, w -> Double.NEGATIVE_INFINITY);
        for (int w = 0; w < workers; w++) {
            double start = scenario.start().of(w);
            if (start < Double.POSITIVE_INFINITY) {
                events.add(new Event(start, w, READY));
            }
        }
    }

    /** Why the search ended before its budget was spent, if it did. */
    Optional<String> exhausted() {
        return exhausted;
    }

    /**
     * Runs until all evaluations are told, or the search is exhausted.
     *
     * @throws IllegalArgumentException if no worker ever comes
     */
    Schedule run() {
        List<Event> batch = new ArrayList<>();
        while (told < scenario.evaluations() && !events.isEmpty()) {
            now = Math.max(now, events.peek().time());
            double woken = now;
            batch.clear();
            while (!events.isEmpty() && events.peek().time() <= woken) {
                batch.add(events.poll());
            }
            settle(batch);
            handOut();
            schedule.masterWorked(now - woken);
        }
        if (schedule.size() == 0) {
            throw new IllegalArgumentException("nothing was sent: no worker came, or the search had no candidate");
        }
        return schedule;
    }

    private void settle(List<Event> batch) {
        boolean results = false;
        for (Event event : batch) {
            int worker = event.worker();
            if (event.id() == READY) {
                schedule.joined(worker, now);
            } else {
                schedule.arrived(event.id(), now);
                now += master.serviceSeconds() / 2;
                results = true;
                out[worker]--;
            }
            if (out[worker] + 1 < room.size()) {
                room.get(out[worker] + 1).clear(worker);
            }
            room.get(out[worker]).set(worker);
        }
        if (results) {
            now += master.commitSeconds();
        }
        for (Event event : batch) {
            if (event.id() != READY) {
                List<Insertion> insertions = strategy.tell(evaluation(event.id()));
                if (scenario.mode() == Mode.SYNC) {
                    now += insertions.size() * master.searchSeconds();
                }
                told++;
                evaluated.run();
            }
        }
    }

    private Evaluation evaluation(int id) {
        Workload.Sample sample = sample(id);
        Durations durations = new Durations(0, sample.seconds(), 0);
        double fitness = sample.fitness();
        return Double.isNaN(fitness)
                ? Evaluation.failed(id, sample.status(), durations, "as measured")
                : new Evaluation(
                        id,
                        sample.status(),
                        new Score(fitness, fitness, fitness),
                        new Effort(durations, 0, Double.NaN, 0),
                        List.of(),
                        "");
    }

    private Workload.Sample sample(int id) {
        return workload.sample(scenario.draw(), scenario.seed(), id, scenario.evaluations());
    }

    /** The idle first, then, if candidates are sent ahead, those that have one. */
    private void handOut() {
        for (int has = 0; has < room.size(); has++) {
            BitSet free = room.get(has);
            for (int worker = free.nextSetBit(0); worker >= 0; worker = free.nextSetBit(worker + 1)) {
                if (schedule.size() == scenario.evaluations()) {
                    return;
                }
                Proposal proposal = strategy.ask();
                if (proposal instanceof Proposal.Wait) {
                    schedule.barrierBegins(now);
                    return;
                } else if (proposal instanceof Proposal.Exhausted e) {
                    exhausted = Optional.of(e.reason());
                    return;
                }
                schedule.barrierEnds();
                send(worker, has);
            }
        }
    }

    private void send(int worker, int has) {
        if (scenario.mode() == Mode.ASYNC) {
            now += master.searchSeconds();
        }
        int id = schedule.size();
        double seconds = sample(id).seconds();
        double latency = workload.latency(scenario.seed(), id);
        schedule.dispatched(worker, now, seconds);
        worksUntil[worker] = Math.max(now + latency / 2, worksUntil[worker]) + seconds;
        heardUntil[worker] = Math.max(worksUntil[worker] + latency / 2, heardUntil[worker]);
        events.add(new Event(heardUntil[worker], worker, id));
        room.get(has).clear(worker);
        out[worker]++;
        if (has + 1 < room.size()) {
            room.get(has + 1).set(worker);
        }
        now += master.serviceSeconds() / 2;
    }
}
