package org.aevo.master;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aevo.dispatch.Assignment;
import org.aevo.dispatch.Past;
import org.aevo.record.Entry;
import org.aevo.record.Program;
import org.aevo.search.Candidate;
import org.aevo.search.Control;
import org.aevo.search.Incumbent;
import org.aevo.search.Insertion;
import org.aevo.search.Proposal;
import org.aevo.search.SearchStrategy;
import org.aevo.search.Stagnation;
import org.aevo.stopping.StoppingRule;
import org.aevo.stopping.StoppingRules;

/**
 * Feeds a journal through a fresh strategy with the run's seed: the strategy arrives at the state it had, and every
 * decision on the way is held against the recorded one. Resuming and verifying are this.
 */
public final class Replay {
    /** Of what this very program recorded, one candidate in so many is worked out again. */
    private static final int SAMPLE = 20;

    private final SearchStrategy strategy;
    private final StoppingRule rule;
    private final Optional<Program> trusted;
    private boolean trusting;
    private final Map<Long, Assignment> out = new LinkedHashMap<>();
    private final Deque<Insertion> insertions = new ArrayDeque<>();
    private long asked;
    private long told;
    private Incumbent incumbent = Incumbent.NONE;
    private Stagnation stagnation = Stagnation.NONE;
    private double elapsed;
    private long workers;
    private long teams;

    /** Holds every decision of a run that judges no training against the record. */
    public Replay(SearchStrategy strategy) {
        this(strategy, StoppingRules.none());
    }

    /** Holds every decision against the record. */
    public Replay(SearchStrategy strategy, StoppingRule rule) {
        this(strategy, rule, Optional.empty());
    }

    private Replay(SearchStrategy strategy, StoppingRule rule, Optional<Program> trusted) {
        this.strategy = strategy;
        this.rule = rule;
        this.trusted = trusted;
    }

    /**
     * Holds all decisions of other programs against the record, but only some of a program's own: what the same sources
     * decided on the same Java they would decide again.
     *
     * @param own program that replays; trusts nothing if its commit is not known
     */
    public static Replay trusting(SearchStrategy strategy, StoppingRule rule, Program own) {
        return new Replay(strategy, rule, own.commit().isEmpty() ? Optional.empty() : Optional.of(own));
    }

    /**
     * Takes the next entry.
     *
     * @throws ReplayException if the strategy decides otherwise than recorded
     */
    public void apply(Entry entry) {
        elapsed = Math.max(elapsed, entry.time());
        if (entry instanceof Entry.RunStarted s) {
            trusting = trusted.equals(Optional.of(s.program()));
        } else if (entry instanceof Entry.RunResumed r) {
            trusting = trusted.equals(Optional.of(r.program()));
        } else if (entry instanceof Entry.Asked a) {
            ask(a.candidate());
        } else if (entry instanceof Entry.Dispatched d) {
            Assignment known = known(d.id());
            out.put(d.id(), new Assignment(known.candidate(), d.attempt(), known.losses()));
        } else if (entry instanceof Entry.Arrived a) {
            known(a.evaluation().id());
            out.remove(a.evaluation().id());
            told++;
            incumbent = incumbent.or(a.evaluation());
            List<Insertion> taken = strategy.tell(a.evaluation());
            stagnation = stagnation.after(taken);
            insertions.addAll(taken);
            if (!taken.isEmpty()) {
                rule.takenIn();
            }
        } else if (entry instanceof Entry.Judged j) {
            judge(j);
        } else if (entry instanceof Entry.DispatchLost l) {
            Assignment known = known(l.id());
            out.put(l.id(), l.begun() ? known.lost() : known);
        } else if (entry instanceof Entry.Inserted i) {
            insert(i);
        } else if (entry instanceof Entry.WorkerJoined j) {
            workers = Math.max(workers, j.worker() + 1);
        } else if (entry instanceof Entry.TeamFormed t) {
            teams = Math.max(teams, t.team());
        }
    }

