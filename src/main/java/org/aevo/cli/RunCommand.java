package org.aevo.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.config.RunConfig.Option;
import org.aevo.search.StrategyKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Evolve. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Evolves autoencoders or classifiers as an input file says; writes a run directory.",
            "This process is rank 0 and starts its workers as processes of their own; started by srun, each task is a"
                    + " rank and all but the first are workers. Ctrl-C stops cleanly, a second one at once."
        })
final class RunCommand implements Callable<Integer> {
    @Parameters(index = "0", arity = "0..1", paramLabel = "INPUT", description = "Input file; examples are in inputs/.")
    private Path input;

    @picocli.CommandLine.Option(
            names = "--resume",
            paramLabel = "DIR",
            description = {
                "Go on with the run of this directory; with --evaluations N for more of them than it had, with --workers"
                        + " or --team as they are to be now, with --set"
                        + " data.path=PLACE where the same data are elsewhere now."
            })
    private Path resume;

    @picocli.CommandLine.Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Run directory. Default: runs/<name>, or runs/<name>-2 and so on if there is a run already.")
    private Path output;

    @picocli.CommandLine.Option(
            names = "--workers",
            paramLabel = "N",
            description = "Workers. Default: cluster.workers of the input.")
    private String workers;

    @picocli.CommandLine.Option(
            names = "--team",
            paramLabel = "N",
            description = "Workers that train each candidate together. Default: cluster.team of the input.")
    private String team;

    @picocli.CommandLine.Option(
            names = "--mode",
            paramLabel = "sync|async",
            description = "Generations or not. Default: mode of the input.")
    private String mode;

    @picocli.CommandLine.Option(
            names = "--evaluations",
            paramLabel = "N",
            description = "Budget. Default: budget.evaluations of the input.")
    private String evaluations;

    @picocli.CommandLine.Option(
            names = "--seed",
            paramLabel = "S",
            description = "Of everything random. Default: seed of the input.")
    private String seed;

    @picocli.CommandLine.Option(
            names = "--seed-offset",
            paramLabel = "N",
            description =
                    "Added to the seed: one input and N = 1, 2, 3, ... are as many runs with different seeds, as the tasks of a"
                            + " job array are.")
    private Long seedOffset;

    @Mixin
    private InputOptions inputs;

    @picocli.CommandLine.Option(
            names = "--dry-run",
            description = "Check everything, print the effective input, start nothing, write nothing.")
    private boolean dryRun;

    @Mixin
    private RankOptions ranks;

    @Spec
    private CommandSpec spec;

    private RunStart start;

    @Override
    public Integer call() throws Exception {
        requireName("INPUT", input);
        requireName("--output", output);
        requireName("--resume", resume);
        start = new RunStart(ranks, dryRun);
        if (start.isWorker()) {
            return start.work(this::config);
        }
        if (resume != null) {
            return resume();
        }
        if (input == null) {
            throw new InputException(
                    "run: which input file? Examples are in inputs/, for instance inputs/quickstart.yaml");
        }
        RunConfig config = config();
        return start.begin(
                config,
                Optional.ofNullable(output),
                config.name(),
                commandLine(),
                checked -> saySeed(config),
                RunResults.SUMMARY);
    }

    private RunConfig config() {
        return input == null && resume != null
                ? new ResumedInput(resume, inputs.settings()).read(start, options())
                : start.counted(options(), this::readSeeded);
    }

    private String commandLine() {
        return String.join(" ", spec.commandLine().getParent().getParseResult().originalArgs());
    }

    private static void requireName(String option, Path path) {
        if (path != null && path.toString().isBlank()) {
            throw new InputException(option + ": is empty, expected a path");
        }
    }

    private int resume() throws Exception {
        if (input != null
                || output != null
                || seedOffset != null
                || workersOnly().size() != options().size()
                || !SameData.areWays(inputs.settings().stream()
                        .filter(setting -> !setting.startsWith(TeamCheck.KEY + "="))
                        .toList())) {
            throw new InputException("--resume DIR goes on with the input of that run: of the other options it takes"
                    + " --evaluations, --workers, --team and --set data.path=PLACE (data.validation-from.path, data.test-from.path; of the same data) or"
                    + " data.distribution only");
        }
        RunConfig config = new ResumedInput(resume, inputs.settings()).read(start, options());
        if (config.strategy() == StrategyKind.SERVED) {
            throw new InputException(resume
                    + ": its candidates are those that another program asks for: 'aevo evaluate --serve --resume "
                    + resume + "' goes on");
        }
        return start.goOn(config, resume, commandLine());
    }

    private Map<String, Option> workersOnly() {
        Map<String, Option> allowed = options();
        allowed.keySet().retainAll(List.of("cluster.workers", TeamCheck.KEY, "budget.evaluations"));
        return allowed;
    }

    /** Reads the input; its seed, wherever that was given, may be moved. */
    private RunConfig readSeeded(Map<String, Option> options) {
        RunConfig config = RunConfig.read(input, options, inputs.settings());
        if (seedOffset == null) {
            return config;
        }
        long moved;
        try {
            moved = Math.addExact(config.seed(), seedOffset);
        } catch (ArithmeticException e) {
            throw new InputException(
                    "--seed-offset " + seedOffset + ": the seed, " + config.seed() + ", is too large for it", e);
        }
        List<String> settings = new ArrayList<>(inputs.settings());
        settings.removeIf(setting -> setting.startsWith("seed="));
        Map<String, Option> all = new LinkedHashMap<>(options);
        InputOptions.put(all, "seed", "--seed and --seed-offset", Long.toString(moved));
        return RunConfig.read(input, all, settings);
    }

    private void saySeed(RunConfig config) {
        if (seedOffset != null) {
            System.err.println("aevo: seed " + config.seed() + ": " + (config.seed() - seedOffset)
                    + " of the input or --seed, and " + seedOffset + " for this one of several runs");
        }
    }

    private Map<String, Option> options() {
        Map<String, Option> options = inputs.named();
        InputOptions.put(options, "cluster.workers", "--workers", workers);
        InputOptions.put(options, TeamCheck.KEY, "--team", team);
        InputOptions.put(options, "mode", "--mode", mode);
        InputOptions.put(options, "budget.evaluations", "--evaluations", evaluations);
        InputOptions.put(options, "seed", "--seed", seed);
        return options;
    }
}
