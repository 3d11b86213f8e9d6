package org.aevo.record;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.aevo.search.Evaluation;
import org.aevo.search.Figure;

/**
 * What came of training a run's candidate fully, beside what one would use without a search: the content of {@code
 * metrics.json}.
 *
 * @param createdBy program that trained it
 * @param run that it comes from
 * @param candidate of that run
 * @param task what networks are trained for, in one line
 * @param data how they were divided
 * @param training how networks were trained, all of the table alike
 * @param rows the table; the candidate's comes first
 * @param notes what one must know to read it
 */
public record ModelMetrics(
        Program createdBy,
        Run run,
        Winner candidate,
        String task,
        Data data,
        Training training,
        List<Row> rows,
        List<String> notes) {

    public ModelMetrics {
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
    }

    /**
     * @param evaluations that had arrived
     * @param program that began it
     */
    public record Run(String name, String strategy, long seed, long evaluations, boolean complete, Program program) {}

    /**
     * A candidate as the search knew it.
     *
     * @param fitness of the search; lower is better
     * @param validationLoss mean squared error per value on the validation samples
     */
    public record Winner(long id, String genome, double fitness, double validationLoss) {}

    /**
     * @param description one line
     * @param seed of the split
     * @param fitted samples that weights were fitted to
     * @param heldOut samples that said when to stop
     * @param test samples that the measures are of
     * @param inputs how raw samples become inputs; empty in files of earlier programs
     */
    public record Data(String description, long seed, int fitted, int heldOut, int test, Optional<Inputs> inputs) {}

    /**
     * @param device what computed
     * @param libraries of the engine, with versions
     * @param seed of initial weights, the order of samples and all else that is random
     * @param loss that training lowered
     */
    public record Training(
            String engine,
            String device,
            Map<String, String> libraries,
            int maxEpochs,
            int patience,
            double minImprovement,
            long seed,
            String loss) {
        public Training {
            libraries = new TreeMap<>(libraries);
        }
    }

    /**
     * One model on the test set.
     *
     * @param model what it is, for people
     * @param kind {@code candidate}, {@code textbook}, {@code random-search}, {@code pca}, {@code ridge} or {@code input}
     * @param genome of a network; empty for others
     * @param parameters trained numbers
     * @param epochs finished; 0 of what is not trained in epochs
     * @param heldOutLoss mean squared error per value on the held-out samples, of the best epoch; NaN for none
     * @param error mean squared error per value on the test samples; NaN if there is no model
     * @param figures of the test samples
     * @param seconds of training and its validation
     * @param curve one point for each epoch
     * @param message why there is no model, or what is to be known of it; mostly empty
     */
    public record Row(
            String model,
            String kind,
            String genome,
            long parameters,
            int epochs,
            double heldOutLoss,
            double error,
            Map<Figure, Double> figures,
            double seconds,
            List<Evaluation.Epoch> curve,
            String message) {
        public Row {
            Map<Figure, Double> sorted = new EnumMap<>(Figure.class);
            sorted.putAll(figures);
            figures = sorted;
            curve = List.copyOf(curve);
        }

        @Override
        public Map<Figure, Double> figures() {
            return new EnumMap<>(figures);
        }

        Row withCurve(List<Evaluation.Epoch> other) {
            return new Row(
                    model, kind, genome, parameters, epochs, heldOutLoss, error, figures, seconds, other, message);
        }

        /** NaN where it was not measured. */
        public double figure(Figure which) {
            return figures.getOrDefault(which, Double.NaN);
        }
    }

    /** The same with other notes. */
    public ModelMetrics withNotes(List<String> others) {
        return with(rows, others);
    }

    ModelMetrics with(List<Row> otherRows, List<String> otherNotes) {
        return new ModelMetrics(createdBy, run, candidate, task, data, training, otherRows, otherNotes);
    }

    /** The figures that any row has. */
    public List<Figure> measured() {
        return Arrays.stream(Figure.values())
                .filter(figure -> rows.stream().anyMatch(row -> !Double.isNaN(row.figure(figure))))
                .toList();
    }
}
