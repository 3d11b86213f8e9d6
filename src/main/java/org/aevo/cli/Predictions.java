package org.aevo.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.aevo.predict.Forecast;
import org.aevo.predict.Prediction;
import org.aevo.predict.Workload;
import org.aevo.record.RunHistory;

/**
 * What was predicted, and from what.
 *
 * @param run predicted from
 * @param costsOf evaluations after which the master's costs were measured
 * @param forecasts by mode, then by number of workers
 * @param population of the predicted searches, as text
 */
record Predictions(
        Path run,
        RunHistory history,
        Workload workload,
        long costsOf,
        List<Forecast> forecasts,
        PredictCommand.Scaling scaling,
        String population) {

    /** Whether the durations that it rests on are invented. */
    boolean simulated() {
        return history.started().orElseThrow().simulated();
    }

    /** Workers of the run. */
    int places() {
        return history.sessions().get(0).workers();
    }

    static double median(Forecast f, ToDoubleFunction<Prediction> of) {
        return f.spread(of).median();
    }
}
