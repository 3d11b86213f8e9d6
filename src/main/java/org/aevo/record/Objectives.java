package org.aevo.record;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.aevo.search.Criterion;

/**
 * What evaluations of a run are measured by, where that is more than a fitness.
 *
 * @param names as {@code task.objectives} has them, in that order; empty for none
 * @param reference the point that hypervolumes are measured from, as {@code task.reference-point} has it; empty for one of the
 *     run's own
 */
public record Objectives(List<String> names, List<Double> reference) {
    /** They become names of columns. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    /** The fitness is all. */
    public static final Objectives NONE = new Objectives(List.of(), List.of());

    public Objectives {
        names = List.copyOf(names);
        reference = List.copyOf(reference);
        for (String name : names) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "an objective is named by small letters, digits and hyphens, was " + name);
            }
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException("one objective stands twice in " + names);
        }
        if (!reference.isEmpty() && reference.size() != names.size()) {
            throw new IllegalArgumentException(
                    "a reference point of " + reference.size() + " values for " + names.size() + " objectives");
        }
        if (reference.stream().anyMatch(value -> !Double.isFinite(value))) {
            throw new IllegalArgumentException("the reference point must be finite, was " + reference);
        }
    }

    /** Whether there are any. */
    public boolean exist() {
        return !names.isEmpty();
    }

    /** Their names one after the other, as people read them. */
    public String text() {
        return String.join(", ", names);
    }

    /** Columns of tables for them, in their order. */
    public List<String> columns() {
        return names.stream().map(Criterion::column).toList();
    }
}
