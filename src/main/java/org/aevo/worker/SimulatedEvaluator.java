package org.aevo.worker;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.Section;
import org.aevo.genome.Skip;
import org.aevo.genome.Upscaling;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Design;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Layer;
import org.aevo.network.Node;
import org.aevo.random.Generators;
import org.aevo.search.Candidate;
import org.aevo.search.Control;
import org.aevo.search.Criterion;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Evaluator;
import org.aevo.search.Figure;
import org.aevo.search.Job;
import org.aevo.search.Measured;
import org.aevo.search.Score;
import org.aevo.search.Teamwork;
import org.aevo.team.Collective;

/**
 * Sleeps instead of training and invents a fitness, so that scheduling, scaling and faults can be measured with many
 * workers on few cores. Duration and fitness come from the genome and the evaluation's seed alone.
 *
 * <p>The fitness is a landscape that evolution can climb: each gene of a section adds its distance from a hidden favourite
 * (in logarithms of sizes), depth, skips and learning rate add theirs, and a little noise of the seed comes on top.
 */
public final class SimulatedEvaluator implements Evaluator {
    private static final double FAVOURITE_LOG2_SIZE = 6;
    private static final double FAVOURITE_LOG10_RATE = -2.7;
    private static final int FAVOURITE_DEPTH = 4;
    private static final int FAVOURITE_SPAN = 3;
    private static final double NOISE = 0.01;
    /** Of the invented curve: how far above the fitness it begins, and how steeply it falls. */
    private static final double FALL = 3;
    /** Between two words of a leader to its team. */
    private static final long TEAM_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final DurationDistribution durations;
    private final Function<Design, Blueprint> space;
    private final List<Criterion> criteria;
    private final int epochs;
    private Optional<Collective> members = Optional.empty();

    /** One of no objectives. */
    public SimulatedEvaluator(DurationDistribution durations, Function<Design, Blueprint> space) {
        this(durations, space, List.of());
    }

    /**
     * @param space unfolds a design
     * @param criteria the objectives: sizes are the network's own, the seconds those that were drawn, and what is measured of
     *     trained networks comes to the invented fitness
     */
    public SimulatedEvaluator(
            DurationDistribution durations, Function<Design, Blueprint> space, List<Criterion> criteria) {
        this(durations, space, criteria, 1);
    }

    /**
     * The same.
     *
     * @param epochs of as many seconds each that its time is made of: with more than one there is an invented curve that falls to the
     *     fitness, and an evaluation that is stopped has what it had then
     */
    public SimulatedEvaluator(
            DurationDistribution durations, Function<Design, Blueprint> space, List<Criterion> criteria, int epochs) {
        this.epochs = epochs;
        this.durations = durations;
        this.space = space;
        this.criteria = List.copyOf(criteria);
    }

    @Override
    public Outcome evaluate(Job job, Control control) {
        Candidate candidate = job.candidate();
        Blueprint blueprint = space.apply(candidate.design());
        RandomGenerator random = Generators.seeded(job.seed());
        double seconds = durations.sample(random);
        double noise = NOISE * random.nextGaussian();
        double end = landscape(candidate.design(), blueprint) * Math.exp(noise);
        boolean classifier = classifies(blueprint);
        List<Evaluation.Epoch> curve = new ArrayList<>();
        long started = System.nanoTime();
        double told = 0;
        boolean stopped = false;
        while (!stopped && curve.size() < epochs) {
            int epoch = curve.size() + 1;
            long until = started + (long) (seconds * epoch / epochs * 1e9);
            if (members.isPresent()) {
                told += sleepTogether(members.get(), until);
            } else {
                sleepUntil(until);
            }
            double loss = epochs == 1 ? end : end * (1 + FALL * Math.exp(-FALL * epoch / epochs));
            curve.add(point(epoch, loss, classifier, (System.nanoTime() - started) / 1e9));
            stopped = epochs > 1 && isStopped(control, curve.get(curve.size() - 1));
        }
        double elapsed = (System.nanoTime() - started) / 1e9;
        Teamwork teamwork = members.isPresent() ? new Teamwork(members.get().size(), told) : Teamwork.ALONE;

        Evaluation.Epoch last = curve.get(curve.size() - 1);
        double fitness = last.trainLoss();
        double validationLoss = last.validationLoss();
        Map<Figure, Double> figures = last.figures();
        Evaluation evaluation = new Evaluation(
                candidate.id(),
                EvaluationStatus.OK,
                new Score(fitness, fitness, validationLoss, figures, objectives(fitness, blueprint, seconds)),
                new Effort(new Durations(0, elapsed, 0), curve.size(), Double.NaN, blueprint.parameters()).by(teamwork),
                curve,
                "");
        return new Outcome(evaluation, Optional.empty());
    }

    private static Evaluation.Epoch point(int epoch, double loss, boolean classifier, double elapsed) {
        return new Evaluation.Epoch(
                1,
                epoch,
                loss,
                classifier ? Double.NaN : loss,
                classifier ? Map.of(Figure.CROSS_ENTROPY, loss) : Map.of(),
                elapsed);
    }

    /** Of a team the leader's word. */
    private boolean isStopped(Control control, Evaluation.Epoch point) {
        if (members.isEmpty()) {
            return control.epoch(point) == Control.Verdict.STOP;
        }
        Collective team = members.get();
        boolean stop = team.leads() && control.epoch(point) == Control.Verdict.STOP;
        return team.broadcast(new byte[] {(byte) (stop ? 1 : 0)})[0] == 1;
    }

