package org.aevo.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.aevo.metric.ConfusionMatrix;
import org.aevo.model.ClassifierTest.Tested;
import org.aevo.model.FullTraining.Attempt;
import org.aevo.model.FullTraining.Trained;
import org.aevo.network.Blueprint;
import org.aevo.network.Classes;
import org.aevo.network.Design;
import org.aevo.random.Seeds;
import org.aevo.record.ModelFile.ClassifiedExamples;
import org.aevo.record.ModelMetrics.Confusion;
import org.aevo.record.ModelMetrics.Repeat;
import org.aevo.record.ModelMetrics.Row;
import org.aevo.search.Evaluation;
import org.aevo.search.Figure;
import org.aevo.search.Weights;
import org.aevo.task.Classify;
import org.aevo.train.Engine;
import org.aevo.train.Network;
import org.aevo.train.Objective;
import org.aevo.train.TrainingSettings;

/**
 * Trains classifiers on all samples that the search has seen, each several times with other seeds, and then, when nothing is
 * left to be chosen, tests all of them on samples that none has seen. Nothing is held out: networks are those of the last
 * epoch.
 */
public final class ClassifierContest {
    /** Of more classes the counts of all pairs would fill a file that is read as a whole. */
    private static final int MOST_CLASSES = 1000;

    private final FullTraining training;
    private final Objective objective;
    private final Classes classes;
    private final long seed;
    private final int repeats;
    private final ContestListener listener;

    /**
     * @param engine stays open
     * @param space unfolds a design; throws IllegalArgumentException if it cannot be built
     * @param objective on all samples, with nothing held out
     * @param seed of all that is random in the first training of each network
     * @param repeats trainings of each network, at least 1
     */
    public ClassifierContest(
            Engine engine,
            Function<Design, Blueprint> space,
            Objective objective,
            Classes classes,
            TrainingSettings settings,
            long seed,
            int repeats,
            ContestListener listener) {
        this.training = new FullTraining(engine, space, settings);
        this.objective = objective;
        this.classes = classes;
        this.seed = seed;
        this.repeats = repeats;
        this.listener = listener;
    }

    /**
     * What came of it.
     *
     * @param rows one for each model, the winner's first
     * @param blueprint of the winner, like the three after it, which are of its first training that went well
     * @param matrix which class of test samples was taken for which
     * @param examples test samples and what it takes them for
     * @param notes what one must know to read the rows
     */
    public record Result(
            List<Row> rows,
            Blueprint blueprint,
            Weights weights,
            Confusion matrix,
            ClassifiedExamples examples,
            List<String> notes) {

        /** For the file that is read as a whole: empty of very many classes. */
        public Optional<Confusion> confusion() {
            return matrix.labels().size() > MOST_CLASSES ? Optional.empty() : Optional.of(matrix);
        }
    }

    /** Trainings of one network, with their seeds. */
    private record Entered(Entrant entrant, List<Attempt> attempts) {
        Optional<Trained> first() {
            return attempts.stream().flatMap(a -> a.network().stream()).findFirst();
        }
    }

    /**
     * Trains and tests.
     *
     * @param winner the candidate that a model is made of
     * @param others networks to hold it against
     * @param test called once, after the last training
     * @throws TrainingFailedException if no training of the winner goes well
     */
    public Result run(Entrant winner, List<Entrant> others, Supplier<Part> test) {
        List<Entrant> entrants = new ArrayList<>(List.of(winner));
        entrants.addAll(others);
        List<Entered> all = new ArrayList<>();
        for (Entrant entrant : entrants) {
            all.add(trained(entrant, all.size(), entrants.size()));
            if (all.get(0).first().isEmpty()) {
                Row row = all.get(0).attempts().get(0).row();
                throw new TrainingFailedException(winner.model() + " did not train: " + row.message());
            }
        }
        ClassifierTest tests = new ClassifierTest(test.get(), classes);
        listener.tests(tests.count());
        Tested best;
        try (Network network = training.opened(all.get(0).first().get(), objective.loss())) {
            best = tests.of(network);
        }
        List<Row> rows = new ArrayList<>();
        for (Entered entered : all) {
            rows.add(tested(entered, tests));
        }
        Trained first = all.get(0).first().get();
        return new Result(
                rows,
                first.blueprint(),
                first.weights(),
                confusion(best.figures().confusion()),
                best.examples(),
                notes());
    }

    private Entered trained(Entrant entrant, int before, int of) {
        List<Attempt> attempts = new ArrayList<>();
        for (int repeat = 0; repeat < repeats; repeat++) {
            int number = before * repeats + repeat + 1;
            String name = entrant.model() + (repeats == 1 ? "" : ", repeat " + (repeat + 1) + " of " + repeats);
            long own = seed(repeat);
            Attempt attempt =
                    training.train(entrant, number, objective, own, listener.begins(name, number, of * repeats));
            listener.ends(attempt.row());
            attempts.add(attempt);
        }
        return new Entered(entrant, attempts);
    }

    private long seed(int repeat) {
        return repeat == 0 ? seed : Seeds.of(seed, repeat);
    }

    private Row tested(Entered entered, ClassifierTest tests) {
        List<Repeat> each = new ArrayList<>();
        for (Attempt attempt : entered.attempts()) {
            Map<Figure, Double> figures = Map.of();
            if (attempt.network().isPresent()) {
                try (Network network = training.opened(attempt.network().get(), objective.loss())) {
                    figures = Classify.figures(tests.of(network).figures());
                }
            }
            Row row = attempt.row();
            List<Evaluation.Epoch> curve = row.curve();
            each.add(new Repeat(
                    seed(each.size()),
                    row.epochs(),
                    curve.isEmpty() ? Double.NaN : curve.get(curve.size() - 1).trainLoss(),
                    figures,
                    row.seconds(),
                    row.message()));
        }
        int first = 0;
        while (first < each.size() - 1 && !each.get(first).message().isEmpty()) {
            first++;
        }
        Row row = entered.attempts().get(first).row();
        return new Row(
                row.model(),
                row.kind(),
                row.genome(),
                row.parameters(),
                row.epochs(),
                Double.NaN,
                Double.NaN,
                each.get(first).figures(),
                row.seconds(),
                row.curve(),
                message(each),
                each);
    }

    private static String message(List<Repeat> each) {
        List<String> failures =
                each.stream().map(Repeat::message).filter(m -> !m.isEmpty()).toList();
        if (failures.isEmpty() || each.size() == 1) {
            return failures.isEmpty() ? "" : failures.get(0);
        }
        return failures.size() + " of " + each.size() + " trainings failed, the first of these: " + failures.get(0);
    }

    private Confusion confusion(ConfusionMatrix matrix) {
        return new Confusion(
                classes.labels(),
                Arrays.stream(matrix.counts())
                        .map(row -> Arrays.stream(row).boxed().toList())
                        .toList());
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (repeats > 1) {
            notes.add("Each network was trained " + repeats
                    + " times with different seeds; the model, its confusion matrix and"
                    + " its examples are of the first training that went well, whatever the test says.");
        }
        if (classes.count() > MOST_CLASSES) {
            notes.add("The confusion matrix of " + classes.count() + " classes is in confusion.csv alone.");
        }
        return notes;
    }
}
