package org.aevo.dispatch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.Incumbent;
import org.aevo.search.Insertion;
import org.aevo.search.Proposal;
import org.aevo.search.SearchStrategy;
import org.aevo.search.Stagnation;

/**
 * Decides which worker gets which candidate, what is asked back, sent again or given up, and when a run ends. A state
 * machine without clock, thread or file: it is told what happened, the time where that matters, and asked what to do
 * ({@link #next}). The same sequence of calls gives the same answers. A real master drives it, and so does a simulated one.
 *
 * <p>A turn of whoever drives it: tell it who {@link #joined}, {@link #left}, what {@link #arrived} or was {@link #returned};
 * make what arrived, and what is {@link #givenUp}, durable; {@link #tell} it; say what time it is ({@link #wake}); do all that
 * {@link #next} says.
 *
 * <p>Places of workers are small numbers from 0; of several workers that could be served the one in the lowest place is.
 */
public final class Dispatcher {
    private final SearchStrategy strategy;
    private final DispatchSettings settings;
    private final long limit;
    private final Crew crew;
    /** Sent before the strategy is asked; the oldest first, so that a generation is not held up by its last. */
    private final PriorityQueue<Assignment> again = new PriorityQueue<>(Comparator.comparingLong(Assignment::id));

    /** Asked for and never sent; what is to be sent again goes before it. */
    private final Fresh fresh;

    private final Optional<ExpectedDuration> longestFirst;

    private List<Assignment> hopeless = new ArrayList<>();
    /** Arrived or given up, and not told yet. */
    private final Map<Long, Assignment> untold = new HashMap<>();

    private long asked;
    private long told;
    private Incumbent incumbent;
    private Stagnation stagnation;
    /** What the strategy answered when it had no candidate, until it is told something: before that it says the same. */
    private Optional<Proposal> nothing = Optional.empty();

    private Optional<String> exhausted = Optional.empty();
    private Optional<Ending> ending = Optional.empty();

    /** Sends candidates in the order of their birth. */
    public Dispatcher(SearchStrategy strategy, DispatchSettings settings, Past past) {
        this(strategy, settings, past, Optional.empty());
    }

    /**
     * @param strategy that has been asked and told what {@code past} says
     * @param longestFirst what is expected of candidates that a strategy has at once, which it is asked for together, where the
     *     longest is to go first: of a strategy that waits for whole generations. Empty to ask for one at a time
     */
    public Dispatcher(
            SearchStrategy strategy, DispatchSettings settings, Past past, Optional<ExpectedDuration> longestFirst) {
        this.strategy = strategy;
        this.settings = settings;
        this.limit = settings.budget().evaluations().orElse(Long.MAX_VALUE);
        this.crew = new Crew(settings.prefetch());
        this.asked = past.asked();
        this.told = past.told();
        this.incumbent = past.incumbent();
        this.stagnation = past.stagnation();
        this.longestFirst = longestFirst;
        this.fresh = new Fresh(longestFirst);
        List<Candidate> neverSent = new ArrayList<>();
        for (Assignment assignment : past.outstanding()) {
            if (longestFirst.isPresent() && assignment.attempt() == 0) {
                neverSent.add(assignment.candidate());
            } else {
                sendAgain(assignment);
            }
        }
        fresh.add(neverSent);
    }

    /**
     * A worker is ready.
     *
     * @throws IllegalArgumentException if the place is taken
     */
    public void joined(int place) {
        crew.join(place);
    }

    /**
     * A worker is gone.
     *
     * @return what it had, in the order in which it was sent; the first was at work
     */
    public List<Loss> left(int place) {
        return left(place, true);
    }

    /**
     * The same of one of which it may be known that it had begun nothing.
     *
     * @param atWork whether it may have begun the first that it had
     */
    public List<Loss> left(int place, boolean atWork) {
        List<Loss> losses = new ArrayList<>();
        for (Assignment assignment : crew.leave(place)) {
            boolean begun = atWork && losses.isEmpty();
            losses.add(new Loss(assignment, begun));
            sendAgain(begun ? assignment.lost() : assignment);
        }
        return losses;
    }

