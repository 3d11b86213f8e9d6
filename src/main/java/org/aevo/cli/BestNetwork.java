package org.aevo.cli;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.data.DataException;
import org.aevo.data.Dataset;
import org.aevo.data.Datasets;
import org.aevo.data.Split;
import org.aevo.design.Designs;
import org.aevo.network.Blueprint;
import org.aevo.network.Shape;
import org.aevo.record.RunData;
import org.aevo.report.run.Outputs;
import org.aevo.report.run.RunSections.Extras;
import org.aevo.task.AutoencoderTask;
import org.aevo.train.Engine;
import org.aevo.train.Network;
import org.aevo.train.NetworkPlan;
import org.aevo.train.Samples;

/** A run's best network on the run's data, as far as they are on this machine. */
final class BestNetwork {
    /** Of the test part: as many as a figure can show. */
    private static final int SAMPLES = 2000;

    /** A run may do without a test part. */
    private static final Predicate<Split> TEST_IF_ANY = split -> split.test().count() > 0;

    private BestNetwork() {}

    /** The layers of the best, and what it makes of test samples. */
    static Extras of(RunData run) {
        int best = run.bestRow();
        if (best < 0) {
            return new Extras(Optional.empty(), Optional.empty(), "");
        }
        Optional<Blueprint> blueprint = run.network();
        try {
            RunConfig config = SameData.atLastPlace(
                    RunConfig.parse(run.about().inputYaml(), "the run's input"),
                    run.about().dataPlace());
            if (blueprint.isEmpty()) {
                blueprint = Optional.of(Evaluators.space(config)
                        .blueprint(Designs.parse(run.genomes().get(best))));
            }
            if (run.about().simulated()) {
                return new Extras(blueprint, Optional.empty(), "");
            }
            if (run.weights().isEmpty()) {
                return new Extras(blueprint, Optional.empty(), "The weights of the best network were not kept.");
            }
            return new Extras(blueprint, Optional.of(outputs(run, config, blueprint.get(), TEST_IF_ANY)), "");
        } catch (InputException | DataException e) {
            return new Extras(
                    blueprint,
                    Optional.empty(),
                    "What it makes of them is not shown: the run's data or input are not usable here: "
                            + e.getMessage());
        } catch (IllegalArgumentException | IllegalStateException | OutOfMemoryError e) {
            return new Extras(
                    blueprint,
                    Optional.empty(),
                    "What it makes of them is not shown: the best network cannot be built here: " + e.getMessage());
        }
    }

    /** What the best makes of a part of the data, of the first samples of it. */
    static Outputs outputs(RunData run, RunConfig config, Blueprint blueprint, Predicate<Split> onTest) {
        Split split = Datasets.load(config.data());
        SameData.problem(config, run.about().dataChecksum(), split.checksum()).ifPresent(problem -> {
            throw new InputException(problem);
        });
        boolean test = onTest.test(split);
        Dataset data = test ? split.test() : split.validation();
        int count = Math.min(SAMPLES, data.count());
        Samples clean = Evaluators.samples(data);
        float[] originals = clean.values(0, count);
        long seed = config.data().seed();
        if (!(config.task() instanceof AutoencoderTask task)) {
            throw new InputException("classifiers put out no samples");
        }
        Samples inputs = test ? task.testInputs(clean, seed) : task.validationInputs(clean, seed);
        float[] reconstructions;
        float[] codes;
        try (Engine engine = Engines.open(config.engine());
                Network network = engine.build(NetworkPlan.untrained(blueprint))) {
            network.load(run.weights().orElseThrow());
            reconstructions = network.reconstruct(inputs, count);
            codes = network.encode(inputs, count);
        }
        return new Outputs(
                test ? "test" : "validation",
                new Shape(data.channels(), data.height(), data.width()),
                count,
                originals,
                inputs.values(0, count),
                reconstructions,
                data.labels().map(labels -> Arrays.copyOf(labels, count)),
                codes);
    }
}
