package org.aevo.record;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.aevo.search.Evaluation;
import org.aevo.search.Figure;
import org.aevo.stat.Summary;

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
 * @param confusion of the candidate, if it is a classifier
 */
public record ModelMetrics(
        Program createdBy,
        Run run,
        Winner candidate,
        String task,
        Data data,
        Training training,
        List<Row> rows,
        List<String> notes,
        Optional<Confusion> confusion) {

    public ModelMetrics {
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
    }

    /** Of autoencoders. */
    public ModelMetrics(
            Program createdBy,
            Run run,
            Winner candidate,
            String task,
            Data data,
            Training training,
            List<Row> rows,
            List<String> notes) {
        this(createdBy, run, candidate, task, data, training, rows, notes, Optional.empty());
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
     * @param heldOut samples that said when to stop; 0 where nothing did
     * @param test samples that the measures are of
     * @param inputs how raw samples become inputs; empty in files of earlier programs
     */
    public record Data(String description, long seed, int fitted, int heldOut, int test, Optional<Inputs> inputs) {}

    /**
     * Which classes of test samples were taken for which.
     *
     * @param labels of the classes
     * @param counts for each class, in the order of the labels, how many of its samples were told to be of each
     */
    public record Confusion(List<Integer> labels, List<List<Long>> counts) {
        /** @throws IllegalArgumentException if they are not as many rows and columns as labels */
        public Confusion {
            labels = List.copyOf(labels);
            counts = counts.stream().map(List::copyOf).toList();
            int classes = labels.size();
            if (counts.size() != classes || counts.stream().anyMatch(row -> row.size() != classes)) {
                throw new IllegalArgumentException(
                        "counts must have " + classes + " rows and columns, one for each label");
            }
        }
    }

    /**
     * @param device what computed
     * @param patience epochs without improvement that end a training; 0 where nothing but the epochs does
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
     * @param repeats all trainings, of a model that is trained several times with different seeds; what else the row has is
     *     of the first that went well
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
            String message,
            List<Repeat> repeats) {
        public Row {
            figures = sorted(figures);
            curve = List.copyOf(curve);
            repeats = List.copyOf(repeats);
        }

        /** One that is trained once. */
        public Row(
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
            this(
                    model,
                    kind,
                    genome,
                    parameters,
                    epochs,
                    heldOutLoss,
                    error,
                    figures,
                    seconds,
                    curve,
                    message,
                    List.of());
        }

        @Override
        public Map<Figure, Double> figures() {
            return new EnumMap<>(figures);
        }

        Row withCurve(List<Evaluation.Epoch> other) {
            return new Row(
                    model,
                    kind,
                    genome,
                    parameters,
                    epochs,
                    heldOutLoss,
                    error,
                    figures,
                    seconds,
                    other,
                    message,
                    repeats);
        }

        /** A figure over the repeats that have it. */
        public Summary spread(Figure which) {
            return Summary.of(
                    repeats.stream().mapToDouble(repeat -> repeat.figure(which)).toArray());
        }

        /** Mean over all repeats of the seconds of training; NaN of a row without any. */
        public double meanSeconds() {
            return repeats.stream().mapToDouble(Repeat::seconds).average().orElse(Double.NaN);
        }

        /** NaN where it was not measured. */
        public double figure(Figure which) {
            return figures.getOrDefault(which, Double.NaN);
        }
    }

    /**
     * One training of a model.
     *
     * @param seed of all that was random in it
     * @param epochs finished
     * @param trainLoss of the last of them; NaN for none
     * @param figures of the test samples; none if the training failed
     * @param seconds of training
     * @param message how it failed; mostly empty
     */
    public record Repeat(
            long seed, int epochs, double trainLoss, Map<Figure, Double> figures, double seconds, String message) {
        public Repeat {
            figures = sorted(figures);
        }

        @Override
        public Map<Figure, Double> figures() {
            return new EnumMap<>(figures);
        }

        /** NaN where it was not measured. */
        public double figure(Figure which) {
            return figures.getOrDefault(which, Double.NaN);
        }
    }

    /** Whether the models are classifiers: these alone are trained several times, or once as one of several. */
    public boolean classifiers() {
        return rows.stream().anyMatch(row -> !row.repeats().isEmpty());
    }

    private static Map<Figure, Double> sorted(Map<Figure, Double> figures) {
        Map<Figure, Double> sorted = new EnumMap<>(Figure.class);
        sorted.putAll(figures);
        return sorted;
    }

    /** The same with other notes. */
    public ModelMetrics withNotes(List<String> others) {
        return with(rows, others);
    }

    ModelMetrics with(List<Row> otherRows, List<String> otherNotes) {
        return new ModelMetrics(createdBy, run, candidate, task, data, training, otherRows, otherNotes, confusion);
    }

    /** The figures that any row has. */
    public List<Figure> measured() {
        return Figure.ofNetworks().stream()
                .filter(figure -> rows.stream().anyMatch(row -> !Double.isNaN(row.figure(figure))))
                .toList();
    }
}
