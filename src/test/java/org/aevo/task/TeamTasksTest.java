package org.aevo.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.aevo.genome.GenomeText;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.network.Shape;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.Evaluator.Outcome;
import org.aevo.search.Figure;
import org.aevo.search.Job;
import org.aevo.train.Engine;
import org.aevo.train.EngineKind;
import org.aevo.train.Loss;
import org.aevo.train.MemoryBudget;
import org.aevo.train.Samples;
import org.aevo.train.TeamAgreement;
import org.aevo.train.Trainer;
import org.aevo.train.TrainingSettings;
import org.aevo.train.dl4j.Dl4jEngine;
import org.aevo.train.torch.TorchEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every task is done by teams as by one rank. */
@ParameterizedClass
@EnumSource
class TeamTasksTest {
    private static final TrainingSettings SETTINGS = new TrainingSettings(3, 3, 0, Double.POSITIVE_INFINITY, 100, 0);
    private static final Shape SHAPE = new Shape(1, 11, 12);
    private static final int CLASSES = 3;
    private static final String GENOME = "dense(14,tanh) | latent(4) | upsampling | adam(lr0.005,batch16)";

    private final EngineKind kind;
    private final TaskData data = data(50, 35);

    TeamTasksTest(EngineKind kind) {
        this.kind = kind;
    }

    /** Stripes that stand in as many ways as there are classes. */
    private static TaskData data(int train, int validation) {
        int[] trainLabels = new int[train];
        int[] validationLabels = new int[validation];
        SplittableRandom random = new SplittableRandom(4);
        Samples first = stripes(trainLabels, random);
        Samples second = stripes(validationLabels, random);
        return new TaskData(first, second, Optional.of(trainLabels), Optional.of(validationLabels), 11);
    }

    private static Samples stripes(int[] labels, SplittableRandom random) {
        int size = (int) SHAPE.size();
        float[] values = new float[labels.length * size];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % CLASSES;
            double phase = 6 * random.nextDouble();
            for (int p = 0; p < size; p++) {
                double along = labels[i] == 0 ? p / 12 : labels[i] == 1 ? p % 12 : p / 12 + p % 12;
                values[i * size + p] = (float) (0.5 + 0.4 * Math.sin(along + phase) + 0.1 * random.nextDouble());
            }
        }
        return new Samples(SHAPE, labels.length, values);
    }

    private Engine engine() {
        return kind == EngineKind.DL4J ? new Dl4jEngine() : new TorchEngine();
    }

    private Evaluation agreed(Task task) throws Exception {
        Job job = new Job(
                new Candidate(3, 0, Candidate.NONE, Candidate.NONE, "random", GenomeText.parse(GENOME)), 5, 1e9);
        Outcome outcome = TeamAgreement.check(
                job,
                rank -> new Trainer(
                        engine(),
                        design -> task instanceof Classify ? classifier() : design.unfold(SHAPE, Activation.SIGMOID),
                        task.objective(data),
                        SETTINGS,
                        MemoryBudget.UNLIMITED));
        return outcome.evaluation();
    }

    private static Blueprint classifier() {
        Layer conv = new Layer.Conv("c", SHAPE, 4, 3, 2, Activation.TANH, false);
        Layer dense = new Layer.Dense("d", conv.output(), 10, Activation.ELU, 0);
        return Blueprint.chain(
                SHAPE, List.of(conv, dense, new Layer.Dense("o", dense.output(), CLASSES, Activation.SOFTMAX, 0)));
    }

    /** Figures of validation samples come of parts of them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void classify(int folds) throws Exception {
        Evaluation e =
                agreed(new Classify(folds, Classify.fitness(Figure.CROSS_ENTROPY), Set.of(Augmentation.values())));
        assertTrue(e.score().figures().containsKey(Figure.MACRO_F1), e.toString());
        assertEquals(3 * folds, e.curve().size());
    }

    /** What is done to a sample is done to it wherever its part of the batch is. */
    @Test
    void denoise() throws Exception {
        Evaluation e = agreed(
                new Denoise(new Corruption.Gaussian(0.2), Loss.BINARY_CROSS_ENTROPY, Fitness.VALIDATION_LOSS, 30));
        assertTrue(e.score().figures().containsKey(Figure.PSNR), e.toString());
    }

    @Test
    void embed() throws Exception {
        Evaluation e = agreed(new Embed(3, Loss.MSE, Fitness.VALIDATION_LOSS, 30));
        assertTrue(e.score().figures().containsKey(Figure.CONTINUITY), e.toString());
    }
}
