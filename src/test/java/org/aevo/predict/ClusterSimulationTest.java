package org.aevo.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aevo.genome.GenomeText;
import org.aevo.record.Accounting;
import org.aevo.record.Entry;
import org.aevo.record.RunHistory;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Mode;
import org.aevo.search.SendingOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSimulationTest {
    /** Any scenario at all: the same times entered in a journal are accounted the same by the one accounting module. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void timeIsAccountedAsThatOfARealRun(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Mode mode = Mode.values()[random.nextInt(2)];
        int workers = 1 + random.nextInt(12);
        double late = random.nextInt(2) * 3.0;
        Scenario scenario = Scenario.of(mode, workers, 20 + random.nextInt(80), seed, Draw.ALL)
                .withPrefetch(random.nextInt(4))
                .withOrder(SendingOrder.values()[(int) (seed % 2)])
                .withStart(w -> w == 5 ? Double.POSITIVE_INFINITY : late * w / workers);
        Workload workload = new Workload(
                samples(Searches.logNormal(50, 1, 0.8)),
                new double[] {0.01, 0.02, 0.3},
                new MasterModel(0.02, 0.01, 0.015));
        ClusterSimulation simulation = new ClusterSimulation(
                workload, scenario, Searches.population(2 + random.nextInt(20)).apply(scenario), () -> {});
        Schedule schedule = simulation.run();
        Schedule.Breakdown breakdown = schedule.breakdown();
        Accounting own = breakdown.accounting();
        Accounting theirs = Accounting.of(history(schedule)).orElseThrow();
        double[] expected = parts(theirs);
        double[] actual = parts(own);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], 1e-9 * theirs.capacity(), scenario + ", part " + i);
        }
        assertEquals(workers * own.wallSeconds(), own.capacity(), 1e-9 * own.capacity());
        assertTrue(own.barrier() >= 0 && own.barrier() <= own.waiting() + 1e-9);
        assertTrue(mode == Mode.SYNC || own.barrier() == 0);
    }

    /** Durations that spread by half their mean, known exactly: the promise of sending the longest first. */
    @Test
    void theLongestFirstWaitLessAtBarriers() {
        Workload workload = Workload.of(Searches.logNormal(2000, 1, 0.5), MasterModel.INSTANT);
        Scenario birth = Searches.scenario(Mode.SYNC, 64, 2560);
        double[] utilisation = Stream.of(birth, birth.withOrder(SendingOrder.LONGEST))
                .mapToDouble(scenario -> new ClusterSimulation(
                                workload, scenario, Searches.population(256).apply(scenario), () -> {})
                        .run()
                        .breakdown()
                        .accounting()
                        .utilisation())
                .toArray();
        assertTrue(utilisation[0] < 0.75 && utilisation[1] > 0.85, Arrays.toString(utilisation));
    }

    private static double[] parts(Accounting a) {
        return new double[] {
            a.from(),
            a.to(),
            a.evaluations(),
            a.busy(),
            a.starting(),
            a.waiting(),
            a.draining(),
            a.lost(),
            a.utilisation()
        };
    }

    private static List<Workload.Sample> samples(double[] seconds) {
        List<Workload.Sample> samples = new ArrayList<>();
        for (int id = 0; id < seconds.length; id++) {
            boolean failed = id % 7 == 3;
            samples.add(new Workload.Sample(
                    id,
                    seconds[id],
                    failed ? EvaluationStatus.DIVERGED : EvaluationStatus.OK,
                    failed ? Double.NaN : seconds[id]));
        }
        return samples;
    }

    private static RunHistory history(Schedule schedule) {
        List<Entry> entries = new ArrayList<>();
        for (int w = 0; w < schedule.workers(); w++) {
            if (schedule.joined(w) < Double.POSITIVE_INFINITY) {
                entries.add(new Entry.WorkerJoined(w, w + 1, "host", "cpu", 100 + w, 0.1, schedule.joined(w)));
            }
        }
        double[] asked = new double[schedule.size()];
        double before = Double.POSITIVE_INFINITY;
        for (int id = schedule.size() - 1; id >= 0; id--) {
            // what was taken back and sent again was asked before those of later ids were
            before = Math.min(before, schedule.dispatched(id));
            asked[id] = before;
        }
        for (int id = 0; id < schedule.size(); id++) {
            Candidate candidate = new Candidate(
                    id,
                    0,
                    -1,
                    -1,
                    "random",
                    GenomeText.parse("dense(4,relu) | latent(2) | upsampling | adam(lr0.01,batch32)"));
            entries.add(new Entry.Asked(candidate, asked[id]));
            entries.add(new Entry.Dispatched(id, 1, schedule.worker(id), schedule.dispatched(id)));
            Evaluation evaluation =
                    Evaluation.failed(id, EvaluationStatus.FAILED, new Durations(0, schedule.busy(id), 0), "no matter");
            entries.add(new Entry.Arrived(evaluation, 1, schedule.worker(id), 0, schedule.arrived(id)));
        }
        entries.sort(Comparator.comparingDouble(Entry::time));
        RunHistory history = new RunHistory();
        history.apply(new Entry.RunStarted(
                "p",
                "async",
                "genetic",
                1,
                Instant.EPOCH,
                "",
                "",
                "",
                "",
                "",
                Map.of(),
                Map.of(),
                true,
                schedule.workers()));
        entries.forEach(history::apply);
        history.apply(new Entry.RunEnded(schedule.lastArrival(), true, ""));
        return history;
    }

    @Test
    void theSameScenarioIsPredictedTheSame() {
        Predictor predictor = new Predictor(
                Workload.of(Searches.logNormal(100, 1, 0.5), new MasterModel(0.001, 0.001, 0.001)),
                Searches.population(8));
        List<Scenario> scenarios = new ArrayList<>();
        for (int workers = 1; workers <= 16; workers *= 2) {
            scenarios.add(Searches.scenario(Mode.SYNC, workers, 100));
            scenarios.add(Searches.scenario(Mode.ASYNC, workers, 100));
        }
        List<Prediction> all = predictor.predict(scenarios);
        assertEquals(scenarios.stream().map(predictor::predict).toList(), all);
        assertEquals(2 * 1000, predictor.done());
        double busy = all.get(0).accounting().busy();
        all.forEach(p -> assertEquals(busy, p.accounting().busy(), 1e-6, "the same work for any number of workers"));
        Scenario other = Scenario.of(Mode.SYNC, 4, 100, 2, Draw.ALL);
        assertTrue(Math.abs(predictor.predict(other).accounting().busy() - busy) > 1e-3);
    }

    @Test
    void aBarrierIsTheSynchronousSearchesAlone() {
        Predictor predictor = new Predictor(
                Workload.of(Searches.logNormal(300, 1, 0.5), MasterModel.INSTANT), Searches.population(16));
        Prediction sync = predictor.predict(Searches.scenario(Mode.SYNC, 16, 320));
        Prediction async = predictor.predict(Searches.scenario(Mode.ASYNC, 16, 320));
        assertTrue(sync.barrier() > 0.3, "" + sync.barrier());
        assertEquals(0, async.barrier());
        assertTrue(async.utilisation() > 0.9, "" + async.utilisation());
        Prediction random = new Predictor(
                        Workload.of(Searches.logNormal(300, 1, 0.5), MasterModel.INSTANT), Searches.random())
                .predict(Searches.scenario(Mode.SYNC, 16, 320));
        assertEquals(0, random.barrier(), "random search never waits");
    }

    @Test
    void workersThatComeLateCountAsStarting() {
        Scenario scenario = Searches.scenario(Mode.ASYNC, 2, 5).withStart(w -> 10 + 2.0 * w);
        Prediction p = new Predictor(Workload.of(Searches.constant(1, 1), MasterModel.INSTANT), Searches.random())
                .predict(scenario);
        // one does 0, 1 and then 2, the other 3 and 4 from second 12 on
        assertEquals(4, p.wallSeconds(), 1e-9);
        assertEquals(2 / 8.0, p.starting(), 1e-9);
        Scenario nobody = Searches.scenario(Mode.ASYNC, 2, 5).withStart(w -> Double.POSITIVE_INFINITY);
        Predictor predictor =
                new Predictor(Workload.of(Searches.constant(1, 1), MasterModel.INSTANT), Searches.random());
        assertThrows(IllegalArgumentException.class, () -> predictor.predict(nobody));
    }

    /** To the bit as release 0.6.0 predicted, whose simulation had a copy of the master's loop of its own. */
    @ParameterizedTest
    @CsvSource({
        "SYNC, 1, 203.54, 0.9242655006386952, 0.0, 4.439999999999811",
        "SYNC, 5, 49.01187500000001, 0.7676711001160431, 0.12231984595569909, 4.400000000000213",
        "SYNC, 16, 24.67187499999999, 0.4765674477517417, 0.3301409119696009, 4.439999999999953",
        "SYNC, 200, 24.67187499999999, 0.03812539582013931, 0.7112991766941099, 4.439999999999953",
        "ASYNC, 1, 203.58499999999952, 0.9240612029373502, 0.0, 4.499999999999327",
        "ASYNC, 5, 41.28250000000002, 0.9114031369224244, 0.0, 4.480000000000159",
        "ASYNC, 16, 14.059999999999999, 0.8362597795163585, 0.0, 4.440000000000023",
        "ASYNC, 200, 5.512499999999991, 0.17063492063492083, 0.0, 3.799999999999973"
    })
    void whatIsNotSentAheadIsPredictedAsEver(
            Mode mode, int workers, double wall, double utilisation, double barrier, double master) {
        List<Workload.Sample> samples = IntStream.range(0, 50)
                .mapToObj(i -> new Workload.Sample(i, 0.25 + i * 37 % 50 / 16.0, EvaluationStatus.OK, i))
                .toList();
        Workload workload = new Workload(samples, new double[] {0.01, 0.02, 0.3}, new MasterModel(0.02, 0.01, 0.015));
        Prediction p = new Predictor(workload, Searches.population(16))
                .predict(Searches.scenario(mode, workers, 100).withStart(w -> w / 64.0));
        assertEquals(wall, p.wallSeconds());
        assertEquals(utilisation, p.utilisation());
        assertEquals(barrier, p.barrier());
        assertEquals(master, p.masterSeconds());
    }

    /** Two workers with one candidate each in advance. */
    private static Prediction ahead(Mode mode, int population, double latency, double... seconds) {
        List<Workload.Sample> samples = IntStream.range(0, seconds.length)
                .mapToObj(i -> new Workload.Sample(i, seconds[i], EvaluationStatus.OK, i))
                .toList();
        Scenario scenario = Scenario.of(mode, 2, seconds.length, 1, Draw.SAME).withPrefetch(1);
        return new Predictor(
                        new Workload(samples, new double[] {latency}, MasterModel.INSTANT),
                        Searches.population(population))
                .predict(scenario);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void whatWaitsBehindALongEvaluationIsTakenBackForAnIdleWorker(Mode mode) {
        // 2 waits behind 0; the other worker is idle at 2, does it, and is idle again at 3
        Prediction p = ahead(mode, 4, 0, 10, 1, 1, 1);
        assertEquals(10, p.wallSeconds(), 1e-12);
        assertEquals(7 / 20.0, p.draining(), 1e-12);
        assertEquals(0, p.dispatch() + p.barrier(), 1e-12);
        // idle at 2.5, asks then, has it back at 3, sends it: it is done at 4.25 and heard of at 4.5
        Prediction late = ahead(mode, 4, 0.5, 10, 1, 1, 1);
        assertEquals(10.5, late.wallSeconds(), 1e-12);
        assertEquals(
                6.5, late.draining() * 21, 1e-12); // the last message is on its way when there is nothing more to send
        assertEquals(13, late.utilisation() * 21, 1e-12);
    }

    @Test
    void whoGaveOneBackIsFreeAsSoonAsIfItHadNotHadIt() {
        // the first generation of four ends with 0, whatever was behind it; the second takes two rounds
        assertEquals(12, ahead(Mode.SYNC, 4, 0, 10, 1, 1, 1, 1, 1, 1, 1).wallSeconds(), 1e-12);
    }

    @Test
    void whatIsBegunByThenStaysWhereItIs() {
        // 1 is heard of at 1.4, 2 is begun at 1.25, and asked for from 1.65 on
        Prediction p = ahead(Mode.ASYNC, 4, 0.5, 1, 0.9, 5);
        assertEquals(6.5, p.wallSeconds(), 1e-12);
        // heard of at 1.1, asked back in time, sent at 1.6
        Prediction other = ahead(Mode.ASYNC, 4, 0.5, 1.2, 0.6, 5);
        assertEquals(1.6 + 0.5 + 5, other.wallSeconds(), 1e-12);
    }

    @Test
    void manyWorkersAndEvaluationsTakeSeconds() {
        Workload workload = Workload.of(Searches.logNormal(300, 3, 0.5), new MasterModel(0.0005, 0.0001, 0.0001));
        Predictor predictor = new Predictor(workload, Searches.population(64));
        Prediction p = predictor.predict(Searches.scenario(Mode.ASYNC, 4096, 10_000));
        assertEquals(10_000, p.accounting().evaluations());
        // 4096 workers cannot have more than the master sends
        assertTrue(p.evaluationsPerHour() / 3600 < workload.master().limit());
    }
}
