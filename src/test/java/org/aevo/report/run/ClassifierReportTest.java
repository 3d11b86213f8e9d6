package org.aevo.report.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.aevo.record.ClassifierRun;
import org.aevo.record.ModelFile.ClassifiedExamples;
import org.aevo.record.ModelMetrics;
import org.aevo.record.ModelMetrics.Confusion;
import org.aevo.record.Program;
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

/** What a report says of a search of classifiers, and that it says nothing of codes and reconstructions. */
class ClassifierReportTest {
    private static final Confusion CONFUSION =
            new Confusion(List.of(2, 3, 7), List.of(List.of(3L, 1L, 0L), List.of(0L, 0L, 0L), List.of(2L, 0L, 4L)));

    @TempDir
    Path folder;

    private Report report(RunSections.Model model) throws Exception {
        RunData run = WrittenRun.write(folder, ClassifierRun.entries(2));
        return new Report(
                "t",
                "l",
                "aevo",
                RunSections.of(run, new RunSections.Extras(run.network(), Optional.empty(), "none"), model));
    }

    private static RunSections.Model model(ClassifiedExamples examples) {
        Program program = new Program("aevo", "", "17");
        ModelMetrics metrics = new ModelMetrics(
                program,
                new ModelMetrics.Run("classes", "genetic", 1, 3, true, program),
                new ModelMetrics.Winner(2, "a genome", 0.75, Double.NaN),
                "classify",
                new ModelMetrics.Data("images", 1, 20, 0, 10, Optional.of(ClassifierRun.INPUTS)),
                new ModelMetrics.Training("torch", "cpu", Map.of(), 5, 0, 0, 1, "cross-entropy"),
                List.of(),
                List.of(),
                Optional.of(CONFUSION));
        return new RunSections.Model(Optional.of(metrics), "", Optional.of(examples));
    }

    private static ClassifiedExamples examples(int[] labels, int[] predicted) {
        float[] probabilities = new float[labels.length * 3];
        for (int i = 0; i < labels.length; i++) {
            probabilities[3 * i + ClassifierRun.CLASSES.indexOf(labels[i])] = 0.25f;
            probabilities[3 * i + ClassifierRun.CLASSES.indexOf(predicted[i])] = 0.5f;
        }
        int size = (int) ClassifierRun.SAMPLES.size();
        return new ClassifiedExamples(labels.length, new float[labels.length * size], labels, predicted, probabilities);
    }

