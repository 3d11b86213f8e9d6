package org.aevo.report.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aevo.genome.GenomeText;
import org.aevo.record.Entry;
import org.aevo.record.WrittenRun;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Score;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayoffTest {
    @TempDir
    Path folder;

    private final List<Entry> entries = new ArrayList<>();
    private double now = 1;

    private void add(long id, long a, long b, String operator, double fitness) {
        entries.add(new Entry.Asked(
                new Candidate(
                        id,
                        0,
                        a,
                        b,
                        operator,
                        GenomeText.parse(
                                "dense(" + (id + 1) + ",relu) | latent(2) | upsampling | adam(lr0.001,batch32)")),
                now));
        entries.add(new Entry.Dispatched(id, 1, 0, now));
        now++;
        Durations durations = new Durations(0, 0.5, 0);
        Evaluation evaluation = Double.isNaN(fitness)
                ? Evaluation.failed(id, EvaluationStatus.DIVERGED, durations, "")
                : new Evaluation(
                        id,
                        EvaluationStatus.OK,
                        new Score(fitness, fitness, fitness),
                        new Effort(durations, 1, 1, 1),
                        List.of(),
                        "");
        entries.add(new Entry.Arrived(evaluation, 1, 0, 0, now));
    }

    @Test
    void childrenAreComparedWithTheirBetterParent() throws Exception {
        entries.add(new Entry.RunStarted(
                "r", "async", "genetic", 1, Instant.EPOCH, "aevo", "", "", "", "17", Map.of(), Map.of(), true, 1));
        entries.add(new Entry.WorkerJoined(0, 1, "h", "cpu", 1, 0, 0.5));
        add(0, -1, -1, "random", 0.4);
        add(1, -1, -1, "random", 0.2);
        add(2, 0, 1, "crossover", 0.3);
        add(3, 0, 1, "crossover+add-gene", 0.1);
        add(4, 0, -1, "add-gene", 0.5);
        add(5, 3, -1, "add-gene", Double.NaN);
        add(6, 5, -1, "add-gene", 0.05);
        List<Payoff> payoffs = Payoff.of(new Evaluated(WrittenRun.write(folder, entries)));

        assertEquals(
                List.of("add-gene", "crossover", "random"),
                payoffs.stream().map(Payoff::operator).toList());
        Payoff add = payoffs.get(0);
        assertEquals(4, add.made());
        assertEquals(2, add.compared(), "neither a child that failed nor one whose parent did");
        assertEquals(1, add.improved());
        assertEquals((0.1 / 0.2 + 0.5 / 0.4) / 2 - 1, add.medianChange(), 1e-9);
        assertEquals(2, add.bests());
        Payoff crossover = payoffs.get(1);
        assertEquals(0.5, crossover.share());
        assertEquals((0.3 / 0.2 + 0.1 / 0.2) / 2 - 1, crossover.medianChange(), 1e-9);
        Payoff random = payoffs.get(2);
        assertEquals(2, random.bests());
        assertTrue(random.compared() == 0 && Double.isNaN(random.share()) && Double.isNaN(random.medianChange()));
    }
}
