package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.aevo.record.RunHistory;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Figure;
import org.junit.jupiter.api.Test;

class RunSummaryTest {
    private static final double LOSS = 0.0625;

    private static List<String> table(double fitness) {
        Evaluation evaluation = new Evaluation(
                0,
                EvaluationStatus.OK,
                fitness,
                0.5,
                LOSS,
                1234,
                2,
                100,
                new Evaluation.Durations(0, 1, 0),
                List.of(),
                Map.of(Figure.SSIM, 0.25),
                "");
        RunHistory history = new RunHistory();
        HandMadeRun.started(1)
                .joined(0, 1, 1)
                .asked(0, 0, 2)
                .arrived(evaluation, 1, 0, 3)
                .entries()
                .forEach(history::apply);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new RunSummary(history).print(new PrintStream(out, true, StandardCharsets.UTF_8), 5);
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .dropWhile(line -> !line.startsWith("fitness"))
                .limit(2)
                .toList();
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
