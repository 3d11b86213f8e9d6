package org.aevo.predict;

import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.aevo.stat.Spread;

/**
 * Predictions that differ by their seed alone.
 *
 * @param repeats at least one
 * @param alone the same with one worker, seed by seed: what speed-up is relative to
 */
public record Forecast(List<Prediction> repeats, List<Prediction> alone) {
    public Forecast {
        if (repeats.isEmpty() || repeats.size() != alone.size()) {
            throw new IllegalArgumentException(
                    "repeats and those alone must be as many, were " + repeats.size() + " and " + alone.size());
        }
        repeats = List.copyOf(repeats);
        alone = List.copyOf(alone);
    }

    public Scenario scenario() {
        return repeats.get(0).scenario();
    }

    public Spread spread(ToDoubleFunction<Prediction> of) {
        return Spread.of(repeats.stream().mapToDouble(of).toArray());
    }

    /** Evaluations per second, relative to one worker: with fixed evaluations the ratio of the wall times. */
    public Spread speedUp() {
        return paired((all, one) -> all.evaluationsPerHour() / one.evaluationsPerHour());
    }

    /** Speed-up per worker. */
    public Spread efficiency() {
        int workers = scenario().workers();
        return paired((all, one) -> all.evaluationsPerHour() / one.evaluationsPerHour() / workers);
    }

    private Spread paired(ToDoubleBiFunction<Prediction, Prediction> ratio) {
        return Spread.of(IntStream.range(0, repeats.size())
                .mapToDouble(i -> ratio.applyAsDouble(repeats.get(i), alone.get(i)))
                .toArray());
    }
}
