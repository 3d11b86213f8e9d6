package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aevo.network.Shape;
import org.aevo.record.RunHistory;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Figure;
import org.aevo.search.Score;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunSummaryTest {
    private static final double LOSS = 0.0625;

    private static List<String> table(double fitness) {
        Evaluation evaluation = new Evaluation(
                0,
                EvaluationStatus.OK,
                new Score(fitness, 0.5, LOSS, Map.of(Figure.SSIM, 0.25)),
                new Effort(new Durations(0, 1, 0), 2, 100, 1234),
                List.of(),
                "");
        RunHistory history = new RunHistory();
        HandMadeRun.started(1)
                .joined(0, 1, 1)
                .asked(0, 0, 2)
                .arrived(evaluation, 1, 0, 3)
                .entries()
                .forEach(history::apply);
        return printed(history)
                .lines()
                .dropWhile(line -> !line.startsWith("fitness"))
                .limit(2)
                .toList();
    }

    private static String printed(RunHistory history) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new RunSummary(history, Path.of("runs/a")).print(new PrintStream(out, true, StandardCharsets.UTF_8), 5);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String printed(HandMadeRun run) {
        return printed(run.toldTo(new LiveRun()));
    }

    private static HandMadeRun trained(String task) {
        return HandMadeRun.trained("budget: {evaluations: 40}\nspace: {latent: 4}\ntask: " + task + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                | task: reconstruct; fitness: validation loss",
                "{kind: denoise, fitness: ssim}    | task: denoise gaussian, sigma 0.5; fitness: 1 - ssim",
                "{kind: denoise, corruption: masking, parameter-weight: 0.01} | task: denoise masking, fraction 0.25;"
                        + " fitness: validation loss + 0.01 log10(parameters)",
                "{kind: embed, fitness: knn-accuracy, time-weight: 2} | task: embed; fitness: 1 - knn_accuracy"
                        + " + 2.0 log10(training seconds)"
            })
    void theHeadingNamesTheTask(String task, String line) {
        assertEquals(line, printed(trained(task)).lines().toList().get(1));
    }

    /** No losses, which classifiers have not; features, head and probabilities layer by layer. */
    @Test
    void ofClassifiersAccuracyIsShown() {
        String text =
                printed(HandMadeRun.classifiers().classifier(0, 2, 0.5, 1.25).classifier(1, 4, 0.75, 0.625));
        List<String> lines = text.lines().toList();
        assertEquals("task: classify; fitness: cross-entropy", lines.get(1));
        List<String> table = lines.stream()
                .dropWhile(line -> !line.startsWith("fitness"))
                .map(line -> line.strip().replaceAll(" +", " "))
                .limit(3)
                .toList();
        assertEquals("fitness id parameters accuracy cross_entropy macro_f1 made by time genome", table.get(0), text);
        assertTrue(table.get(1).startsWith("0.6250 1 1235 0.7500 0.6250 0.3750 random"), table.get(1));
        assertTrue(text.contains("f0_conv") && text.contains("3 units, softmax"), text);
        assertFalse(text.contains("NaN") || text.contains("loss"), text);
    }

    /** Kernel, stride and activation of each layer: what somebody would need to build it again. */
    @Test
    void layersSayHowTheyCompute() {
        String input =
                """
                budget: {evaluations: 40}
                space: {family: dense, latent: 4}
                data: {kind: blobs, features: 64, samples: 300, centers: 4}
                """;
        HandMadeRun run = HandMadeRun.trained(input).asked(0, 0, 2).arrived(0, 1, 0, 3, 1);
        String text = printed(run);
        assertTrue(text.lines().anyMatch(l -> l.matches("  e0_dense +8 +520  8 units, relu")), text);
        assertTrue(text.lines().anyMatch(l -> l.matches("  together +\\d+")), text);
    }

    /** Of a graph, what a layer takes where that is not just the one before it; the data need not be at hand. */
    @Test
    void layersSayWhatTheyTake() {
        HandMadeRun chain =
                trained("{}").of(new Shape(1, 28, 28), 1).asked(0, 0, 2).arrived(0, 1, 0, 3, 1);
        String text = printed(chain);
        assertTrue(text.lines().anyMatch(l -> l.matches("  layer +output +parameters  what it is")), text);
        assertTrue(text.lines().anyMatch(l -> l.matches("  latent +4 +36  4 units")), text);
        HandMadeRun graph = trained("{}")
                .of(new Shape(1, 28, 28), 1)
                .asked(
                        0,
                        0,
                        2,
                        "dense(8,relu) dense(9,elu) dense(7,tanh) skip(0,2) | latent(4) | upsampling | adam(lr0.001,batch32)")
                .arrived(0, 1, 0, 3, 1);
        String table = printed(graph);
        assertTrue(table.lines().anyMatch(l -> l.matches("  layer +from +output +parameters  what it is")), table);
        assertTrue(table.lines().anyMatch(l -> l.matches("  e0_dense +8 +6280  8 units, relu")), table);
        assertTrue(
                table.lines()
                        .anyMatch(l -> l.matches("  \\w+ +e1_dense, e0_dense +9 +0  sum of 2, fitted to the first")),
                table);
        List<Integer> ends = table.lines()
                .dropWhile(l -> !l.startsWith("  layer"))
                .takeWhile(l -> !l.startsWith("  together"))
                .filter(l -> !l.startsWith("  input"))
                .map(l -> l.replaceFirst("(\\d|parameters)  [a-z0-9].*", "$1").length())
                .distinct()
                .toList();
        assertEquals(1, ends.size(), table);
    }

    @Test
    void oneIsNotPlural() {
        String text = printed(trained("{}").asked(0, 0, 2).arrived(0, 1, 0, 3, 1));
        assertTrue(text.contains("\n1 evaluation (1 ok)\n"), text);
        assertTrue(text.contains("): 1 evaluation, busy"), text);
        assertFalse(text.contains("1 evaluations,") || text.contains("task: embed"), text);
    }

    @Test
    void whyThereIsNoBestIsSaid() {
        HandMadeRun run = trained("{}").asked(0, 0, 2);
        String begun = printed(run);
        assertTrue(
                begun.contains("There is no best candidate: no candidate has finished yet (1 was asked for)\n"), begun);
        run.arrived(0, 1, 0, 3, 1, Double.NaN, EvaluationStatus.DIVERGED, "diverged in epoch 2");
        String soFar = printed(run);
        assertTrue(soFar.contains("its one evaluation so far failed (1 diverged); "), soFar);
        run.asked(1, 0, 3)
                .arrived(1, 1, 0, 4, 1, Double.NaN, EvaluationStatus.TIME_LIMIT, "")
                .ended(5);
        String ended = printed(run);
        assertTrue(
                ended.contains("There is no best candidate: all 2 evaluations failed (1 diverged, 1 time limit);"
                        + " 'aevo show runs/a --csv' says of each why\n"),
                ended);
    }

    @Test
    void theLossStandsBesideAnotherFitness() {
        List<String> table = table(0.75);
        int end = table.get(0).indexOf("loss") + "loss".length();
        assertTrue(table.get(1).substring(0, end).endsWith(Terminal.loss(LOSS)), table.toString());
        assertTrue(table.get(1).startsWith(" 0.7500"), table.toString());
        assertEquals(table.get(0).indexOf("made by"), table.get(1).indexOf("random") - 1, table.toString());
    }

    @Test
    void theLossIsNotSaidTwice() {
        assertFalse(table(LOSS).get(0).contains("loss"), table(LOSS).toString());
    }
}
