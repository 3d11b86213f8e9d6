package org.aevo.record;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.aevo.codec.MalformedDataException;
import org.aevo.record.Entry.MasterCosts;
import org.aevo.record.JournalReader.Located;
import org.aevo.search.Candidate;
import org.aevo.search.Incumbent;
import org.aevo.search.Insertion;
import org.aevo.search.Ranking;

/**
 * A run as far as it is known: the entries of its journal, folded into columns. Built by one thread; {@link #freeze}
 * gives another thread a copy.
 */
public final class RunHistory {
    private static final int MAX_PLACES = 1_000_000;

    private final Candidates candidates;
    private final Outcomes outcomes;
    private final Dispatches dispatches;
    private final Insertions insertions;
    private final List<WorkerRow> workers;
    private final Teams teams;
    private final Verdicts verdicts;
    private final Map<Long, Integer> workerRows = new HashMap<>();
    private final List<Session> sessions;
    private final boolean frozen;

    private Optional<Entry.RunStarted> started = Optional.empty();
    private Optional<Entry.RunEnded> ended = Optional.empty();
    private Optional<Entry.DataUsed> data = Optional.empty();
    private Optional<Entry.DataShared> shared = Optional.empty();
    private Optional<Inputs> inputs = Optional.empty();
    private MasterCosts costsBefore = MasterCosts.NONE;
    private MasterCosts costs = costsBefore;
    private Incumbent incumbent = Incumbent.NONE;
    private boolean whoLeftUnknown;
    private double wall;
    private long torn;
    private JournalDigest journal = JournalDigest.NONE;

    /** Nothing yet. */
    public RunHistory() {
        candidates = new Candidates();
        outcomes = new Outcomes();
        dispatches = new Dispatches();
        insertions = new Insertions();
        workers = new ArrayList<>();
        teams = new Teams();
        verdicts = new Verdicts();
        sessions = new ArrayList<>();
        frozen = false;
    }

    private RunHistory(RunHistory live) {
        candidates = live.candidates.freeze();
        outcomes = live.outcomes.freeze();
        dispatches = live.dispatches.freeze();
        insertions = live.insertions.freeze();
        workers = List.copyOf(live.workers);
        workerRows.putAll(live.workerRows);
        teams = live.teams.freeze();
        verdicts = live.verdicts.freeze();
        sessions = List.copyOf(live.sessions);
        started = live.started;
        ended = live.ended;
        data = live.data;
        shared = live.shared;
        inputs = live.inputs;
        costsBefore = live.costsBefore;
        costs = live.costs;
        incumbent = live.incumbent;
        whoLeftUnknown = live.whoLeftUnknown;
        wall = live.wall;
        torn = live.torn;
        journal = live.journal;
        frozen = true;
    }

    /**
     * The history in a journal, whose half-written last record, if a crash left one, is passed over.
     *
     * @throws MalformedDataException if the journal is damaged, or its entries contradict each other
     */
    public static RunHistory read(Path journal) throws IOException {
        RunHistory history = new RunHistory();
        try (JournalReader reader = JournalReader.open(journal);
                ReadAhead ahead = new ReadAhead(reader)) {
            Optional<Located> next = ahead.next();
            while (next.isPresent()) {
                next.get().tell(journal, history::apply);
                next = ahead.next();
            }
            history.torn = reader.tornBytes();
            history.recordedIn(reader.digest());
        }
        return history;
    }

    /** Remembers of which journal this is the history, as it is now. */
    public void recordedIn(JournalDigest digest) {
        journal = digest;
    }

    /** The journal of which this is the history: {@link JournalDigest#NONE} if it is not known. */
    public JournalDigest journal() {
        return journal;
    }

    /** A copy that stays as it is, safe to read in another thread; cheap, for most of it is shared. */
    public RunHistory freeze() {
        return frozen ? this : new RunHistory(this);
    }

