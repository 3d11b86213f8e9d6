package org.aevo.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aevo.data.DataSettings;
import org.aevo.data.Distribution;
import org.aevo.genome.SearchSpace;
import org.aevo.network.Design;
import org.aevo.network.EnumText;
import org.aevo.network.Shape;
import org.aevo.search.Budget;
import org.aevo.search.Criterion;
import org.aevo.search.EvolutionSettings;
import org.aevo.search.Mode;
import org.aevo.search.SendingOrder;
import org.aevo.search.StrategyKind;
import org.aevo.stopping.StoppingRule;
import org.aevo.stopping.StoppingRules;
import org.aevo.stopping.StoppingSettings;
import org.aevo.task.Embed;
import org.aevo.task.Task;
import org.aevo.train.EngineKind;
import org.aevo.train.TrainingSettings;
import org.aevo.yaml.YamlException;
import org.aevo.yaml.YamlTree;

/**
 * Everything that a run depends on, checked.
 *
 * @param seeds where the first candidates come from
 * @param inherit whether children inherit weights, if there are any: see {@link #inheritsWeights}
 * @param task that candidates are trained for
 * @param referencePoint of the task's objectives, in their order, that hypervolumes are measured from; empty for one of the
 *     run's own
 * @param ensemble what strategy ensemble makes; of no meaning for others
 * @param space for samples of a shape, which the data decide
 * @param distribution how workers come by the data
 * @param engine that trains; of no meaning for simulated evaluations
 * @param stopping what ends trainings that do badly
 * @param snapshotSeconds between two snapshots of run.h5
 * @param effective every key with its value
 */
