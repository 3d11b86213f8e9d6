package org.aevo.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.aevo.search.Budget;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Incumbent;
import org.aevo.search.Score;
import org.aevo.search.Stagnation;

/**
 * Lets anything happen to a dispatcher that can happen to a master, at random, and keeps books of its own, simple and slow,
 * that must agree with every decision.
 */
final class Driver {
    private final SplittableRandom random;
    final CountedSearch search;
    private final DispatchSettings settings;
    private final int places;
    private final long limit;
    Dispatcher dispatcher;
    private double now;

    /** Of each worker, by place: what it has, and what of that was asked back. */
    private final TreeMap<Integer, List<Assignment>> workers = new TreeMap<>();

    private final Set<Assignment> askedBack = new HashSet<>();
    private final TreeMap<Long, Assignment> again = new TreeMap<>();
    private final Map<Long, Assignment> untold = new HashMap<>();
    private final Map<Long, Integer> attempts = new HashMap<>();
    private final Map<Long, Integer> losses = new HashMap<>();
    final Set<Long> evaluated = new TreeSet<>();
    final Set<Long> givenUp = new TreeSet<>();
    private Incumbent best = Incumbent.NONE;
    int returned;
    int restarts;

    Driver(long seed, CountedSearch search, DispatchSettings settings, int places) {
        this.random = new SplittableRandom(seed);
        this.search = search;
        this.settings = settings;
        this.places = places;
        this.limit = settings.budget().evaluations().orElse(Long.MAX_VALUE);
        this.dispatcher = new Dispatcher(search, settings, Past.NONE);
    }

    static DispatchSettings settings(long evaluations, int maxAttempts, int prefetch) {
        return new DispatchSettings(Budget.ofEvaluations(evaluations), maxAttempts, prefetch, 10);
    }

    /** One turn in which several things happen. */
    void turn(double losing) {
        now += random.nextDouble();
        int things = random.nextInt(4);
        for (int i = 0; i < things; i++) {
            something(losing);
        }
        finish();
    }

    /** As it ends when no more workers are lost: every worker does what it has. */
    void calm() {
        now += 1;
        if (workers.isEmpty()) {
            join();
        }
        new ArrayList<>(workers.keySet()).forEach(place -> {
            giveBack(place);
            arrive(place);
        });
        finish();
    }

    private void something(double losing) {
        if (random.nextDouble() < losing) {
            int what = random.nextInt(5);
            if (what == 0) {
                restart();
            } else if (what < 3) {
                anyPlace().ifPresent(this::leave);
            } else {
                nonsense();
            }
        } else if (workers.isEmpty() || random.nextInt(4) == 0) {
            join();
        } else if (random.nextInt(3) == 0) {
            anyPlace().ifPresent(this::giveBack);
        } else {
            anyPlace().ifPresent(this::arrive);
        }
    }

    private Optional<Integer> anyPlace() {
        return workers.isEmpty()
                ? Optional.empty()
                : workers.keySet().stream().skip(random.nextInt(workers.size())).findFirst();
    }

    private void join() {
        int place = random.nextInt(places);
        if (workers.putIfAbsent(place, new ArrayList<>()) == null) {
            dispatcher.joined(place);
        }
    }

    private void leave(int place) {
        List<Assignment> work = workers.remove(place);
        List<Loss> lost = dispatcher.left(place);
        assertEquals(work, lost.stream().map(Loss::assignment).toList());
        for (int i = 0; i < lost.size(); i++) {
            assertEquals(i == 0, lost.get(i).begun());
            Assignment a = work.get(i);
            if (i == 0) {
                losses.merge(a.id(), 1, Integer::sum);
            }
            askedBack.remove(a);
            again.put(a.id(), a);
        }
    }

    private void arrive(int place) {
        List<Assignment> work = workers.get(place);
        if (!work.isEmpty()) {
            Assignment first = work.remove(0);
            askedBack.remove(first);
            assertEquals(Optional.of(first), dispatcher.arrived(place, first.id(), first.attempt()));
            untold.put(first.id(), first);
        }
    }