    /**
     * Takes the next entry in.
     *
     * @throws IllegalArgumentException if it contradicts those before it; nothing is taken in then
     */
    public void apply(Entry entry) {
        if (frozen) {
            throw new IllegalStateException("a frozen history takes no entries");
        }
        check(entry);
        if (started.isPresent() == entry instanceof Entry.RunStarted) {
            throw new IllegalArgumentException(
                    started.isPresent() ? "a run starts only once" : "a journal begins with the start of the run");
        }
        if (entry instanceof Entry.RunStarted e) {
            started = Optional.of(e);
            sessions.add(Session.of(0, e.workers(), e.program()));
        } else if (entry instanceof Entry.RunResumed e) {
            resume(e);
        } else if (entry instanceof Entry.MasterHost e) {
            sessions.set(sessions.size() - 1, sessions.get(sessions.size() - 1).on(e.host(), e.machine()));
        } else if (entry instanceof Entry.WorkerJoined e) {
            if (workerRows.putIfAbsent(e.worker(), workers.size()) != null) {
                throw new IllegalArgumentException("worker " + e.worker() + " joined twice");
            }
            workers.add(WorkerRow.of(e, sessions.size() - 1));
        } else if (entry instanceof Entry.WorkerLeft e) {
            int row = workerRow(e.worker());
            if (!workers.get(row).present()) {
                throw new IllegalArgumentException("worker " + e.worker() + " left twice");
            }
            workers.set(row, workers.get(row).leave(e.time(), e.lost()));
        } else if (entry instanceof Entry.TeamFormed e) {
            teams.form(e, sessions.size() - 1, this::isThere);
        } else if (entry instanceof Entry.TeamEnded e) {
            teams.end(e);
        } else if (entry instanceof Entry.Asked e) {
            candidates.add(e.candidate(), e.time(), insertions.size());
        } else if (entry instanceof Entry.Dispatched e) {
            dispatch(e);
        } else if (entry instanceof Entry.Arrived e) {
            arrive(e);
        } else if (entry instanceof Entry.Inserted e) {
            insert(e);
        } else if (entry instanceof Entry.DispatchLost e) {
            dispatches.close(openDispatch(e), e.begun() ? Dispatches.LOST : Dispatches.RETURNED, e.time(), 0);
        } else if (entry instanceof Entry.Judged e) {
            candidates.row(e.id());
            verdicts.add(e);
        } else if (entry instanceof Entry.EpochSeen e) {
            candidates.row(e.id());
            verdicts.add(e);
        } else if (entry instanceof Entry.RunEnded e) {
            ended = Optional.of(e);
            sessions.set(sessions.size() - 1, sessions.get(sessions.size() - 1).endedAt(e.time()));
        } else if (entry instanceof Entry.DataUsed e) {
            use(e);
        } else if (entry instanceof Entry.DataShared e) {
            shared = Optional.of(e);
        } else if (entry instanceof Entry.DataCame e) {
            int row = workerRow(e.worker());
            workers.set(row, workers.get(row).with(e));
        } else if (entry instanceof Entry.DataScaled e) {
            inputs = Optional.of(e.inputs());
        } else if (entry instanceof MasterCosts e) {
            costs = e;
        }
        wall = Math.max(wall, entry.time());
    }

    /** What no program writes, and what would take others for ever to count through. */
    private static void check(Entry entry) {
        if (!(entry.time() >= 0) || Double.isInfinite(entry.time())) {
            throw new IllegalArgumentException("no time of a run is " + entry.time() + " s");
        }
        int places = 1;
        if (entry instanceof Entry.RunStarted e) {
            places = e.workers();
        } else if (entry instanceof Entry.RunResumed e) {
            places = e.workers();
        } else if (entry instanceof Entry.WorkerJoined e) {
            places = e.rank();
        }
        if (places < 1 || places > MAX_PLACES) {
            throw new IllegalArgumentException("a run has 1 to " + MAX_PLACES + " places for workers, not " + places);
        }
    }

    /** How the run was started; empty for an empty journal. */
    public Optional<Entry.RunStarted> started() {
        return started;
    }

    /** How the run stopped; empty while it goes on, was killed, or is resumed. */
    public Optional<Entry.RunEnded> ended() {
        return ended;
    }

    /**
     * The data that candidates were evaluated on, with their place in the last session; empty if nothing was, evaluations
     * are simulated, or the run is of a program that did not record them.
     */
    public Optional<Entry.DataUsed> data() {
        return data;
    }

    /** What evaluations see of the data and how workers come by them; empty if each host reads the files, and all is seen. */
    public Optional<Entry.DataShared> shared() {
        return shared;
    }

    /** How samples become inputs; empty if evaluations are simulated, or the run is of a program that did not record it. */
    public Optional<Inputs> inputs() {
        return inputs;
    }

    /** Whether the run spent its budget. */
    public boolean complete() {
        return ended.map(Entry.RunEnded::complete).orElse(false);
    }

    /** One per master process. */
    public List<Session> sessions() {
        return List.copyOf(sessions);
    }

    /** Every worker process, in the order in which they joined. */
    public List<WorkerRow> workers() {
        return List.copyOf(workers);
    }

    /** Every team, in the order in which they formed; none where each worker worked by itself. */
    public List<TeamRow> teams() {
        return teams.list();
    }

    /** Seconds from the run's start to its last entry: where a resumed run's clock goes on. */
    public double wallSeconds() {
        return wall;
    }

