package org.aevo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.aevo.config.EvaluatorSettings;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.data.CheckedData;
import org.aevo.data.Dataset;
import org.aevo.data.Datasets;
import org.aevo.data.Split;
import org.aevo.data.Summary;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Unfolding;
import org.aevo.genome.Upscaling;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Classes;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;
import org.aevo.record.RunHistory;
import org.aevo.record.RunPaths;
import org.aevo.search.Evaluator;
import org.aevo.search.ParentWeights;
import org.aevo.stopping.StoppingKind;
import org.aevo.task.Facts;
import org.aevo.task.Task;
import org.aevo.task.TaskData;
import org.aevo.train.Engine;
import org.aevo.train.MemoryBudget;
import org.aevo.train.MemoryLimit;
import org.aevo.train.Network;
import org.aevo.train.NetworkPlan;
import org.aevo.train.Objective;
import org.aevo.train.Samples;
import org.aevo.train.Trainer;
import org.aevo.worker.DurationDistribution;
import org.aevo.worker.SimulatedEvaluator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts together what an input asks for: data, search space, evaluator. */
final class Evaluators {
    private static final Logger LOG = LoggerFactory.getLogger(Evaluators.class);
    private static final int SAMPLES = 10_000;
    private static final String CPU = "cpu";

    private Evaluators() {}

    /**
     * The search space of an input; looks into the data files for the shape of the samples, and checks them.
     *
     * @throws org.aevo.data.DataException if the data are not what the input says
     * @throws InputException if they are fewer than the input counts on, or cannot serve its task
     */
    static SearchSpace space(RunConfig config) {
        return checked(config, Optional.empty(), remark -> {}).space();
    }

    /**
     * The same, and how samples become inputs. Where the memory that each worker is going to have is known, it has to be
     * enough for figures.
     *
     * @param remarks takes what the data are understood as, a line each
     * @throws InputException as {@link #space(RunConfig)}; if figures do not fit
     */
    static Checked checked(RunConfig config, Optional<WorkerMemory> worker, Consumer<String> remarks) {
        if (config.evaluator() instanceof EvaluatorSettings.Simulated simulated) {
            distribution(simulated.durations());
            return new Checked(
                    config,
                    config.space().of(simulated.shape(), TaskClasses.simulated(config)),
                    Optional.empty(),
                    Optional.empty());
        }
        CheckedData data = Datasets.check(config.data());
        Summary summary = data.summary();
        remarks.accept(summary.description());
        summary.remarks().forEach(remarks);
        Shape shape = new Shape(summary.channels(), summary.height(), summary.width());
        Optional<Classes> classes = TaskClasses.of(config, data::labelCounts, remarks);
        if (config.makesEnsemble()) {
            EnsembleParts.check(config, shape, data::labelCounts, remarks);
        }
        SearchSpace space = space(config, shape, classes);
        Facts facts = new Facts(shape, summary.train(), summary.validation(), summary.labelled());
        Task task = config.task();
        checkPart(config, summary.train(), task.trainingSamples(facts), space, remarks);
        task.problem(facts)
                .or(() -> task.needsLabels()
                        ? data.labels()
                                .flatMap(labels -> task.labelProblem(labels.train(), labels.validation()))
                                .map(problem -> problem + " (" + TaskClasses.place(config.data()) + ")")
                        : Optional.empty())
                .or(() -> worker.flatMap(memory -> task.heapProblem(shape, summary.validation(), memory.usableHeap())
                        .map(problem -> problem + " in a worker of " + memory.mebibytes()
                                + " MiB: lower it, raise cluster.worker-memory"
                                + (config.cluster().workerMemoryMiB().isPresent() ? "" : ", or start fewer workers"))))
                .ifPresent(problem -> {
                    throw new InputException(problem);
                });
        return new Checked(
                config,
                space,
                Optional.of(InputForms.recorded(data.form(), classes)),
                config.broadcasts() ? Optional.of(data) : Optional.empty());
    }

    /** What an evaluation trains on. */
    private static void checkPart(RunConfig config, int all, int ofFold, SearchSpace space, Consumer<String> remarks) {
        double fraction = config.training().fraction();
        int part = config.training().part(ofFold);
        String samples = fraction < 1
                ? " training samples that data.fraction " + fraction + " leaves of " + ofFold
                : " training samples";
        if (config.training().samplesPerEpoch() > part) {
            throw new InputException(
                    "training.samples-per-epoch is " + config.training().samplesPerEpoch() + ", more than the " + part
                            + samples + (ofFold < all ? " of a fold" : ""));
        }
        if (fraction * ofFold < 0.5) {
            throw new InputException("data.fraction is " + fraction + ", which leaves none of " + ofFold
                    + " training samples" + (ofFold < all ? " of a fold" : "") + ": raise it");
        }
        int largest = Collections.max(space.batchSizes());
        if (fraction < 1) {
            remarks.accept("each evaluation trains on " + part + " of " + ofFold + " training samples"
                    + (ofFold < all ? " of a fold" : "") + " (data.fraction " + fraction + ")"
                    + (part < largest ? ", less than a batch of " + largest : ""));
        }
    }

    private static SearchSpace space(RunConfig config, Shape samples, Optional<Classes> classes) {
        return config.space().of(samples, classes.map(Classes::count).orElse(0));
    }

    /**
     * What a worker evaluates with; loads the data.
     *
     * @param doing hears what takes long, as it begins, and again as it gets on while this process waits for another
     */
    static Evaluator of(RunConfig config, Consumer<String> doing) {
        return of(config, Optional.empty(), () -> Datasets.load(config.data(), doing), doing);
    }

