package org.aevo.master;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.aevo.dispatch.Assignment;
import org.aevo.dispatch.Dispatcher;
import org.aevo.mpi.Message;
import org.aevo.record.BestWeights;
import org.aevo.record.Entry;
import org.aevo.record.RecordException;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Incumbent;
import org.aevo.search.Insertion;

/** Takes in what came back: makes it durable with one write, then tells the search, which acts on it. */
final class Intake {
    private final Dispatcher dispatcher;
    private final Ledger ledger;
    private final BestWeights bestWeights;
    private final Obituaries obituaries;
    private final CostMeter costs;
    private final RunListener listener;
    private final Supplier<RunListener.Status> status;
    private final Curves curves;

    /** An evaluation that came back, until it is durable. */
    record Arrival(Assignment assignment, long worker, Message.Result result) {}

    /**
     * @param status of the run, after each evaluation
     * @param curves told when the search has taken evaluations in
     */
    Intake(
            Dispatcher dispatcher,
            Ledger ledger,
            BestWeights bestWeights,
            Obituaries obituaries,
            CostMeter costs,
            RunListener listener,
            Supplier<RunListener.Status> status,
            Curves curves) {
        this.dispatcher = dispatcher;
        this.ledger = ledger;
        this.bestWeights = bestWeights;
        this.obituaries = obituaries;
        this.costs = costs;
        this.listener = listener;
        this.status = status;
        this.curves = curves;
    }

    /**
     * Takes in what workers sent, and candidates that have cost too many of them.
     *
     * @return number of evaluations taken in
     * @throws RecordException if the disk does not take them; the search knows of none then
     */
    int settle(List<Arrival> heard) throws RecordException {
        List<Arrival> arrivals = new ArrayList<>(heard);
        dispatcher.givenUp().forEach(hopeless -> arrivals.add(lost(hopeless)));
        record(arrivals);
        for (Arrival a : arrivals) {
            Evaluation evaluation = a.result().evaluation();
            boolean improved = dispatcher.incumbent().isBeatenBy(evaluation);
            List<Insertion> insertions = dispatcher.tell(evaluation);
            if (!insertions.isEmpty()) {
                curves.takenIn();
            }
            double now = ledger.now();
            insertions.forEach(i -> ledger.enter(new Entry.Inserted(i, now)));
            listener.evaluated(a.assignment().candidate(), evaluation, status.get(), improved);
        }
        return arrivals.size();
    }

    private Arrival lost(Assignment hopeless) {
        long id = hopeless.id();
        Evaluation evaluation = Evaluation.failed(
                id,
                EvaluationStatus.WORKER_LOST,
                Durations.ZERO,
                "its worker was lost in "
                        + (hopeless.losses() == 1 ? "its one attempt" : "each of " + hopeless.losses() + " attempts")
                        + obituaries.of(id));
        Message.Result result = new Message.Result(id, hopeless.attempt(), Double.NaN, evaluation, Optional.empty());
        return new Arrival(hopeless, Candidate.NONE, result);
    }

    private void record(List<Arrival> arrivals) throws RecordException {
        long started = System.nanoTime();
        Incumbent best = dispatcher.incumbent();
        Optional<Candidate> saved = Optional.empty();
        for (Arrival a : arrivals) {
            Evaluation evaluation = a.result().evaluation();
            if (a.result().weights().isPresent() && best.isBeatenBy(evaluation)) {
                best = best.or(evaluation);
                bestWeights.save(evaluation.id(), a.result().weights().get());
                saved = Optional.of(a.assignment().candidate());
            }
            ledger.enter(new Entry.Arrived(
                    evaluation, a.result().attempt(), a.worker(), a.result().waitSeconds(), ledger.now()));
        }
        if (arrivals.isEmpty()) {
            ledger.commitSoon();
        } else {
            long arrived = System.nanoTime();
            ledger.commit();
            costs.commitSince(arrived);
        }
        if (saved.isPresent()) {
            bestWeights.removeOthers(saved.get().id(), saved.get().design().toString());
        }
        costs.journalSince(started);
    }
}
