package org.aevo.report.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.aevo.report.DataTable;
import org.aevo.report.Section;
import org.junit.jupiter.api.Test;

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

    /** CSV and pages write what is missing; they have no infinity. */
    @Test
    void tablesHoldNoInfinity() {
        List<Section> sections = ScalingSections.measured(bench(), List.of(new Target("never", 1e-9)));
        for (DataTable table : tables(sections).values()) {
            table.rows()
                    .forEach(row -> row.forEach(value -> assertFalse(
                            value instanceof Double d && Double.isInfinite(d), () -> table.name() + ": " + row)));
        }
        List<Object> row = tables(sections).get("time-to-target").rows().get(0);
        assertEquals("never", row.get(1));
        assertEquals(3, row.get(5));
        assertEquals(0, row.get(6));
        assertEquals(Double.NaN, row.get(7));
    }

    @Test
    void oneRunOfEachIsNotGivenASpread() {
        List<Measured> one = bench().stream().filter(run -> run.seed() == 1).toList();
        String text = texts(ScalingSections.measured(one, List.of()));
        assertTrue(text.contains("no spread can be shown"), text);
        assertFalse(text.contains(" to 1"), text);
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
}