    private void ask(Candidate recorded) {
        Proposal proposal = strategy.isFedFromOutside() || trusting && recorded.id() % SAMPLE != 0
                ? strategy.recall(recorded)
                : strategy.ask();
        if (!(proposal instanceof Proposal.Next next)) {
            throw new ReplayException("candidate " + recorded.id() + " is recorded, but the strategy has "
                    + (proposal instanceof Proposal.Wait ? "nothing for now" : "nothing any more"));
        }
        if (!next.candidate().equals(recorded)) {
            throw new ReplayException("candidate " + recorded.id() + " is recorded as " + describe(recorded)
                    + ", the strategy proposes " + describe(next.candidate()));
        }
        asked++;
        out.put(recorded.id(), Assignment.of(recorded));
    }

    private void judge(Entry.Judged recorded) {
        known(recorded.id());
        boolean stop;
        try {
            stop = rule.judge(recorded.id(), recorded.epoch(), recorded.loss()) == Control.Verdict.STOP;
        } catch (IllegalArgumentException e) {
            throw new ReplayException("candidate " + recorded.id() + " is recorded as judged after epoch "
                    + recorded.epoch() + ", but " + e.getMessage());
        }
        if (stop != recorded.stop()) {
            throw new ReplayException("candidate " + recorded.id() + " is recorded as "
                    + (recorded.stop() ? "stopped" : "going on") + " after epoch " + recorded.epoch()
                    + ", the rule says the opposite");
        }
    }

    private void insert(Entry.Inserted recorded) {
        Insertion replayed = insertions.poll();
        if (replayed == null || !recorded.insertion().equals(comparable(replayed, recorded))) {
            throw new ReplayException("insertion " + recorded.insertion() + " is recorded, the strategy made "
                    + (replayed == null ? "none" : replayed));
        }
    }

    private static Insertion comparable(Insertion replayed, Entry.Inserted recorded) {
        return recorded.tellsWhoLeft()
                ? replayed
                : new Insertion(replayed.id(), replayed.bestFitness(), replayed.meanFitness(), replayed.diversity());
    }

    private Assignment known(long id) {
        Assignment assignment = out.get(id);
        if (assignment == null) {
            throw new ReplayException("candidate " + id + " is recorded as sent or evaluated, but is not out");
        }
        return assignment;
    }

    private static String describe(Candidate c) {
        return c.id() + " [" + c.design() + ", " + c.operator() + " of " + c.parentA() + " and " + c.parentB() + "]";
    }

    public long asked() {
        return asked;
    }

    /** Evaluations that the strategy was told. */
    public long told() {
        return told;
    }

    /** Of all evaluations; NaN if none has a fitness. */
    public double bestFitness() {
        return incumbent.fitness();
    }

    /** For how long there was no better evaluation. */
    public Stagnation stagnation() {
        return stagnation;
    }

    /** Time of the latest entry. */
    public double elapsedSeconds() {
        return elapsed;
    }

    /** What is to be gone on with: candidates without an evaluation are in the order asked. */
    Past past() {
        return new Past(asked, told, incumbent, stagnation, List.copyOf(out.values()));
    }

    /** What the strategy took in, but a crash kept out of the journal. */
    List<Insertion> unrecorded() {
        return List.copyOf(insertions);
    }

    /** Candidates whose networks the run may still need: they may become parents, or are those of what is to be sent again. */
    public Set<Long> parents() {
        return WeightKeeper.parents(
                strategy, out.values().stream().map(Assignment::candidate).toList());
    }

    /** A number that no worker had. */
    long nextWorker() {
        return workers;
    }

    /** A number that no team had. */
    long nextTeam() {
        return teams + 1;
    }

    StoppingRule rule() {
        return rule;
    }

    SearchStrategy strategy() {
        return strategy;
    }
}
