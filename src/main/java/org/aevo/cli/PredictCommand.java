package org.aevo.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.aevo.config.ClusterSettings;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.network.EnumText;
import org.aevo.predict.Draw;
import org.aevo.predict.Forecast;
import org.aevo.predict.MasterModel;
import org.aevo.predict.Prediction;
import org.aevo.predict.Predictor;
import org.aevo.predict.Scenario;
import org.aevo.predict.Workload;
import org.aevo.record.Entry.MasterCosts;
import org.aevo.record.RunHistory;
import org.aevo.record.RunPaths;
import org.aevo.report.Numbers;
import org.aevo.search.Mode;
import org.aevo.search.SearchStrategy;
import org.aevo.search.SendingOrder;
import org.aevo.search.StrategyKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a run would do with other numbers of workers. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "Predicts what a run would do with other numbers of workers: a simulation in virtual time of the real"
                        + " search, with the durations, latencies and master's costs that the run measured.")
final class PredictCommand implements Callable<Integer> {
    private static final int MOST_REPEATS = 1000;

    @Mixin
    private RunArgument run;

    @Option(
            names = "--workers",
            defaultValue = "1,2,4,...,4096",
            paramLabel = "LIST",
            description = "Numbers of workers, such as 1,2,4 or 1,2,4,...,4096.")
    private String workers;

    @Option(
            names = "--team",
            paramLabel = "LIST",
            description =
                    "Workers that train a candidate together, such as 1,2,4: says when a team pays. Default: those of the"
                            + " run (cluster.team).")
    private String team;

    @Option(
            names = "--modes",
            split = ",",
            paramLabel = "MODE",
            description = "sync, async or both. Default: those that the run's strategy has.")
    private List<Mode> modes;

    @Option(
            names = "--evaluations",
            paramLabel = "N",
            description =
                    "Evaluations of a predicted run, by default as many as the run made; with weak scaling of each"
                            + " worker.")
    private Long evaluations;

    @Option(
            names = "--scaling",
            defaultValue = "strong",
            paramLabel = "KIND",
            description = "strong: as many evaluations whatever the workers; weak: as many for each worker.")
    private Scaling scaling;

    @Option(
            names = "--population",
            defaultValue = "run",
            paramLabel = "SIZE",
            description =
                    "Of the search, and of its generations: run (that of the run), workers (as many as there are), or"
                            + " a number.")
    private String population;

    @Option(
            names = "--draw",
            defaultValue = "auto",
            paramLabel = "HOW",
            description =
                    "Which measured evaluation stands for a candidate: all (any), near (any at the same share of the"
                            + " search), same (that of the same id), auto (near if the durations drift, else all).")
    private String draw;

