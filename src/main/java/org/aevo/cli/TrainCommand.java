package org.aevo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.data.Dataset;
import org.aevo.data.Datasets;
import org.aevo.data.Split;
import org.aevo.genome.SearchSpace;
import org.aevo.model.Contest;
import org.aevo.model.Entrant;
import org.aevo.model.HeldOut;
import org.aevo.model.Part;
import org.aevo.model.TrainingFailedException;
import org.aevo.network.EnumText;
import org.aevo.record.Entry;
import org.aevo.record.EvaluationRow;
import org.aevo.record.FolderDraft;
import org.aevo.record.ModelMetrics;
import org.aevo.record.Program;
import org.aevo.record.RecordException;
import org.aevo.record.RunDirectory;
import org.aevo.record.RunHistory;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationSeed;
import org.aevo.task.AutoencoderTask;
import org.aevo.train.Engine;
import org.aevo.train.EngineKind;
import org.aevo.train.TrainingSettings;
import org.aevo.yaml.YamlException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** From the best candidate to a model. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Trains the best candidate of a run fully, tests it on samples that the search never saw, and holds it against"
                    + " what one would use without a search. Also of a run that was stopped or crashed.",
            "Writes model.zip (Deeplearning4j), model.h5 (weights for numpy), metrics.json, reconstructions.png and"
                    + " genome.txt into DIR/best, all at once at the end."
        })
final class TrainCommand implements Callable<Integer> {
    @Mixin
    private RunArgument run;

    @Option(
            names = "--id",
            paramLabel = "N",
            description = "Train this candidate; it goes into DIR/candidate-N. Default: the best.")
    private Optional<Long> id;

    @Option(
            names = "--epochs",
            defaultValue = "100",
            paramLabel = "E",
            description = "Epochs at most, of every network.")
    private int epochs;

    @Option(
            names = "--patience",
            defaultValue = "10",
            paramLabel = "P",
            description =
                    "Epochs without improvement on the held-out samples, a tenth of all but the test set, that end"
                            + " a training.")
    private int patience;

    @Option(names = "--engine", paramLabel = "ENGINE", description = "dl4j or torch. Default: that of the run.")
    private Optional<EngineKind> engineKind;

    @Option(
            names = "--random-run",
            paramLabel = "DIR2",
            description =
                    "A run with --strategy random on the same data, for the same task, with the same latent size and"
                            + " as many evaluations: its best is trained and tested too.")
    private Optional<Path> randomRun;

    @Option(
            names = "--set",
            paramLabel = "data.path=PLACE",
            description =
                    "Where the run's data are now; they must be the same. Default: where its last session had them.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--no-textbooks",
            description = "Leave out the autoencoders of the textbooks, which often take longer than all else.")
    private boolean noTextbooks;