    /**
     * The same for candidates that keep something for others.
     *
     * @param kept where they find the networks of their parents and leave their own, or what tasks of an ensemble keep; empty
     *     if they keep nothing
     * @param data loads them, or gets them from elsewhere
     */
    static Evaluator of(RunConfig config, Optional<ParentWeights> kept, Supplier<Split> data, Consumer<String> doing) {
        if (config.evaluator() instanceof EvaluatorSettings.Simulated simulated) {
            SearchSpace space = config.space().of(simulated.shape(), TaskClasses.simulated(config));
            return new SimulatedEvaluator(
                    distribution(simulated.durations()),
                    space::blueprint,
                    config.task().fitness().objectives(),
                    // a curve is worth its messages where it is judged
                    config.stopping().kind() == StoppingKind.NONE
                            ? 1
                            : config.training().maxEpochs());
        }
        Split split = data.get();
        Samples train = samples(split.train());
        TaskData known = data(config, split);
        SearchSpace space = space(config, train.shape(), known.classes());
        MemoryBudget memory = WorkerMemory.budget(config);
        doing.accept("loading " + Engines.text(config.engine()));
        Engine engine = Engines.open(config.engine());
        limit(engine, train, memory);
        if (config.makesEnsemble()) {
            return new OnData(
                    EnsembleParts.evaluator(config, split, known, space, engine, memory, kept), split.checksum());
        }
        doing.accept("working out what all candidates need");
        Objective objective = config.task().objective(known);
        return new OnData(
                new Trainer(
                        engine,
                        space::blueprint,
                        objective,
                        config.training(),
                        memory,
                        kept,
                        config.cluster().teamLearningRate()),
                split.checksum());
    }

    /** What the search may see: all but the test part, of which no more is known than which classes there are. */
    static TaskData data(RunConfig config, Split split) {
        return new TaskData(
                samples(split.train()),
                samples(split.validation()),
                split.train().labels(),
                split.validation().labels(),
                TaskClasses.of(config, split::labelCounts),
                config.data().seed());
    }

    /** Has the kernel keep the limit, where that is possible; where it is not, the engine looks at it now and then. */
    private static void limit(Engine engine, Samples samples, MemoryBudget memory) {
        if (memory.process().isEmpty() || !engine.device().equals(CPU)) { // drivers of GPUs reserve what they never use
            return;
        }
        warmUp(engine, samples);
        try {
            MemoryLimit.set(memory.process().getAsLong());
        } catch (IOException e) {
            LOG.warn(
                    "the memory of this worker is not limited to its {} MiB: {}",
                    memory.process().getAsLong() >> 20,
                    e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Libraries reserve memory when they compute for the first time. */
    private static void warmUp(Engine engine, Samples samples) {
        Hyperparameters hyperparameters = new Hyperparameters(Optimizer.ADAM, 1e-3, 1);
        boolean image = samples.shape().side() > 1;
        Gene gene =
                image ? new Gene.Convolution(1, 3, 1, Activation.RELU, false) : new Gene.Dense(8, Activation.RELU, 0);
        Genome genome = new Genome(List.of(gene), 1, Upscaling.UPSAMPLING, hyperparameters);
        Blueprint blueprint = Unfolding.of(genome, samples.shape(), Activation.SIGMOID);
        try (Network network = engine.build(NetworkPlan.of(blueprint, hyperparameters, 0))) {
            network.step(samples, new int[] {0}, 0, 1);
        }
    }

    /** Mean seconds of an evaluation; empty where it is measured and not invented. */
    static OptionalDouble expectedSeconds(RunConfig config) {
        if (config.evaluator() instanceof EvaluatorSettings.Simulated simulated) {
            DurationDistribution durations = distribution(simulated.durations());
            Random random = new Random(config.seed());
            return DoubleStream.generate(() -> durations.sample(random))
                    .limit(SAMPLES)
                    .average();
        }
        return OptionalDouble.empty();
    }

    private static DurationDistribution distribution(EvaluatorSettings.Durations durations) {
        if (durations instanceof EvaluatorSettings.Durations.Constant constant) {
            return new DurationDistribution.Constant(constant.seconds());
        }
        if (durations instanceof EvaluatorSettings.Durations.LogNormal logNormal) {
            return new DurationDistribution.LogNormal(logNormal.mean(), logNormal.cv());
        }
        return recorded(((EvaluatorSettings.Durations.Recorded) durations).run());
    }

    private static DurationDistribution recorded(Path run) {
        Path journal = new RunPaths(run).journal();
        try {
            RunHistory history = RunHistory.read(journal);
            double[] seconds = LongStream.range(0, history.asked())
                    .mapToObj(history::evaluation)
                    .flatMap(Optional::stream)
                    .mapToDouble(row -> row.evaluation().seconds())
                    .filter(s -> s > 0)
                    .toArray();
            if (seconds.length == 0) {
                throw new InputException("evaluator.run: " + run + " has no evaluation whose duration was measured");
            }
            return new DurationDistribution.Recorded(seconds);
        } catch (IOException e) {
            throw new InputException("evaluator.run: " + run + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** A part of the data as networks see it: what should come out, and what goes in where that is something else. */
    static Samples samples(Dataset data) {
        Samples samples =
                new Samples(new Shape(data.channels(), data.height(), data.width()), data.count(), data::copy);
        return data.clean().map(clean -> Samples.pairs(samples, samples(clean))).orElse(samples);
    }
}
