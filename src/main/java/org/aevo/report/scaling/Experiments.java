package org.aevo.report.scaling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aevo.report.scaling.Experiment.Kind;

/**
 * Runs parted into experiments: what can be compared is in one of them, what cannot is in different ones.
 *
 * @param all in the order of their first runs
 * @param warnings what readers must know: runs that were set apart or left out, and why
 * @param notes what they may like to know
 */
record Experiments(List<Experiment> all, List<String> warnings, List<String> notes) {
    private static final int MOST_KEYS = 8;

    Experiments {
        all = List.copyOf(all);
        warnings = List.copyOf(warnings);
        notes = List.copyOf(notes);
    }

    /**
     * @throws IncomparableRunsException if each of several runs would be an experiment by itself
     */
    static Experiments of(List<Measured> given, Labels labels) {
        List<String> warnings = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<Measured> runs = withoutCopies(given, labels, warnings);
        Set<String> keys = sharedKeys(runs);
        Map<Map<String, String>, List<Measured>> families = new LinkedHashMap<>();
        for (Measured run : runs) {
            families.computeIfAbsent(signature(run, keys), s -> new ArrayList<>())
                    .add(run);
        }
        List<Experiment> all = new ArrayList<>();
        for (List<Measured> family : families.values()) {
            Budgets.part(family)
                    .forEach((key, group) -> all.add(new Experiment(id(key, all), key.kind(), key.level(), group)));
        }
        String differences =
                differences(new ArrayList<>(families.keySet()), new ArrayList<>(families.values()), labels);
        if (runs.size() > 1 && all.size() == runs.size()) {
            throw new IncomparableRunsException("no two of the " + runs.size() + " runs can be compared: "
                    + (families.size() > 1 ? differences : "their budgets differ: " + budgets(all, labels)));
        }
        if (families.size() > 1) {
            warnings.add(
                    "These runs are no one experiment and are not compared with each other, for their inputs differ: "
                            + differences + ".");
        }
        all.forEach(experiment -> about(experiment, labels, warnings, notes));
        return new Experiments(all, warnings, notes);
    }

    private static List<Measured> withoutCopies(List<Measured> runs, Labels labels, List<String> warnings) {
        Map<List<Object>, Measured> kept = new LinkedHashMap<>();
        for (Measured run : runs) {
            List<Object> identity = List.of(run.start(), run.mode(), run.seed(), run.workers(), run.machine());
            Measured twin = kept.putIfAbsent(identity, run);
            if (twin != null) {
                boolean further = run.outcomes() > twin.outcomes() || run.complete() && !twin.complete();
                if (further) {
                    kept.put(identity, run);
                }
                warnings.add(labels.of(further ? twin : run) + " is a copy of " + labels.of(further ? run : twin)
                        + ", which counts.");
            }
        }
        return List.copyOf(kept.values());
    }

    /** Those that every input has: a key that a program of another version did not know is no difference. */
    private static Set<String> sharedKeys(List<Measured> runs) {
        Set<String> keys = new TreeSet<>();
        runs.forEach(run -> keys.addAll(run.input().keySet()));
        keys.removeIf(key -> !InputKeys.isCompared(key));
        runs.stream()
                .filter(run -> !run.input().isEmpty())
                .forEach(run -> keys.retainAll(run.input().keySet()));
        keys.addAll(InputKeys.comparedAnyway());
        return keys;
    }

    private static Map<String, String> signature(Measured run, Set<String> keys) {
        Map<String, String> signature = new TreeMap<>();
        keys.forEach(key -> signature.put(key, run.input().getOrDefault(key, InputKeys.missing(key))));
        // whatever the input says: invented times are never compared with measured ones
        signature.put("simulated", run.simulated() ? "yes" : "no");
        signature.put("strategy", run.strategy());
        return signature;
    }

    private static String id(Budgets.Key key, List<Experiment> others) {
        String base = key.kind().name().toLowerCase(Locale.ROOT)
                + (Double.isNaN(key.level())
                        ? ""
                        : "-"
                                + String.format(Locale.ROOT, "%.6g", key.level())
                                        .replaceFirst("(\\.\\d*?)0+$", "$1")
                                        .replaceFirst("\\.$", "")
                                        .replace('.', '-')
                                        .replace("+", ""));
        Set<String> taken = others.stream().map(Experiment::id).collect(Collectors.toSet());
        String id = base;
        for (char letter = 'b'; taken.contains(id); letter++) {
            id = base + "-" + letter;
        }
        return id;
    }

