package org.aevo.worker;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import org.aevo.mpi.Link;
import org.aevo.mpi.Message;
import org.aevo.search.Inheritance.Origin;
import org.aevo.search.ParentWeights;
import org.aevo.search.TrainedNetwork;

/**
 * The networks of parents, of a worker that does not see the folder where they are: the master writes and reads for it. A worker
 * asks for one thing at a time, on the thread that evaluates, and waits for the answer.
 */
final class WeightsByMessage implements ParentWeights {
    private final Link link;
    private final double patienceSeconds;
    private volatile Pending pending = new Pending(0);

    /** What was asked last, by its number. */
    private record Pending(long request, CompletableFuture<Message> answer) {
        Pending(long request) {
            this(request, new CompletableFuture<>());
        }
    }

    /**
     * @param link to the master
     * @param patienceSeconds for an answer: the master may be busy with the networks of many workers
     */
    WeightsByMessage(Link link, double patienceSeconds) {
        this.link = link;
        this.patienceSeconds = patienceSeconds;
    }

    /**
     * Takes what the master answered; called by the thread that hears it, which waits for nobody.
     *
     * @return false if it is something else
     */
    boolean hear(Message message) {
        if (message instanceof Message.Kept kept) {
            hear(message, kept.request());
            return true;
        }
        if (message instanceof Message.Fetched fetched) {
            hear(message, fetched.request());
            return true;
        }
        return false;
    }

    private void hear(Message message, long request) {
        Pending asked = pending;
        // what comes after the wait is over answers nobody
        if (request == asked.request()) {
            asked.answer().complete(message);
        }
    }

    @Override
    public Answer get(long id) {
        Message answer;
        try {
            answer = ask(request -> new Message.Fetch(request, id));
        } catch (IOException e) {
            return new NotFound(Origin.MISSING, "network number " + id + ": " + e.getMessage());
        }
        return answer instanceof Message.Fetched fetched
                ? fetched.answer()
                : new NotFound(Origin.MISSING, "network number " + id + ": the master answered something else");
    }

    @Override
    public void put(TrainedNetwork network) throws IOException {
        Message answer = ask(request -> new Message.Keep(request, network));
        if (!(answer instanceof Message.Kept kept)) {
            throw new IOException("the master answered something else");
        }
        if (!kept.problem().isEmpty()) {
            throw new IOException("at the master: " + kept.problem());
        }
    }

    private Message ask(LongFunction<Message> numbered) throws IOException {
        Pending asked = new Pending(pending.request() + 1);
        pending = asked;
        try {
            link.send(numbered.apply(asked.request()));
            return asked.answer().get((long) (patienceSeconds * 1000), TimeUnit.MILLISECONDS);
        } catch (IllegalArgumentException e) { // larger than a message may be
            throw new IOException("cannot be sent to the master: " + e.getMessage(), e);
        } catch (TimeoutException | ExecutionException e) {
            throw new IOException(
                    String.format(Locale.ROOT, "the master did not answer for %.0f s", patienceSeconds), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("this worker was told to end", e);
        }
    }
}
