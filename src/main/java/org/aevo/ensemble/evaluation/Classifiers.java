package org.aevo.ensemble.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.aevo.baseline.PrincipalComponents;
import org.aevo.baseline.Rows;
import org.aevo.ensemble.ClassifierSettings;
import org.aevo.ensemble.EnsemblePlan;
import org.aevo.ensemble.KeptArrays;
import org.aevo.ensemble.PlannedTask;
import org.aevo.ensemble.Predictions;
import org.aevo.ensemble.TaskKind;
import org.aevo.ensemble.Vote;
import org.aevo.metric.Logits;
import org.aevo.network.Blueprint;
import org.aevo.network.Design;
import org.aevo.network.Ends;
import org.aevo.search.Candidate;
import org.aevo.search.Control;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Figure;
import org.aevo.search.Job;
import org.aevo.search.ParentWeights;
import org.aevo.search.Score;
import org.aevo.search.Weights;
import org.aevo.task.Classify;
import org.aevo.task.TaskData;
import org.aevo.train.Engine;
import org.aevo.train.MemoryBudget;
import org.aevo.train.Network;
import org.aevo.train.NetworkPlan;
import org.aevo.train.Objective;
import org.aevo.train.Samples;
import org.aevo.train.Trainer;
import org.aevo.train.TrainingSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the classifiers of an ensemble run on standardised codes, and keeps what they predict. They have no fitness: nothing
 * is to be selected among them.
 */
final class Classifiers {
    private static final Logger LOG = LoggerFactory.getLogger(Classifiers.class);

    private final Engine engine;
    private final Function<Design, Blueprint> space;
    private final EnsemblePlan plan;
    private final EnsembleData data;
    private final Autoencoders autoencoders;
    private final TrainingSettings training;
    private final MemoryBudget memory;
    private final ParentWeights store;

    Classifiers(
            Engine engine,
            Function<Design, Blueprint> space,
            EnsemblePlan plan,
            EnsembleData data,
            Autoencoders autoencoders,
            TrainingSettings training,
            MemoryBudget memory,
            ParentWeights store) {
        this.engine = engine;
        this.space = space;
        this.plan = plan;
        this.data = data;
        this.autoencoders = autoencoders;
        this.training = training;
        this.memory = memory;
        this.store = store;
    }

    /**
     * What came of the task of a classifier.
     *
     * @param predictions empty if it did not come to any
     */
    record Classified(Evaluation evaluation, Optional<Predictions> predictions) {
        static Classified none(Job job, EvaluationStatus status, double building, String message) {
            return new Classified(
                    Evaluation.failed(job.candidate().id(), status, new Durations(building, 0, 0), message),
                    Optional.empty());
        }
    }

    /** Does the task of a classifier, and keeps what it predicts. */
    Classified evaluate(PlannedTask planned, Job job, Control control) {
        List<Double> seconds = new ArrayList<>();
        double building = 0;
        try {
            EnsembleData seen = data.part(training, job.seed());
            Codes codes = planned.task().kind() == TaskKind.COMPONENTS_CLASSIFIER
                    ? components(planned, seen, seconds)
                    : codes(planned, seen, job.candidate(), seconds);
            long begin = System.nanoTime();
            boolean finite = codes.standardise();
            building = seconds.stream().mapToDouble(each -> each).sum() + secondsSince(begin);
            return finite
                    ? classified(planned, job, control, seen, codes, seconds, building)
                    : Classified.none(job, EvaluationStatus.FAILED, building, "codes are not finite");
        } catch (UnavailableException | IllegalArgumentException e) {
            return Classified.none(job, EvaluationStatus.FAILED, building, e.getMessage());
        } catch (RuntimeException e) { // of an engine: it is the task that fails, not the worker
            return Classified.none(job, EvaluationStatus.FAILED, building, firstLine(e));
        } catch (OutOfMemoryError e) {
            return Classified.none(
                    job,
                    EvaluationStatus.OUT_OF_MEMORY,
                    building,
                    "out of memory with the codes of all samples: " + e.getMessage()
                            + "; raise cluster.worker-memory, or take fewer samples");
        }
    }