    private static String differences(
            List<Map<String, String>> signatures, List<List<Measured>> families, Labels labels) {
        List<String> parts = new ArrayList<>();
        for (String key : signatures.get(0).keySet()) {
            Map<String, List<Measured>> byValue = new LinkedHashMap<>();
            for (int f = 0; f < families.size(); f++) {
                byValue.computeIfAbsent(signatures.get(f).get(key), v -> new ArrayList<>())
                        .addAll(families.get(f));
            }
            if (byValue.size() > 1) {
                parts.add(key + " is "
                        + byValue.entrySet().stream()
                                .map(e -> e.getKey() + " (" + labels.of(e.getValue()) + ")")
                                .collect(Collectors.joining(", ")));
            }
        }
        int more = parts.size() - MOST_KEYS;
        return parts.stream().limit(MOST_KEYS).collect(Collectors.joining("; "))
                + (more > 0 ? "; and " + more + " more keys" : "");
    }

    private static String budgets(List<Experiment> all, Labels labels) {
        return all.stream()
                .map(e -> e.title() + " (" + labels.of(e.runs()) + ")")
                .collect(Collectors.joining("; "));
    }

    private static void about(Experiment experiment, Labels labels, List<String> warnings, List<String> notes) {
        String here = "Experiment " + experiment.id() + ": ";
        for (Measured run : experiment.runs()) {
            run.whyNotTimed()
                    .ifPresent(why -> warnings.add(here + labels.of(run) + " is " + why
                            + "; it is left out of all that follows but the table of runs."));
        }
        List<Measured> resumed = experiment.runs().stream()
                .filter(run -> run.timed() && run.resumed())
                .toList();
        if (!resumed.isEmpty()) {
            warnings.add(here + labels.of(resumed) + (resumed.size() == 1 ? " was" : " were")
                    + " resumed: what the new start took is in the wall time.");
        }
        spread(experiment, run -> Words.few(run.machine().devices(), "devices"), labels)
                .ifPresent(d -> warnings.add(here + "the devices differ: " + d + "."));
        spread(experiment, run -> run.machine().program(), labels)
                .ifPresent(d -> warnings.add(here + "they come from different programs: " + d + "."));
        spread(experiment, run -> Words.few(run.machine().hosts(), "hosts"), labels)
                .ifPresent(d -> notes.add(here + "the hosts differ: " + d + "."));
        Map<List<Object>, List<Measured>> cells = new LinkedHashMap<>();
        experiment.runs().forEach(run -> cells.computeIfAbsent(
                        List.of(run.mode(), run.workers(), run.seed()), c -> new ArrayList<>())
                .add(run));
        cells.values().stream()
                .filter(same -> same.size() > 1)
                .forEach(
                        same -> notes.add(
                                here + labels.of(same)
                                        + " have the same mode, workers and seed: they are repeats in time, not in what was searched."));
        Set<String> placement = new LinkedHashSet<>();
        for (String key : experiment.runs().get(0).input().keySet()) {
            if (key.startsWith("cluster.") && !key.equals("cluster.workers")) {
                spread(experiment, run -> run.input().getOrDefault(key, "unknown"), labels)
                        .ifPresent(d -> placement.add(key));
            }
        }
        if (!placement.isEmpty()) {
            notes.add(here + "besides workers, mode and seed they differ in " + String.join(", ", placement) + ".");
        }
        if (experiment.kind() == Kind.TARGET) {
            notes.add(here + "these runs ended when they reached a target: only times to targets are compared.");
        }
    }

    private static Optional<String> spread(Experiment experiment, Function<Measured, String> value, Labels labels) {
        Map<String, List<Measured>> byValue = new LinkedHashMap<>();
        experiment.runs().forEach(run -> byValue.computeIfAbsent(value.apply(run), v -> new ArrayList<>())
                .add(run));
        return byValue.size() < 2
                ? Optional.empty()
                : Optional.of(byValue.entrySet().stream()
                        .map(e -> e.getKey() + " (" + labels.of(e.getValue()) + ")")
                        .collect(Collectors.joining(", ")));
    }
}
