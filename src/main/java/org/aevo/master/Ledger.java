package org.aevo.master;

import org.aevo.record.Entry;
import org.aevo.record.Journal;
import org.aevo.record.RecordException;
import org.aevo.record.RunHistory;

/** Where everything that happens is entered: in the journal, which makes it durable, and in the history that it adds up to. */
public final class Ledger implements AutoCloseable {
    /** What nobody waits for is written with what comes after it, but not later than this. */
    private static final double SOON_SECONDS = 0.5;

    private final Journal journal;
    private final RunHistory history;
    private final RunClock clock;
    private double lastCommit;

    public Ledger(Journal journal, RunHistory history, RunClock clock) {
        this.journal = journal;
        this.history = history;
        this.clock = clock;
    }

    /** Seconds since the run's start. */
    double now() {
        return clock.seconds();
    }

    RunHistory history() {
        return history;
    }

    /** Enters something that need not be durable before it is acted on. */
    public void enter(Entry entry) {
        // first: what contradicts the history must not come into the journal
        history.apply(entry);
        journal.append(entry);
    }

    /**
     * Returns when the disk has all that was entered; the history knows then of which journal it is.
     *
     * @throws RecordException if the disk does not take it; the run must stop then
     */
    public void commit() throws RecordException {
        journal.force();
        history.recordedIn(journal.digest());
        lastCommit = now();
    }

    /** The same, unless that was done a moment ago; to be called again. */
    void commitSoon() throws RecordException {
        if (now() - lastCommit >= SOON_SECONDS) {
            commit();
        }
    }

    /**
     * @throws RecordException if the run is not where this process opened it; the run must stop then
     */
    void check() throws RecordException {
        journal.check();
    }

    @Override
    public void close() throws RecordException {
        journal.close();
    }
}