    /**
     * A worker has evaluated a candidate. It counts as out until it is {@link #tell told}.
     *
     * @return empty if the worker does not have this candidate in this attempt: nobody waits for it
     */
    public Optional<Assignment> arrived(int place, long id, int attempt) {
        Optional<Assignment> work = release(place, id, attempt);
        work.ifPresent(a -> untold.put(id, a));
        return work;
    }

    /** Whether a worker has this candidate in this attempt. */
    public boolean has(int place, long id, int attempt) {
        return crew.has(place) && crew.has(place, id, attempt);
    }

    /**
     * A worker gives a candidate back that it has not begun; another will get it.
     *
     * @return empty if the worker does not have this candidate in this attempt
     */
    public Optional<Assignment> returned(int place, long id, int attempt) {
        Optional<Assignment> work = release(place, id, attempt);
        work.ifPresent(this::sendAgain);
        return work;
    }

    private Optional<Assignment> release(int place, long id, int attempt) {
        return crew.has(place) ? crew.release(place, id, attempt) : Optional.empty();
    }

    private void sendAgain(Assignment assignment) {
        if (assignment.losses() >= settings.maxAttempts()) {
            hopeless.add(assignment);
        } else {
            again.add(assignment);
        }
    }

    /** Candidates that have lost too many workers, once each; they count as out until they are told as lost. */
    public List<Assignment> givenUp() {
        List<Assignment> lost = hopeless;
        hopeless = new ArrayList<>();
        lost.forEach(a -> untold.put(a.id(), a));
        return lost;
    }

    /**
     * An evaluation that arrived, or was given up, is durable: the strategy takes it in.
     *
     * @throws IllegalArgumentException if it did not arrive, or was told before
     */
    public List<Insertion> tell(Evaluation evaluation) {
        Assignment work = untold.remove(evaluation.id());
        if (work == null) {
            throw new IllegalArgumentException(
                    "candidate " + evaluation.id() + " has not arrived, or its evaluation was told before");
        }
        told++;
        incumbent = incumbent.or(evaluation);
        longestFirst.ifPresent(expected -> expected.learn(work.candidate(), evaluation));
        nothing = Optional.empty();
        List<Insertion> insertions = strategy.tell(evaluation);
        stagnation = stagnation.after(insertions);
        return insertions;
    }

    /** Looks whether the run has to end: its budget is spent, or there is nothing more to search. */
    public void wake(double now) {
        if (ending.isEmpty()) {
            ending = settings.budget()
                    .reason(told, now, incumbent.fitness(), stagnation.evaluations())
                    .or(this::exhausted)
                    .map(reason -> new Ending(true, reason, now + settings.graceSeconds()));
        }
    }

    /**
     * Ends the run before its budget is spent. Of several endings the first one's reason counts, and the one that leaves
     * least time.
     *
     * @param by when nothing is waited for any longer, if that is before the grace time is over
     */
    public void stop(String reason, double now, double by) {
        Ending end = ending.orElseGet(() -> new Ending(false, reason, now + settings.graceSeconds()));
        ending = Optional.of(new Ending(end.complete(), end.reason(), Math.min(by, end.by())));
    }

