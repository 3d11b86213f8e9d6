package org.aevo.report.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.aevo.report.scaling.Experiment.Kind;
import org.aevo.stat.Spread;
import org.junit.jupiter.api.Test;

class SpeedUpTest {
    private static final double EPSILON = 1e-9;

    private static Experiment experiment(Kind kind, Made... runs) {
        return new Experiment(
                "x", kind, 100, Arrays.stream(runs).map(Made::make).toList());
    }

    @Test
    void runsArePairedBySeed() {
        List<SpeedUp> points = SpeedUp.of(
                experiment(
                        Kind.STRONG,
                        Made.run("sync", 1, 1).wall(100),
                        Made.run("sync", 1, 2).wall(200),
                        Made.run("sync", 4, 1).wall(50),
                        Made.run("sync", 4, 2).wall(50),
                        Made.run("async", 1, 1).wall(7)),
                "sync");
        assertEquals(2, points.size());
        assertEquals(new Spread(2, 1, 1, 1), points.get(0).speedUp());
        SpeedUp four = points.get(1);
        assertEquals(4, four.workers());
        assertEquals(2, four.paired());
        assertEquals(2, four.speedUp().min(), EPSILON);
        assertEquals(3, four.speedUp().median(), EPSILON);
        assertEquals(4, four.speedUp().max(), EPSILON);
        assertEquals(0.75, four.efficiency().median(), EPSILON);
        assertEquals(2.0, four.rate().median(), EPSILON);
    }

    @Test
    void aSeedWithoutPartnerIsComparedWithTheMedian() {
        SpeedUp two = SpeedUp.of(
                        experiment(
                                Kind.STRONG,
                                Made.run("sync", 1, 1).wall(90),
                                Made.run("sync", 1, 2).wall(100),
                                Made.run("sync", 1, 3).wall(130),
                                Made.run("sync", 2, 9).wall(50)),
                        "sync")
                .get(1);
        assertEquals(0, two.paired());
        assertEquals(2, two.speedUp().median(), EPSILON);
    }

    @Test
    void withoutOneWorkerTheFewestAreTheBase() {
        SpeedUp eight = SpeedUp.of(
                        experiment(
                                Kind.STRONG,
                                Made.run("sync", 2, 1).wall(60),
                                Made.run("sync", 8, 1).wall(20)),
                        "sync")
                .get(1);
        assertEquals(2, eight.base());
        assertEquals(6, eight.speedUp().median(), EPSILON);
        assertEquals(0.75, eight.efficiency().median(), EPSILON);
    }

    @Test
    void forEqualEvaluationsPerWorkerEfficiencyIsTheRatioOfTimes() {
        SpeedUp four = SpeedUp.of(
                        experiment(
                                Kind.WEAK,
                                Made.run("async", 1, 1).evaluations(25).wall(80),
                                Made.run("async", 4, 1).evaluations(100).wall(100)),
                        "async")
                .get(1);
        assertEquals(0.8, four.efficiency().median(), EPSILON);
        assertEquals(3.2, four.speedUp().median(), EPSILON);
    }

    /** Half the speed because workers waited, half because evaluations took twice as long. */
    @Test
    void efficiencyIsUseTimesWork() {
        SpeedUp two = SpeedUp.of(
                        experiment(
                                Kind.STRONG,
                                Made.run("sync", 1, 1).wall(100).shares(0.8, 0, 0),
                                Made.run("sync", 2, 1).wall(200).shares(0.4, 0, 0)),
                        "sync")
                .get(1);
        assertEquals(0.25, two.efficiency().median(), EPSILON);
        assertEquals(0.5, two.utilisationRatio().median(), EPSILON);
        assertEquals(0.5, two.workRatio().median(), EPSILON);
    }

    @Test
    void whatIsNotCompleteIsLeftOut() {
        Experiment experiment = experiment(
                Kind.STRONG,
                Made.run("sync", 1, 1),
                Made.run("sync", 2, 1).incomplete(),
                Made.run("sync", 4, 1).sizes(4, 2));
        assertEquals(List.of(1), experiment.workerCounts("sync"));
        assertEquals(1, SpeedUp.of(experiment, "sync").size());
        assertEquals(List.of(), SpeedUp.of(experiment, "async"));
        assertTrue(!experiment.scales());
    }
}
