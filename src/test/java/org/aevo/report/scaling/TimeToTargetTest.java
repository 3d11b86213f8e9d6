package org.aevo.report.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.aevo.report.scaling.Experiment.Kind;
import org.aevo.stat.Spread;
import org.junit.jupiter.api.Test;

class TimeToTargetTest {
    private static final double NEVER = Double.POSITIVE_INFINITY;

    @Test
    void aCurveIsASteppedMinimumOfWhatArrived() {
        FitnessCurve curve = FitnessCurve.of(new double[] {3, 1, 2, 4}, new double[] {0.2, Double.NaN, 0.5, 0.3});
        assertEquals(0.2, curve.last());
        assertTrue(Double.isNaN(curve.at(0.5)));
        assertTrue(Double.isNaN(curve.at(1)), "that one failed");
        assertEquals(0.5, curve.at(2));
        assertEquals(0.5, curve.at(2.999));
        assertEquals(0.2, curve.at(3));
        assertEquals(0.2, curve.at(1e9), "a run that is over keeps its best");
        assertEquals(2, curve.evaluationsAt(2));
        assertEquals(4, curve.evaluationsAt(99));
        assertEquals(0.5, curve.afterEvaluations(2));
        assertEquals(3, curve.secondsTo(0.2));
        assertEquals(3, curve.evaluationsTo(0.4));
        assertEquals(NEVER, curve.secondsTo(0.1));
    }

    /** Ten evaluations a second apart in 4 s walls; the third run never gets there. */
    @Test
    void runsThatNeverReachItCountAsLonger() {
        List<Measured> runs = List.of(
                Made.run("sync", 1, 1).wall(4).fitness(9, 1, 1, 1).make(),
                Made.run("sync", 1, 2).wall(4).fitness(9, 9, 1, 1).make(),
                Made.run("sync", 1, 3).wall(4).fitness(9, 9, 9, 9).make());
        TimeToTarget t = TimeToTarget.of(runs, new Target("one", 1));
        assertEquals(2, t.reached());
        assertEquals(new Spread(3, 2, 3, NEVER), t.seconds());
        assertEquals(new Spread(3, 2, 3, NEVER), t.evaluations());
        assertEquals((2 + 3 + 4) / 2.0, t.expected());
        TimeToTarget hard = TimeToTarget.of(runs, new Target("zero", 0));
        assertEquals(0, hard.reached());
        assertEquals(NEVER, hard.seconds().median());
        assertEquals(NEVER, hard.expected());
    }

    @Test
    void ownTargetsAreReachedByAllByHalfByAQuarter() {
        List<Measured> runs = java.util.stream.IntStream.rangeClosed(1, 8)
                .mapToObj(i -> Made.run("sync", 1, i).fitness(0.0100111 * i).make())
                .toList();
        List<Target> targets = TimeToTarget.ownTargets(runs);
        assertEquals(
                List.of(0.0801, 0.0401, 0.0201),
                targets.stream().map(Target::fitness).toList());
        assertEquals(
                List.of(8L, 4L, 2L),
                targets.stream()
                        .map(t -> runs.stream()
                                .filter(r -> r.fitness().last() <= t.fitness())
                                .count())
                        .toList());
        assertEquals(1, TimeToTarget.ownTargets(runs.subList(0, 1)).size(), "equal targets count once");
    }

    @Test
    void modesAreComparedForEqualEvaluationsAndEqualTime() {
        Experiment experiment = new Experiment(
                "x",
                Kind.STRONG,
                4,
                List.of(
                        Made.run("sync", 2, 1)
                                .evaluations(4)
                                .wall(8)
                                .fitness(9, 7, 5, 3)
                                .make(),
                        Made.run("async", 2, 1)
                                .evaluations(4)
                                .wall(4)
                                .fitness(9, 8, 7, 6)
                                .make()));
        List<ModeComparison> all = ModeComparison.of(experiment, List.of(new Target("seven", 7)));
        assertEquals(5, all.size());
        ModeComparison time = all.get(0);
        assertEquals("time_s", time.measure());
        assertEquals(2, time.ratio());
        assertTrue(Double.isNaN(time.p()), "one run of each tells nothing");
        assertEquals(3, all.get(1).sync().median());
        assertEquals(6, all.get(1).async().median());
        ModeComparison evaluations = all.get(2);
        assertEquals(4, evaluations.level(), "the shorter run's time");
        assertEquals(2, evaluations.sync().median());
        assertEquals(4, evaluations.async().median());
        assertEquals(7, all.get(3).sync().median());
        assertEquals(6, all.get(3).async().median());
        assertEquals(4, all.get(4).sync().median());
        assertEquals(3, all.get(4).async().median());
    }
}