    private static DataTable table(Report report, String name) {
        return report.tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Figure figure(Report report, String name) {
        return report.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void withoutAModelItSaysWhatMakesOne() throws Exception {
        Report report = report(RunSections.Model.NONE);
        String page = HtmlPage.of(report);
        assertTrue(page.contains("aevo train " + folder + " does that"), page);
        for (String name : List.of(
                "accuracy-curves", "cross-entropy-curves", "accuracy-evaluations", "accuracy-time", "network")) {
            assertFalse(SvgFile.of(figure(report, name)).isEmpty());
        }
        assertTrue(figure(report, "accuracy-curves").caption().contains("mean of the folds"));
        assertTrue(page.contains("Fitness is the cross-entropy on the validation samples; lower is better."));
        for (String word :
                List.of("reconstruct", "bottleneck", "PSNR", "mean squared error", "NaN", "validation loss")) {
            assertFalse(
                    Pattern.compile(word, Pattern.CASE_INSENSITIVE)
                            .matcher(page.replaceAll("(?s)<(svg|style).*?</\\1>", ""))
                            .find(),
                    word);
        }
        List<String> header = table(report, "best-candidates").header();
        assertTrue(header.containsAll(List.of("accuracy", "cross_entropy", "macro_f1")), header.toString());
        assertFalse(header.contains("validation_loss"), header.toString());
    }

    @Test
    void curvesAreMeansOfFoldsWithTheirRange() throws Exception {
        RunData run = WrittenRun.write(folder, ClassifierRun.entries(3));
        AccuracyCharts charts = new AccuracyCharts(run, new Evaluated(run), Names.of(run, ""));
        Map<Long, DoubleSummaryStatistics> curve = charts.curve(2, "accuracy");
        assertEquals(List.of(1L, 2L, 3L), List.copyOf(curve.keySet()));
        assertEquals(0.6, curve.get(2L).getAverage(), 1e-12);
        assertEquals(0.59, curve.get(2L).getMin(), 1e-12);
        assertEquals(0.61, curve.get(2L).getMax(), 1e-12);
        assertEquals(3, curve.get(2L).getCount());
        assertTrue(charts.isMeasured());
    }

    @Test
    void theMatrixAndWhatIsWrongAreShown() throws Exception {
        Report report = report(model(examples(new int[] {2, 7, 7}, new int[] {3, 2, 7})));
        List<List<Object>> rows = table(report, "confusion").rows();
        assertEquals(
                List.of("label", "as_2", "as_3", "as_7", "recall", "precision"),
                table(report, "confusion").header());
        assertEquals(List.of(2, 3L, 1L, 0L, 0.75, 0.6), rows.get(0));
        assertEquals(List.of(3, 0L, 0L, 0L, Double.NaN, 0.0), rows.get(1));
        assertEquals(List.of(7, 2L, 0L, 4L, 4 / 6.0, 1.0), rows.get(2));
        assertEquals(
                List.of(List.of(2, 3, 0.5, 0.25), List.of(7, 2, 0.5, 0.25)),
                table(report, "misclassified").rows());
        String matrix = SvgFile.of(figure(report, "confusion-matrix"));
        for (String text : List.of(">3<", ">1<", ">2<", ">4<", ">7<", ">taken for<")) {
            assertTrue(matrix.contains(text), text);
        }
        String pictures = SvgFile.of(figure(report, "misclassified-samples"));
        assertTrue(pictures.contains("2 \u2192 3") && pictures.contains("7 \u2192 2"), "labels below the images");
        assertFalse(pictures.contains("7 \u2192 7"), "what is right is not shown");
    }

    @Test
    void ofNoErrorsNoPicturesAreShown() throws Exception {
        Report report = report(model(examples(new int[] {2, 7}, new int[] {2, 7})));
        assertTrue(report.figures().stream().noneMatch(f -> f.name().equals("misclassified-samples")));
        assertTrue(report.sections().stream()
                .flatMap(section -> section.blocks().stream())
                .anyMatch(new Section.Text("No test sample is told wrongly.")::equals));
    }

    /** The two files of a model are read apart, and either may have been changed. */
    @Test
    void examplesOfOtherSamplesAreNotShown() throws Exception {
        ClassifiedExamples good = examples(new int[] {2, 7}, new int[] {3, 7});
        for (ClassifiedExamples other : List.of(
                new ClassifiedExamples(2, new float[3], good.labels(), good.predicted(), good.probabilities()),
                new ClassifiedExamples(2, good.inputs(), new int[] {2, 5}, good.predicted(), good.probabilities()),
                new ClassifiedExamples(2, good.inputs(), good.labels(), good.predicted(), new float[4]))) {
            String page = HtmlPage.of(report(model(other)));
            assertTrue(page.contains("model.h5 has some of other shapes or classes than metrics.json says"), page);
        }
        assertFalse(HtmlPage.of(report(model(good))).contains("of other shapes or classes"));
    }

    /** Of many classes there is no room for numbers, of very many none for cells. */
    @Test
    void manyClassesAreDrawnAsFarAsTheyCanBeSeen() {
        for (int classes : new int[] {2, 21, 100}) {
            List<Integer> labels = IntStream.range(0, classes).boxed().toList();
            List<List<Long>> counts = labels.stream()
                    .map(label -> Collections.nCopies(classes, 54_321L))
                    .toList();
            Confusion confusion = new Confusion(labels, counts);
            assertTrue(ConfusionPicture.shows(confusion));
            Figure figure = ConfusionPicture.of(new Names("", false), confusion);
            assertEquals(classes == 2, SvgFile.of(figure).contains("54321"), classes + " classes");
            assertTrue(figure.height() < 700);
        }
        List<Integer> labels = IntStream.range(0, 101).boxed().toList();
        assertFalse(ConfusionPicture.shows(new Confusion(
                labels,
                labels.stream().map(label -> Collections.nCopies(101, 0L)).toList())));
    }
}
