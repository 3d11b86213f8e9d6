package org.aevo.worker;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aevo.mpi.Link;
import org.aevo.mpi.Message;
import org.aevo.search.Control;
import org.aevo.search.Evaluation;
import org.aevo.search.Figure;

/**
 * Tells the master of one evaluation's epochs, and waits for its word at rungs and nowhere else: so the epoch at which an evaluation ends
 * does not depend on how fast messages are. Other epochs are told of now and then, for who watches.
 */
final class CurveReport implements Control {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Link link;
    private final Message.Assign task;
    private final List<Integer> rungs;
    private long lastTold = System.nanoTime();
    private int awaited;
    private boolean heard;
    private boolean stop;
    private boolean ended;

    /** @param rungs epochs after which the master judges */
    CurveReport(Link link, Message.Assign task, List<Integer> rungs) {
        this.link = link;
        this.task = task;
        this.rungs = rungs;
    }

    @Override
    public Verdict epoch(Evaluation.Epoch point) {
        if (point.fold() > 1) {
            return Verdict.GO_ON;
        }
        boolean asks = rungs.contains(point.epoch());
        long now = System.nanoTime();
        if (!asks && now - lastTold < PAUSE_NANOS) {
            return Verdict.GO_ON;
        }
        lastTold = now;
        if (asks) {
            await(point.epoch());
        }
        link.send(new Message.EpochDone(
                task.candidate().id(),
                task.attempt(),
                point.epoch(),
                point.trainLoss(),
                point.validationLoss(),
                loss(point),
                point.elapsed(),
                asks));
        return asks && answer() ? Verdict.STOP : Verdict.GO_ON;
    }

    private static double loss(Evaluation.Epoch point) {
        return Double.isNaN(point.validationLoss()) ? point.figure(Figure.CROSS_ENTROPY) : point.validationLoss();
    }

    /** Before it is asked: the answer may be there at once. */
    private synchronized void await(int epoch) {
        awaited = epoch;
        heard = false;
    }

    private synchronized boolean answer() {
        try {
            while (!heard && !ended) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
        return ended || stop;
    }

    /** Takes the master's word; what it says of anything else than what is waited for is old. */
    synchronized void hear(Message.Verdict verdict) {
        if (verdict.id() == task.candidate().id()
                && verdict.attempt() == task.attempt()
                && verdict.epoch() == awaited) {
            heard = true;
            stop = verdict.stop();
            notifyAll();
        }
    }

    /** Nobody will say anything any more. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }
}