    /** The worker gives back what it was asked for and has not begun, or some of it. */
    private void giveBack(int place) {
        List<Assignment> work = workers.get(place);
        for (int i = work.size() - 1; i > 0; i--) {
            Assignment a = work.get(i);
            if (askedBack.remove(a)) {
                work.remove(i);
                assertEquals(Optional.of(a), dispatcher.returned(place, a.id(), a.attempt()));
                again.put(a.id(), a);
                returned++;
            }
        }
    }

    /** Answers that nobody waits for. */
    private void nonsense() {
        int place = random.nextInt(places + 2);
        long id = random.nextLong(search.asked + 2);
        List<Assignment> work = workers.getOrDefault(place, List.of());
        int attempt = 1 + random.nextInt(3);
        if (work.stream().noneMatch(a -> a.id() == id && a.attempt() == attempt)) {
            assertEquals(Optional.empty(), dispatcher.arrived(place, id, attempt));
            assertEquals(Optional.empty(), dispatcher.returned(place, id, attempt));
        }
    }

    /** The master dies, and another goes on from the record. */
    private void restart() {
        if (!untold.isEmpty()) {
            return; // what is not durable is out for the next master: as if it had been lost on the way
        }
        restarts++;
        List<Assignment> outstanding = new ArrayList<>();
        for (long id : new TreeSet<>(search.out)) {
            Assignment last = again.containsKey(id)
                    ? again.get(id)
                    : workers.values().stream()
                            .flatMap(List::stream)
                            .filter(a -> a.id() == id)
                            .findFirst()
                            .orElseThrow();
            Assignment known = new Assignment(last.candidate(), last.attempt(), losses.getOrDefault(id, 0));
            outstanding.add(known);
            again.put(id, known);
        }
        workers.clear();
        askedBack.clear();
        dispatcher = new Dispatcher(
                search,
                settings,
                new Past(search.asked, evaluated.size() + givenUp.size(), best, Stagnation.NONE, outstanding));
    }

    private void finish() {
        for (Assignment hopeless : dispatcher.givenUp()) {
            assertEquals(settings.maxAttempts(), losses.get(hopeless.id()));
            assertTrue(again.remove(hopeless.id()) != null);
            untold.put(hopeless.id(), hopeless);
            assertTrue(givenUp.add(hopeless.id()));
        }
        for (long id : again.keySet()) {
            assertTrue(losses.getOrDefault(id, 0) < settings.maxAttempts(), "not given up: " + id);
        }
        assertEquals(running(), dispatcher.running());
        new TreeSet<>(untold.keySet()).forEach(this::tell);
        dispatcher.wake(now);
        int sent = 0;
        for (Optional<Action> next = dispatcher.next(); next.isPresent(); next = dispatcher.next()) {
            follow(next.get());
            assertTrue(++sent < 10_000, "there is no end of it");
        }
        rested();
    }

    private int running() {
        return untold.size() + workers.values().stream().mapToInt(List::size).sum();
    }

    private void tell(long id) {
        boolean lost = givenUp.contains(id);
        double fitness = random.nextInt(20);
        Evaluation evaluation = lost
                ? Evaluation.failed(id, EvaluationStatus.WORKER_LOST, Durations.ZERO, "lost")
                : new Evaluation(
                        id,
                        EvaluationStatus.OK,
                        new Score(fitness, fitness, fitness),
                        Effort.of(Durations.ZERO),
                        List.of(),
                        "");
        if (!lost) {
            assertTrue(evaluated.add(id), "evaluated twice: " + id);
            best = Double.isNaN(best.fitness()) || fitness < best.fitness() ? new Incumbent(id, fitness) : best;
        }
        untold.remove(id);
        assertEquals(id, dispatcher.tell(evaluation).get(0).id());
        assertEquals(best, dispatcher.incumbent());
    }

