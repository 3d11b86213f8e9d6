package org.aevo.cli;

import java.util.OptionalDouble;
import org.aevo.search.Budget;

/**
 * How far a run is and when it will end, if its present master goes on as it has done since its first dispatch.
 *
 * @param perHour evaluations; NaN before the first
 * @param fraction of its budget that is spent, 0 to 1; NaN if there is no telling
 * @param secondsLeft until it ends; NaN if there is no telling
 */
record Outlook(double perHour, double fraction, double secondsLeft) {

    /**
     * @param now seconds since the run's start
     * @param evaluated of all sessions
     */
    static Outlook of(Budget budget, LiveRun run, int evaluated, double now) {
        double seconds = now - run.firstDispatch();
        double perHour = run.arrivals() > 0 && seconds > 0 ? run.arrivals() / seconds * 3600 : Double.NaN;
        double byTime = budget.wallSeconds().isPresent()
                ? Math.min(1, now / budget.wallSeconds().getAsDouble())
                : Double.NaN;
        double timeLeft = budget.wallSeconds().isPresent()
                ? Math.max(0, budget.wallSeconds().getAsDouble() - now)
                : Double.NaN;
        if (budget.evaluations().isEmpty()) {
            return new Outlook(perHour, byTime, timeLeft);
        }
        long total = budget.evaluations().getAsLong();
        double byCount = Math.min(1, (double) evaluated / total);
        // those that are out count as far as they are: with many workers the first arrivals would mislead
        double credit = Math.min(run.credit(now), Math.max(0, total - evaluated));
        double done = run.arrivals() + credit;
        double countLeft = evaluated >= total
                ? 0
                : run.arrivals() > 0 && seconds > 0 ? (total - evaluated - credit) * seconds / done : Double.NaN;
        return new Outlook(perHour, max(byTime, byCount), min(timeLeft, countLeft));
    }

    private static double max(double a, double b) {
        return Double.isNaN(a) ? b : Math.max(a, b);
    }

    private static double min(double a, double b) {
        return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b);
    }

    OptionalDouble left() {
        return Double.isNaN(secondsLeft) ? OptionalDouble.empty() : OptionalDouble.of(secondsLeft);
    }
}
