package org.aevo.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.config.SeedSource;
import org.aevo.design.NetworkFile;
import org.aevo.network.Design;
import org.aevo.search.StrategyKind;
import org.aevo.yaml.YamlException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Networks written by hand, as candidates. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Trains and validates networks that you wrote (docs/networks.md), as a search of an input would its"
                    + " candidates: the same data, split, epochs, limits and workers; writes a run directory like any other. With"
                    + " --serve those that another program, such as an optimiser, asks for.",
            "'aevo run --resume DIR' goes on with it, with more --evaluations in further rounds."
        })
final class EvaluateCommand implements Callable<Integer> {
    private static final String STRATEGY = "strategy";
    private static final String EVALUATIONS = "budget.evaluations";

    /** Seconds; who asks decides when it is over. */
    private static final String AS_LONG_AS_ASKED = "1e9";

    @Parameters(
            arity = "0..*",
            paramLabel = "NETWORK... INPUT",
            description =
                    "Network files, then the input file that says on what data and how they are trained. Examples are"
                            + " in inputs/networks/.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--repeats",
            defaultValue = "1",
            paramLabel = "N",
            description = "How often each is evaluated, each time with another seed.")
    private int repeats;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Run directory. Default: runs/<name>-networks, or with a number behind it.")
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
            description = "Any input key, by its dotted path: --set training.epochs=3. Repeatable.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--serve",
            description =
                    "Evaluates what another program asks for: reads a line of JSON for each design from standard input, such as"
                            + " {\"id\": 1, \"genome\": \"...\"}, and writes a line of JSON for each evaluation to standard output, in the"
                            + " order in which they are done, as many at once as there are workers (docs/serve.md).")
    private boolean serve;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description =
                    "With --serve: goes on with the run in DIR; what it has evaluated answers the same requests again.")
    private Optional<Path> resume;

    @Option(names = "--json", description = "The results for programs; missing numbers are null.")
    private boolean json;

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
        if (files.stream().anyMatch(file -> file.toString().isBlank())
                || output.filter(o -> o.toString().isBlank()).isPresent()) {
            throw new InputException("a file's name is empty, expected a path");
        }
        if (serve) {
            return served();
        }
        if (resume.isPresent()) {
            throw new InputException(
                    "--resume DIR is for --serve; 'aevo run --resume DIR' goes on with a run of networks");
        }
        if (files.isEmpty()) {
            throw new InputException(
                    "expected network files and, as the last, an input file: 'aevo evaluate NETWORK... INPUT'");
        }
        if (files.size() < 2) {
            throw new InputException("expected network files and, as the last, an input file: 'aevo evaluate NETWORK..."
                    + " INPUT'; there is " + files.get(0) + " alone");
        }
        if (repeats < 1 || repeats > 1_000_000) {
            throw new InputException("--repeats must be from 1 to 1000000, was " + repeats);
        }
        RunStart start = new RunStart(ranks, dryRun);
        if (start.isWorker()) {
            return start.work(() -> config(start));
        }
        RunConfig config = config(start);
        String commandLine =
                String.join(" ", spec.commandLine().getParent().getParseResult().originalArgs());
        return start.begin(
                config,
                output,
                config.name() + "-networks",
                commandLine,
                checked -> {
                    for (Design design : checked.config().seedDesigns()) {
                        SeedDesigns.otherCode(design, checked.space())
                                .ifPresent(text -> System.err.println("aevo: " + text));
                    }
                },
                (history, directory) -> {
                    NetworkResults results = NetworkResults.of(history).orElseThrow();
                    if (json) {
                        System.out.println(results.json(directory));
                    } else {
                        results.print(System.out);
                    }
                });
    }

    private RunConfig config(RunStart start) {
        Path input = files.get(files.size() - 1);
        List<Path> networks = files.subList(0, files.size() - 1);
        List<SeedSource> sources = networks.stream()
                .<SeedSource>map(
                        file -> new SeedSource.File(file.toAbsolutePath().normalize()))
                .toList();
        Map<String, RunConfig.Option> options = new LinkedHashMap<>();
        InputOptions.put(options, "cluster.workers", "--workers", workers);
        InputOptions.put(options, "seed", "--seed", seed);
        InputOptions.put(options, "training.engine", "--engine", engine);
        InputOptions.put(options, STRATEGY, "aevo evaluate", "list");
        InputOptions.put(options, SeedSource.KEY, "the command line", sources.toString());
        InputOptions.put(options, EVALUATIONS, "--repeats", Long.toString((long) repeats * networks.size()));
        InputOptions.put(options, "evolution.inherit-weights", "aevo evaluate", "no");
        InputOptions.put(options, "training.stopping", "aevo evaluate", "none");
        InputOptions.put(options, "budget.wall-seconds", "aevo evaluate", "none");
        InputOptions.put(options, "budget.target-fitness", "aevo evaluate", "none");
        InputOptions.put(options, "budget.stagnation", "aevo evaluate", "none");
        RunConfig config;
        try {
            config = start.counted(options, all -> RunConfig.read(input, all, settings));
        } catch (InputException e) {
            throw isNetwork(input)
                    ? new InputException(
                            input + ": is a network; the last file must be the input: 'aevo evaluate NETWORK... INPUT'",
                            e)
                    : e;
        }
        if (config.strategy() != StrategyKind.LIST || !config.seeds().equals(sources)) {
            throw new InputException("--set strategy and --set " + SeedSource.KEY
                    + ": 'aevo evaluate' evaluates the files that it is given; for a search there is 'aevo run'");
        }
        return config;
    }

    private int served() throws Exception {
        if (repeats != 1 || json) {
            throw new InputException(
                    "--serve answers each request once, in JSON: it takes neither --repeats nor --json");
        }
        if (resume.isPresent()
                ? !files.isEmpty() || output.isPresent() || seed != null || engine != null
                : files.size() != 1) {
            throw new InputException(
                    "expected 'aevo evaluate --serve INPUT [-o DIR]', or 'aevo evaluate --serve --resume DIR'");
        }
        RunStart start = new RunStart(ranks, dryRun);
        if (start.isWorker()) {
            return start.work(() -> servedConfig(start));
        }
        RunConfig config = servedConfig(start);
        String commandLine =
                String.join(" ", spec.commandLine().getParent().getParseResult().originalArgs());
        Function<Checked, Optional<EvaluationService>> service =
                checked -> Optional.of(new EvaluationService(System.in, System.out, checked));
        return resume.isPresent()
                ? start.goOn(config, resume.get(), commandLine, RunResults.NONE, service)
                : start.begin(
                        config,
                        output,
                        config.name() + "-served",
                        commandLine,
                        checked -> {},
                        RunResults.NONE,
                        service);
    }

    private RunConfig servedConfig(RunStart start) {
        Map<String, RunConfig.Option> options = new LinkedHashMap<>();
        InputOptions.put(options, "cluster.workers", "--workers", workers);
        if (resume.isPresent()) {
            return new ResumedInput(resume.get(), settings).read(start, options);
        }
        InputOptions.put(options, "seed", "--seed", seed);
        InputOptions.put(options, "training.engine", "--engine", engine);
        InputOptions.put(options, STRATEGY, "aevo evaluate --serve", "served");
        InputOptions.put(options, "mode", "aevo evaluate --serve", "async");
        InputOptions.put(options, SeedSource.KEY, "aevo evaluate --serve", "[]");
        InputOptions.put(options, EVALUATIONS, "aevo evaluate --serve", "none");
        InputOptions.put(options, "evolution.inherit-weights", "aevo evaluate --serve", "no");
        InputOptions.put(options, "budget.wall-seconds", "aevo evaluate --serve", AS_LONG_AS_ASKED);
        InputOptions.put(options, "budget.target-fitness", "aevo evaluate --serve", "none");
        InputOptions.put(options, "budget.stagnation", "aevo evaluate --serve", "none");
        RunConfig config = start.counted(options, all -> RunConfig.read(files.get(0), all, settings));
        if (config.strategy() != StrategyKind.SERVED) {
            throw new InputException("--set strategy: 'aevo evaluate --serve' evaluates what it is asked for");
        }
        return config;
    }

    /** Whether a file that was to be an input is a network. */
    static boolean isNetwork(Path file) {
        try {
            NetworkFile.read(file);
            return true;
        } catch (YamlException e) {
            return false;
        }
    }
}
