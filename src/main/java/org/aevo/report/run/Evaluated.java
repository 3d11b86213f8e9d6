package org.aevo.report.run;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.aevo.record.RunData;
import org.aevo.record.RunTable;
import org.aevo.search.Ranking;

/** The evaluations of a run as arrays of one length, by id: what most sections begin with. */
final class Evaluated {
    private static final String LEFT = "left_s";

    final RunTable table;
    final int rows;
    final long[] id;
    final double[] arrived;
    final double[] fitness;
    final long[] status;
    /** Build, train and validate together, in seconds; 0 where no worker did any. */
    final double[] busy;

    Evaluated(RunData run) {
        table = run.evaluations();
        rows = table.rows();
        id = table.longs("id");
        arrived = table.doubles("arrived_s");
        fitness = table.doubles("fitness");
        status = table.longs("status");
        double[] build = table.doubles("build_s");
        double[] train = table.doubles("train_s");
        double[] validate = table.doubles("validate_s");
        busy = new double[rows];
        for (int i = 0; i < rows; i++) {
            busy[i] = build[i] + train[i] + validate[i];
        }
    }

    /** Whether it was recorded throughout who left the population. */
    boolean knowsWhoLeft() {
        return table.has(LEFT);
    }

    /** When each left the population; NaN while it is a member, before it is one, and where that was not recorded. */
    double[] left() {
        if (knowsWhoLeft()) {
            return table.doubles(LEFT);
        }
        double[] unknown = new double[rows];
        Arrays.fill(unknown, Double.NaN);
        return unknown;
    }

    /** Rows in the order in which they arrived. */
    int[] byArrival() {
        return IntStream.range(0, rows)
                .boxed()
                .sorted((a, b) -> Double.compare(arrived[a], arrived[b]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Rows with a fitness, the best first, the earlier id among equals. */
    int[] byFitness() {
        return Ranking.order(fitness).toArray();
    }

    /** Durations of what workers did work on, in ascending order. */
    double[] durations() {
        return Arrays.stream(busy).filter(s -> s > 0).sorted().toArray();
    }
}
