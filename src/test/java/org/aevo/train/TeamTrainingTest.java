package org.aevo.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.aevo.genome.GenomeText;
import org.aevo.network.Activation;
import org.aevo.network.Design;
import org.aevo.network.Shape;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Evaluator.Outcome;
import org.aevo.search.Figure;
import org.aevo.search.Job;
import org.aevo.search.Weights;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One rank, two and three with the same seed come to the same, but for the order in which floats are added up. A gradient of
 * a batch differs by some 1e-7 of itself then; a few dozen steps of the networks here make less than a thousand times that of
 * it, and rules that divide by the gradient's size a little more where a gradient is nearly 0.
 */
@ParameterizedClass
@EnumSource
class TeamTrainingTest {
    private static final double NOISE = 2e-3;
    private static final double FOREVER = Double.POSITIVE_INFINITY;
    private static final Shape SHAPE = new Shape(1, 6, 6);

    private final EngineKind kind;
    private final Samples train = blobs(45, 1);
    private final Samples validation = blobs(23, 2);

    TeamTrainingTest(EngineKind kind) {
        this.kind = kind;
    }

    static Samples blobs(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count * 36];
        for (int i = 0; i < count; i++) {
            double row = 1 + 4 * random.nextDouble();
            double column = 1 + 4 * random.nextDouble();
            for (int p = 0; p < 36; p++) {
                double distance = Math.pow(p / 6 - row, 2) + Math.pow(p % 6 - column, 2);
                values[i * 36 + p] = (float) Math.exp(-distance);
            }
        }
        return new Samples(SHAPE, count, values);
    }

    private static TrainingSettings settings(int epochs) {
        return new TrainingSettings(epochs, epochs, 0, FOREVER, 100, 0);
    }

    private static Job job(String genome) {
        Design design = GenomeText.parse(genome);
        return new Job(new Candidate(7, 0, Candidate.NONE, Candidate.NONE, "random", design), 5, FOREVER);
    }

    private Trainer trainer(Objective objective, TrainingSettings settings) {
        return new Trainer(
                TestEngines.open(kind),
                g -> g.unfold(SHAPE, Activation.SIGMOID),
                objective,
                settings,
                MemoryBudget.UNLIMITED,
                Optional.empty());
    }

    private Outcome of(int ranks, Objective objective, TrainingSettings settings, Job job) throws Exception {
        try (TeamOfTrainers team = new TeamOfTrainers(ranks, rank -> trainer(objective, settings))) {
            return team.outcome(job);
        }
    }

    private void agree(Objective objective, TrainingSettings settings, Job job) throws Exception {
        Outcome alone = of(1, objective, settings, job);
        assertEquals(
                EvaluationStatus.OK,
                alone.evaluation().status(),
                alone.evaluation().message());
        for (int ranks : new int[] {2, 3}) {
            Outcome together = of(ranks, objective, settings, job);
            assertAgree(alone, together, ranks);
        }
    }

    private static void assertAgree(Outcome alone, Outcome together, int ranks) {
        Evaluation one = alone.evaluation();
        Evaluation all = together.evaluation();
        assertEquals(one.status(), all.status(), all.message());
        assertEquals(ranks, all.effort().teamwork().ranks());
        assertTrue(all.effort().teamwork().communicationSeconds() > 0);
        assertEquals(one.curve().size(), all.curve().size());
        for (int i = 0; i < one.curve().size(); i++) {
            close(one.curve().get(i).trainLoss(), all.curve().get(i).trainLoss(), "training loss of epoch " + i);
            close(one.curve().get(i).validationLoss(), all.curve().get(i).validationLoss(), "loss of epoch " + i);
        }
        close(one.fitness(), all.fitness(), "fitness");
        Map<Figure, Double> figures = one.score().figures();
        assertEquals(figures.keySet(), all.score().figures().keySet());
        figures.forEach((figure, value) -> close(value, all.score().figures().get(figure), figure.toString()));
        List<Weights.Array> weights = alone.weights().orElseThrow().arrays();
        for (int a = 0; a < weights.size(); a++) {
            float[] values = weights.get(a).values();
            float[] others = together.weights().orElseThrow().arrays().get(a).values();
            for (int i = 0; i < values.length; i++) {
                assertEquals(values[i], others[i], NOISE, weights.get(a).name() + "[" + i + "]");
            }
        }
    }

    private static void close(double one, double all, String what) {
        assertEquals(one, all, NOISE * Math.abs(one) + 1e-9, what);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dense(20,tanh) dense(9,swish) | latent(4) | upsampling | adam(lr0.003,batch16)",
                "conv(4,k3,s1,tanh) pool(2) conv(3,k3,s1,elu) | latent(4) | deconvolution | nesterov(lr0.05,batch15)",
                "conv(4,k3,s2,swish) dense(12,tanh) | latent(4) | upsampling | rmsprop(lr0.001,batch22)",
                "dense(12,sigmoid) | latent(3) | upsampling | momentum(lr0.1,batch8)",
            })
    void withTheSameSeed(String genome) throws Exception {
        agree(Objective.reconstruction(train, validation), settings(4), job(genome));
    }
}
