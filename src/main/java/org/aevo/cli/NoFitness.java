package org.aevo.cli;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.aevo.network.EnumText;
import org.aevo.record.EvaluationRow;
import org.aevo.record.RunHistory;
import org.aevo.search.EvaluationStatus;

/** Why a run has no best candidate. */
final class NoFitness {
    private NoFitness() {}

    /** Evaluations by how they ended, without those that none had. */
    static Map<EvaluationStatus, Integer> statuses(RunHistory history) {
        Map<EvaluationStatus, Integer> counts = new EnumMap<>(EvaluationStatus.class);
        for (long id = 0; id < history.asked(); id++) {
            history.evaluation(id)
                    .map(EvaluationRow::evaluation)
                    .ifPresent(e -> counts.merge(e.status(), 1, Integer::sum));
        }
        return counts;
    }

    /** {@code 3 diverged, 1 time limit}. */
    static String text(Map<EvaluationStatus, Integer> statuses) {
        return statuses.entrySet().stream()
                .map(entry ->
                        entry.getValue() + " " + EnumText.of(entry.getKey()).replace('-', ' '))
                .collect(Collectors.joining(", "));
    }

    /**
     * For a run whose history has no best.
     *
     * @param directory of the run
     */
    static String reason(RunHistory history, Path directory) {
        if (history.evaluated() == 0) {
            return history.ended().isPresent()
                    ? "it ended before a candidate was evaluated"
                    : "no candidate has finished yet (" + history.asked() + (history.asked() == 1 ? " was" : " were")
                            + " asked for)";
        }
        return (history.evaluated() == 1 ? "its one evaluation" : "all " + history.evaluated() + " evaluations")
                + (history.complete() ? "" : " so far") + " failed (" + text(statuses(history)) + "); 'aevo show "
                + directory
                + " --csv' says of each why";
    }
}
