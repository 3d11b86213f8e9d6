package org.aevo.report.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.aevo.report.DataTable;
import org.aevo.report.Figure;
import org.aevo.report.Report;
import org.aevo.report.Section;
import org.aevo.report.SvgFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingSectionsTest {
    private static List<Measured> bench() {
        List<Measured> runs = new ArrayList<>();
        for (String mode : List.of("sync", "async")) {
            for (int workers : new int[] {1, 2, 4}) {
                for (int seed = 1; seed <= 3; seed++) {
                    Made made = Made.run(mode, workers, seed)
                            .wall(100.0 / workers + seed)
                            .shares(0.8, mode.equals("sync") ? 0.1 : 0, 0.05)
                            .fitness(0.9, 0.5, 0.4 / seed);
                    if (mode.equals("sync")) {
                        made.generations(new double[] {4, 2, 3, 1}, new double[] {2, 4, 1, 3});
                    }
                    runs.add(made.make());
                }
            }
        }
        return runs;
    }

    private static Map<String, DataTable> tables(List<Section> sections) {
        return sections.stream()
                .flatMap(s -> s.blocks().stream())
                .filter(DataTable.class::isInstance)
                .map(DataTable.class::cast)
                .collect(Collectors.toMap(DataTable::name, t -> t));
    }

    @Test
    void namesOfTablesAreStable() {
        Map<String, DataTable> tables = tables(ScalingSections.measured(bench(), List.of()));
        assertTrue(
                tables.keySet()
                        .containsAll(Set.of(
                                "runs", "speedup", "summary", "modes", "time-to-target", "barrier-loss", "master")),
                tables.keySet().toString());
        assertEquals(18, tables.get("runs").rows().size());
        assertEquals(6, tables.get("summary").rows().size());
        assertEquals(6, tables.get("speedup").rows().size());
        assertEquals(3, tables.get("barrier-loss").rows().size());
    }

    @Test
    void idsAreUnique() {
        List<Section> sections = ScalingSections.measured(bench(), List.of());
        Set<String> ids = new HashSet<>();
        sections.forEach(s -> assertTrue(ids.add(s.id()), s.id()));
    }

    @Test
    void aTargetThatNoRunReachedTakesForEver() {
        List<Section> sections = ScalingSections.measured(bench(), List.of(new Target("never", 1e-9)));
        List<Object> row = tables(sections).get("time-to-target").rows().get(0);
        assertEquals("never", row.get(1));
        assertEquals(3, row.get(5));
        assertEquals(0, row.get(6));
        assertEquals(Double.POSITIVE_INFINITY, row.get(7));
    }

    @Test
    void oneRunOfEachIsNotGivenASpread() {
        List<Measured> one = bench().stream().filter(run -> run.seed() == 1).toList();
        String text = texts(ScalingSections.measured(one, List.of()));
        assertTrue(text.contains("no spread can be shown"), text);
        assertFalse(text.contains("Points and lines are medians"), text);
    }

    @Test
    void oneWorkerCountHasNoSpeedUpAndRunsWithoutResultsNothingAtAll() {
        List<Measured> one = bench().stream().filter(run -> run.workers() == 2).toList();
        assertFalse(tables(ScalingSections.measured(one, List.of())).containsKey("speedup"));
        List<Measured> none = List.of(
                Made.run("sync", 1, 1).incomplete().make(),
                Made.run("sync", 2, 1).incomplete().make());
        assertEquals(
                List.of("compared"),
                ScalingSections.measured(none, List.of()).stream()
                        .map(Section::id)
                        .toList());
        assertEquals(List.of(), ScalingSections.measured(List.of(), List.of()));
    }

    private static String texts(List<Section> sections) {
        return sections.stream()
                .flatMap(s -> s.blocks().stream())
                .map(b -> b instanceof Section.Text t ? t.text() : "")
                .collect(Collectors.joining("\n"));
    }

    /** From two numbers of workers to nine, up to 4096, with one run of each or three. */
    @ParameterizedTest
    @CsvSource({"1,1", "1,3", "2,1", "2,3", "9,1", "9,3"})
    void figuresAreDrawnForFewAndForManyWorkers(int counts, int repeats) {
        List<Measured> runs = new ArrayList<>();
        for (int i = 0; i < counts; i++) {
            int workers = 1 << (12 * i / Math.max(1, counts - 1));
            for (int seed = 1; seed <= repeats; seed++) {
                double efficiency = 1 / (1 + 0.05 * i);
                double[] fitness =
                        new Random(31L * i + seed).doubles(50, 0.01, 0.1).toArray();
                runs.add(Made.run("sync", workers, seed)
                        .evaluations(5000)
                        .wall(5000 / (workers * efficiency * 0.9))
                        .shares(0.7, 0.2, 0.05)
                        .fitness(fitness)
                        .generations(new double[] {1, 2, 3, 4}, new double[] {2, 2, 3, 1})
                        .make());
                runs.add(Made.run("async", workers, seed)
                        .evaluations(5000)
                        .wall(5000 / (workers * efficiency))
                        .shares(0.9, 0, 0.05)
                        .fitness(fitness)
                        .make());
            }
        }
        List<Section> sections = ScalingSections.measured(runs, List.of());
        Report report = new Report("title", "lead", "aevo", sections);
        Set<String> names = report.figures().stream().map(Figure::name).collect(Collectors.toSet());
        Set<String> expected = counts == 1
                ? Set.of("worker-time", "fitness-time-1w", "fitness-evaluations-1w")
                : Set.of(
                        "speedup",
                        "efficiency",
                        "throughput",
                        "worker-time",
                        "fitness-time-4096w",
                        "fitness-evaluations-4096w",
                        "best-fitness",
                        "time-to-target-1",
                        "barrier-loss",
                        "master-load",
                        "selection-lag");
        assertTrue(names.containsAll(expected), names.toString());
        for (Figure figure : report.figures()) {
            String svg = SvgFile.of(figure);
            assertFalse(svg.contains("no values"), figure.name());
            assertFalse(svg.contains("NaN") || svg.contains("Infinity"), figure.name());
            assertTrue(svg.contains("sync"), figure.name());
        }
    }
}
