package org.aevo.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.aevo.model.Entrant.Kind;
import org.aevo.model.FullTraining.Attempt;
import org.aevo.model.FullTraining.Trained;
import org.aevo.network.Blueprint;
import org.aevo.network.Design;
import org.aevo.record.ModelMetrics.Row;
import org.aevo.record.SampleErrors;
import org.aevo.search.Control;
import org.aevo.search.Figure;
import org.aevo.search.Weights;
import org.aevo.task.AutoencoderTask;
import org.aevo.task.TaskData;
import org.aevo.train.Autoencoder;
import org.aevo.train.Engine;
import org.aevo.train.Network;
import org.aevo.train.Objective;
import org.aevo.train.Samples;
import org.aevo.train.TrainingSettings;

/**
 * Trains networks fully, all in the same way, fits linear models to the same samples, and then, when nothing is left to be
 * chosen, tests all of them on samples that none has seen.
 */
public final class Contest {
    private static final int SHOWN = 2000;
    /** Of large samples fewer are shown: three copies of them are in the heap, just when the training is done. */
    private static final int SHOWN_VALUES = 1 << 25;

    private static final int LEAST_SHOWN = 16;

    private final Function<Design, Blueprint> space;
    private final AutoencoderTask task;
    private final HeldOut data;
    private final long dataSeed;
    private final FullTraining training;
    private final long seed;
    private final ContestListener listener;

    /**
     * @param engine stays open
     * @param space unfolds a genome; throws IllegalArgumentException if it cannot be built
     * @param dataSeed that the corruption of test inputs is drawn from
     * @param seed of all that is random in every training
     */
    public Contest(
            Engine engine,
            Function<Design, Blueprint> space,
            AutoencoderTask task,
            HeldOut data,
            long dataSeed,
            TrainingSettings settings,
            long seed,
            ContestListener listener) {
        this.space = space;
        this.task = task;
        this.data = data;
        this.dataSeed = dataSeed;
        this.training = new FullTraining(engine, space, settings);
        this.seed = seed;
        this.listener = listener;
    }

    /**
     * What came of it.
     *
     * @param rows one for each model, the winner's first
     * @param blueprint of the winner, like the three after it
     * @param showing test samples and what it makes of them
     * @param errors of the samples that it was trained on
     * @param notes what one must know to read the rows
     */
    public record Result(
            List<Row> rows,
            Blueprint blueprint,
            Weights weights,
            Showing showing,
            SampleErrors errors,
            List<String> notes) {}

    /** A model that waits for the test. */
    private record Ready(Optional<Trained> network, Optional<LinearModel> linear, Row untested) {}

    /**
     * Trains and tests.
     *
     * @param winner the candidate that a model is made of
     * @param others networks to hold it against
     * @param test called once, after the last training
     * @throws TrainingFailedException if the winner does not train well
     */
    public Result run(Entrant winner, List<Entrant> others, Supplier<Part> test) {
        List<Kind> linear = linear();
        int of = 1 + others.size() + linear.size();
        List<Ready> all = new ArrayList<>();
        all.add(trained(winner, 1, of));
        if (all.get(0).network().isEmpty()) {
            throw new TrainingFailedException(
                    winner.model() + " did not train: " + all.get(0).untested().message());
        }
        for (Entrant other : others) {
            all.add(trained(other, all.size() + 1, of));
        }
        for (Kind kind : linear) {
            all.add(fitted(kind, code(space.apply(winner.design())), all.size() + 1, of));
        }
        Trained best = all.get(0).network().get();
        SampleErrors errors = errors(best);
        TestSet tests = new TestSet(task, data.fitted(), test.get(), dataSeed);
        listener.tests(tests.count());
        List<Row> rows = new ArrayList<>();
        for (Ready ready : all) {
            rows.add(tested(ready, tests));
        }
        try (Network network = opened(best)) {
            return new Result(
                    rows,
                    best.blueprint(),
                    best.weights(),
                    tests.showing(network, shown(best.blueprint().input().size())),
                    errors,
                    tests.problem().stream().toList());
        }
    }

