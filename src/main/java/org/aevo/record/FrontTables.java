package org.aevo.record;

import io.jhdf.WritableHdfFile;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** What {@code run.h5} says of a run's objectives: columns of evaluations, the front, and its hypervolume over time. */
final class FrontTables {
    /** What {@code reference_from} says where the input has it. */
    static final String GIVEN = "task.reference-point";

    private static final String ID = "";

    private final Objectives objectives;
    private final Outcomes outcomes;
    private final RunningFront running;

    /** @param running of this run, as far as it was looked at */
    FrontTables(Objectives objectives, Outcomes outcomes, RunningFront running) {
        this.objectives = objectives;
        this.outcomes = outcomes;
        this.running = running;
    }

    /**
     * A column for each objective.
     *
     * @param outcome of each row of the table
     */
    void columns(Hdf5Table table, IntUnaryOperator outcome) {
        List<String> columns = objectives.columns();
        for (int i = 0; i < columns.size(); i++) {
            int place = i;
            table.f64(
                    columns.get(i),
                    "",
                    "objective " + objectives.names().get(i) + ", lower is better; NaN without a result",
                    row -> value(outcome.applyAsInt(row), place));
        }
    }

    private double value(int outcome, int place) {
        double[] point = outcomes.point(outcome);
        return place < point.length ? point[place] : Double.NaN;
    }

    /** The groups {@code front} and {@code hypervolume}; none where there are no objectives. */
    void put(WritableHdfFile file) {
        if (!objectives.exist()) {
            return;
        }
        FrontProgress progress = running.of(outcomes, objectives);
        Hdf5Table front = new Hdf5Table(
                        file,
                        "front",
                        "evaluations that no other is better than in one objective and as good in all, in the order of arrival",
                        progress.front.length)
                .i64("id", ID, "of the candidate", row -> outcomes.id.get(progress.front[row]));
        columns(front, row -> progress.front[row]);
        Hdf5Table hypervolume = new Hdf5Table(
                        file,
                        "hypervolume",
                        "volume that the evaluations so far dominate up to the reference point, after each arrival",
                        outcomes.size())
                .i64("evaluations", ID, "that have arrived", row -> row + 1)
                .i64("evaluation", ID, "id of the one that arrived", outcomes.id::get)
                .f64("elapsed_s", "s", "when", outcomes.arrived::get)
                .f64(
                        "hypervolume",
                        "",
                        "in the product of the units of the objectives; NaN where nothing was measured at all",
                        row -> progress.hypervolume[row])
                .i64("front_size", ID, "evaluations of the front then", row -> progress.size[row]);
        List<String> columns = objectives.columns();
        for (int i = 0; i < columns.size(); i++) {
            hypervolume.group().putAttribute(reference(columns.get(i)), progress.reference[i]);
        }
        hypervolume
                .group()
                .putAttribute("reference_from", objectives.reference().isEmpty() ? "the worst of the run" : GIVEN);
    }

    /** The attribute for one value of the reference point. */
    static String reference(String column) {
        return "reference_" + column;
    }
}
