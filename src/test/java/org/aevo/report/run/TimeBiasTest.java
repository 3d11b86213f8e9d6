package org.aevo.report.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

class TimeBiasTest {
    @TempDir
    Path folder;

    private final List<Entry> entries = new ArrayList<>(List.of(
            new Entry.RunStarted(
                    "r", "async", "genetic", 1, Instant.EPOCH, "aevo", "", "", "", "17", Map.of(), Map.of(), true, 1),
            new Entry.WorkerJoined(0, 1, "h", "cpu", 1, 0, 0.5)));

    /** One that is asked, evaluated and told in a second. */
    private void add(long id, long a, long b, double second, double seconds, double fitness) {
        entries.add(new Entry.Asked(
                new Candidate(
                        id,
                        0,
                        a,
                        b,
                        a < 0 ? "random" : "crossover",
                        GenomeText.parse(
                                "dense(" + (id + 1) + ",relu) | latent(2) | upsampling | adam(lr0.001,batch32)")),
                second));
        entries.add(new Entry.Dispatched(id, 1, 0, second));
        Evaluation evaluation = new Evaluation(
                id,
                EvaluationStatus.OK,
                new Score(fitness, fitness, fitness),
                new Effort(new Durations(0, seconds, 0), 1, 1, 1),
                List.of(),
                "");
        entries.add(new Entry.Arrived(evaluation, 1, 0, 0, second + 1));
    }

    @Test
    void slowOnesAreCountedAmongBornToldFittestAndParents() throws Exception {
        // 0 and 5 are the slowest quarter of eight
        double[] seconds = {9, 1, 2, 3, 4, 8, 5, 6};
        double[] fitness = {0.1, 0.2, 0.3, 0.4, 0.5, 0.05, 0.7, 0.8};
        long[][] parents = {{-1, -1}, {-1, -1}, {1, -1}, {1, 2}, {0, 1}, {1, -1}, {5, 0}, {1, 2}};
        for (int i = 0; i < 8; i++) {
            add(i, parents[i][0], parents[i][1], 1 + i, seconds[i], fitness[i]);
        }
        Evaluated evaluated = new Evaluated(WrittenRun.write(folder, entries));
        assertTrue(TimeBias.has(evaluated));

        TimeBias whole = TimeBias.of(evaluated, 1).get(0);
        assertEquals(new TimeBias.Share(8, 2), whole.born());
        assertEquals(new TimeBias.Share(8, 2), whole.told());
        assertEquals(new TimeBias.Share(2, 2), whole.fittest(), "0 and 5");
        assertEquals(new TimeBias.Share(10, 3), whole.parents(), "0 twice and 5 once, of ten");
        assertEquals(List.of(1.0, 9.0), List.of(whole.from(), whole.to()));

        // born at 1..8, told at 2..9; parts are [1, 5) and [5, 9]
        List<TimeBias> halves = TimeBias.of(evaluated, 2);
        assertEquals(new TimeBias.Share(4, 1), halves.get(0).born());
        assertEquals(new TimeBias.Share(3, 1), halves.get(0).told());
        assertEquals(new TimeBias.Share(3, 0), halves.get(0).parents());
        assertEquals(new TimeBias.Share(4, 1), halves.get(1).born());
        assertEquals(new TimeBias.Share(5, 1), halves.get(1).told(), "the last is in the last part");
        assertEquals(new TimeBias.Share(7, 3), halves.get(1).parents());
    }

    @Test
    void withoutParentsThereIsNothingToSay() throws Exception {
        add(0, -1, -1, 1, 2, 0.5);
        add(1, -1, -1, 2, 3, 0.4);
        assertFalse(TimeBias.has(new Evaluated(WrittenRun.write(folder, entries))));
    }
}
