package org.aevo.report.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExperimentsTest {
    private static Experiments of(Made... runs) {
        return of(Arrays.asList(runs));
    }

    private static Experiments of(List<Made> runs) {
        List<Measured> made = runs.stream().map(Made::make).toList();
        return Experiments.of(made, new Labels(made));
    }

    private static Map<String, Integer> sizes(Experiments experiments) {
        return experiments.all().stream()
                .collect(Collectors.toMap(Experiment::id, e -> e.runs().size()));
    }

    @Test
    void equalEvaluationsAreStrongScaling() {
        Experiments found = of(
                Made.run("sync", 1, 1),
                Made.run("async", 1, 1),
                Made.run("sync", 4, 2).key("cluster.workers", "4").key("name", "other"));
        assertEquals(Map.of("strong-100", 3), sizes(found));
        assertEquals(List.of(), found.warnings());
        assertTrue(found.all().get(0).scales());
        assertEquals("strong scaling, 100 evaluations", found.all().get(0).title());
    }

    @Test
    void equalEvaluationsPerWorkerAreWeakScaling() {
        Experiments found = of(
                Made.run("sync", 1, 1).evaluations(25),
                Made.run("sync", 2, 1).evaluations(50),
                Made.run("sync", 4, 1).evaluations(100));
        assertEquals(Map.of("weak-25", 3), sizes(found));
    }

    @Test
    void equalTimeIsFoundByTheBudget() {
        Experiments found = of(
                Made.run("sync", 1, 1)
                        .evaluations(20)
                        .key("budget.evaluations", "none")
                        .key("budget.wall-seconds", "60.0"),
                Made.run("sync", 2, 1)
                        .evaluations(41)
                        .key("budget.evaluations", "none")
                        .key("budget.wall-seconds", "60.0"),
                Made.run("sync", 4, 1)
                        .evaluations(80)
                        .key("budget.evaluations", "999")
                        .key("budget.wall-seconds", "60.0"),
                Made.run("sync", 8, 1).evaluations(99).key("budget.wall-seconds", "60.0"));
        assertEquals(Map.of("time-60", 3, "strong-99", 1), sizes(found));
    }

    @Test
    void aRunThatReachedItsTargetIsNotTimedForItsEvaluations() {
        Experiments found = of(
                Made.run("sync", 1, 1)
                        .evaluations(60)
                        .key("budget.evaluations", "100")
                        .key("budget.target-fitness", "0.5"),
                Made.run("sync", 2, 1)
                        .evaluations(70)
                        .key("budget.evaluations", "100")
                        .key("budget.target-fitness", "0.5"));
        assertEquals(Map.of("target", 2), sizes(found));
        assertFalse(found.all().get(0).scales());
    }

    /** On 4 workers 100 evaluations are both: the directory tells. */
    @Test
    void directoriesTellStrongFromWeak() {
        List<Made> runs = new ArrayList<>();
        for (int workers : new int[] {1, 2, 4, 8}) {
            runs.add(Made.run("sync", workers, 1).in("/strong"));
            runs.add(Made.run("sync", workers, 1)
                    .in("/weak")
                    .evaluations(25L * workers)
                    .startedAt(workers));
        }
        assertEquals(Map.of("strong-100", 4, "weak-25", 4), sizes(of(runs)));
    }

    @Test
    void inOneDirectoryTheWidestReadingWins() {
        List<Made> runs = new ArrayList<>();
        for (int workers : new int[] {1, 2, 4, 8, 16}) {
            runs.add(Made.run("sync", workers, 1));
        }
        for (int workers : new int[] {1, 2, 8}) {
            runs.add(Made.run("sync", workers, 2).evaluations(25L * workers));
        }
        assertEquals(Map.of("strong-100", 5, "weak-25", 3), sizes(of(runs)));
    }

    @Test
    void otherDataAreAnotherExperimentAndItIsSaid() {
        Experiments found = of(
                Made.run("sync", 1, 1),
                Made.run("sync", 2, 1),
                Made.run("sync", 4, 1).key("data.train", "500"),
                Made.run("sync", 8, 1).key("data.train", "500"));
        assertEquals(Map.of("strong-100", 2, "strong-100-b", 2), sizes(found));
        assertEquals(1, found.warnings().size());
        assertTrue(
                found.warnings()
                        .get(0)
                        .contains("data.train is 2000 (sync-1w-r1, sync-2w-r1), 500 (sync-4w-r1, sync-8w-r1)"),
                found.warnings().get(0));
    }

    @Test
    void whereNothingComparesItIsRefusedWithTheKeys() {
        String data = assertThrows(
                        IncomparableRunsException.class,
                        () -> of(Made.run("sync", 1, 1), Made.run("sync", 2, 1).key("data.train", "500")))
                .getMessage();
        assertEquals("no two of the 2 runs can be compared: data.train is 2000 (sync-1w-r1), 500 (sync-2w-r1)", data);
        String budget = assertThrows(
                        IncomparableRunsException.class,
                        () -> of(Made.run("sync", 1, 1), Made.run("sync", 1, 2).evaluations(70)))
                .getMessage();
        assertTrue(budget.contains("strong scaling, 70 evaluations (sync-1w-r2)"), budget);
        assertEquals(1, of(Made.run("sync", 1, 1)).all().size(), "one run needs nothing to be compared with");
    }

    @Test
    void simulatedRunsAreNeverComparedWithRealOnes() {
        Experiments found = of(
                Made.run("sync", 1, 1),
                Made.run("sync", 2, 1),
                Made.run("sync", 4, 1).simulated(),
                Made.run("sync", 8, 1).simulated());
        assertEquals(2, found.all().size());
        assertTrue(
                found.warnings().get(0).contains("simulated is no"),
                found.warnings().get(0));
    }

    @Test
    void keysThatAnotherVersionDidNotKnowAreNoDifference() {
        Experiments found = of(Made.run("sync", 1, 1), Made.run("sync", 2, 1).key("training.novelty", "7"));
        assertEquals(1, found.all().size());
    }

    @Test
    void prefetchingIsAnotherExperimentThoughItIsOfTheCluster() {
        assertThrows(
                IncomparableRunsException.class,
                () -> of(
                        Made.run("sync", 1, 1).key("cluster.prefetch", "0"),
                        Made.run("sync", 2, 1).key("cluster.prefetch", "1")));
    }

    @Test
    void copiesCountOnce() {
        Experiments found = of(
                Made.run("sync", 1, 1),
                Made.run("sync", 2, 1),
                Made.run("sync", 2, 1).in("/elsewhere"));
        assertEquals(Map.of("strong-100", 2), sizes(found));
        assertTrue(
                found.warnings().get(0).startsWith("elsewhere/sync-2w-r1 is a copy of bench/sync-2w-r1"),
                found.warnings().get(0));
    }

    @Test
    void whatReadersMustKnowIsSaid() {
        Experiments found = of(
                Made.run("sync", 1, 1),
                Made.run("sync", 2, 1).device("gpu"),
                Made.run("sync", 4, 1).incomplete(),
                Made.run("sync", 8, 1).sizes(8, 8),
                Made.run("sync", 8, 1).in("/again").startedAt(77).key("cluster.gpus", "yes"),
                Made.run("sync", 16, 1).sizes(16, 12).key("cluster.gpus", "auto"));
        String said = String.join("\n", found.warnings()) + "\n" + String.join("\n", found.notes());
        assertTrue(said.contains("bench/sync-4w-r1 is not complete"), said);
        assertTrue(said.contains("bench/sync-16w-r1 is resumed with another number of workers"), said);
        assertTrue(said.contains("bench/sync-8w-r1 was resumed: what the new start took"), said);
        assertTrue(said.contains("the devices differ: cpu (bench/sync-1w-r1, "), said);
        assertTrue(said.contains("gpu (bench/sync-2w-r1)"), said);
        assertTrue(said.contains("bench/sync-8w-r1, again/sync-8w-r1 have the same mode, workers and seed"), said);
    }
}
