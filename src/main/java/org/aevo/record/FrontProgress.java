package org.aevo.record;

import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aevo.search.GrowingFront;

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

    private FrontProgress(double[] hypervolume, int[] size, int[] front, double[] reference) {
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
                .map(objectives -> of(history.outcomes(), objectives));
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

    static FrontProgress of(Outcomes outcomes, Objectives objectives) {
        int objectiveCount = objectives.names().size();
        double[][] points = new double[outcomes.size()][];
        int[] measured = IntStream.range(0, points.length)
                .filter(row -> {
                    points[row] = outcomes.point(row);
                    return points[row].length == objectiveCount
                            && Arrays.stream(points[row]).allMatch(Double::isFinite);
                })
                .toArray();
        double[] reference = reference(objectives, points, measured);
        double[] hypervolume = new double[points.length];
        int[] size = new int[points.length];
        if (Arrays.stream(reference).anyMatch(Double::isNaN)) {
            Arrays.fill(hypervolume, Double.NaN);
            return new FrontProgress(hypervolume, size, measured, reference);
        }
        GrowingFront front = new GrowingFront(reference);
        int next = 0;
        for (int row = 0; row < points.length; row++) {
            if (next < measured.length && measured[next] == row) {
                front.add(points[row]);
                next++;
            }
            hypervolume[row] = front.hypervolume();
            size[row] = front.size();
        }
        int[] members =
                Arrays.stream(front.places()).map(place -> measured[place]).toArray();
        return new FrontProgress(hypervolume, size, members, reference);
    }

    private static double[] reference(Objectives objectives, double[][] points, int[] measured) {
        List<Double> given = objectives.reference();
        double[] reference = new double[objectives.names().size()];
        Arrays.setAll(
                reference,
                i -> given.isEmpty()
                        ? Arrays.stream(measured)
                                .mapToDouble(row -> points[row][i])
                                .max()
                                .orElse(Double.NaN)
                        : given.get(i));
        return reference;
    }
}
