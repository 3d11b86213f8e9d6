package org.aevo.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aevo.ensemble.EnsembleResults;
import org.aevo.ensemble.EnsembleTask;
import org.aevo.search.Evaluation;
import org.aevo.search.Figure;

/**
 * What came of an ensemble run. All of it is of the journal: the arrays that tasks kept for each other may be gone.
 *
 * @param tasks that were asked, by id
 */
public record RunEnsemble(List<TaskRow> tasks, EnsembleResults results) {
    /** Stands for the status of a task that has not come to an end. */
    public static final int OUT = -1;

    public RunEnsemble {
        tasks = List.copyOf(tasks);
    }

    /**
     * A task, with what is known of it.
     *
     * @param id of its candidate
     * @param status code of an {@link org.aevo.search.EvaluationStatus}; {@value #OUT} while there is none
     * @param seconds of its worker's time; NaN while it is not known, like what follows
     * @param validationLoss of an autoencoder
     * @param accuracy of a classifier or a vote by mean probability, on validation samples
     * @param testAccuracy the same on test samples
     */
    public record TaskRow(
            long id,
            EnsembleTask task,
            int status,
            double seconds,
            double validationLoss,
            double accuracy,
            double testAccuracy) {
        static TaskRow of(long id, EnsembleTask task, Optional<Evaluation> evaluation) {
            return new TaskRow(
                    id,
                    task,
                    evaluation.map(e -> e.status().ordinal()).orElse(OUT),
                    evaluation.map(Evaluation::seconds).orElse(Double.NaN),
                    evaluation.map(e -> e.score().validationLoss()).orElse(Double.NaN),
                    evaluation.map(e -> e.score().figure(Figure.ACCURACY)).orElse(Double.NaN),
                    evaluation.map(e -> e.score().figure(Figure.TEST_ACCURACY)).orElse(Double.NaN));
        }
    }

    /** Of a run as far as it has got; empty of one that is no ensemble's, and before the first task. */
    public static Optional<RunEnsemble> of(RunHistory history) {
        Candidates candidates = history.candidates();
        if (candidates.size() == 0
                || EnsembleTask.parse(candidates.operatorOf(0)).isEmpty()) {
            return Optional.empty();
        }
        List<TaskRow> rows = new ArrayList<>();
        List<EnsembleTask> asked = new ArrayList<>();
        Map<EnsembleTask, Evaluation> evaluations = new HashMap<>();
        for (int row = 0; row < candidates.size(); row++) {
            Optional<EnsembleTask> task = EnsembleTask.parse(candidates.operatorOf(row));
            if (task.isPresent()) {
                int outcome = candidates.outcome.get(row);
                Optional<Evaluation> evaluation = outcome < 0
                        ? Optional.empty()
                        : Optional.of(history.outcomes().get(outcome));
                asked.add(task.get());
                evaluation.ifPresent(e -> evaluations.put(task.get(), e));
                rows.add(TaskRow.of(row, task.get(), evaluation));
            }
        }
        return Optional.of(new RunEnsemble(rows, EnsembleResults.of(asked, evaluations)));
    }
}