    /** Bytes of a half-written record at the end of the journal that this was read from. */
    public long tornBytes() {
        return torn;
    }

    /** Candidates that were asked; their ids are below it. */
    public int asked() {
        return candidates.size();
    }

    /** Candidates with an outcome. */
    public int evaluated() {
        return outcomes.size();
    }

    /** Evaluations that the search took in. */
    public int inserted() {
        return insertions.size();
    }

    /** Whether it was recorded throughout who left the population; programs before 0.9.0 did not record it. */
    public boolean knowsWhoLeft() {
        return !whoLeftUnknown;
    }

    /** How far a candidate is that is being evaluated: the epochs that were heard of in its last attempt. */
    public List<Entry.EpochSeen> running(long id) {
        return verdicts.running(id);
    }

    /** The epoch at which an evaluation was stopped for doing badly; 0 if it was not. */
    public int stoppedAt(long id, int attempt) {
        return verdicts.stoppedAt(id, attempt);
    }

    Verdicts verdicts() {
        return verdicts;
    }

    /** The evaluation of lowest fitness, the first of equals; empty before the first with a fitness. */
    public OptionalLong best() {
        return incumbent.isPresent() ? OptionalLong.of(incumbent.id()) : OptionalLong.empty();
    }

    /** NaN before the first. */
    public double bestFitness() {
        return incumbent.fitness();
    }

    /** Ids asked without an outcome, in order: what a resumed run sends again. */
    public List<Long> unfinished() {
        return IntStream.range(0, candidates.size())
                .filter(row -> candidates.outcome.get(row) < 0)
                .mapToObj(row -> (long) row)
                .toList();
    }

    /** How often a candidate was sent. */
    public int attempts(long id) {
        int count = 0;
        int row = candidates.lastDispatch.get(candidates.row(id));
        while (row >= 0) {
            count++;
            row = dispatches.previous.get(row);
        }
        return count;
    }

    public Candidate candidate(long id) {
        return candidates.get(candidates.row(id));
    }

    public String genomeText(long id) {
        return candidates.genome.get(candidates.row(id));
    }

    /** Ids of candidates of which this one is a parent, in order. */
    public List<Long> children(long id) {
        return LongStream.range(candidates.row(id) + 1L, candidates.size())
                .filter(child -> candidates.parentA.get((int) child) == id || candidates.parentB.get((int) child) == id)
                .boxed()
                .toList();
    }

    /** A candidate's outcome; empty if there is none yet. */
    public Optional<EvaluationRow> evaluation(long id) {
        int row = candidates.row(id);
        int o = candidates.outcome.get(row);
        if (o < 0) {
            return Optional.empty();
        }
        return Optional.of(new EvaluationRow(
                candidates.get(row),
                candidates.asked.get(row),
                candidates.insertion.get(row),
                candidates.selectionLag(row),
                candidates.left.get(row),
                outcomes.get(o),
                outcomes.attempt.get(o),
                outcomes.worker.get(o),
                outcomes.team.get(o),
                outcomes.dispatched.get(o),
                outcomes.arrived.get(o),
                outcomes.wait.get(o)));
    }

    /** Those of lowest fitness, best first, the earlier arrival first among equals; without a fitness never. */
    public List<EvaluationRow> top(int count) {
        return Ranking.order(outcomes.size(), outcomes.fitness::get)
                .limit(count)
                .mapToObj(row -> evaluation(outcomes.id.get(row)).orElseThrow(NoSuchElementException::new))
                .toList();
    }

    /** A point of the search's progress, by its place in the order of insertions. */
    public Insertion insertion(int row) {
        return insertions.get(row);
    }

    /** When that was, in seconds of the run. */
    public double insertionSeconds(int row) {
        return insertions.time.get(row);
    }

    /** What all master processes of the run did, in all. */
    public MasterCosts masterCosts() {
        return costsBefore.plus(costs);
    }

    Candidates candidates() {
        return candidates;
    }

    Outcomes outcomes() {
        return outcomes;
    }

    Dispatches dispatches() {
        return dispatches;
    }

    Insertions insertions() {
        return insertions;
    }

    private void resume(Entry.RunResumed e) {
        teams.endAll(e.time());
        for (int row = 0; row < workers.size(); row++) {
            if (workers.get(row).present()) {
                workers.set(row, workers.get(row).leave(e.time(), true));
            }
        }
        for (int row = 0; row < dispatches.size(); row++) {
            if (dispatches.state.get(row) == Dispatches.OPEN) {
                dispatches.close(row, Dispatches.LOST, e.time(), 0);
            }
        }
        costsBefore = costsBefore.plus(costs);
        costs = MasterCosts.NONE;
        ended = Optional.empty();
        sessions.add(Session.of(e.time(), e.workers(), e.program()));
    }

