package org.aevo.record;

import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** How the front of a run's evaluations grew, one arrival after the other. */
public final class FrontProgress {
    /** After each arrival; NaN if there is no reference. */
    final double[] hypervolume;

    /** Points of the front after each arrival. */
    final int[] size;

    /** Places in the order of arrival, of those that no evaluation dominates. */
    final int[] front;

    /** The point that hypervolumes are measured from; NaN where that is the worst of a run without any. */
    final double[] reference;

    FrontProgress(double[] hypervolume, int[] size, int[] front, double[] reference) {
        this.hypervolume = hypervolume;
        this.size = size;
        this.front = front;
        this.reference = reference;
    }

    /** That of a run, as far as it is; empty of a run without objectives. */
    public static Optional<FrontProgress> of(RunHistory history) {
        return history.started()
                .map(Entry.RunStarted::objectives)
                .filter(Objectives::exist)
                .map(objectives -> new RunningFront().of(history.outcomes(), objectives));
    }

    /** Evaluations that no other dominates, in the order of arrival. */
    public List<EvaluationRow> front(RunHistory history) {
        return Arrays.stream(front)
                .mapToObj(row ->
                        history.evaluation(history.outcomes().id.get(row)).orElseThrow(NoSuchElementException::new))
                .toList();
    }

    /** Of all evaluations; NaN if nothing was measured. */
    public double hypervolume() {
        return hypervolume.length == 0 ? Double.NaN : hypervolume[hypervolume.length - 1];
    }

    /** The point that it is measured from. */
    public List<Double> reference() {
        return Arrays.stream(reference).boxed().toList();
    }
}
