package org.aevo.report.scaling;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.aevo.report.scaling.Experiment.Kind;

/**
 * Parts runs whose inputs are equal by what their budgets have in common: evaluations, evaluations per worker, or time.
 * One run may be thought of in several ways (100 evaluations on 4 workers, 25 for each): first each directory is taken to be
 * one experiment if that fits; among what is left, the reading that takes in the most numbers of workers wins.
 */
final class Budgets {
    private final Map<Key, List<Measured>> groups = new LinkedHashMap<>();

    /**
     * What runs of a group have in common.
     *
     * @param level NaN for {@link Kind#TARGET}
     */
    record Key(Kind kind, double level) {}

    private Budgets() {}

    static Map<Key, List<Measured>> part(List<Measured> runs) {
        Budgets budgets = new Budgets();
        Map<Path, List<Measured>> byEvaluations = new LinkedHashMap<>();
        for (Measured run : runs) {
            Optional<Key> key = timeOrTarget(run);
            if (key.isPresent()) {
                budgets.add(key.get(), run);
            } else {
                Path parent = run.source().toAbsolutePath().normalize().getParent();
                byEvaluations
                        .computeIfAbsent(parent == null ? run.source() : parent, p -> new ArrayList<>())
                        .add(run);
            }
        }
        List<Measured> left = new ArrayList<>();
        for (List<Measured> directory : byEvaluations.values()) {
            Key best = widest(directory);
            if (counts(directory) > 1 && matching(directory, best).size() == directory.size()) {
                directory.forEach(run -> budgets.add(best, run));
            } else {
                left.addAll(directory);
            }
        }
        while (!left.isEmpty()) {
            Key best = widest(left);
            List<Measured> taken = matching(left, best);
            taken.forEach(run -> budgets.add(best, run));
            left.removeAll(taken);
        }
        return budgets.groups;
    }

    private void add(Key key, Measured run) {
        groups.computeIfAbsent(key, k -> new ArrayList<>()).add(run);
    }

    /** Of a run that ended, or will end, before its evaluations are done. */
    private static Optional<Key> timeOrTarget(Measured run) {
        double evaluations = number(run, "budget.evaluations");
        double seconds = number(run, "budget.wall-seconds");
        double target = number(run, "budget.target-fitness");
        boolean spent = run.outcomes() >= evaluations;
        if (run.complete() && !spent && run.fitness().last() <= target) {
            return Optional.of(new Key(Kind.TARGET, Double.NaN));
        }
        if (run.complete() && !spent && run.fitness().evaluationsSinceBest() >= number(run, "budget.stagnation")) {
            return Optional.empty(); // of those that it needed, as a search that is exhausted
        }
        boolean timed = !Double.isNaN(seconds) && (Double.isNaN(evaluations) || run.complete() && !spent);
        return timed ? Optional.of(new Key(Kind.TIME, seconds)) : Optional.empty();
    }

    /** Of a complete run those that it had: a search may be exhausted early. */
    private static double evaluations(Measured run) {
        double budget = number(run, "budget.evaluations");
        return run.complete() || Double.isNaN(budget) ? run.outcomes() : budget;
    }

    private static double evaluationsPerWorker(Measured run) {
        return evaluations(run) / run.workers();
    }

    private static double level(Kind kind, Measured run) {
        return kind == Kind.WEAK ? evaluationsPerWorker(run) : evaluations(run);
    }

    /** The reading with the most numbers of workers, of equals that with the most runs, of equals strong scaling. */
    private static Key widest(List<Measured> runs) {
        return Stream.of(Kind.STRONG, Kind.WEAK)
                .flatMap(kind -> byLevel(runs, run -> level(kind, run)).entrySet().stream()
                        .map(e -> Map.entry(new Key(kind, e.getKey()), e.getValue())))
                .max(Comparator.<Map.Entry<Key, List<Measured>>>comparingInt(e -> counts(e.getValue()))
                        .thenComparingInt(e -> e.getValue().size())
                        .thenComparing(e -> e.getKey().kind() == Kind.STRONG))
                .orElseThrow()
                .getKey();
    }

    private static Map<Double, List<Measured>> byLevel(List<Measured> runs, ToDoubleFunction<Measured> level) {
        Map<Double, List<Measured>> groups = new TreeMap<>();
        runs.forEach(run -> groups.computeIfAbsent(level.applyAsDouble(run), l -> new ArrayList<>())
                .add(run));
        return groups;
    }

    private static List<Measured> matching(List<Measured> runs, Key key) {
        return runs.stream()
                .filter(run -> level(key.kind(), run) == key.level())
                .toList();
    }

    private static int counts(List<Measured> runs) {
        return (int) runs.stream().map(Measured::workers).distinct().count();
    }

    private static double number(Measured run, String key) {
        try {
            return Double.parseDouble(run.input().getOrDefault(key, "none"));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
