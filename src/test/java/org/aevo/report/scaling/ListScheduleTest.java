package org.aevo.report.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ListScheduleTest {
    private static final double EPSILON = 1e-12;

    /** Two workers: 3 and 1; the second takes 2 at time 1; both are free at 3, one takes 4 and the other waits. */
    @Test
    void eachGoesToTheWorkerThatIsFreeFirst() {
        ListSchedule schedule = ListSchedule.of(new double[] {3, 1, 2, 4}, 2);
        assertEquals(7, schedule.makespan(), EPSILON);
        assertEquals(10, schedule.work(), EPSILON);
        assertEquals(4, schedule.idle(), EPSILON);
    }

    @Test
    void oneWorkerNeverWaitsAndSparesWaitAllTheTime() {
        assertEquals(0, ListSchedule.of(new double[] {0.3, 0.1, 0.2}, 1).idle(), EPSILON);
        assertEquals(3 * 5 - 7, ListSchedule.of(new double[] {5, 2}, 3).idle(), EPSILON);
        assertEquals(0, ListSchedule.of(new double[0], 3).idle(), EPSILON);
    }

    @Test
    void equalDurationsLoseNothingIfTheyDivide() {
        double[] equal = new double[24];
        Arrays.fill(equal, 0.5);
        assertEquals(0, ListSchedule.of(equal, 8).idle(), EPSILON);
        assertEquals(0, ExpectedSchedule.of(equal, 24, 8, 1).idle(), 1e-9);
        assertEquals(5 * 2.5 - 12, ListSchedule.of(equal, 5).idle(), EPSILON);
    }

    /** Of n exponential durations the longest is expected to take H_n times the mean. */
    @Test
    void theExpectedMaximumOfExponentialDurationsIsHarmonic() {
        int m = 200_000;
        double[] exponential = new double[m];
        Arrays.setAll(exponential, i -> -Math.log1p(-(i + 0.5) / m));
        for (int n : new int[] {1, 2, 4, 16, 64}) {
            double harmonic = 0;
            for (int k = 1; k <= n; k++) {
                harmonic += 1.0 / k;
            }
            assertEquals(harmonic, ExpectedSchedule.expectedMaximum(exponential, n), 1e-3 * harmonic);
            ListSchedule expected = ExpectedSchedule.of(exponential, n, n, 1);
            assertEquals(1 - 1 / harmonic, expected.idle() / (expected.idle() + expected.work()), 1e-3, n + " workers");
        }
    }

    @Test
    void theExpectedMaximumOfFewValuesIsThatOfAllTheirDraws() {
        double[] sorted = {1, 2, 5};
        // of nine pairs one has maximum 1, three have 2, five have 5
        assertEquals((1 + 3 * 2 + 5 * 5) / 9.0, ExpectedSchedule.expectedMaximum(sorted, 2), EPSILON);
    }

    /** Where the maximum is known exactly, simulating the draws agrees with it. */
    @Test
    void simulatedDrawsAgreeWithTheExactExpectation() {
        double[] durations = new Random(5).doubles(500, 0.5, 3).toArray();
        Arrays.sort(durations);
        double exact = ExpectedSchedule.expectedMaximum(durations, 8);
        double mean = Arrays.stream(durations).average().orElseThrow();
        Random random = new Random(6);
        double sum = 0;
        int repeats = 20_000;
        for (int i = 0; i < repeats; i++) {
            double max = 0;
            for (int k = 0; k < 8; k++) {
                max = Math.max(max, durations[random.nextInt(durations.length)]);
            }
            sum += max;
        }
        assertEquals(exact, sum / repeats, 0.01);
        // list scheduling cannot beat an even share of the work, nor take longer than that and one more (Graham)
        ListSchedule expected = ExpectedSchedule.of(durations, 20, 8, 3);
        assertEquals(20 * mean, expected.work(), 0.3);
        assertTrue(expected.makespan() > expected.work() / 8);
        assertTrue(expected.makespan() < expected.work() / 8 + 3);
        assertEquals(expected, ExpectedSchedule.of(durations, 20, 8, 3), "seeded");
    }
}