    @Option(
            names = "--prefetch",
            paramLabel = "N",
            description = "Candidates sent ahead to each worker. Default: cluster.prefetch of the run.")
    private Integer prefetch;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            description =
                    "Which candidate of a generation goes out first: longest (by what is expected of its network) or birth."
                            + " Default: cluster.order of the run.")
    private SendingOrder order;

    @Option(names = "--repeats", defaultValue = "3", paramLabel = "N", description = "Seeds; the median is shown.")
    private int repeats;

    @Option(names = "--seed", paramLabel = "S", description = "The first seed; by default the run's.")
    private Long seed;

    @Option(
            names = "--master",
            paramLabel = "DIR2",
            description = "Takes the master's costs from another run, such as one with many short evaluations.")
    private Path master;

    @Option(
            names = "--measured",
            arity = "1..*",
            paramLabel = "DIR3",
            description =
                    "Predicts these runs, and shows what they measured beside it; their workers start when they did.")
    private List<Path> measured;

    @Option(
            names = "--stopping",
            description =
                    "Replays the run's curves through rules that end trainings (training.stopping): what each would have saved, and"
                            + " whether the run's best would have survived (docs/stopping.md). Of the other options --csv and --json only.")
    private boolean stopping;

    @Option(names = "--csv", paramLabel = "FILE", description = "Writes the table to a file, too.")
    private Path csv;

    @Option(names = "--json", description = "Prints JSON in place of the table.")
    private boolean json;

    /** Whether the run's search has generations when it is synchronous. */
    private boolean generations;

    /** What stays the same when workers are added. */
    enum Scaling {
        STRONG,
        WEAK
    }

    @Override
    public Integer call() throws IOException {
        check();
        if (stopping) {
            return stopping();
        }
        List<Integer> counts = WorkerCounts.parse("--workers", workers, Scenario.MOST_WORKERS);
        RunHistory history = run.history();
        RunConfig config = input(run.directory(), history);
        MasterCosts costs = costs(history);
        Workload workload = workload(history).withMaster(MasterModel.of(costs));
        Draw how = how(workload);
        TeamWorkloads teams = new TeamWorkloads(run.directory(), history, workload);
        if (measured != null) {
            if (team != null) {
                throw new InputException("--team: with --measured each run is predicted with the teams that it had");
            }
            return compare(teams, how);
        }
        List<Integer> sizes =
                team == null ? List.of(teams.own()) : WorkerCounts.parse("--team", team, ClusterSettings.MOST_TEAM);
        if (sizes.get(0) > counts.get(counts.size() - 1)) {
            throw new InputException(
                    "--team: " + sizes.get(0) + " is more than the most --workers, " + counts.get(counts.size() - 1));
        }
        teams.prepare(sizes);
        if (prefetch == null) {
            prefetch = config.cluster().prefetch();
        }
        if (order == null) {
            order = config.cluster().order();
        }
        generations = config.strategy().hasGenerations();
        modes = modes(config.strategy());
        long base = Optional.ofNullable(evaluations).orElse(share(workload, history));
        Function<Scenario, SearchStrategy> strategies = new PredictedSearch(config, history.inputs(), population);
        Predictor predictor = new Predictor(teams, strategies);
        List<Forecast> forecasts = forecasts(
                predictor,
                how,
                shapes(sizes, counts),
                teams.least(),
                base,
                Optional.ofNullable(seed).orElse(config.seed()));
        Predictions predictions = new Predictions(
                run.directory(),
                history,
                workload,
                costs.tells(),
                forecasts,
                scaling,
                population.equals("run") ? Integer.toString(config.evolution().population()) : population,
                generation(config),
                teams);
        if (csv != null) {
            write(csv, new PredictionData(predictions).csv());
        }
        System.out.print(json ? new PredictionData(predictions).json() : new PredictionTable(predictions).text());
        return ExitCode.DONE;
    }

    private int stopping() throws IOException {
        RunHistory history = run.history();
        StoppingTable table = new StoppingTable(run.directory(), history, input(run.directory(), history));
        if (csv != null) {
            write(csv, table.csv());
        }
        System.out.print(json ? table.json() : table.text());
        return ExitCode.DONE;
    }

    private void check() {
        if (stopping
                && (measured != null || team != null || modes != null || prefetch != null || evaluations != null)) {
            throw new InputException(
                    "--stopping: replays the run as it was; of the other options it takes --csv and --json only");
        }
        if (repeats < 1 || repeats > MOST_REPEATS) {
            throw new InputException("--repeats must be 1 to " + MOST_REPEATS + ", was " + repeats);
        }
        if (prefetch != null && (prefetch < 0 || prefetch > Scenario.MOST_PREFETCH)) {
            throw new InputException("--prefetch must be 0 to " + Scenario.MOST_PREFETCH + ", was " + prefetch);
        }
        if (json && measured != null) {
            throw new InputException("--json: --measured has a table and --csv only");
        }
    }

    /** Those asked for, or all that there is a search in. */
    private List<Mode> modes(StrategyKind strategy) {
        if (strategy == StrategyKind.ENSEMBLE) {
            throw new InputException(run.directory()
                    + ": is a run of an ensemble, which is no search: there is nothing to be predicted of it");
        }
        if (modes == null) {
            return Arrays.stream(Mode.values()).filter(strategy::serves).toList();
        }
        for (Mode mode : modes) {
            if (!strategy.serves(mode)) {
                throw new InputException("--modes: the run's strategy is " + EnumText.of(strategy) + ", which has no "
                        + EnumText.of(mode) + " mode: leave it out");
            }
        }
        return modes;
    }

    /** The input that a run was started with. */
    static RunConfig input(Path directory, RunHistory history) {
        return RunConfig.parse(
                history.started().orElseThrow().inputYaml(), new RunPaths(directory).journal() + " (input)");
    }

    /** What the run made: all, or what was for each of its workers. */
    private long share(Workload workload, RunHistory history) {
        double workersThere = history.sessions().get(0).workers();
        return scaling == Scaling.STRONG ? workload.size() : Math.max(1, Math.round(workload.size() / workersThere));
    }

    private Workload workload(RunHistory history) throws IOException {
        Workload workload = Workload.of(history)
                .orElseThrow(() -> new InputException(run.directory()
                        + ": no evaluation has come yet, there is nothing to predict from; " + Workload.ENOUGH
                        + " are enough"));
        if (!history.complete()) {
            note(run.directory() + " is not complete: predicted from its "
                    + Numbers.count(workload.size(), "evaluation") + " so far");
        }
        if (workload.size() < Workload.ENOUGH) {
            note(run.directory() + " has only " + Numbers.count(workload.size(), "evaluation") + ": with fewer than "
                    + Workload.ENOUGH + " a prediction says little");
        }
        return workload;
    }

    private MasterCosts costs(RunHistory history) throws IOException {
        if (master != null) {
            MasterCosts costs = RunArgument.history(master).masterCosts();
            if (costs.tells() == 0) {
                throw new InputException("--master: " + master + " has no costs of its master yet");
            }
            return costs;
        }
        MasterCosts costs = history.masterCosts();
        if (costs.tells() == 0) {
            note(run.directory() + " has no costs of its master yet: predicted with one that takes no time");
        }
        return costs;
    }

    private Draw how(Workload workload) {
        if (!draw.equals("auto")) {
            return Arrays.stream(Draw.values())
                    .filter(d -> EnumText.of(d).equals(draw))
                    .findFirst()
                    .orElseThrow(
                            () -> new InputException("--draw must be auto, all, near or same, was '" + draw + "'"));
        }
        Draw how = workload.draw();
        if (how == Draw.NEAR) {
            note(String.format(
                    Locale.ROOT,
                    "the durations drift with the search (rank correlation %.1f standard deviations): a candidate gets one"
                            + " of about its place; --draw all for any",
                    workload.drift()));
        }
        return how;
    }

    /** Candidates of a generation; 0 for as many as there are places. */
    private int generation(RunConfig config) {
        return switch (population) {
            case "run" -> config.evolution().offspring();
            case "workers" -> 0;
            default -> Integer.parseInt(population);
        };
    }

    /** Workers, and how many of them are a team. */
    private record Shape(int team, int workers) {}

    private static List<Shape> shapes(List<Integer> sizes, List<Integer> counts) {
        return sizes.stream()
                .flatMap(size -> counts.stream().filter(count -> count >= size).map(count -> new Shape(size, count)))
                .toList();
    }

    private List<Forecast> forecasts(
            Predictor predictor, Draw how, List<Shape> asked, int least, long base, long firstSeed) {
        // speed-up is relative to one worker, whether that is asked for or not
        List<Shape> all = Stream.concat(Stream.of(new Shape(least, least)), asked.stream())
                .distinct()
                .toList();
        List<Scenario> scenarios = new ArrayList<>();
        for (Mode mode : modes) {
            for (Shape shape : all) {
                for (int repeat = 0; repeat < repeats; repeat++) {
                    scenarios.add(scenario(mode, shape, base, firstSeed + repeat, how));
                }
            }
        }
        List<Prediction> predictions = PredictionProgress.watch(predictor, scenarios);
        List<Forecast> forecasts = new ArrayList<>();
        int perMode = repeats * all.size();
        for (int at = 0; at < predictions.size(); at += repeats) {
            int alone = at - at % perMode;
            Forecast forecast =
                    new Forecast(predictions.subList(at, at + repeats), predictions.subList(alone, alone + repeats));
            Scenario scenario = forecast.scenario();
            if (asked.contains(new Shape(scenario.team(), scenario.workers()))) {
                forecasts.add(forecast);
            }
        }
        return forecasts;
    }

    private Scenario scenario(Mode mode, Shape shape, long base, long withSeed, Draw how) {
        int count = shape.workers();
        long all = scaling == Scaling.WEAK ? base * count : base;
        if (base < 1 || all > Scenario.MOST_EVALUATIONS) {
            throw new InputException("--evaluations: " + base + (scaling == Scaling.WEAK ? " for each of " + count : "")
                    + " is not between 1 and " + Scenario.MOST_EVALUATIONS + " in all");
        }
        return Scenario.of(mode, count, all, withSeed, how)
                .withPrefetch(prefetch)
                .withTeam(shape.team())
                .withOrder(mode == Mode.SYNC && generations ? order : SendingOrder.BIRTH);
    }

    private int compare(TeamWorkloads teams, Draw how) throws IOException {
        PredictionCheck check =
                new PredictionCheck(teams, how, repeats, Optional.ofNullable(prefetch), Optional.ofNullable(seed));
        for (Path directory : measured) {
            check.add(directory, RunArgument.history(directory));
        }
        if (csv != null) {
            write(csv, check.csv());
        }
        System.out.print(check.text());
        return ExitCode.DONE;
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandException("--csv: " + file + " cannot be written: " + e, e);
        }
    }

    private static void note(String text) {
        System.err.println("aevo: " + text);
    }
}