public record RunConfig(
        String name,
        long seed,
        Mode mode,
        StrategyKind strategy,
        Budget budget,
        EvolutionSettings evolution,
        List<SeedSource> seeds,
        boolean inherit,
        Task task,
        List<Double> referencePoint,
        EnsembleInput ensemble,
        SpaceSettings space,
        DataSettings data,
        Distribution distribution,
        EngineKind engine,
        TrainingSettings training,
        StoppingSettings stopping,
        EvaluatorSettings evaluator,
        ClusterSettings cluster,
        double snapshotSeconds,
        EffectiveInput effective) {

    /** The keys that say where data are: of all of them, and of parts that have a place of their own. */
    public static final List<String> DATA_PLACES =
            List.of("data.path", "data.validation-from.path", "data.test-from.path");

    /** The key that says how workers come by the data. */
    public static final String DATA_DISTRIBUTION = "data.distribution";

    /** Values of a code beyond which it is hardly an embedding any more. */
    private static final int MOST_EMBEDDED = 8;

    /** The search space, once the shape of the samples is known. */
    @FunctionalInterface
    public interface SpaceSettings {
        /**
         * @param classes that classifiers tell apart; 0 for autoencoders
         * @throws InputException if the bounds do not fit the samples
         */
        SearchSpace of(Shape samples, int classes);

        /** The search space of autoencoders. */
        default SearchSpace forSamples(Shape samples) {
            return of(samples, 0);
        }
    }

    /**
     * Reads an input file.
     *
     * @param options values that take the place of those in the file: dotted key to YAML value, with the option's name
     * @param settings {@code key=value} each, applied last
     * @throws InputException if anything in it is wrong
     */
    public static RunConfig read(Path file, Map<String, Option> options, List<String> settings) {
        try {
            YamlTree tree = YamlTree.read(file);
            EarlierInputs.complete(tree);
            return InputReader.read(tree, file.toString(), options, settings);
        } catch (YamlException e) {
            throw new InputException(e.getMessage(), e);
        }
    }

    /** Reads the text of an input, for instance one that the master sent. */
    public static RunConfig parse(String yaml, String label) {
        return parse(yaml, label, Map.of());
    }

    /** The same, with values that take the place of those in the text. */
    public static RunConfig parse(String yaml, String label, Map<String, Option> options) {
        return parse(yaml, label, options, List.of());
    }

    /** The same, with {@code key=value} settings applied last. */
    public static RunConfig parse(String yaml, String label, Map<String, Option> options, List<String> settings) {
        try {
            YamlTree tree = YamlTree.parse(yaml, label);
            EarlierInputs.complete(tree);
            return InputReader.read(tree, label, options, settings);
        } catch (YamlException e) {
            throw new InputException(e.getMessage(), e);
        }
    }

    /** Those of {@link #DATA_PLACES} that this input uses. */
    public List<String> dataPlaces() {
        List<String> keys = new ArrayList<>(List.of(DATA_PLACES.get(0)));
        data.validationFrom().flatMap(DataSettings.Place::path).ifPresent(path -> keys.add(DATA_PLACES.get(1)));
        data.testFrom().flatMap(DataSettings.Place::path).ifPresent(path -> keys.add(DATA_PLACES.get(2)));
        return keys;
    }

    /**
     * The same with its data at another place.
     *
     * @param places as {@link DataSettings#allPlaces} of the same input says them
     */
    public RunConfig withDataAt(String places) {
        List<String> keys = dataPlaces();
        String[] each = keys.size() == 1 ? new String[] {places} : places.split("\n", -1);
        Map<String, Option> options = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(keys.size(), each.length); i++) {
            options.put(keys.get(i), new Option(keys.get(i) + " of the last session", Section.print(each[i])));
        }
        return parse(effective.yaml(), effective.label(), options);
    }

    /** The same with its seeds written out, so that it says all by itself. */
    public RunConfig withSeeds(List<? extends Design> designs) {
        List<SeedSource> sources =
                designs.stream().<SeedSource>map(SeedSource.Text::new).toList();
        return sources.equals(seeds)
                ? this
                : parse(
                        effective.yaml(),
                        effective.label(),
                        Map.of(SeedSource.KEY, new Option(SeedSource.KEY, Section.print(sources))));
    }

    /**
     * The seeds of an input that has them written out.
     *
     * @throws InputException if it names files or runs
     */
    public List<Design> seedDesigns() {
        return SeedSource.designs(effective.label() + ": " + SeedSource.KEY, seeds);
    }

    /** The same with the networks of its ensemble written out. */
    public RunConfig withEnsemble(List<? extends Design> networks, List<? extends Design> monolith) {
        Map<String, Option> options = new LinkedHashMap<>();
        put(options, EnsembleInput.NETWORKS, networks, ensemble.networks());
        put(options, EnsembleInput.MONOLITH, monolith, ensemble.monolith());
        return options.isEmpty() ? this : parse(effective.yaml(), effective.label(), options);
    }

    private static void put(
            Map<String, Option> options, String key, List<? extends Design> designs, List<SeedSource> before) {
        List<SeedSource> sources =
                designs.stream().<SeedSource>map(SeedSource.Text::new).toList();
        if (!sources.equals(before)) {
            options.put(key, new Option(key, Section.print(sources)));
        }
    }

    /** Whether it makes an ensemble, and searches nothing. */
    public boolean makesEnsemble() {
        return strategy == StrategyKind.ENSEMBLE;
    }

    /** A value given by an option of the command line. */
    public record Option(String name, String value) {}

    /** MiB that training a candidate may need, as {@link org.aevo.network.Blueprint#trainingBytes} estimates it. */
    public long maxMemoryMiB() {
        return Long.parseLong(effective.value("space.max-memory"));
    }

    /** What is allowed, but unusual: a line each. */
    public List<String> hints() {
        List<String> hints = new ArrayList<>();
        int latent = Integer.parseInt(effective.value("space.latent"));
        if (task instanceof Embed && latent > MOST_EMBEDDED) {
            hints.add("space.latent is " + latent + ": embeddings usually have 2 to " + MOST_EMBEDDED + " values");
        }
        if (task.fitness().objectives().contains(Criterion.CODE_SIZE) && strategy != StrategyKind.LIST) {
            hints.add("task.objectives has code-size, but all candidates of a search have the " + latent
                    + " values of space.latent: it tells networks of your own apart, not these");
        }
        if (inherit && !inheritsWeights()) {
            hints.add("evolution.inherit-weights is yes, but candidates of strategy " + EnumText.of(strategy)
                    + " have no parents: nothing is inherited");
        }
        if (effective.value("evolution.guide").equals("surrogate") && strategy != StrategyKind.GENETIC) {
            hints.add("evolution.guide is surrogate, but candidates of strategy " + EnumText.of(strategy)
                    + " are not chosen among children by one fitness: nothing is guided");
        }
        int most = evolution.population() - 1;
        int atWork = cluster.places() * (1 + cluster.prefetch());
        if (strategy == StrategyKind.PAIRWISE && atWork > most) {
            hints.add("cluster.workers is " + cluster.workers()
                    + (cluster.team() == 1 ? "" : ", in " + cluster.places() + " teams")
                    + (cluster.prefetch() == 0 ? "" : ", and each has " + cluster.prefetch() + " candidates in advance")
                    + ": of a population of " + evolution.population() + " at most " + most
                    + " are evaluated at once, others wait; raise evolution.population");
        }
        int rest = cluster.workers() % cluster.team();
        if (rest > 0) {
            hints.add("cluster.team is " + cluster.team() + ": of the " + cluster.workers() + " workers " + rest
                    + (rest == 1 ? " stands by" : " stand by") + ", for members of teams that are lost");
        }
        return hints;
    }

    /** Whether weights of candidates are kept, and children begin with those of their parents. */
    public boolean inheritsWeights() {
        return inherit && strategy.hasParents();
    }

    /** A new rule that ends trainings of this run. */
    public StoppingRule stoppingRule() {
        return StoppingRules.of(stopping, mode == Mode.SYNC && strategy.hasGenerations());
    }

    /** Whether rank 0 alone reads the data. */
    public boolean broadcasts() {
        return distribution == Distribution.BROADCAST && !simulated();
    }

    /** The order in which candidates are sent: where no generation is waited for that of birth. */
    public SendingOrder sendingOrder() {
        return mode == Mode.SYNC && strategy.hasGenerations() ? cluster.order() : SendingOrder.BIRTH;
    }

    /** Whether evaluations are invented. */
    public boolean simulated() {
        return evaluator instanceof EvaluatorSettings.Simulated;
    }
}
