package org.aevo.report.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.aevo.record.RunData;
import org.aevo.record.WrittenRun;
import org.aevo.report.DataTable;
import org.aevo.report.Section;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostSectionTest {
    @TempDir
    Path folder;

    @Test
    void whatIsTheBestOfAllThatCostNoMoreIsKept() {
        double[] cost = {5, 1, 3, 3, 0, 4, Double.NaN, 7};
        double[] loss = {0.5, 0.9, 0.7, 0.6, 0.1, 0.6, 0.01, Double.NaN};
        assertArrayEquals(new int[] {1, 3, 0}, CostSection.cheapest(cost, loss));
        assertArrayEquals(new int[0], CostSection.cheapest(new double[] {1}, new double[] {Double.NaN}));
    }

    @Test
    void noEvaluationIsBetterAndCheaperThanThoseOfTheTables() throws Exception {
        RunData run = WrittenRun.trained(folder, 2, 200, 3);
        Section section = new CostSection(run, new Evaluated(run), Names.of(run, "")).section();
        List<DataTable> tables = section.blocks().stream()
                .filter(DataTable.class::isInstance)
                .map(DataTable.class::cast)
                .toList();
        assertEquals(
                List.of("loss-parameters", "loss-seconds"),
                tables.stream().map(DataTable::name).toList());
        double[] loss = run.evaluations().doubles("validation_loss");
        double[] seconds = run.evaluations().doubles("train_s");
        long[] parameters = run.evaluations().longs("parameters");
        for (DataTable table : tables) {
            boolean bySeconds = table.name().endsWith("seconds");
            assertTrue(table.rows().size() > 1);
            for (List<Object> row : table.rows()) {
                double cost = bySeconds ? (Double) row.get(4) : (Long) row.get(3);
                for (int i = 0; i < loss.length; i++) {
                    double other = bySeconds ? seconds[i] : parameters[i];
                    assertTrue(
                            !(other <= cost && other > 0 && loss[i] < (Double) row.get(1)), table.name() + " " + row);
                }
            }
        }
    }
}