    private void use(Entry.DataUsed e) {
        if (data.isPresent() && !data.get().checksum().equals(e.checksum())) {
            throw new IllegalArgumentException(
                    "the data had the checksum " + data.get().checksum() + " before, and have " + e.checksum()
                            + " now: two data sets in one search");
        }
        data = Optional.of(e);
    }

    private void dispatch(Entry.Dispatched e) {
        int row = candidates.row(e.id());
        workerRow(e.worker());
        int last = candidates.lastDispatch.get(row);
        if (dispatches.find(last, e.attempt()) >= 0) {
            throw new IllegalArgumentException(
                    "attempt " + e.attempt() + " of candidate " + e.id() + " was dispatched twice");
        }
        candidates.lastDispatch.set(row, dispatches.add(e, last, teams.of(e.worker())));
    }

    private void arrive(Entry.Arrived e) {
        long id = e.evaluation().id();
        int row = candidates.row(id);
        if (candidates.outcome.get(row) >= 0) {
            throw new IllegalArgumentException("candidate " + id + " was evaluated twice");
        }
        int dispatch = dispatches.find(candidates.lastDispatch.get(row), e.attempt());
        if (dispatch >= 0 && dispatches.state.get(dispatch) == Dispatches.OPEN) {
            double busy = e.evaluation().seconds();
            dispatches.close(dispatch, Dispatches.ARRIVED, e.time(), busy);
            for (long worker : workersOf(dispatch)) {
                int at = workerRow(worker);
                workers.set(at, workers.get(at).evaluated(busy));
            }
        }
        verdicts.arrived(id);
        candidates.outcome.set(row, outcomes.size());
        outcomes.add(
                e,
                dispatch < 0 ? Teams.NONE : dispatches.team.get(dispatch),
                dispatch < 0 ? Double.NaN : dispatches.start.get(dispatch));
        incumbent = incumbent.or(e.evaluation());
    }

    private void insert(Entry.Inserted e) {
        int row = candidates.row(e.insertion().id());
        if (candidates.outcome.get(row) < 0) {
            throw new IllegalArgumentException("candidate " + row + " was inserted before it was evaluated");
        }
        if (candidates.insertion.get(row) >= 0) {
            throw new IllegalArgumentException("candidate " + row + " was inserted twice");
        }
        // checked before anything is changed: a contradiction leaves all as it was
        int[] left = e.insertion().left().stream().mapToInt(this::memberRow).toArray();
        if (IntStream.of(left).distinct().count() < left.length) {
            throw new IllegalArgumentException("one of candidates "
                    + e.insertion().left() + " left the population twice when candidate " + row + " was inserted");
        }
        candidates.insertion.set(row, insertions.size());
        insertions.add(e.insertion(), e.time());
        IntStream.of(left).forEach(gone -> candidates.left.set(gone, e.time()));
        whoLeftUnknown |= !e.tellsWhoLeft();
    }

    /** The row of a candidate that may leave the population. */
    private int memberRow(long id) {
        int row = candidates.row(id);
        if (candidates.outcome.get(row) < 0) {
            throw new IllegalArgumentException("candidate " + id + " left the population before it was evaluated");
        }
        if (!Double.isNaN(candidates.left.get(row))) {
            throw new IllegalArgumentException("candidate " + id + " left the population twice");
        }
        return row;
    }

    private int openDispatch(Entry.DispatchLost e) {
        int row = dispatches.find(candidates.lastDispatch.get(candidates.row(e.id())), e.attempt());
        if (row < 0 || dispatches.state.get(row) != Dispatches.OPEN) {
            throw new IllegalArgumentException(
                    "attempt " + e.attempt() + " of candidate " + e.id() + " was lost, but is not out");
        }
        return row;
    }

    /** Who works on a dispatch: the members of a team, or the worker alone that it was sent to. */
    List<Long> workersOf(int dispatch) {
        long team = dispatches.team.get(dispatch);
        return team == Teams.NONE
                ? List.of(dispatches.worker.get(dispatch))
                : teams.get(team).workers();
    }

    /** When the team of a dispatch ended; infinite while it is there, and where there is none. */
    double teamEnd(int dispatch) {
        long team = dispatches.team.get(dispatch);
        return team == Teams.NONE || teams.get(team).present()
                ? Double.POSITIVE_INFINITY
                : teams.get(team).ended();
    }

    private boolean isThere(long worker) {
        return workers.get(workerRow(worker)).present();
    }

    int workerRow(long worker) {
        Integer row = workerRows.get(worker);
        if (row == null) {
            throw new IllegalArgumentException("worker " + worker + " never joined");
        }
        return row;
    }
}
