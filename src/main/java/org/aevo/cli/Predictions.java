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
 * @param generation candidates of one; 0 for as many as there are places
 * @param teams what their work is
 */
record Predictions(
        Path run,
        RunHistory history,
        Workload workload,
        long costsOf,
        List<Forecast> forecasts,
        PredictCommand.Scaling scaling,
        String population,
        int generation,
        TeamWorkloads teams) {

    /** Whether the durations that it rests on are invented. */
    boolean simulated() {
        return history.started().orElseThrow().simulated();
    }

    /** Workers of the run. */
    int places() {
        return history.sessions().get(0).workers();
    }

    /** Wall seconds for as many evaluations as a generation has. */
    double generationSeconds(Forecast f) {
        int size = generation > 0 ? generation : Math.max(2, f.scenario().places());
        return median(f, p -> p.wallSeconds() / p.accounting().evaluations()) * size;
    }

    static double median(Forecast f, ToDoubleFunction<Prediction> of) {
        return f.spread(of).median();
    }
}
