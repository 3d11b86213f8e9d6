package org.aevo.predict;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.aevo.search.SearchStrategy;

/** Predicts runs from what one run measured. */
public final class Predictor {
    private final Workload workload;
    private final Function<Scenario, SearchStrategy> strategies;
    private final LongAdder done = new LongAdder();

    /**
     * @param strategies makes the fresh search of a scenario; called by several threads
     */
    public Predictor(Workload workload, Function<Scenario, SearchStrategy> strategies) {
        this.workload = workload;
        this.strategies = strategies;
    }

    /** What would come of a scenario; the same for the same scenario. */
    public Prediction predict(Scenario scenario) {
        ClusterSimulation simulation =
                new ClusterSimulation(workload, scenario, strategies.apply(scenario), done::increment);
        Schedule schedule = simulation.run();
        Schedule.Breakdown breakdown = schedule.breakdown();
        return new Prediction(scenario, breakdown.accounting(), schedule.masterSeconds(), simulation.exhausted());
    }

    /** The same for many, on all cores, in their order. */
    public List<Prediction> predict(List<Scenario> scenarios) {
        return scenarios.parallelStream().map(this::predict).toList();
    }

    /** Evaluations simulated so far: how far a long prediction is. */
    public long done() {
        return done.sum();
    }
}
