package org.aevo.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.aevo.genome.variation.VariationRates;
import org.aevo.network.Activation;
import org.aevo.network.EnumText;
import org.aevo.search.Budget;
import org.aevo.search.EvolutionSettings;
import org.aevo.search.GuideKind;
import org.aevo.search.GuideSettings;
import org.aevo.search.Mode;
import org.aevo.search.SendingOrder;
import org.aevo.search.StrategyKind;
import org.aevo.task.Classify;
import org.aevo.task.Task;
import org.aevo.train.LearningRateRule;
import org.aevo.train.Loss;
import org.aevo.yaml.YamlTree;

/** Reads the sections of an input file in the order in which the effective input shows them. */
final class InputReader {
    private static final int MANY = 1_000_000_000;
    private static final int GUIDED_MIN_POPULATION = 6;

    private InputReader() {}

    static RunConfig read(YamlTree tree, String label, Map<String, RunConfig.Option> options, List<String> settings) {
        options.forEach((path, option) -> tree.set(path, option.value(), option.name()));
        settings.forEach(tree::set);
        EffectiveInput effective = new EffectiveInput(label);
        Section root = new Section("", Optional.of(tree.root()), effective);
        // A mistyped section is all defaults, and what is wrong with those contradicts what stands in the file.
        root.refuseOthersThan(TopLevel.KEYS);
        return read(root, label, effective);
    }

    /** What an input may have at its top, from the calls that read it. */
    private static final class TopLevel {
        static final List<String> KEYS = keys();

        private static List<String> keys() {
            EffectiveInput all = new EffectiveInput("all keys");
            YamlTree tree = YamlTree.parse("budget: {evaluations: 1000}", "all keys");
            read(new Section("", Optional.of(tree.root()), all), "all keys", all);
            return all.items().stream()
                    .map(EffectiveInput.Item::path)
                    .filter(path -> !path.contains("."))
                    .toList();
        }
    }

    private static RunConfig read(Section root, String label, EffectiveInput effective) {
        String name = root.text("name", fileName(label), "a short text", "what the run is called");
        long seed = root.whole(
                "seed",
                1,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                "of everything random: the same seed gives the same synchronous run on any number of workers");
        Mode mode = root.choice(
                "mode",
                Mode.ASYNC,
                "sync: whole generations, with a barrier after each; async: a worker never waits for another");
        StrategyKind strategy = root.choice(
                "strategy",
                StrategyKind.GENETIC,
                "what proposes candidates (docs/strategies.md): genetic, aging evolution, local search; pairwise, tournaments of two (async only); nsga2, which lowers the several task.objectives; random search is the baseline in either mode; list: evolution.seeds alone, round after round with other seeds, as 'aevo evaluate' does; ensemble: the tasks of an eager ensemble, as 'aevo ensemble' does (docs/ensembles.md); served: what another program asks 'aevo evaluate --serve' for (docs/serve.md)");

        if (!strategy.serves(mode)) {
            throw root.error(
                    "mode",
                    "is sync, but strategy " + EnumText.of(strategy)
                            + " has no generations to wait for: set mode: async, or another strategy");
        }

        Section ends = root.section("budget", "When the run ends: whichever comes first.");
        OptionalLong evaluations = ends.optionalWhole("evaluations", 1, MANY, "evaluations, whatever their outcome");
        OptionalDouble wall = ends.optionalDecimal("wall-seconds", 0.001, 1e9, "seconds since the start of the run");
        OptionalDouble target = ends.optionalDecimal(
                "target-fitness", -1e100, 1e100, "the run ends when the best fitness is this or lower");
        OptionalLong stagnation = ends.optionalWhole(
                "stagnation",
                1,
                MANY,
                "the run ends when so many evaluations in a row brought none better; in sync mode generations are taken in as a whole, and one with a better evaluation counts as none. Not of nsga2, which has no one best");
        if (stagnation.isPresent() && strategy == StrategyKind.NSGA2) {
            throw ends.error(
                    "stagnation",
                    "is " + stagnation.getAsLong()
                            + ", but strategy nsga2 lowers several objectives and has no one best that could stay the same: set budget.stagnation: none");
        }
        ends.end();
        Section evolving = root.section(
                "evolution",
                "The genetic algorithm, NSGA-II, aging evolution, local search and tournaments of pairs, which have mutations of their own (docs/strategies.md); the same operators in both modes. Those of genes and skips are applied to the encoder and, where it is free, to the decoder, or to features and head of classifiers, each with their probability.");
        List<SeedSource> seeds = SeedSource.read(evolving);
        boolean inherit = InheritanceReader.read(evolving, root, strategy);
        EvolutionSettings evolution = evolution(evolving, root, strategy, mode, evaluations, !seeds.isEmpty(), inherit);
        Section aim = root.section("task", "What the search is for.");
        TaskReader.Aim aimed = TaskReader.read(aim, strategy == StrategyKind.NSGA2);
        Loss loss = aimed.task().loss();
        RunConfig.SpaceSettings space = SpaceReader.read(
                root.section("space", "Which networks may evolve."), loss == Loss.CROSS_ENTROPY, strategy);
        if (loss == Loss.BINARY_CROSS_ENTROPY
                && !effective.value("space.output-activation").equals(EnumText.of(Activation.SIGMOID))) {
            throw aim.error(
                    "loss",
                    "is binary-cross-entropy, which needs space.output-activation sigmoid, not "
                            + effective.value("space.output-activation"));
        }
        EnsembleInput ensemble = EnsembleReader.read(
                root.section("ensemble", "Eager ensembles (docs/ensembles.md), of strategy ensemble alone."), strategy);
        TrainingReader.Read training = TrainingReader.read(root.section("training", "How one candidate is trained."));
        EvaluatorSettings evaluator = EvaluatorReader.read(
                root.section("evaluator", "What an evaluation is: training, or sleeping to study the scheduling."));
        Section learnt = root.section("data", "What the networks learn.");
        DataReader.Read data = DataReader.read(learnt, aimed.clean(), aim);
        Task task = aimed.augmenting(data.augmentation(), learnt);
        ClusterSettings cluster =
                cluster(root.section("cluster", "Workers."), evaluator instanceof EvaluatorSettings.Simulated);
        Section record = root.section("record", "What is written.");
        double snapshot = record.decimal(
                "snapshot-seconds", 60, 0.1, 1e6, "between two snapshots of run.h5; the journal is always up to date");
        record.end();
        root.end();
        StoppingReader.check(
                root,
                training.stopping(),
                mode,
                strategy,
                aimed.task() instanceof Classify classify ? classify.folds() : 1);
        if (strategy == StrategyKind.ENSEMBLE) {
            EnsembleReader.check(root, task, evaluator, cluster.team(), seeds);
            evaluations = evaluations.isPresent() ? evaluations : OptionalLong.of(ensemble.tasks());
        }
        if (evaluations.isEmpty() && wall.isEmpty()) {
            throw ends.error(
                    "evaluations", "or budget.wall-seconds must be set: without either the run would never end");
        }
        return new RunConfig(
                name,
                seed,
                mode,
                strategy,
                new Budget(evaluations, wall, target, stagnation),
                evolution,
                seeds,
                inherit,
                task,
                aimed.referencePoint(),
                ensemble,
                space,
                data.settings(),
                data.distribution(),
                training.engine(),
                training.settings().onPart(data.fraction()),
                training.stopping(),
                evaluator,
                cluster,
                snapshot,
                effective);
    }

