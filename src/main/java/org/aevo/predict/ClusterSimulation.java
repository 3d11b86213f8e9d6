package org.aevo.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aevo.dispatch.Action;
import org.aevo.dispatch.DispatchSettings;
import org.aevo.dispatch.Dispatcher;
import org.aevo.dispatch.Past;
import org.aevo.search.Budget;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.Insertion;
import org.aevo.search.Mode;
import org.aevo.search.Score;
import org.aevo.search.SearchStrategy;
import org.aevo.search.SendingOrder;

/**
 * A run in virtual time: the real search, the dispatch of the real master, as a single server, workers that work as long as
 * measured ones did. A turn of it is one of the real loop: take all that has arrived, make it durable at once, tell the search
 * of each, do what the dispatch says.
 *
 * <p>The search breeds when it is asked; a synchronous one when a generation is complete, all children at once: that is when
 * the master's time for it passes. A candidate that is taken back and sent again takes the time of hearing and sending that
 * an evaluation does.
 */
final class ClusterSimulation {
    private final Workload workload;
    private final Scenario scenario;
    private final Dispatcher dispatcher;
    private final MasterModel master;
    private final Runnable evaluated;
    private final Schedule schedule;
    private final EventQueue events = new EventQueue();
    private final VirtualWorker[] workers;
    private double now;

    /**
     * @param strategy fresh
     * @param evaluated called for each evaluation: how far a long one is
     */
    ClusterSimulation(Workload workload, Scenario scenario, SearchStrategy strategy, Runnable evaluated) {
        this.workload = workload;
        this.scenario = scenario;
        this.dispatcher = new Dispatcher(
                strategy,
                new DispatchSettings(Budget.ofEvaluations(scenario.evaluations()), 1, scenario.prefetch(), 0),
                Past.NONE,
                scenario.order() == SendingOrder.LONGEST
                        ? Optional.of(candidate ->
                                sample(Math.toIntExact(candidate.id())).expected())
                        : Optional.empty());
        this.master = workload.master();
        this.evaluated = evaluated;
        this.schedule = new Schedule(scenario.places(), scenario.evaluations());
        this.workers = new VirtualWorker[scenario.places()];
        for (int w = 0; w < workers.length; w++) {
            workers[w] = new VirtualWorker(w);
            double start = scenario.start().of(w);
            if (start < Double.POSITIVE_INFINITY) {
                events.add(Event.ready(start, w));
            }
        }
    }

    /** Why the search ended before its budget was spent, if it did. */
    Optional<String> exhausted() {
        return dispatcher.exhausted();
    }

    /**
     * Runs until all evaluations are told, or the search is exhausted.
     *
     * @throws IllegalArgumentException if no worker ever comes
     */
    Schedule run() {
        List<Event> batch = new ArrayList<>();
        while (!dispatcher.isOver(now) && !events.isEmpty()) {
            now = Math.max(now, events.time());
            double woken = now;
            batch.clear();
            events.drain(woken, batch);
            settle(batch);
            dispatcher.wake(now);
            act();
            schedule.masterWorked(now - woken);
        }
        if (schedule.size() == 0) {
            throw new IllegalArgumentException("nothing was sent: no worker came, or the search had no candidate");
        }
        return schedule;
    }

    private void settle(List<Event> batch) {
        int results = 0;
        for (Event event : batch) {
            int worker = event.worker();
            switch (event.kind()) {
                case READY -> {
                    schedule.joined(worker, now);
                    dispatcher.joined(worker);
                }
                case RESULT -> {
                    schedule.arrived(event.id(), now);
                    now += master.serviceSeconds() / 2;
                    workers[worker].heard(event);
                    dispatcher.arrived(worker, event.id(), event.attempt());
                    results++;
                }
                case RETURNED -> {
                    now += master.serviceSeconds() / 2;
                    dispatcher.returned(worker, event.id(), event.attempt());
                }
            }
        }
        if (results > 0) {
            now += master.commitSeconds();
        }
        for (Event event : batch) {
            if (event.kind() == Event.Kind.RESULT) {
                List<Insertion> insertions = dispatcher.tell(evaluation(event.id()));
                if (scenario.mode() == Mode.SYNC) {
                    now += insertions.size() * master.searchSeconds();
                }
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
                        new Score(fitness, fitness, fitness).with(sample.objectives()),
                        new Effort(durations, 0, Double.NaN, 0),
                        List.of(),
                        "");
    }

    private Workload.Sample sample(int id) {
        return workload.sample(scenario.draw(), scenario.seed(), id, scenario.evaluations());
    }

    private void act() {
        for (Optional<Action> next = dispatcher.next(); next.isPresent(); next = dispatcher.next()) {
            if (next.get() instanceof Action.Send send) {
                send(send);
            } else if (next.get() instanceof Action.TakeBack back) {
                takeBack(back);
            }
        }
        if (dispatcher.isWaiting()) {
            schedule.barrierBegins(now);
        }
    }

    private void send(Action.Send action) {
        if (!action.asked().isEmpty()) {
            schedule.barrierEnds();
            if (scenario.mode() == Mode.ASYNC) {
                now += master.searchSeconds();
            }
        }
        int id = Math.toIntExact(action.assignment().id());
        double seconds = sample(id).seconds();
        schedule.dispatched(id, action.place(), now, seconds);
        events.add(workers[action.place()].sent(id, action.assignment().attempt(), now, seconds, latency(id)));
        now += master.serviceSeconds() / 2;
    }

    private void takeBack(Action.TakeBack action) {
        int id = Math.toIntExact(action.assignment().id());
        double arrives = now + latency(id) / 2;
        workers[action.place()].takeBack(id, arrives).ifPresent(result -> {
            events.cancel(result);
            events.add(Event.returned(arrives + latency(id) / 2, action.place(), id, result.attempt()));
        });
    }

    private double latency(int id) {
        return workload.latency(scenario.seed(), id);
    }
}