    private static String firstLine(RuntimeException e) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        return e.getClass().getSimpleName()
                + message.lines().findFirst().map(line -> ": " + line).orElse("");
    }

    /** @param seconds takes what each autoencoder took */
    private Codes codes(PlannedTask planned, EnsembleData seen, Candidate candidate, List<Double> seconds)
            throws UnavailableException {
        List<PlannedTask> sources = planned.needs().stream().map(plan::task).toList();
        Codes codes = new Codes(seen, size(sources));
        for (PlannedTask source : sources) {
            // what is not there any more is made before the time is taken
            boolean ended = candidate.parentB() != Candidate.NONE && candidate.parentB() == source.id();
            Blueprint blueprint = space.apply(source.design());
            Weights weights = autoencoders.weights(source, planned.task().epoch(), ended);
            long begin = System.nanoTime();
            try (Network network = engine.build(NetworkPlan.untrained(blueprint).startingFrom(weights))) {
                codes.add((int) blueprint.codeSize(), network::encode);
            }
            seconds.add(secondsSince(begin));
        }
        return codes;
    }

    /** As many as the members' codes have values together, where samples have as many. */
    private Codes components(PlannedTask planned, EnsembleData seen, List<Double> seconds) {
        long begin = System.nanoTime();
        List<PlannedTask> members = plan.tasks().stream()
                .filter(task -> task.task().kind() == TaskKind.MEMBER
                        && task.task().repeat() == planned.task().repeat())
                .toList();
        Samples train = seen.samples().train().inputs();
        int values = Math.toIntExact(train.shape().size());
        int size = Math.min(values, size(members));
        PrincipalComponents components = PrincipalComponents.fit(new Rows(train.count(), values, train::values), size);
        Codes codes = new Codes(seen, size);
        codes.add(size, components::encode);
        seconds.add(secondsSince(begin));
        return codes;
    }

    private int size(List<PlannedTask> sources) {
        long size = 0;
        for (PlannedTask source : sources) {
            size += (long) space.apply(source.design()).codeSize();
        }
        return Math.toIntExact(size);
    }

    private Classified classified(
            PlannedTask planned,
            Job job,
            Control control,
            EnsembleData seen,
            Codes codes,
            List<Double> seconds,
            double building) {
        List<Predictions> made = new ArrayList<>();
        TaskData samples = new TaskData(
                codes.train(),
                codes.validation(),
                Optional.of(seen.trainLabels()),
                Optional.of(data.validationLabels()),
                Optional.of(data.classes()),
                data.samples().seed());
        Objective objective = new Classify(1, Classify.fitness(Figure.CROSS_ENTROPY), Set.of()).objective(samples);
        Objective watched = new WatchedObjective(
                objective, network -> {}, network -> made.add(predictions(network, codes, seconds)));
        CodeClassifier design = new CodeClassifier(plan.settings().classifier());
        Ends ends = Ends.classifier(codes.train().shape(), data.classes().count());
        // not closed: that would close the engine
        Trainer trainer = new Trainer(engine, any -> any.unfold(ends), watched, settings(), memory);
        Candidate candidate = job.candidate();
        Candidate classifier = new Candidate(
                candidate.id(),
                candidate.generation(),
                candidate.parentA(),
                candidate.parentB(),
                candidate.operator(),
                design);
        Evaluation evaluation = trainer.evaluate(new Job(classifier, job.seed(), Double.NaN), control)
                .evaluation();
        Optional<Predictions> predictions = made.stream().findFirst();
        predictions.ifPresent(some -> keep(planned, some));
        double tested = predictions.map(Vote::testAccuracy).orElse(Double.NaN);
        return new Classified(judged(evaluation, building, tested), predictions);
    }

    /** Predictions that cannot be kept are no end of the task: who needs them makes them once more. */
    private void keep(PlannedTask planned, Predictions predictions) {
        try {
            store.put(KeptArrays.of(planned.id(), planned.design(), predictions));
        } catch (IOException e) {
            LOG.warn(
                    "what {} predicts is not kept, a vote that needs it will make it once more: {}",
                    planned.task(),
                    e.getMessage());
        }
    }

    /**
     * Without a fitness, with the time that codes took, and with what was found on test samples: nobody who makes tables of the
     * run needs what was kept.
     */
    private static Evaluation judged(Evaluation e, double building, double tested) {
        Effort effort = e.effort();
        Durations durations = effort.durations();
        Score score = e.score();
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.putAll(score.figures());
        if (!Double.isNaN(tested)) {
            figures.put(Figure.TEST_ACCURACY, tested);
        }
        return new Evaluation(
                e.id(),
                e.status(),
                new Score(Double.NaN, score.trainLoss(), score.validationLoss(), figures),
                new Effort(
                        new Durations(durations.build() + building, durations.train(), durations.validate()),
                        effort.epochs(),
                        effort.samplesPerSecond(),
                        effort.parameters(),
                        effort.usage(),
                        effort.inheritance(),
                        effort.teamwork()),
                e.curve(),
                e.message());
    }

    private TrainingSettings settings() {
        ClassifierSettings classifier = plan.settings().classifier();
        return new TrainingSettings(
                classifier.epochs(),
                classifier.epochs(),
                0,
                training.timeLimit(),
                training.divergenceFactor(),
                0,
                0,
                0,
                TrainingSettings.Kept.BEST);
    }

    private Predictions predictions(Network network, Codes codes, List<Double> seconds) {
        Predictions.Part validation = part(network, codes.validation(), data.validationLabels());
        Optional<Predictions.Part> test = codes.test()
                .map(samples -> part(network, samples, data.test().orElseThrow().labels()));
        return new Predictions(data.classes().count(), validation, test, seconds);
    }

    private Predictions.Part part(Network network, Samples codes, int[] labels) {
        int classes = data.classes().count();
        float[] probabilities = new float[Math.multiplyExact(codes.count(), classes)];
        for (int from = 0; from < codes.count(); from += Blueprint.VALIDATION_BATCH) {
            int to = Math.min(codes.count(), from + Blueprint.VALIDATION_BATCH);
            float[] logits = network.logits(codes, from, to);
            float[] some = new float[logits.length];
            for (int i = 0; i < to - from; i++) {
                Logits.softmax(logits, i * classes, classes, some);
            }
            System.arraycopy(some, 0, probabilities, from * classes, some.length);
        }
        return new Predictions.Part(probabilities, data.classes().indices(labels));
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
