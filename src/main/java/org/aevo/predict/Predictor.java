package org.aevo.predict;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.aevo.record.Accounting;
import org.aevo.search.SearchStrategy;

/** Predicts runs from what one run measured. */
public final class Predictor {
    private final IntFunction<Workload> workloads;
    private final Function<Scenario, SearchStrategy> strategies;
    private final LongAdder done = new LongAdder();

    /**
     * @param strategies makes the fresh search of a scenario; called by several threads
     */
    public Predictor(Workload workload, Function<Scenario, SearchStrategy> strategies) {
        this(team -> workload, strategies);
    }

    /**
     * @param workloads what each size of a team would have measured; called by several threads
     * @param strategies makes the fresh search of a scenario; called by several threads
     */
    public Predictor(IntFunction<Workload> workloads, Function<Scenario, SearchStrategy> strategies) {
        this.workloads = workloads;
        this.strategies = strategies;
    }

    /** What would come of a scenario; the same for the same scenario. */
    public Prediction predict(Scenario scenario) {
        ClusterSimulation simulation = new ClusterSimulation(
                workloads.apply(scenario.team()), scenario, strategies.apply(scenario), done::increment);
        Schedule schedule = simulation.run();
        Schedule.Breakdown breakdown = schedule.breakdown();
        return new Prediction(
                scenario,
                ofMembers(scenario, breakdown.accounting()),
                schedule.masterSeconds(),
                simulation.exhausted());
    }

    /** Each member of a team does what its team does; who is left over stands by. */
    private static Accounting ofMembers(Scenario scenario, Accounting a) {
        int team = scenario.team();
        double standby = (scenario.workers() - team * scenario.places()) * a.wallSeconds();
        return new Accounting(
                a.from(),
                a.to(),
                a.evaluations(),
                team * a.busy(),
                team * a.starting() + standby,
                team * a.waiting(),
                team * a.barrier(),
                team * a.draining(),
                team * a.lost());
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