    private static EvolutionSettings evolution(
            Section s,
            Section root,
            StrategyKind strategy,
            Mode mode,
            OptionalLong evaluations,
            boolean seeded,
            boolean inherit) {
        EvolutionSettings d = EvolutionSettings.defaults(strategy);
        // a model learns from the first ones what selection needs more of
        boolean guided = GuideReader.guide(root.ahead("evolution"), root, strategy) != GuideKind.NONE;
        int population = s.integer(
                "population",
                d.population(),
                2,
                MANY,
                "candidates that are kept (mu): the best, with strategy aging the youngest, with nsga2 those of the first fronts, with pairwise together with those that are being evaluated");
        int offspring = s.integer(
                "offspring",
                population,
                1,
                MANY,
                "new candidates of each generation (lambda), by default as many; sync only");
        int minPopulation = s.integer(
                "min-population",
                Math.min(guided ? GUIDED_MIN_POPULATION : d.minPopulation(), population),
                1,
                MANY,
                "random candidates evaluated before parents are selected, at most the population, by default 6 where a model guides and 10 elsewhere; async genetic and nsga2 only; with strategy local those of which the best is the first point");
        int tournament = s.integer(
                "tournament",
                Math.min(d.tournament(), population),
                1,
                MANY,
                "candidates that compete to be a parent, at most the population; with strategy aging the sample; by default 5 with strategy genetic and 2 with nsga2; with pairwise always 2");
        int neighbours = s.integer(
                "neighbours",
                d.neighbours(),
                1,
                MANY,
                "genomes at one mutation from a point that are evaluated before the search begins again elsewhere; local only");
        atMost(population, s, "min-population", minPopulation);
        atMost(population, s, "tournament", tournament);
        int maxTries = s.integer(
                "max-tries", d.maxTries(), 1, 1_000_000, "mutations tried to find a genome that was not evaluated yet");
        VariationRates rates = VariationReader.read(s, guided);
        GuideKind guide = GuideReader.guide(s, root, strategy);
        boolean usual = GuideReader.usualFirst(s, root, strategy, seeded);
        EvolutionSettings settings = new EvolutionSettings(
                        population, offspring, minPopulation, tournament, neighbours, maxTries, rates)
                .with(
                        new GuideSettings(
                                guide,
                                GuideReader.costWeight(s, guide),
                                GuideReader.parents(s, strategy, guide, mode, inherit)),
                        usual);
        s.end();
        if (strategy == StrategyKind.GENETIC
                || strategy == StrategyKind.AGING
                || strategy == StrategyKind.PAIRWISE
                || strategy == StrategyKind.NSGA2) {
            withinBudget(s, "population", population, evaluations);
        }
        if (strategy == StrategyKind.LOCAL) {
            withinBudget(s, "min-population", minPopulation, evaluations);
        }
        if (strategy == StrategyKind.AGING && mode == Mode.SYNC && offspring > population) {
            throw s.error(
                    "offspring",
                    "is " + offspring + ", more than the population of " + population
                            + ": with strategy aging all children enter, and some would leave at once; lower it, or raise"
                            + " evolution.population");
        }
        return settings;
    }

