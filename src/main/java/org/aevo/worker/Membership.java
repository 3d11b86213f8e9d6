package org.aevo.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.aevo.mpi.Message;
import org.aevo.team.Collective;
import org.aevo.team.TeamLostException;

/**
 * A worker's part in one team, from the word to assemble to the end, which may come from any thread at any time: also while
 * members look for each other, and while one waits for the others in what all do together.
 */
final class Membership {
    private final Message.Assemble word;
    private final CountDownLatch settled = new CountDownLatch(1);
    private Optional<Thread> assembling = Optional.empty();
    private Optional<Collective> met = Optional.empty();
    private String problem = "";
    private boolean over;

    Membership(Message.Assemble word) {
        this.word = word;
    }

    long team() {
        return word.team();
    }

    boolean leads() {
        return word.rank() == 0;
    }

    /**
     * Meets the others. Returns when all are there.
     *
     * @throws TeamLostException if they do not meet, or the end comes first
     */
    Collective meet(Rendezvous rendezvous, Duration timeout) throws InterruptedException {
        // a thread of its own: an interrupt meant for this cannot hit an evaluation
        Thread thread = new Thread(() -> assemble(rendezvous, timeout), "assemble-team-" + team());
        thread.setDaemon(true);
        synchronized (this) {
            if (over) {
                throw new TeamLostException(problem);
            }
            assembling = Optional.of(thread);
            thread.start();
        }
        settled.await();
        synchronized (this) {
            if (over || met.isEmpty()) {
                over = true;
                throw new TeamLostException(problem);
            }
            return met.get();
        }
    }

    private void assemble(Rendezvous rendezvous, Duration timeout) {
        try {
            Collective collective = rendezvous.assemble(team(), word.rank(), word.doors(), timeout);
            if (!take(collective)) {
                collective.close();
            }
        } catch (IOException | RuntimeException e) {
            fail(e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (InterruptedException e) {
            fail("the team ended before it had met");
        } finally {
            settled.countDown();
        }
    }

    private synchronized boolean take(Collective collective) {
        if (over) {
            return false;
        }
        met = Optional.of(collective);
        return true;
    }

    private synchronized void fail(String reason) {
        problem = over ? problem : reason;
    }

    /** Why it ended, if it has. */
    synchronized Optional<String> problem() {
        return over ? Optional.of(problem) : Optional.empty();
    }

    /** Ends it, for all members; the first reason counts. */
    void end(String reason) {
        Optional<Collective> collective;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            problem = reason;
            collective = met;
            assembling.ifPresent(Thread::interrupt);
        }
        settled.countDown();
        collective.ifPresent(Collective::close);
    }
}