    private List<Double> objectives(double fitness, Blueprint blueprint, double seconds) {
        Map<Figure, Double> invented = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.ofNetworks()) {
            invented.put(figure, 1 - fitness);
        }
        invented.put(Figure.PSNR, -10 * Math.log10(fitness));
        invented.put(Figure.CROSS_ENTROPY, fitness);
        Measured measured = new Measured(
                fitness,
                invented,
                blueprint.parameters(),
                seconds,
                blueprint.forwardOperations(),
                blueprint.codeSize());
        return criteria.stream().map(criterion -> criterion.of(measured)).toList();
    }

    private static double landscape(Design design, Blueprint blueprint) {
        return design instanceof Genome genome ? landscape(genome) : landscape(blueprint, design.hyperparameters());
    }

    private static boolean classifies(Blueprint blueprint) {
        return blueprint.outputActivation() == Activation.SOFTMAX;
    }

    /** Of a network that was written by hand: the same of its layers up to the code, or up to a classifier's output. */
    private static double landscape(Blueprint blueprint, Hyperparameters hyperparameters) {
        if (classifies(blueprint)) {
            return classifier(blueprint, hyperparameters);
        }
        String latent = blueprint.latent().map(Node::name).orElse("");
        List<Gene> genes = new ArrayList<>();
        for (Layer layer : blueprint.encoder()) {
            if (layer instanceof Layer.Conv c) {
                genes.add(new Gene.Convolution(
                        c.filters(), c.kernel(), c.stride(), c.activation(), c.batchNormalization()));
            } else if (layer instanceof Layer.Dense d && !d.name().equals(latent)) {
                genes.add(new Gene.Dense(d.units(), d.activation(), d.dropout()));
            }
        }
        return landscape(new Genome(genes, 1, Upscaling.UPSAMPLING, hyperparameters));
    }

    private static double classifier(Blueprint blueprint, Hyperparameters hyperparameters) {
        List<Gene> features = new ArrayList<>();
        List<Gene> head = new ArrayList<>();
        for (Layer layer : blueprint.layers()) {
            if (layer instanceof Layer.Conv c) {
                features.add(new Gene.Convolution(
                        c.filters(), c.kernel(), c.stride(), c.activation(), c.batchNormalization()));
            } else if (layer instanceof Layer.MaxPool p) {
                features.add(new Gene.MaxPooling(p.size()));
            } else if (layer instanceof Layer.Dense d && d.activation() != Activation.SOFTMAX) {
                head.add(new Gene.Dense(d.units(), d.activation(), d.dropout()));
            }
        }
        return landscape(Genome.classifier(Section.of(features), Section.of(head), hyperparameters));
    }

    /** The fitness without noise; positive, lower is better. */
    static double landscape(Genome genome) {
        double penalty = 0;
        for (Section section : genome.sections().values()) {
            penalty += 0.1 * Math.abs(section.size() - FAVOURITE_DEPTH);
            for (Gene gene : section.genes()) {
                penalty += penalty(gene);
            }
            for (Skip skip : section.skips()) {
                penalty += 0.02 * Math.abs(skip.to() - skip.from() - FAVOURITE_SPAN);
            }
        }
        double rate = Math.log10(genome.hyperparameters().learningRate()) - FAVOURITE_LOG10_RATE;
        return 0.01 * (1 + penalty + 0.2 * rate * rate);
    }

    private static double penalty(Gene gene) {
        if (gene instanceof Gene.Convolution c) {
            return distance(c.filters()) + (c.activation() == Activation.RELU ? 0 : 0.02);
        }
        if (gene instanceof Gene.Upconvolution u) {
            return distance(u.filters()) + (u.activation() == Activation.RELU ? 0 : 0.02);
        }
        return gene instanceof Gene.Dense d
                ? distance(d.units()) + (d.activation() == Activation.RELU ? 0 : 0.02) + 0.1 * d.dropout()
                : 0;
    }

    private static double distance(int size) {
        return 0.1 * Math.abs(Math.log(size) / Math.log(2) - FAVOURITE_LOG2_SIZE);
    }

    @Override
    public void join(Optional<Collective> team) {
        members = team;
    }

    /**
     * As the leader does; now and then it tells the others, so that a team that is lost is noticed.
     *
     * @return seconds of telling
     */
    private static double sleepTogether(Collective team, long deadline) {
        long told = 0;
        boolean awake = false;
        while (!awake) {
            if (team.leads()) {
                sleepUntil(Math.min(deadline, System.nanoTime() + TEAM_SLEEP_NANOS));
                awake = deadline - System.nanoTime() <= 0
                        || Thread.currentThread().isInterrupted();
            }
            long began = System.nanoTime();
            awake = team.broadcast(new byte[] {(byte) (awake ? 1 : 0)})[0] == 1;
            told += System.nanoTime() - began;
        }
        return told / 1e9;
    }

    /** An interrupt ends the sleep early, so that a stopping worker does not hang. */
    private static void sleepUntil(long deadline) {
        long left;
        while ((left = deadline - System.nanoTime()) > 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
        }
    }

    @Override
    public String device() {
        return "simulated";
    }

    @Override
    public boolean simulated() {
        return true;
    }

    @Override
    public void close() {
        // nothing is held
    }
}
