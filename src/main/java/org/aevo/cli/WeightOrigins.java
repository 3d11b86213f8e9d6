package org.aevo.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.aevo.network.EnumText;
import org.aevo.record.EvaluationRow;
import org.aevo.record.RunHistory;
import org.aevo.search.Inheritance;
import org.aevo.search.Inheritance.Origin;

/** What the evaluations of a run began with, counted. */
record WeightOrigins(Map<Origin, Integer> counts, double meanShare) {

    static WeightOrigins of(RunHistory history) {
        Map<Origin, Integer> counts = new EnumMap<>(Origin.class);
        double shares = 0;
        for (long id = 0; id < history.asked(); id++) {
            Optional<EvaluationRow> row = history.evaluation(id);
            if (row.isPresent()) {
                Inheritance inheritance = row.get().evaluation().effort().inheritance();
                counts.merge(inheritance.origin(), 1, Integer::sum);
                shares += inheritance.share();
            }
        }
        return new WeightOrigins(counts, shares / counts.getOrDefault(Origin.PARENT, 0));
    }

    /** A line for people; empty of a run whose evaluations all began with initial weights, as nothing else was asked for. */
    Optional<String> text() {
        if (counts.keySet().stream().allMatch(origin -> origin == Origin.INITIAL)) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        counts.forEach((origin, count) -> parts.add(count + " " + words(origin)));
        return Optional.of("weights at first: " + String.join(", ", parts));
    }

    private String words(Origin origin) {
        return switch (origin) {
            case INITIAL -> "initial";
            case PARENT -> String.format(Locale.ROOT, "their parent's (%.0f %% of the numbers)", 100 * meanShare);
            case RESET -> "reset";
            case MISSING -> "initial since their parent's were missing";
            case DAMAGED -> "initial since their parent's were damaged";
            case STALE -> "initial since their parent's were of another";
        };
    }

    /** For programs: all origins, by their names in run.h5. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (Origin origin : Origin.values()) {
            tree.put(EnumText.of(origin), counts.getOrDefault(origin, 0));
        }
        return tree;
    }
}
