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
import org.aevo.data.Datasets;
import org.aevo.data.Split;
import org.aevo.genome.SearchSpace;
import org.aevo.model.TrainingFailedException;
import org.aevo.network.EnumText;
import org.aevo.record.Entry;
import org.aevo.record.EvaluationRow;
import org.aevo.record.FolderDraft;
import org.aevo.record.ModelMetrics;
import org.aevo.record.RecordException;
import org.aevo.record.RunDirectory;
import org.aevo.record.RunHistory;
import org.aevo.search.Evaluation;
import org.aevo.task.AutoencoderTask;
import org.aevo.task.Classify;
import org.aevo.train.Engine;
import org.aevo.train.EngineKind;
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
            "Writes model.zip (Deeplearning4j), model.h5 (weights for numpy), metrics.json, genome.txt and"
                    + " reconstructions.png, of classifiers confusion.csv, into DIR/best, all at once at the end."
        })
final class TrainCommand implements Callable<Integer> {
    private static final int EPOCHS = 100;
    private static final int PATIENCE = 10;

    @Mixin
    private RunArgument run;

    @Option(
            names = "--id",
            paramLabel = "N",
            description = "Train this candidate; it goes into DIR/candidate-N. Default: the best.")
    private Optional<Long> id;

    @Option(
            names = "--epochs",
            paramLabel = "E",
            description = "Epochs of every network: at most, of autoencoders (default 100); of classifiers as many"
                    + " (default: training.epochs of the run).")
    private Optional<Integer> epochs;

    @Option(
            names = "--patience",
            paramLabel = "P",
            description =
                    "Autoencoders: epochs without improvement on the held-out samples, a tenth of all but the test set,"
                            + " that end a training. Default: 10.")
    private Optional<Integer> patience;

    @Option(
            names = "--repeats",
            defaultValue = "1",
            paramLabel = "R",
            description = "Classifiers: how often each network is trained, each time with another seed.")
    private int repeats;

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
            names = "--beside",
            paramLabel = "NETWORK",
            description = "A network file (docs/networks.md): that network is trained and tested too. Repeatable.")
    private List<Path> beside = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "data.path=PLACE",
            description =
                    "Where the run's data are now; they must be the same. Default: where its last session had them.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--no-textbooks",
            description = "Leave out the autoencoders of the textbooks, or the published classifiers, which often take"
                    + " longer than all else.")
    private boolean noTextbooks;

    @Override
    public Integer call() throws IOException {
        epochs.ifPresent(given -> atLeastOne("--epochs", given));
        patience.ifPresent(given -> atLeastOne("--patience", given));
        atLeastOne("--repeats", repeats);
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
        requireOptions(config);
        SearchSpace space = Evaluators.space(config);
        Optional<RandomRun> random = Optional.empty();
        if (randomRun.isPresent()) {
            random = Optional.of(RandomRun.of(randomRun.get(), config, history));
        }
        OtherNetworks others = new OtherNetworks(random, beside, !noTextbooks);
        Thread stopped = new Thread(() -> {
            if (Terminal.isLive()) {
                Terminal.erase();
            }
            System.err.println("aevo: stopped by a signal; nothing was written");
        });
        Runtime.getRuntime().addShutdownHook(stopped);
        try (RunDirectory directory = RunDirectory.openAside(run.directory())) {
            train(directory, history, config, chosen, space, others, stopped);
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

    private void requireOptions(RunConfig config) {
        if (config.task() instanceof Classify && patience.isPresent()) {
            throw new InputException(
                    "--patience: nothing is held out of a classifier's full training that could end it;"
                            + " --epochs says how long it is");
        }
        if (!(config.task() instanceof Classify) && repeats > 1) {
            throw new InputException(
                    "--repeats: is for classifiers; of autoencoders 'aevo evaluate NETWORK INPUT --repeats " + repeats
                            + "' says how much they vary");
        }
    }

    /** @param stopped says at a shutdown that nothing was written: taken away before something is */
    private void train(
            RunDirectory directory,
            RunHistory history,
            RunConfig config,
            EvaluationRow chosen,
            SearchSpace space,
            OtherNetworks others,
            Thread stopped)
            throws IOException {
        long candidate = chosen.candidate().id();
        Path target = id.isPresent()
                ? directory.paths().candidate(candidate)
                : directory.paths().best();
        FolderDraft.check(target);
        String description = Datasets.inspect(config.data()).description();
        Split split = Datasets.load(config.data());
        SameData.problem(config, history.data().map(Entry.DataUsed::checksum).orElse(""), split.checksum())
                .ifPresent(problem -> {
                    throw new InputException(problem);
                });
        if (split.test().count() == 0) {
            throw new InputException(config.data().whereabouts()
                    + ": there are no test samples, and a model is tested on samples that the search has not"
                    + " seen: evaluate again with some");
        }
        ModelSource source = new ModelSource(history, config, chosen, space, split, description);
        int most = epochs.orElse(
                config.task() instanceof Classify ? config.training().maxEpochs() : EPOCHS);
        ContestProgress progress = new ContestProgress(Terminal.isLive(), Terminal.columns(), most);
        try (Engine engine = Engines.open(config.engine())) {
            MadeModel made = config.task() instanceof AutoencoderTask task
                    ? new AutoencoderModel(source, others, most, patience.orElse(PATIENCE)).make(engine, task, progress)
                    : new ClassifierModel(source, others, epochs, repeats)
                            .make(engine, (Classify) config.task(), progress);
            progress.end();
            forget(stopped);
            ModelMetrics written;
            try {
                // hours have passed
                directory.holding().check();
                written = new ModelFolder(target).write(made, chosen.candidate().design());
            } catch (IOException | RuntimeException e) {
                // what took so long is not lost with the files
                new ModelTable(made.metrics()).print(System.out);
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

    private static void atLeastOne(String option, int value) {
        if (value < 1) {
            throw new InputException(option + " must be at least 1, was " + value);
        }
    }
}
