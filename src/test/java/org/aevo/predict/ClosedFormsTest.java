package org.aevo.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation against what can be worked out. */
class ClosedFormsTest {
    private static final double EXACT = 1e-9;

    private static Prediction predict(double[] seconds, MasterModel master, int population, Scenario scenario) {
        return new Predictor(Workload.of(seconds, master), Searches.population(population)).predict(scenario);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void oneWorkerTakesTheSumOfTheDurations(Mode mode) {
        double[] seconds = Searches.logNormal(200, 2, 1);
        Scenario same = Scenario.of(mode, 1, 200, 1, Draw.SAME);
        Prediction p = predict(seconds, MasterModel.INSTANT, 20, same);
        assertEquals(Arrays.stream(seconds).sum(), p.wallSeconds(), EXACT);
        assertEquals(1, p.utilisation(), EXACT);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 50", "8, 8, 1, 20", "8, 8, 3, 1", "7, 21, 10, 4", "64, 64, 2, 10"})
    void constantDurationsInWholeRoundsWasteNothing(int workers, int population, double seconds, int rounds) {
        for (Mode mode : Mode.values()) {
            Prediction p = predict(
                    Searches.constant(1, seconds),
                    MasterModel.INSTANT,
                    Math.max(2, population),
                    Searches.scenario(mode, workers, (long) population * rounds));
            assertEquals(1, p.utilisation(), EXACT);
            assertEquals((double) population / workers * rounds * seconds, p.wallSeconds(), EXACT);
        }
    }

    @Test
    void oneEvaluationTooManyLetsTheOthersDrain() {
        Prediction p =
                predict(Searches.constant(1, 2), MasterModel.INSTANT, 8, Searches.scenario(Mode.ASYNC, 8, 8 * 5 + 1));
        assertEquals(12, p.wallSeconds(), EXACT);
        assertEquals(7 * 2 / (8 * 12.0), p.draining(), EXACT);
        assertEquals(41 * 2 / (8 * 12.0), p.utilisation(), EXACT);
    }

    /** mean / E[max]: the longest of n exponential durations takes H_n times the mean (Renyi 1953). */
    @ParameterizedTest
    @CsvSource({"2, 3000", "8, 1500", "64, 400"})
    void aGenerationOfExponentialDurationsWaitsForTheHarmonicNumber(int workers, int generations) {
        double[] quantiles = new double[40_000];
        Arrays.setAll(quantiles, i -> -Math.log((i + 0.5) / quantiles.length));
        double harmonic = 0;
        for (int i = 1; i <= workers; i++) {
            harmonic += 1.0 / i;
        }
        barrier(quantiles, workers, generations, 1 / harmonic);
    }

    @ParameterizedTest
    @CsvSource({"4, 0.25, 2000", "16, 0.5, 1000", "16, 1, 1500", "64, 0.5, 300"})
    void aGenerationOfLogNormalDurationsWaitsForTheExpectedMaximum(int workers, double cv, int generations) {
        double[] quantiles = new double[40_000];
        double sigma = Math.sqrt(Math.log1p(cv * cv));
        Arrays.setAll(
                quantiles, i -> Math.exp(sigma * normalQuantile((i + 0.5) / quantiles.length) - sigma * sigma / 2));
        barrier(quantiles, workers, generations, 1 / expectedLogNormalMaximum(workers, sigma));
    }

    private static void barrier(double[] seconds, int workers, int generations, double utilisation) {
        double mean = Arrays.stream(seconds).average().orElseThrow();
        assertEquals(utilisation, mean / ExpectedMaximum.of(seconds, workers), 0.002 * utilisation);
        Prediction p = predict(
                seconds,
                MasterModel.INSTANT,
                workers,
                Searches.scenario(Mode.SYNC, workers, (long) workers * generations));
        assertEquals(utilisation, p.utilisation(), 0.02 * utilisation);
        // the last generation drains, all others wait at the barrier
        assertEquals(1 - p.utilisation(), p.barrier() + p.draining(), EXACT);
        assertEquals(0, p.dispatch(), EXACT);
        assertTrue(p.draining() < 5.0 / generations, "drains " + p.draining());
    }

    /** Trapezoids over the normal variable: the integral of 1 - F(x)^n, by parts. */
    private static double expectedLogNormalMaximum(int n, double sigma) {
        double sum = 0;
        double step = 1e-3;
        for (double z = -9; z < 9; z += step) {
            double density = n * Math.pow(phi(z), n - 1) * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
            sum += density * Math.exp(sigma * z - sigma * sigma / 2) * step;
        }
        return sum;
    }

    /** The normal distribution function, by Simpson's rule from 0. */
    private static double phi(double z) {
        int pieces = 200;
        double h = z / pieces;
        double sum = 0;
        for (int i = 0; i <= pieces; i++) {
            double x = i * h;
            double weight = i == 0 || i == pieces ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * Math.exp(-x * x / 2);
        }
        return 0.5 + sum * h / 3 / Math.sqrt(2 * Math.PI);
    }

    private static double normalQuantile(double p) {
        double low = -9;
        double high = 9;
        while (high - low > 1e-9) {
            double middle = (low + high) / 2;
            if (phi(middle) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aSaturatedMasterDoesNoMoreThanItsLimit(Mode mode) {
        MasterModel master = new MasterModel(0, 0.001, 0.0005);
        assertEquals(1 / 0.0015, master.limit(), EXACT);
        assertEquals(100, master.knee(0.15), EXACT);
        Prediction p = predict(Searches.constant(1, 0.15), master, 512, Searches.scenario(mode, 256, 5120));
        double rate = p.evaluationsPerHour() / 3600;
        assertTrue(
                rate <= master.limit() * 1.02 && rate > master.limit() * (mode == Mode.ASYNC ? 0.97 : 0.9), "" + rate);
        assertTrue(p.masterLoad() > 0.9 && p.masterLoad() <= 1, "" + p.masterLoad());
    }

    /** Below the knee each has a round of its own; above it all wait for the master: the bounds of a closed queue. */
    @ParameterizedTest
    @CsvSource({"1", "10", "50", "101", "102", "200", "400"})
    void aClosedQueueWithConstantTimesIsAtItsBounds(int workers) {
        double service = 0.01;
        double work = 1;
        MasterModel master = new MasterModel(0, service, 0);
        long evaluations = workers * 40L;
        Prediction p =
                predict(Searches.constant(1, work), master, 20, Searches.scenario(Mode.ASYNC, workers, evaluations));
        double bound = Math.min(workers / (work + service), 1 / service);
        assertEquals(bound, p.evaluationsPerHour() / 3600, 0.04 * bound);
    }

    @Test
    void messagesAndCommitsComeOnTopOfTheWork() {
        double[] latency = {0.25};
        Workload workload = new Workload(
                List.of(new Workload.Sample(0, 2, EvaluationStatus.OK, 1)), latency, new MasterModel(0.125, 0, 0));
        Prediction p = new Predictor(workload, Searches.random()).predict(Searches.scenario(Mode.ASYNC, 1, 10));
        // the last commit is after the last arrival
        assertEquals(10 * 2.25 + 9 * 0.125, p.wallSeconds(), EXACT);
        assertEquals(20 / p.wallSeconds(), p.utilisation(), EXACT);
        // the last message is on its way when there is nothing more to send
        assertEquals(0.25 / p.wallSeconds(), p.draining(), EXACT);
        assertEquals((9 * 0.25 + 9 * 0.125) / p.wallSeconds(), p.dispatch(), EXACT);
        Prediction ahead = new Predictor(workload, Searches.random())
                .predict(Searches.scenario(Mode.ASYNC, 1, 10).withPrefetch(1));
        assertEquals(20.25, ahead.wallSeconds(), EXACT);
    }
}
