package org.aevo.record;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import org.aevo.network.Blueprint;
import org.aevo.search.EvaluationStatus;
import org.aevo.stat.RankCorrelation;

/**
 * Prints how well the master would have put a recorded run's candidates in the order of what they took: the rank correlation of what was
 * expected of each, from those that had arrived before it, with what it took.
 */
public final class OrderOfDurations {
    private OrderOfDurations() {}

    /** Argument: the directory of a run of real evaluations. */
    public static void main(String[] arguments) throws Exception {
        RunHistory history = RunHistory.read(Path.of(arguments[0], "run.journal"));
        Optional<RunNetworks> known = RunNetworks.of(history);
        if (known.isEmpty()) {
            System.err.println("order: " + arguments[0]
                    + ": its evaluations were simulated, or none has begun: no network took any time");
            System.exit(2);
        }
        RunNetworks networks = known.get();
        List<EvaluationRow> rows = LongStream.range(0, history.asked())
                .mapToObj(history::evaluation)
                .flatMap(Optional::stream)
                .filter(row -> row.evaluation().status() == EvaluationStatus.OK
                        && row.evaluation().effort().epochs() > 0)
                .sorted(Comparator.comparingDouble(EvaluationRow::arrived))
                .toList();
        DurationModel model = new DurationModel();
        List<Double> expected = new ArrayList<>();
        List<Double> measured = new ArrayList<>();
        for (EvaluationRow row : rows) {
            Blueprint network = networks.unfolded(row.candidate().design());
            int batch = row.candidate().design().hyperparameters().batchSize();
            expected.add(model.expected(network, batch));
            measured.add(row.evaluation().seconds());
            model.learn(
                    network,
                    batch,
                    row.evaluation().seconds() / row.evaluation().effort().epochs());
        }
        System.out.printf(Locale.ROOT, "%.3f%n", RankCorrelation.of(array(expected), array(measured)));
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
