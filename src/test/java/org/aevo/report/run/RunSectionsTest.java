package org.aevo.report.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.aevo.record.Accounting;
import org.aevo.record.RunData;
import org.aevo.record.WrittenRun;
import org.aevo.report.DataTable;
import org.aevo.report.Figure;
import org.aevo.report.HtmlPage;
import org.aevo.report.Report;
import org.aevo.report.Section;
import org.aevo.report.SvgFile;
import org.aevo.surrogate.Importance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunSectionsTest {
    private static final RunSections.Extras NONE =
            new RunSections.Extras(Optional.empty(), Optional.empty(), "no data");
    /** Of a figure, whatever the run: it must not grow with the evaluations. */
    private static final int LIGHT = 700_000;

    @TempDir
    Path folder;

    private static Report report(RunData run) {
        return new Report("t", "l", "aevo", RunSections.of(run, NONE, RunSections.Model.NONE));
    }

    private static DataTable table(Report report, String name) {
        return report.tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** A master can be killed after any entry. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5, 6, 7, 9, 12, 20, 60})
    void aRunIsToldAsFarAsItWent(int entries) throws Exception {
        String page = HtmlPage.of(report(WrittenRun.begun(folder, entries)));
        assertTrue(page.contains("NOT COMPLETE") && page.contains("SIMULATED"), page);
    }

    @Test
    void sharesAddUpToOneAndAreThoseOfTheAccounting() throws Exception {
        RunData run = WrittenRun.sample(folder, 2, 300, 5, 0.05);
        Accounting accounting = run.accounting().orElseThrow();
        List<List<Object>> rows = table(report(run), "time-shares").rows();
        assertEquals(
                List.of("sum", 1.0),
                List.of(rows.get(6).get(0), Math.round((Double) rows.get(6).get(1) * 1e12) / 1e12));
        double sum = 0;
        for (List<Object> row : rows.subList(0, 6)) {
            sum += (Double) row.get(1);
        }
        assertEquals(1, sum, 1e-12);
        assertEquals(List.of("busy", accounting.utilisation(), accounting.busy()), rows.get(0));
        assertEquals(
                accounting.waiting(),
                (Double) rows.get(1).get(2) + (Double) rows.get(2).get(2),
                1e-9);
    }

    @Test
    void aRunOfTeamsTellsWhoWasInWhichAndWhatWorkingTogetherTook() throws Exception {
        Report report = report(WrittenRun.teams(folder, 4, 30, 4, 2, 0.3));
        assertEquals(
                2L,
                table(report, "teams").rows().stream()
                        .filter(row -> row.get(0).equals(0L))
                        .count());
        List<List<Object>> rows = table(report, "team-communication").rows();
        assertEquals(30, rows.size());
        rows.forEach(row -> assertEquals(0.25, (Double) row.get(8), 1e-9));
        assertTrue(report.figures().stream().anyMatch(f -> f.name().equals("team-communication-parameters")));
        assertTrue(HtmlPage.of(report).contains("25.0 % of training and validation"));
        Report alone = report(WrittenRun.sample(folder.resolve("alone"), 2, 30, 3, 0));
        assertFalse(alone.tables().stream().anyMatch(table -> table.name().startsWith("team")));
    }

    @Test
    void whichChoicesMatteredIsToldWhereItIsKnown() throws Exception {
        RunData run = WrittenRun.trained(folder, 2, 60, 3);
        assertFalse(report(run).tables().stream().anyMatch(t -> t.name().startsWith("importance")));
        Importance importance = new Importance(
                60,
                0.25,
                Double.NaN,
                List.of(new Importance.Choice("units", 0.5, 0.125), new Importance.Choice("dropout", 0.25, 0)),
                List.of(new Importance.Choice("dense 1 units", 0.4, 0.1)));
        Report report = new Report(
                "t", "l", "aevo", RunSections.of(run, NONE, RunSections.Model.NONE, Optional.of(importance)));
        assertEquals(
                List.of(List.of("units", 0.5, 0.125), List.of("dropout", 0.25, 0.0)),
                table(report, "importance").rows());
        assertEquals(
                List.of(List.of("dense 1 units", 0.4, 0.1)),
                table(report, "importance-genes").rows());
        String page = HtmlPage.of(report);
        assertTrue(page.contains("explains 25.0 % of the variance") && page.contains("nothing among the better half"));
        assertTrue(page.contains("25.0 % is how choices work together") && page.contains("hints at best"), page);
        Figure bars = report.figures().stream()
                .filter(f -> f.name().equals("importance"))
                .findFirst()
                .orElseThrow();
        assertTrue(SvgFile.of(bars).contains("50.0%, 12.5%"), SvgFile.of(bars));
    }

    @Test
    void figuresOfALargeRunStayLight() throws Exception {
        RunData run = WrittenRun.sample(folder, 3, 20_000, 300, 0.001);
        for (Figure figure : report(run).figures()) {
            int length = SvgFile.of(figure).length();
            assertTrue(length < LIGHT, figure.name() + " has " + length + " characters");
        }
        for (int workers : new int[] {1, 40}) {
            Figure gantt =
                    Gantt.of("g", "", WrittenRun.sample(folder.resolve("w" + workers), 4, 20_000, workers, 0.001));
            int length = SvgFile.of(gantt).length();
            assertTrue(length < LIGHT, workers + " workers: " + length + " characters");
        }
    }

    @Test
    void whatIsInventedIsMarkedInEveryFigure() throws Exception {
        Report simulated = report(WrittenRun.sample(folder.resolve("a"), 2, 100, 3, 0.05));
        for (Figure figure : simulated.figures()) {
            assertTrue(SvgFile.of(figure).contains(">SIMULATED – "), figure.name());
        }
        assertFalse(HtmlPage.of(report(WrittenRun.trained(folder.resolve("b"), 2, 100, 3)))
                .contains("SIMULATED"));
    }

    @Test
    void whyThereAreNoReconstructionsIsSaid() throws Exception {
        Section section = RunSections.of(WrittenRun.trained(folder, 2, 50, 3), NONE, RunSections.Model.NONE).stream()
                .filter(s -> s.id().equals("outputs"))
                .findFirst()
                .orElseThrow();
        assertEquals(List.of(new Section.Text("no data")), section.blocks());
    }
}
