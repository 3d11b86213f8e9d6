package org.aevo.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.aevo.config.EnsembleInput;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.config.SeedSource;
import org.aevo.network.Design;
import org.aevo.record.Entry;
import org.aevo.record.RunHistory;
import org.aevo.yaml.Values;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Eager ensembles of autoencoders. */
@Command(
        name = "ensemble",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Trains several autoencoders for few epochs each, in parallel, and classifies by their codes together"
                    + " (docs/ensembles.md); beside them one autoencoder that is trained for long, and principal components."
                    + " Writes a run directory like any other.",
            "'aevo run --resume DIR' goes on with it."
        })
final class EnsembleCommand implements Callable<Integer> {
    private static final String COMMAND = "aevo ensemble";
    private static final String NONE = "none";

    @Parameters(
            arity = "1",
            paramLabel = "INPUT|DIR",
            description =
                    "Input file whose section 'ensemble' names the networks; an example is inputs/ensemble.yaml. Or,"
                            + " with --best, the directory of a run, whose input and networks are taken.")
    private Path place;

    @Option(
            names = "--best",
            paramLabel = "N",
            description = "Members are the N best networks of the run in DIR, at least 2, each once.")
    private Integer best;

    @Option(
            names = "--diverse",
            description =
                    "Of the good networks of the run not the N best, but the best and those that differ most from it"
                            + " and each other: by the layers that had to be changed to make one the other.")
    private boolean diverse;

    @Option(
            names = "--margin",
            defaultValue = "0.1",
            paramLabel = "SHARE",
            description =
                    "Of --diverse: a network is good whose fitness exceeds the best by no more than this share of it.")
    private double margin;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description =
                    "Run directory. Default: runs/<name of the input>, or of a run's runs/<name>-ensemble, or with a number behind it.")
    private Optional<Path> output;

    @Option(names = "--workers", paramLabel = "N", description = "Workers. Default: cluster.workers of the input.")
    private String workers;

    @Option(names = "--seed", paramLabel = "S", description = "Of everything random. Default: seed of the input.")
    private String seed;

    @Option(names = "--engine", paramLabel = "dl4j|torch", description = "Default: training.engine of the input.")
    private String engine;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Any input key, by its dotted path: --set ensemble.epochs=5. Repeatable.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--dry-run",
            description = "Check everything, print the effective input, start nothing, write nothing.")
    private boolean dryRun;

    @Mixin
    private RankOptions ranks;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (place.toString().isBlank()
                || output.filter(o -> o.toString().isBlank()).isPresent()) {
            throw new InputException("a file's name is empty, expected a path");
        }
        boolean ofRun = Files.isDirectory(place);
        checkOptions(ofRun);
        RunStart start = new RunStart(ranks, dryRun);
        if (start.isWorker()) {
            return start.work(() -> config(start, ofRun));
        }
        RunConfig config = config(start, ofRun);
        String commandLine =
                String.join(" ", spec.commandLine().getParent().getParseResult().originalArgs());
        return start.begin(config, output, config.name(), commandLine, checked -> {}, RunResults.SUMMARY);
    }

    private void checkOptions(boolean ofRun) {
        if (ofRun && best == null) {
            throw new InputException(
                    place + ": is a directory: say with --best N how many networks of its run are the members");
        }
        if (!ofRun && (best != null || diverse)) {
            throw new InputException((best != null ? "--best" : "--diverse") + " takes networks of a run, and " + place
                    + " is no directory of one: an input names them in " + EnsembleInput.NETWORKS);
        }
        if (best != null && best < 2) {
            throw new InputException("--best must be at least 2, was " + best + ": an ensemble has several members");
        }
        if (settings.stream().anyMatch(setting -> setting.startsWith("strategy="))) {
            throw new InputException(
                    "--set strategy: '" + COMMAND + "' makes an ensemble; for a search there is 'aevo run'");
        }
        if (!(margin >= 0 && Double.isFinite(margin))) {
            throw new InputException("--margin must be at least 0, was " + margin);
        }
    }

    private RunConfig config(RunStart start, boolean ofRun) {
        Map<String, RunConfig.Option> options = new LinkedHashMap<>();
        InputOptions.put(options, "cluster.workers", "--workers", workers);
        InputOptions.put(options, "seed", "--seed", seed);
        InputOptions.put(options, "training.engine", "--engine", engine);
        InputOptions.put(options, "strategy", COMMAND, "ensemble");
        for (String key :
                List.of("budget.evaluations", "budget.wall-seconds", "budget.target-fitness", "budget.stagnation")) {
            InputOptions.put(options, key, COMMAND, NONE);
        }
        InputOptions.put(options, "evolution.inherit-weights", COMMAND, "no");
        if (ofRun) {
            return ofRun(start, options);
        }
        try {
            return start.counted(options, all -> RunConfig.read(place, all, settings));
        } catch (InputException e) {
            throw EvaluateCommand.isNetwork(place)
                    ? new InputException(
                            place + ": is a network, not an input: '" + COMMAND + " INPUT --set "
                                    + EnsembleInput.NETWORKS + "=[" + place + "]' makes it the members'",
                            e)
                    : e;
        }
    }

    /** The run's own input, with members in the place of its search. */
    private RunConfig ofRun(RunStart start, Map<String, RunConfig.Option> options) {
        RunHistory history;
        try {
            history = RunArgument.history(place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Entry.RunStarted started = history.started().orElseThrow();
        if (started.simulated()) {
            throw new InputException(
                    place + ": its evaluations were simulated: none of its networks is better than another");
        }
        if (history.inputs().flatMap(inputs -> inputs.classes()).isPresent()) {
            throw new InputException(place
                    + ": its networks are classifiers (task.kind), and the members of an ensemble are autoencoders");
        }
        EnsembleMembers members = new EnsembleMembers(place, history);
        List<Design> designs = diverse ? members.diverse(best, margin) : members.best(best);
        List<SeedSource> sources =
                designs.stream().<SeedSource>map(SeedSource.Text::new).toList();
        InputOptions.put(options, EnsembleInput.NETWORKS, "--best", sources.toString());
        InputOptions.put(options, "ensemble.members", "--best", Integer.toString(best));
        InputOptions.put(options, SeedSource.KEY, COMMAND, "[]");
        // what is of searches alone
        InputOptions.put(options, TeamCheck.KEY, COMMAND, "1");
        InputOptions.put(options, "data.fraction", COMMAND, "1");
        String label = place + " (input of its run)";
        RunConfig before = SameData.atLastPlace(RunConfig.parse(started.inputYaml(), label), history.data());
        InputOptions.put(options, "name", COMMAND, Values.quoted(before.name() + "-ensemble"));
        // a search has written the section out with its defaults, which nobody has chosen
        String yaml = before.makesEnsemble()
                ? before.effective().yaml()
                : before.effective().yamlWithout("ensemble");
        return start.counted(options, all -> RunConfig.parse(yaml, label, all, settings));
    }
}
