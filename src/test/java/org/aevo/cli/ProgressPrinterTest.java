package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.aevo.genome.GenomeText;
import org.aevo.master.RunListener.Status;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Score;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressPrinterTest {
    private static final String GENOME = "dense(%d,relu) | latent(4) | upsampling | adam(lr0.001,batch32)";

    @TempDir
    private Path folder;

    private static Status at(double seconds, long evaluations) {
        return new Status(seconds, evaluations, 1, 1, 0.5);
    }

    private static void evaluated(ProgressPrinter printer, long id, Status status, boolean improved) {
        Candidate candidate = new Candidate(id, 0, -1, -1, "random", GenomeText.parse(GENOME.formatted(8 + id)));
        printer.evaluated(
                candidate,
                new Evaluation(
                        id,
                        EvaluationStatus.OK,
                        new Score(0.5, 0.5, 0.5),
                        new Effort(Durations.ZERO, 1, 1, 1),
                        List.of(),
                        ""),
                status,
                improved);
    }

    /** Of the best, in lines and in the log; also of what was the best before this master began. */
    @Test
    void accuracyOfClassifiersIsSaid() throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream err = System.err;
        Path file = folder.resolve("run.log");
        try (RunLog log = new RunLog(file)) {
            System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
            ProgressPrinter printer = new ProgressPrinter(log, OptionalLong.of(9), false, 80);
            printer.best(HandMadeRun.classified(0, 0.25, 0.5, 0.5));
            printer.tick(at(1, 1));
            Candidate candidate = new Candidate(1, 0, -1, -1, "random", GenomeText.parse(GENOME.formatted(8)));
            printer.evaluated(candidate, HandMadeRun.classified(1, 0.875, 0.375, 0.125), at(20, 2), true);
            printer.tick(at(21, 2));
            printer.evaluated(candidate, HandMadeRun.classified(2, 0.625, 0.5, 0.375), at(40, 3), false);
            printer.tick(at(41, 3));
        } finally {
            System.setErr(err);
        }
        List<String> lines = said.toString(StandardCharsets.UTF_8).lines().toList();
        assertTrue(lines.get(0).contains("best 0.5000, accuracy 0.2500"), lines.get(0));
        assertFalse(lines.get(0).contains("cross-entropy"), "which the fitness is");
        assertTrue(lines.get(1).contains("accuracy 0.8750, cross-entropy 0.3750"), lines.get(1));
        assertTrue(lines.get(2).contains("accuracy 0.8750, cross-entropy 0.3750"), "still the best: " + lines.get(2));
        String log = Files.readString(file);
        assertTrue(log.contains("fitness 0.3750, accuracy 0.6250, cross-entropy 0.5000 in"), log);
    }

    /** Where lines stay, a network is worth its space once. */
    @Test
    void redirectedLinesNameTheBestWhenItIsAnother() throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream err = System.err;
        try (RunLog log = new RunLog(folder.resolve("run.log"))) {
            System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
            ProgressPrinter printer = new ProgressPrinter(log, OptionalLong.of(9), false, 80);
            for (int i = 0; i < 4; i++) {
                evaluated(printer, i, at(10 * i, i + 1), i == 0 || i == 2);
                printer.tick(at(10 * i + 1, i + 1));
            }
        } finally {
            System.setErr(err);
        }
        List<String> lines = said.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(4, lines.size(), lines.toString());
        assertTrue(lines.get(0).endsWith(GENOME.formatted(8)), lines.get(0));
        assertFalse(lines.get(1).contains("dense"), lines.get(1));
        assertTrue(lines.get(2).endsWith(GENOME.formatted(10)), lines.get(2));
        assertFalse(lines.get(3).contains("dense"), lines.get(3));
    }
}
