package org.aevo.predict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.aevo.genome.GenomeText;
import org.aevo.record.Entry;
import org.aevo.record.RunHistory;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    private static final double EXACT = 1e-12;

    private static RunHistory history(Entry... entries) {
        RunHistory history = new RunHistory();
        history.apply(new Entry.RunStarted(
                "w", "async", "genetic", 1, Instant.EPOCH, "", "", "", "", "", Map.of(), Map.of(), false, 2));
        for (int worker = 0; worker < 2; worker++) {
            history.apply(new Entry.WorkerJoined(worker, worker + 1, "host", "cpu", 7 + worker, 0.1, 0));
        }
        Arrays.stream(entries).forEach(history::apply);
        return history;
    }

    private static void sent(RunHistory history, long id, long worker, double time) {
        history.apply(new Entry.Asked(
                new Candidate(
                        id,
                        0,
                        Candidate.NONE,
                        Candidate.NONE,
                        "random",
                        GenomeText.parse("dense(4,relu) | latent(2) | upsampling | adam(lr0.01,batch32)")),
                time));
        history.apply(new Entry.Dispatched(id, 1, worker, time));
    }

    private static void back(RunHistory history, long id, double seconds, EvaluationStatus status, double time) {
        Evaluation evaluation =
                Evaluation.failed(id, status, new Durations(seconds / 2, seconds / 4, seconds / 4), "x");
        history.apply(new Entry.Arrived(evaluation, 1, 0, 0, time));
    }

    @Test
    void latencyIsWhatADispatchTookBeyondTheWork() {
        RunHistory history = history();
        assertEquals(Optional.empty(), Workload.of(history));
        sent(history, 0, 0, 1);
        back(history, 0, 2, EvaluationStatus.DIVERGED, 4);
        assertEquals(1, Workload.of(history).orElseThrow().meanLatency(), EXACT, "better than none: a worker's first");
        sent(history, 1, 0, 5);
        sent(history, 2, 0, 5.5);
        back(history, 1, 2, EvaluationStatus.DIVERGED, 7.25);
        // sent while the worker worked: it waited for that
        back(history, 2, 4, EvaluationStatus.DIVERGED, 11.5);
        sent(history, 3, 1, 20);
        history.apply(new Entry.DispatchLost(3, 1, 1, 21, "gone"));
        back(history, 3, 0, EvaluationStatus.WORKER_LOST, 21);
        sent(history, 4, 1, 30);
        Workload workload = Workload.of(history).orElseThrow();
        assertArrayEquals(new double[] {2, 2, 4}, workload.seconds());
        assertEquals(0.25, workload.meanLatency(), EXACT);
        assertEquals(8 / 3.0, workload.meanSeconds(), EXACT);
        assertEquals(Math.sqrt(8 / 9.0) / (8 / 3.0), workload.variation(), EXACT);
        assertEquals(MasterModel.INSTANT, workload.master(), "no costs are recorded yet");
    }

    @Test
    void theMastersCostsAreThoseOfOneEvaluation() {
        MasterModel model =
                MasterModel.of(new Entry.MasterCosts(100, 80, 0, 0, 4, 4, 2, 0, 1, 40, 1.6, 9, 0.003, 0.001, 100));
        assertEquals(new MasterModel(0.04, 0.003, 0.001), model);
        assertEquals(0.004, model.secondsEach(), EXACT);
        assertEquals(250, model.limit(), 1e-9);
        assertEquals(500, model.knee(2), 1e-9);
        double none = Double.NaN;
        assertEquals(
                new MasterModel(2 / 80.0, 1 / 80.0, 8 / 80.0),
                MasterModel.of(new Entry.MasterCosts(100, 80, 0, 0, 4, 4, 2, 0, 1, 0, none, none, none, none, 100)),
                "of a program that measured less");
        assertThrows(IllegalArgumentException.class, () -> new MasterModel(-1, 0, 0));
    }

    @Test
    void durationsThatDriftAreDrawnNearTheirPlace() {
        double[] growing = new double[300];
        Arrays.setAll(growing, i -> 1 + i / 100.0);
        Workload drifting = Workload.of(growing, MasterModel.INSTANT);
        // rank correlation 1
        assertEquals(Math.sqrt(299), drifting.drift(), 1e-9);
        assertEquals(Draw.NEAR, drifting.draw());
        for (long id = 0; id < 1000; id++) {
            long place = drifting.sample(Draw.NEAR, 3, id, 1000).id();
            double middle = Math.max(30, Math.min(270, id * 0.3));
            assertTrue(Math.abs(place - middle) <= 31, place + " for " + id + " of 1000");
        }
        Workload steady = Workload.of(Searches.logNormal(300, 1, 0.5), MasterModel.INSTANT);
        assertTrue(Math.abs(steady.drift()) < 3, "" + steady.drift());
        assertEquals(Draw.ALL, steady.draw());
        assertEquals(
                0, Workload.of(Searches.constant(300, 2), MasterModel.INSTANT).drift());
        assertEquals(
                Draw.ALL,
                Workload.of(Arrays.copyOf(growing, 100), MasterModel.INSTANT).draw(),
                "too few to tell rare ones from drift");
    }

    /** By pandas: Series.rank() of both, numpy.corrcoef of the ranks. */
    @Test
    void tiesShareTheirRank() {
        Workload workload = Workload.of(new double[] {2, 1, 2, 5, 3, 5}, MasterModel.INSTANT);
        assertEquals(0.7944613465542746 * Math.sqrt(5), workload.drift(), 1e-9);
    }

    @Test
    void whatIsDrawnIsTheSameForTheSameSeedAndId() {
        Workload workload = Workload.of(Searches.logNormal(50, 1, 1), MasterModel.INSTANT);
        Set<Long> drawn = new HashSet<>();
        for (long id = 0; id < 500; id++) {
            Workload.Sample sample = workload.sample(Draw.ALL, 9, id, 500);
            assertEquals(sample, workload.sample(Draw.ALL, 9, id, 100_000));
            drawn.add(sample.id());
        }
        assertEquals(50, drawn.size(), "each of 50 is drawn in 500");
    }

    @Test
    void theSameCandidateKeepsItsOwn() {
        List<Workload.Sample> odd = LongStream.range(0, 40)
                .filter(id -> id % 2 == 1)
                .mapToObj(id -> new Workload.Sample(id, id, EvaluationStatus.OK, id))
                .toList();
        Workload workload = new Workload(odd, new double[0], MasterModel.INSTANT);
        for (long id = 0; id < 60; id++) {
            Workload.Sample sample = workload.sample(Draw.SAME, 1, id, 60);
            assertTrue(id % 2 == 0 || id >= 40 || sample.id() == id, sample + " for " + id);
        }
    }
}