    /** Refuses a search that would end before it has learnt anything. */
    private static void withinBudget(Section s, String key, int value, OptionalLong evaluations) {
        if (evaluations.isPresent() && value > evaluations.getAsLong()) {
            throw s.error(
                    key,
                    "is " + value + ", larger than the " + evaluations.getAsLong()
                            + (evaluations.getAsLong() == 1 ? " evaluation" : " evaluations")
                            + " of the budget: nothing would evolve; lower it, or raise budget.evaluations");
        }
    }

    private static void atMost(int population, Section s, String key, int value) {
        if (value > population) {
            throw s.error(key, "is " + value + ", more than the population of " + population);
        }
    }

    private static ClusterSettings cluster(Section s, boolean simulated) {
        int workers = s.integer("workers", 1, 1, 100_000, "processes that evaluate, each with one core or one GPU");
        int team = s.integer(
                "team",
                1,
                1,
                ClusterSettings.MOST_TEAM,
                "workers that train each candidate together, data-parallel: each takes its share of every batch, and gradients are averaged at each step. On a cluster those of one host as far as possible; another one takes the place of a member that is lost");
        LearningRateRule teamRate = s.choice(
                "team-learning-rate",
                LearningRateRule.CONSTANT,
                "what a candidate's learning rate is multiplied by in a team: constant: 1, since a team shares the candidate's batch and does not enlarge it; square-root: the root of the team's size (Krizhevsky 2014); linear: the team's size (Goyal et al. 2017)");
        int perProcess = s.integer(
                "workers-per-process",
                1,
                1,
                1000,
                "simulated workers that share a process: with them hundreds fit a small machine");
        if (perProcess > 1 && !simulated) {
            throw s.error("workers-per-process", "is " + perProcess + ", but only simulated workers share a process");
        }
        GpuUse gpus = s.choice(
                "gpus",
                GpuUse.AUTO,
                "whether each worker is given a GPU; auto: if the engine computes on them, or the scheduler granted some");
        int perDevice = s.integer("workers-per-device", 1, 1, 1000, "workers that may share a GPU");
        OptionalLong memory = s.optionalWhole(
                "worker-memory",
                1024,
                1L << 30,
                "MiB of heap and native memory for one worker, which the kernel keeps it to; candidates that are estimated to need more than its libraries and heap leave are not built; none for an equal share of the machine or of what the scheduler granted, by which none are refused, so that results do not depend on it");
        int attempts = s.integer(
                "max-attempts",
                3,
                1,
                1000,
                "how often a candidate is sent out before it counts as lost with its workers");
        double start = s.decimal(
                "start-timeout",
                120,
                0.1,
                1e6,
                "seconds for a worker from its start to its readiness, and for ranks to find their master; a run without a ready worker waits as long. Time in which a worker says that it is preparing and gets on (it computes, reads or writes, or waits for a process that writes the shared data) does not count, up to 30 times this");
        double heartbeat = s.decimal(
                "heartbeat-timeout", 30, 5, 1e6, "seconds without a sign of life after which a worker counts as lost");
        int prefetch = s.integer(
                "prefetch",
                0,
                0,
                ClusterSettings.MOST_PREFETCH,
                "candidates that a busy worker is sent in advance, so that it does not wait for the master between short evaluations; they know less of the search");
        double grace = s.decimal("grace", 10, 0, 1e6, "seconds that a stopping run waits for evaluations still out");
        SendingOrder order = s.choice(
                "order",
                SendingOrder.LONGEST,
                "which candidate of a generation goes out first: longest: the one whose training is expected to take longest, by its network's operations and what this run's evaluations took, so that less is waited for the last; birth: the one that was made first. Results are the same. Searches that wait for no generation send in the order of birth");
        s.end();
        return new ClusterSettings(
                workers,
                team,
                teamRate,
                perProcess,
                gpus,
                perDevice,
                memory,
                attempts,
                start,
                heartbeat,
                prefetch,
                grace,
                order);
    }

    private static String fileName(String label) {
        String file = label.substring(label.lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }
}
