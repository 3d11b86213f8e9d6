package org.aevo.report.scaling;

import java.util.List;
import java.util.Locale;

/**
 * Runs that differ in nothing but mode, seed, workers and what the kind of scaling varies.
 *
 * @param id unique, of small letters, digits and hyphens
 * @param level what is equal: evaluations, evaluations per worker, or seconds; NaN for runs that end with a target
 */
record Experiment(String id, Kind kind, double level, List<Measured> runs) {

    /** What is equal in all runs. */
    enum Kind {
        STRONG("strong scaling"),
        WEAK("weak scaling"),
        TIME("equal wall time"),
        TARGET("until a target");

        final String title;

        Kind(String title) {
            this.title = title;
        }
    }

    Experiment {
        runs = List.copyOf(runs);
    }

    /** For headings and captions: {@code strong scaling, 100 evaluations}. */
    String title() {
        return kind.title
                + switch (kind) {
                    case STRONG -> ", %s evaluations".formatted(number());
                    case WEAK -> ", %s evaluations per worker".formatted(number());
                    case TIME -> ", %s s".formatted(number());
                    case TARGET -> "";
                };
    }

    private String number() {
        return level == Math.rint(level)
                ? String.format(Locale.ROOT, "%.0f", level)
                : String.format(Locale.ROOT, "%.4g", level);
    }

    List<String> modes() {
        // sync before async, as everywhere
        return runs.stream()
                .map(Measured::mode)
                .distinct()
                .sorted((a, b) -> b.compareTo(a))
                .toList();
    }

    /** Numbers of workers with runs that can be timed, ascending. */
    List<Integer> workerCounts(String mode) {
        return runs.stream()
                .filter(run -> run.timed() && run.mode().equals(mode))
                .map(Measured::workers)
                .distinct()
                .sorted()
                .toList();
    }

    /** The same of all modes. */
    List<Integer> workerCounts() {
        return runs.stream()
                .filter(Measured::timed)
                .map(Measured::workers)
                .distinct()
                .sorted()
                .toList();
    }

    /** Runs of a mode and a number of workers that can be timed. */
    List<Measured> timed(String mode, int workers) {
        return runs.stream()
                .filter(run -> run.timed() && run.mode().equals(mode) && run.workers() == workers)
                .toList();
    }

    /** Whether a mode was run with several numbers of workers. */
    boolean scales() {
        return kind != Kind.TARGET
                && modes().stream().anyMatch(mode -> workerCounts(mode).size() > 1);
    }

    boolean simulated() {
        return runs.get(0).simulated();
    }
}