    /**
     * What to do next, to be asked until there is nothing: first work for all who have none; when there is enough of it, more
     * for those who are busy, first for who has least. While some have nothing to do, and when the run ends, what others have
     * not begun is asked back, the last of who has most.
     */
    public Optional<Action> next() {
        if (ending.isPresent()) {
            return takeBack();
        }
        OptionalInt least = crew.least();
        if (least.isEmpty()) {
            return Optional.empty();
        }
        int ahead = least.getAsInt();
        List<Candidate> asked = again.isEmpty() && fresh.isEmpty() ? ask() : List.of();
        Optional<Assignment> work = again.isEmpty() ? fresh.poll() : Optional.of(again.remove());
        if (work.isPresent()) {
            int place = crew.first(ahead);
            Assignment assignment = work.get().nextAttempt();
            crew.send(place, assignment);
            return Optional.of(new Action.Send(place, assignment, asked, ahead));
        }
        return ahead == 0 && crew.idle() > crew.withdrawing() ? takeBack() : Optional.empty();
    }

    private Optional<Action> takeBack() {
        OptionalInt place = crew.longest();
        return place.isEmpty()
                ? Optional.empty()
                : Optional.of(new Action.TakeBack(place.getAsInt(), crew.withdraw(place.getAsInt())));
    }

    /** Asks the strategy for what is to be sent next: for one candidate, or where the longest goes first for all that it has. */
    private List<Candidate> ask() {
        List<Candidate> taken = new ArrayList<>();
        Optional<Candidate> next = askForOne(true);
        while (next.isPresent()) {
            taken.add(next.get());
            next = longestFirst.isPresent() ? askForOne(false) : Optional.empty();
        }
        fresh.add(taken);
        return taken;
    }

    private Optional<Candidate> askForOne(boolean first) {
        if (asked >= limit || nothing.isPresent() && !strategy.isFedFromOutside()) {
            return Optional.empty();
        }
        Proposal proposal = strategy.ask();
        if (proposal instanceof Proposal.Next next) {
            asked++;
            exhausted = Optional.empty();
            return Optional.of(next.candidate());
        }
        nothing = Optional.of(proposal);
        if (proposal instanceof Proposal.Exhausted e) {
            exhausted = Optional.of(e.reason());
        } else if (first && running() == 0 && hopeless.isEmpty() && !strategy.isFedFromOutside()) {
            throw new IllegalStateException("the strategy waits, but nothing is out");
        }
        return Optional.empty();
    }

    /** Candidates that workers have, or that are not told yet. */
    public int running() {
        return crew.out() + untold.size();
    }

    /** Candidates that were asked for and not told yet, wherever they are. */
    public List<Candidate> outstanding() {
        List<Candidate> all = new ArrayList<>();
        crew.forEach(assignment -> all.add(assignment.candidate()));
        again.forEach(assignment -> all.add(assignment.candidate()));
        fresh.forEach(assignment -> all.add(assignment.candidate()));
        hopeless.forEach(assignment -> all.add(assignment.candidate()));
        untold.values().forEach(assignment -> all.add(assignment.candidate()));
        return all;
    }

    /** Candidates that were asked for: the id of the next. */
    public long asked() {
        return asked;
    }

    /** Evaluations that the strategy was told. */
    public long told() {
        return told;
    }

    /** The best of those that were told. */
    public Incumbent incumbent() {
        return incumbent;
    }

    /** Workers that are ready. */
    public int ready() {
        return crew.ready();
    }

    /** Workers that are at something. */
    public int busy() {
        return crew.ready() - crew.idle();
    }

    /** Whether the strategy has nothing to ask for before it is told more: a barrier. */
    public boolean isWaiting() {
        return fresh.isEmpty()
                && nothing.filter(Proposal.Wait.class::isInstance).isPresent();
    }

    /** Why there will never be work again; empty while something is out or there is more. */
    public Optional<String> exhausted() {
        return running() == 0 && again.isEmpty() && fresh.isEmpty() && hopeless.isEmpty()
                ? exhausted
                : Optional.empty();
    }

    /** How the run ends; empty while it goes on. */
    public Optional<Ending> ending() {
        return ending;
    }

    /** Whether the run has ended: nothing is out any more, or is waited for. */
    public boolean isOver(double now) {
        return ending.isPresent() && (running() == 0 || now >= ending.get().by());
    }
}