    /** Inputs are what such samples are when they come from outside: corrupted where the task is to undo that. */
    private SampleErrors errors(Trained best) {
        try (Network network = opened(best)) {
            return SampleErrors.of(
                    SampleError.of(network, task.validationInputs(data.fitted().samples(), dataSeed)),
                    SampleError.of(network, task.validationInputs(data.heldOut().samples(), dataSeed)));
        }
    }

    /** Values of a network's code; of one without a code as many as it puts out. */
    public static int code(Blueprint blueprint) {
        return (int)
                blueprint.latent().orElse(blueprint.output()).layer().output().size();
    }

    /** How many samples of so many values. */
    static int shown(long size) {
        return (int) Math.max(LEAST_SHOWN, Math.min(SHOWN, SHOWN_VALUES / size));
    }

    /** The models that are no networks. */
    private List<Kind> linear() {
        return task.corruption().isPresent() ? List.of(Kind.INPUT, Kind.PCA, Kind.RIDGE) : List.of(Kind.PCA);
    }

    private Ready trained(Entrant entrant, int number, int of) {
        Control control = listener.begins(entrant.model(), number, of);
        Objective objective = task.training(new TaskData(
                data.fitted().samples(),
                data.heldOut().samples(),
                data.fitted().labels(),
                data.heldOut().labels(),
                dataSeed));
        Attempt attempt = training.train(entrant, number, objective, seed, control);
        listener.ends(attempt.row());
        return new Ready(attempt.network(), Optional.empty(), attempt.row());
    }

    private Ready fitted(Kind kind, int latent, int number, int of) {
        Samples targets = data.fitted().samples();
        String name =
                switch (kind) {
                    case PCA -> "PCA, " + latent + (latent == 1 ? " component" : " components");
                    case RIDGE -> "ridge regression";
                    default -> "the corrupted input itself";
                };
        listener.begins(name, number, of);
        long start = System.nanoTime();
        Optional<LinearModel> model = Optional.empty();
        String message = "";
        try {
            model = Optional.of(
                    switch (kind) {
                        case PCA -> LinearModel.components(targets, latent);
                        // one corruption of each sample, as in a network's first epoch
                        case RIDGE ->
                            LinearModel.regression(
                                    task.training(new TaskData(
                                                    targets, targets, Optional.empty(), Optional.empty(), dataSeed))
                                            .folds()
                                            .get(0)
                                            .inputs(seed, 1),
                                    targets);
                        default -> LinearModel.none();
                    });
        } catch (IllegalArgumentException | ArithmeticException | OutOfMemoryError e) {
            message = String.valueOf(e.getMessage());
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        Row row = new Row(
                name,
                kind.text(),
                "",
                model.map(LinearModel::parameters).orElse(0L),
                0,
                Double.NaN,
                Double.NaN,
                Map.of(),
                seconds,
                List.of(),
                message);
        listener.ends(row);
        return new Ready(Optional.empty(), model, row);
    }

    private Row tested(Ready ready, TestSet tests) {
        if (ready.network().isPresent()) {
            try (Network network = opened(ready.network().get())) {
                return measured(ready.untested(), network, tests);
            }
        }
        return ready.linear()
                .map(model -> measured(ready.untested(), model, tests))
                .orElse(ready.untested());
    }

    private static Row measured(Row row, Autoencoder model, TestSet tests) {
        Map<Figure, Double> figures = tests.figures(model);
        return new Row(
                row.model(),
                row.kind(),
                row.genome(),
                row.parameters(),
                row.epochs(),
                row.heldOutLoss(),
                tests.error(model),
                figures,
                row.seconds(),
                row.curve(),
                row.message());
    }

    private Network opened(Trained trained) {
        return training.opened(trained, task.loss());
    }
}
