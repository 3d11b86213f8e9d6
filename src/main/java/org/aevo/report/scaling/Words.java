package org.aevo.report.scaling;

import java.util.List;
import java.util.Locale;

/** Numbers in sentences. */
final class Words {
    private Words() {}

    static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e6
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.3g", value);
    }

    /** {@code 3.71 (3.60 to 3.90)}; without a range where there is only one value. */
    static String spread(Spread spread) {
        return spread.n() < 2
                ? number(spread.median())
                : "%s (%s to %s)".formatted(number(spread.median()), number(spread.min()), number(spread.max()));
    }

    /** What is to be said about the repeats behind medians and ranges. */
    static String repeats(List<Experiment> experiments) {
        int fewest = Integer.MAX_VALUE;
        int most = 0;
        for (Experiment experiment : experiments) {
            for (String mode : experiment.modes()) {
                for (int workers : experiment.workerCounts(mode)) {
                    int runs = experiment.timed(mode, workers).size();
                    fewest = Math.min(fewest, runs);
                    most = Math.max(most, runs);
                }
            }
        }
        if (most <= 1) {
            return "There is one run of each kind: no spread can be shown, and small differences mean nothing.";
        }
        return "Points are medians of %s repeats, bars and bands go from the smallest to the largest of them."
                .formatted(fewest == most ? most : fewest + " to " + most);
    }
}