    @Override
    public Integer call() throws IOException {
        atLeastOne("--epochs", epochs);
        atLeastOne("--patience", patience);
        RunHistory history = run.history();
        Entry.RunStarted started = history.started().orElseThrow();
        if (started.simulated()) {
            throw new InputException(
                    run.directory()
                            + ": its evaluations were simulated, there is nothing to train; name a run with evaluator.kind train");
        }
        RunConfig config = input(started, history);
        EvaluationRow chosen = chosen(history);
        Engines.require(config);
        Engines.missing(EngineKind.DL4J).ifPresent(problem -> {
            throw new CommandException("model.zip cannot be written: " + problem);
        });
        LeftOut.text(System.getenv()).ifPresent(text -> System.err.println("aevo: " + text));
        SearchSpace space = Evaluators.space(config);
        Optional<RandomRun> random = Optional.empty();
        if (randomRun.isPresent()) {
            random = Optional.of(RandomRun.of(randomRun.get(), config, history));
        }
        Thread stopped = new Thread(() -> {
            if (Terminal.isLive()) {
                Terminal.erase();
            }
            System.err.println("aevo: stopped by a signal; nothing was written");
        });
        Runtime.getRuntime().addShutdownHook(stopped);
        try (RunDirectory directory = RunDirectory.openAside(run.directory())) {
            train(directory, history, config, chosen, space, random, stopped);
        } catch (RecordException e) {
            throw e.then("train again");
        } finally {
            forget(stopped);
        }
        return ExitCode.DONE;
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // too late: it is said already
        }
    }

    /** @param stopped says at a shutdown that nothing was written: taken away before something is */
    private void train(
            RunDirectory directory,
            RunHistory history,
            RunConfig config,
            EvaluationRow chosen,
            SearchSpace space,
            Optional<RandomRun> random,
            Thread stopped)
            throws IOException {
        long candidate = chosen.candidate().id();
        Path target = id.isPresent()
                ? directory.paths().candidate(candidate)
                : directory.paths().best();
        FolderDraft.check(target);
        long seed = EvaluationSeed.of(config.seed(), candidate);
        TrainingSettings training = settings(config.training());
        String description = Datasets.inspect(config.data()).description();
        Split split = Datasets.load(config.data());
        SameData.problem(config, history.data().map(Entry.DataUsed::checksum).orElse(""), split.checksum())
                .ifPresent(problem -> {
                    throw new InputException(problem);
                });
        HeldOut data = HeldOut.of(part(split.train()), part(split.validation()), config.seed());
        Entrant winner = Entrant.candidate(candidate, chosen.candidate().design());
        List<Entrant> others = new ArrayList<>();
        random.ifPresent(other -> others.add(other.best()));
        if (!noTextbooks) {
            try {
                others.addAll(Entrant.textbooks(space.input(), Contest.code(space.blueprint(winner.design()))));
            } catch (YamlException e) {
                throw new InputException(e.getMessage() + " (--no-textbooks leaves them out)", e);
            }
        }
        if (!(config.task() instanceof AutoencoderTask task)) {
            throw new InputException("classifiers are not trained by this command");
        }
        ContestProgress progress = new ContestProgress(Terminal.isLive(), Terminal.columns(), epochs);
        try (Engine engine = Engines.open(config.engine())) {
            Contest contest = new Contest(
                    engine, space::blueprint, task, data, config.data().seed(), training, seed, progress);
            Contest.Result result = contest.run(winner, others, () -> part(split.test()));
            progress.end();
            ModelMetrics metrics = new ModelMetrics(
                    Build.program(),
                    about(history),
                    new ModelMetrics.Winner(
                            candidate,
                            chosen.candidate().design().toString(),
                            chosen.evaluation().fitness(),
                            chosen.evaluation().score().validationLoss()),
                    TaskText.task(config),
                    new ModelMetrics.Data(
                            description,
                            config.data().seed(),
                            data.fitted().count(),
                            data.heldOut().count(),
                            split.test().count(),
                            Optional.of(
                                    InputForms.recorded(split.form(), TaskClasses.of(config, split.labelCounts())))),
                    new ModelMetrics.Training(
                            engine.name(),
                            engine.device(),
                            engine.libraries(),
                            epochs,
                            patience,
                            training.minImprovement(),
                            seed,
                            EnumText.of(config.task().loss())),
                    result.rows(),
                    notes(random, result));
            forget(stopped);
            ModelMetrics written;
            try {
                // hours have passed
                directory.holding().check();
                written = new ModelFolder(target)
                        .write(metrics, chosen.candidate().design(), result);
            } catch (IOException | RuntimeException e) {
                // what took so long is not lost with the files
                new ModelTable(metrics).print(System.out);
                throw e;
            }
            new ModelTable(written).print(System.out);
            System.out.println(target);
        } catch (TrainingFailedException e) {
            throw new CommandException(e.getMessage() + "; nothing was written", e);
        } finally {
            progress.end();
        }
    }

    private EvaluationRow chosen(RunHistory history) {
        if (id.isEmpty()) {
            return history.best().stream()
                    .mapToObj(best -> history.evaluation(best).orElseThrow())
                    .findFirst()
                    .orElseThrow(() -> new CommandException(run.directory() + ": there is nothing to train: "
                            + NoFitness.reason(history, run.directory())));
        }
        long wanted = id.get();
        if (wanted < 0 || wanted >= history.asked()) {
            throw new InputException("--id " + wanted + ": no such candidate; the run has "
                    + (history.asked() == 0 ? "none" : "0 to " + (history.asked() - 1)));
        }
        EvaluationRow row = history.evaluation(wanted)
                .orElseThrow(() -> new InputException(
                        "--id " + wanted + ": its evaluation was not finished; 'aevo show' lists those that were"));
        Evaluation evaluation = row.evaluation();
        if (!evaluation.hasFitness()) {
            throw new InputException("--id " + wanted + ": its evaluation gave no fitness ("
                    + EnumText.of(evaluation.status()) + ": " + evaluation.message() + ")");
        }
        return row;
    }

    private RunConfig input(Entry.RunStarted started, RunHistory history) {
        String label = "the run's input";
        if (!SameData.arePlaces(settings)) {
            throw new InputException("--set of train takes " + String.join(", ", RunConfig.DATA_PLACES)
                    + " alone: all else is trained as the run's input says");
        }
        RunConfig last =
                SameData.atLastPlace(RunConfig.parse(started.inputYaml(), label, engineOption()), history.data());
        return settings.isEmpty() ? last : RunConfig.parse(last.effective().yaml(), label, Map.of(), settings);
    }

    private Map<String, RunConfig.Option> engineOption() {
        return engineKind
                .map(kind -> Map.of("training.engine", new RunConfig.Option("--engine", EnumText.of(kind))))
                .orElse(Map.of());
    }

    /** The run's, but for how long: nothing here must end a training early, and each epoch sees all samples. */
    private TrainingSettings settings(TrainingSettings search) {
        return new TrainingSettings(
                epochs, patience, search.minImprovement(), Double.POSITIVE_INFINITY, search.divergenceFactor(), 0);
    }

    private static ModelMetrics.Run about(RunHistory history) {
        Entry.RunStarted started = history.started().orElseThrow();
        return new ModelMetrics.Run(
                started.name(),
                started.strategy(),
                started.seed(),
                history.evaluated(),
                history.complete(),
                new Program(started.createdBy(), started.gitCommit(), started.javaVersion()));
    }

    private List<String> notes(Optional<RandomRun> random, Contest.Result result) {
        List<String> notes = new ArrayList<>(result.notes());
        notes.addAll(random.map(RandomRun::notes)
                .orElse(List.of("There is no line of random search: run the same input with --strategy random, and name"
                        + " that run with --random-run.")));
        if (noTextbooks) {
            notes.add("The autoencoders of the textbooks were left out (--no-textbooks).");
        }
        return notes;
    }

    private static Part part(Dataset data) {
        return new Part(Evaluators.samples(data), data.labels());
    }

    private static void atLeastOne(String option, int value) {
        if (value < 1) {
            throw new InputException(option + " must be at least 1, was " + value);
        }
    }
}
