package org.aevo.report.scaling;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.aevo.report.Numbers;
import org.aevo.stat.Spread;

/** Numbers in sentences. */
final class Words {
    private Words() {}

    static String capital(String sentence) {
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }

    /** The names if there are one or two, else how many there are of what. */
    static String few(Set<String> names, String things) {
        return names.size() <= 2 ? String.join(" and ", names) : names.size() + " " + things;
    }

    static String count(int number, String thing) {
        return Numbers.count(number, thing);
    }

    /** {@code 3.71 (3.60 to 3.90)}; without a range where there is only one value. */
    static String spread(Spread spread) {
        return spread.n() < 2
                ? Numbers.text(spread.median())
                : "%s (%s to %s)"
                        .formatted(
                                Numbers.text(spread.median()), Numbers.text(spread.min()), Numbers.text(spread.max()));
    }

    /** What is to be said about the repeats behind medians and ranges. */
    static String repeats(Experiment experiment) {
        return repeats(List.of(experiment));
    }

    /** The same about several experiments. */
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
            return "There is one run of each: no spread can be shown, and small differences mean nothing.";
        }
        return "Points and lines are medians of %s repeats, bars and bands go from the smallest to the largest."
                .formatted(fewest == most ? most : fewest + " to " + most);
    }
}
