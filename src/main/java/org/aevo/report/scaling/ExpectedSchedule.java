package org.aevo.report.scaling;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What {@link ListSchedule} is expected to be when the durations of a generation are drawn, with replacement, from
 * measured ones.
 */
final class ExpectedSchedule {
    private static final int DRAWS = 400_000;
    private static final int FEWEST = 100;
    private static final int MOST = 5_000;

    private ExpectedSchedule() {}

    /**
     * The expected makespan and work of {@code size} candidates. With a worker for each, the makespan is the expected
     * maximum of that many draws, exactly; else the mean of seeded simulations.
     *
     * @param measured at least one duration
     */
    static ListSchedule of(double[] measured, int size, int workers, long seed) {
        double[] sorted = measured.clone();
        Arrays.sort(sorted);
        double mean = Arrays.stream(sorted).average().orElseThrow();
        if (size <= workers) {
            return new ListSchedule(expectedMaximum(sorted, size), size * mean, workers);
        }
        SplittableRandom random = new SplittableRandom(seed);
        int repeats = Math.min(MOST, Math.max(FEWEST, DRAWS / size));
        double makespan = 0;
        double work = 0;
        double[] drawn = new double[size];
        for (int repeat = 0; repeat < repeats; repeat++) {
            Arrays.setAll(drawn, i -> sorted[random.nextInt(sorted.length)]);
            ListSchedule schedule = ListSchedule.of(drawn, workers);
            makespan += schedule.makespan();
            work += schedule.work();
        }
        return new ListSchedule(makespan / repeats, work / repeats, workers);
    }

    /** The mean of the largest of n draws: the i-th of m sorted values is it with probability (i/m)^n - ((i-1)/m)^n. */
    static double expectedMaximum(double[] sorted, int n) {
        double expected = 0;
        double before = 0;
        for (int i = 0; i < sorted.length; i++) {
            double until = Math.pow((i + 1.0) / sorted.length, n);
            expected += sorted[i] * (until - before);
            before = until;
        }
        return expected;
    }
}
