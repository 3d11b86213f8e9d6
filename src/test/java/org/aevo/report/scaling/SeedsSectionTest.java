package org.aevo.report.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.aevo.report.DataTable;
import org.aevo.report.Section;
import org.junit.jupiter.api.Test;

class SeedsSectionTest {
    private static List<Section> sections(long... seeds) {
        List<Measured> runs = new ArrayList<>();
        for (int i = 0; i < seeds.length; i++) {
            runs.add(Made.run("async", 2, seeds[i])
                    .device("cpu " + i) // else they were copies of one run
                    .wall(100 + i)
                    .fitness(0.9, 0.1 * (i + 1))
                    .make());
        }
        return ScalingSections.measured(runs, List.of());
    }

    /** That of the best, which need not be the highest; where nothing is classified there is no such row. */
    @Test
    void ofClassifiersTheAccuracyIsTold() {
        List<Measured> runs = new ArrayList<>();
        for (int seed = 1; seed <= 3; seed++) {
            runs.add(Made.run("async", 2, seed)
                    .wall(100 + seed)
                    .fitness(0.9, 0.1, 0.5)
                    .accuracy(0.99, 0.5 + 0.1 * seed, Double.NaN)
                    .make());
            runs.add(Made.run("sync", 2, seed)
                    .wall(200 + seed)
                    .fitness(0.9, 0.8)
                    .accuracy(0.25, 0.5)
                    .make());
        }
        List<Section> sections = ScalingSections.measured(runs, List.of());
        List<Object> accuracy = table(sections, "seeds").rows().stream()
                .filter(row -> row.get(1).equals("async") && row.get(3).equals("best_accuracy"))
                .findFirst()
                .orElseThrow();
        assertEquals(3, accuracy.get(4));
        assertEquals(0.7, number(accuracy, 5), 1e-12);
        assertEquals(0.1, number(accuracy, 6), 1e-12);
        List<List<Object>> modes = table(sections, "modes").rows().stream()
                .filter(row -> row.get(4).equals("best_accuracy"))
                .toList();
        // at 101 s, when the first async run is over, the sync ones have one evaluation of two
        List<Object> equalTime = modes.stream()
                .filter(row -> row.get(2).equals("equal time"))
                .findFirst()
                .orElseThrow();
        assertEquals(0.25, number(equalTime, 6), 1e-12);
        assertEquals(0.7, number(equalTime, 10), 1e-12);
        assertEquals(2, modes.size());
        assertTrue(seeds(sections(1, 2, 3))
                .flatMap(section -> section.blocks().stream())
                .filter(DataTable.class::isInstance)
                .flatMap(table -> ((DataTable) table).rows().stream())
                .noneMatch(row -> row.get(3).equals("best_accuracy")));
    }

    private static DataTable table(List<Section> sections, String name) {
        return sections.stream()
                .flatMap(section -> section.blocks().stream())
                .filter(DataTable.class::isInstance)
                .map(DataTable.class::cast)
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Section> seeds(List<Section> sections) {
        return sections.stream().filter(section -> section.id().equals("seeds"));
    }

    private static List<Object> row(List<Section> sections, String measure) {
        DataTable table = seeds(sections)
                .flatMap(section -> section.blocks().stream())
                .filter(DataTable.class::isInstance)
                .map(DataTable.class::cast)
                .findFirst()
                .orElseThrow();
        assertEquals(
                "experiment mode workers measure seeds mean sd ci95_low ci95_high median min max",
                String.join(" ", table.header()));
        return table.rows().stream()
                .filter(row -> row.get(3).equals(measure))
                .findFirst()
                .orElseThrow();
    }

    private static double number(List<Object> row, int column) {
        return (double) row.get(column);
    }

    @Test
    void theMeanOfSeedsHasAnInterval() {
        List<Section> sections = sections(1, 2, 3, 4, 5);
        List<Object> fitness = row(sections, "best_fitness"); // 0.1, 0.2, ... 0.5
        assertEquals(5, fitness.get(4));
        assertEquals(0.3, number(fitness, 5), 1e-12);
        assertEquals(Math.sqrt(0.025), number(fitness, 6), 1e-12);
        double half = 2.776445105 * Math.sqrt(0.025 / 5);
        assertEquals(0.3 - half, number(fitness, 7), 1e-9);
        assertEquals(0.3 + half, number(fitness, 8), 1e-9);
        assertEquals(0.3, number(fitness, 9), 1e-12);
        assertEquals(0.1, number(fitness, 10), 1e-12);
        assertEquals(0.5, number(fitness, 11), 1e-12);
        assertEquals(102, number(row(sections, "wall_s"), 5), 1e-12);
        String text = seeds(sections).findFirst().orElseThrow().blocks().toString();
        assertTrue(text.contains("best fitness of 5 seeds: mean 0.3, 95 % confidence interval 0.1037 to 0.4963"), text);
    }

    /** They would make an interval too narrow. */
    @Test
    void runsOfOneSeedAreOneValue() {
        List<Object> fitness = row(sections(1, 1, 1, 2), "best_fitness"); // 0.2 for 1, 0.4 for 2
        assertEquals(2, fitness.get(4));
        assertEquals(0.3, number(fitness, 5), 1e-12);
    }

    @Test
    void oneSeedTellsNothingOfOthers() {
        assertEquals(0, seeds(sections(1, 1, 1)).count());
    }
}
