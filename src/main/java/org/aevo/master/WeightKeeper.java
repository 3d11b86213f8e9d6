package org.aevo.master;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.aevo.mpi.Link;
import org.aevo.mpi.Message;
import org.aevo.record.Holding;
import org.aevo.record.RecordException;
import org.aevo.record.WeightStore;
import org.aevo.search.Candidate;
import org.aevo.search.Inheritance.Origin;
import org.aevo.search.ParentWeights;
import org.aevo.search.SearchStrategy;

/**
 * The master's part in inheriting weights: it keeps the store small, and writes and reads for workers that do not see it. All on
 * a thread of its own, since a disk may take long and the loop must not wait for it.
 */
public final class WeightKeeper implements AutoCloseable {
    private static final long CLOSE_SECONDS = 10;

    private final WeightStore store;
    private final Holding holding;
    private final Consumer<String> warnings;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread daemon = new Thread(work, "weights");
        daemon.setDaemon(true);
        return daemon;
    });

    /**
     * @param store that is open
     * @param holding of the run: nothing is written when its directory is another's
     * @param warnings takes what goes wrong, each once; called from the other thread
     */
    public WeightKeeper(WeightStore store, Holding holding, Consumer<String> warnings) {
        this.store = store;
        this.holding = holding;
        this.warnings = warnings;
    }

    /** Where workers find the store, if they see it. */
    Message.Store place() {
        return new Message.Store(store.run(), store.folder().toString());
    }

    /**
     * Candidates whose networks are worth keeping.
     *
     * @param outstanding candidates that were asked for and not told yet
     */
    static Set<Long> parents(SearchStrategy strategy, Collection<Candidate> outstanding) {
        Set<Long> ids = new HashSet<>(strategy.prospectiveParents());
        outstanding.forEach(candidate -> ids.add(candidate.parentA()));
        ids.remove(Candidate.NONE);
        return ids;
    }

    /** Whether a sweep could begin now. */
    boolean isIdle() {
        return !sweeping.get();
    }

    /**
     * Removes all networks that no child will want, later.
     *
     * @param outstanding candidates that were asked for and not told yet: their networks come while nobody hears of it
     * @param asked the id of the candidate that is asked for next
     */
    void sweep(SearchStrategy strategy, Collection<Candidate> outstanding, long asked) {
        if (!sweeping.compareAndSet(false, true)) {
            return;
        }
        Set<Long> kept = parents(strategy, outstanding);
        outstanding.forEach(candidate -> kept.add(candidate.id()));
        later(() -> {
            try {
                holding.check();
                store.keep(kept, asked);
            } catch (RecordException e) {
                warn(e.getMessage());
            } catch (RuntimeException e) {
                warn("weights that no child wants are not removed: " + e);
            } finally {
                sweeping.set(false);
            }
        });
    }

    /**
     * Answers a worker that does not see the store, later.
     *
     * @return false if the message asks for nothing of the kind
     */
    boolean hear(Link link, Message message) {
        if (message instanceof Message.Keep keep) {
            later(() -> link.send(new Message.Kept(keep.request(), keep(keep))));
            return true;
        }
        if (message instanceof Message.Fetch fetch) {
            later(() -> send(link, fetch));
            return true;
        }
        return false;
    }

    /** What went wrong with keeping it; empty if nothing did. */
    private String keep(Message.Keep keep) {
        try {
            holding.check();
            if (!store.isHere()) {
                store.mark();
            }
            store.put(keep.network());
            return "";
        } catch (RecordException e) {
            warn(e.getMessage());
            return e.getMessage();
        } catch (RuntimeException | OutOfMemoryError e) { // the worker waits for an answer whatever happens here
            String message = "network number " + keep.network().id() + " cannot be kept: " + e;
            warn(message);
            return message;
        }
    }

    private void send(Link link, Message.Fetch fetch) {
        ParentWeights.Answer answer = fetch(fetch.id());
        try {
            link.send(new Message.Fetched(fetch.request(), answer));
        } catch (IllegalArgumentException | OutOfMemoryError e) { // larger than a message, or the heap, may be
            link.send(new Message.Fetched(
                    fetch.request(),
                    new ParentWeights.NotFound(
                            Origin.MISSING, "network number " + fetch.id() + ": " + e.getMessage())));
        }
    }

    private ParentWeights.Answer fetch(long id) {
        if (id < 0) {
            return new ParentWeights.NotFound(Origin.MISSING, "no candidate has id " + id);
        }
        try {
            holding.check();
            return store.get(id);
        } catch (RecordException e) {
            return new ParentWeights.NotFound(Origin.MISSING, e.getMessage());
        } catch (RuntimeException | OutOfMemoryError e) {
            return new ParentWeights.NotFound(Origin.DAMAGED, "network number " + id + " cannot be read: " + e);
        }
    }

    private void later(Runnable work) {
        try {
            thread.execute(work);
        } catch (RejectedExecutionException e) {
            // the run is over: nobody waits for it any more
            sweeping.set(false);
        }
    }

    private void warn(String message) {
        if (warned.add(message)) {
            warnings.accept(message);
        }
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