    private void follow(Action action) {
        List<Assignment> work = workers.get(action.place());
        Assignment a = action.assignment();
        if (action instanceof Action.Send send) {
            assertTrue(dispatcher.ending().isEmpty());
            assertEquals(attempts.merge(a.id(), 1, Integer::sum), a.attempt());
            assertEquals(losses.getOrDefault(a.id(), 0), a.losses());
            if (!send.asked().isEmpty()) {
                assertEquals(List.of(a.candidate()), send.asked());
                assertEquals(search.asked - 1, a.id());
                assertTrue(again.isEmpty(), "what was sent before comes first");
            } else {
                assertEquals(again.firstKey(), a.id(), "the oldest first");
                again.remove(a.id());
            }
            assertEquals(next(), Optional.of(action.place()));
            assertEquals(work.size(), send.ahead());
            workers.values().forEach(w -> assertTrue(w.stream().noneMatch(b -> b.id() == a.id()), "doubled: " + a));
            work.add(a);
        } else {
            assertTrue(work.indexOf(a) > 0, "at work: " + a);
            assertTrue(askedBack.add(a), "asked back twice: " + a);
            assertTrue(work.subList(work.indexOf(a), work.size()).stream().allMatch(askedBack::contains));
            assertTrue(dispatcher.ending().isPresent() || idle() > 0);
            long behind = behind(work) + 1;
            workers.values().forEach(w -> assertTrue(behind(w) <= behind, "another has more behind"));
        }
    }

    private long behind(List<Assignment> work) {
        return work.stream().skip(1).filter(a -> !askedBack.contains(a)).count();
    }

    /** Of those that may have more the one that has least, in the lowest place. */
    private Optional<Integer> next() {
        Optional<Integer> best = Optional.empty();
        for (int place : workers.keySet()) {
            List<Assignment> work = workers.get(place);
            boolean may = work.size() <= settings.prefetch() && work.stream().noneMatch(askedBack::contains);
            if (may && best.filter(b -> workers.get(b).size() <= work.size()).isEmpty()) {
                best = Optional.of(place);
            }
        }
        return best;
    }

    private long idle() {
        return workers.values().stream().filter(List::isEmpty).count();
    }

    /** There is nothing more to do: is that so? */
    private void rested() {
        assertEquals(workers.size(), dispatcher.ready());
        assertEquals(workers.size() - idle(), dispatcher.busy());
        assertEquals(running(), dispatcher.running());
        assertEquals(evaluated.size() + givenUp.size(), dispatcher.told());
        long waiting = workers.values().stream().mapToLong(this::behind).sum();
        if (dispatcher.ending().isPresent()) {
            assertEquals(0, waiting, "not asked back");
            return;
        }
        boolean more = !again.isEmpty() || search.asked < limit && search.hasNext();
        if (more) {
            assertEquals(Optional.empty(), next(), "somebody could do more");
        }
        long coming = workers.values().stream()
                .mapToLong(w -> w.stream().skip(1).filter(askedBack::contains).count())
                .sum();
        assertTrue(coming >= Math.min(idle(), waiting + coming), "idle, and others have more");
        if (idle() > 0 && !more && search.asked < limit) {
            assertEquals(search.isAtBarrier(), dispatcher.isWaiting());
        }
        assertEquals(search.asked, evaluated.size() + givenUp.size() + again.size() + running(), "lost or doubled");
    }

    void assertDone() {
        assertTrue(dispatcher.isOver(now));
        assertEquals(0, dispatcher.running());
        Set<Long> all = new TreeSet<>(evaluated);
        all.addAll(givenUp);
        assertEquals(search.asked, all.size());
        assertEquals(search.asked, evaluated.size() + givenUp.size());
        assertTrue(dispatcher.ending().orElseThrow().complete());
        assertFalse(dispatcher.next().isPresent());
    }
}
