package org.aevo.report.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.aevo.record.RunData;
import org.aevo.record.WrittenRun;
import org.aevo.report.DataTable;
import org.aevo.report.Figure;
import org.aevo.report.HtmlPage;
import org.aevo.report.Report;
import org.aevo.report.Section;
import org.aevo.report.SvgFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrontSectionTest {
    @TempDir
    Path folder;

    private static Report report(RunData run) {
        List<Section> sections = RunSections.of(
                run, new RunSections.Extras(Optional.empty(), Optional.empty(), ""), RunSections.Model.NONE);
        return new Report(
                "t",
                "l",
                "aevo",
                sections.stream()
                        .filter(section -> section.id().equals("front"))
                        .toList());
    }

    private static List<String> figures(Report report) {
        return report.figures().stream().map(Figure::name).toList();
    }

    @Test
    void theTableIsTheFrontByItsFirstObjective() throws Exception {
        RunData run = WrittenRun.measured(folder, 200, "validation-loss", "parameters");
        Report report = report(run);
        assertEquals(List.of("front-validation-loss-parameters", "hypervolume"), figures(report));
        DataTable table = report.tables().get(0);
        assertEquals(
                List.of("id", "objective_validation_loss", "objective_parameters"),
                table.header().subList(0, 3));
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < table.rows().size(); i++) {
            List<Object> row = table.rows().get(i);
            ids.add((Long) row.get(0));
            if (i > 0) {
                List<Object> before = table.rows().get(i - 1);
                assertTrue((Double) before.get(1) <= (Double) row.get(1), "lowest first");
                assertTrue((Double) before.get(2) >= (Double) row.get(2), "none dominates the next");
            }
        }
        assertTrue(ids.size() > 3, ids.toString());
        long[] members = run.front().orElseThrow().members().longs("id");
        Arrays.sort(members);
        assertEquals(
                Arrays.stream(members).boxed().toList(), ids.stream().sorted().toList());
        String page = HtmlPage.of(report);
        assertTrue(page.contains("are on the front"), page);
        assertTrue(page.contains("the worst of each that the run has seen"), page);
    }

    @Test
    void threeObjectivesAreShownInPairs() throws Exception {
        Report report = report(WrittenRun.measured(folder, 100, "ssim", "parameters", "operations"));
        assertEquals(
                List.of("front-ssim-parameters", "front-ssim-operations", "front-parameters-operations", "hypervolume"),
                figures(report));
        String figure = SvgFile.of(report.figures().get(0));
        assertTrue(figure.contains("1 - SSIM"), figure);
    }

    @Test
    void figuresOfALargeRunStayLight() throws Exception {
        for (Figure figure : report(WrittenRun.measured(folder, 2500, "ssim", "parameters", "operations"))
                .figures()) {
            assertTrue(SvgFile.of(figure).length() < 700_000, figure.name());
        }
    }

    @Test
    void withoutObjectivesThereIsNone() throws Exception {
        assertEquals(List.of(), report(WrittenRun.sample(folder, 1, 20, 2, 0)).sections());
    }
}
