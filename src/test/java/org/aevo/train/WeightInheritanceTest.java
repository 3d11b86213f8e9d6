package org.aevo.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.aevo.genome.GenomeText;
import org.aevo.genome.variation.InsertOneToOne;
import org.aevo.genome.variation.KeepGenome;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.network.Shape;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Evaluator.Outcome;
import org.aevo.search.Figure;
import org.aevo.search.Inheritance;
import org.aevo.search.Inheritance.Origin;
import org.aevo.search.Job;
import org.aevo.search.ParentWeights;
import org.aevo.search.TrainedNetwork;
import org.aevo.search.Weights;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource
class WeightInheritanceTest {
    private static final double NEVER = Double.NaN;
    private static final Shape SHAPE = new Shape(1, 6, 6);
    private static final String PARENT =
            "conv(4,k3,s2,relu,bn) dense(12,swish) | latent(4) | upsampling | adam(lr0.01,batch16)";
    /** The same with another layer in the middle, which the one behind it in the decoder mirrors. */
    private static final String CHILD =
            "conv(4,k3,s2,relu,bn) dense(9,swish) | latent(4) | upsampling | adam(lr0.01,batch16)";

    private final Samples train = blobs(100, 1);
    private final Samples validation = blobs(37, 2);
    private final FakeParents parents = new FakeParents();
    private final Engine engine;

    WeightInheritanceTest(EngineKind kind) {
        engine = TestEngines.open(kind);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    /** Images of one bright spot. */
    private static Samples blobs(int count, long seed) {
        Random random = new Random(seed);
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

    private Trainer trainer(int epochs, Optional<ParentWeights> from) {
        return trainer(Objective.reconstruction(train, validation), epochs, from);
    }

    private Trainer trainer(Objective objective, int epochs, Optional<ParentWeights> from) {
        TrainingSettings settings = new TrainingSettings(epochs, epochs, 0, Double.POSITIVE_INFINITY, 100, 0);
        return new Trainer(
                engine, g -> g.unfold(SHAPE, Activation.SIGMOID), objective, settings, MemoryBudget.UNLIMITED, from);
    }

    private static Candidate candidate(long id, long parent, String operator, String genome) {
        return new Candidate(id, 0, parent, Candidate.NONE, operator, GenomeText.parse(genome));
    }

    private Evaluation evaluate(int epochs, Candidate candidate) {
        return trainer(epochs, Optional.of(parents))
                .evaluate(new Job(candidate, 5 + candidate.id(), NEVER))
                .evaluation();
    }

    private static Blueprint unfold(String genome) {
        return GenomeText.parse(genome).unfold(SHAPE, Activation.SIGMOID);
    }

    /** Also where nobody but children wants them. */
    @Test
    void whatIsLeftIsTheNetworkOfTheFitness() {
        Outcome outcome = trainer(6, Optional.of(parents))
                .evaluate(new Job(candidate(3, Candidate.NONE, "random", PARENT), 5, NEVER));
        Evaluation e = outcome.evaluation();
        assertEquals(EvaluationStatus.OK, e.status(), e.message());
        assertEquals(Optional.empty(), outcome.weights());
        assertEquals(Inheritance.NONE, e.effort().inheritance());
        assertEquals(List.of(), parents.asked);
        TrainedNetwork left = parents.networks.get(3L);
        assertEquals(3, left.id());
        assertEquals(GenomeText.parse(PARENT), left.design());
        assertEquals(bestEpoch(e), left.epochs());
        assertEquals(
                e.fitness(),
                new ReferenceNetwork(unfold(PARENT), left.weights()).loss(validation.values(), false),
                1e-6);
        // the same as without children
        Outcome alone = trainer(6, Optional.empty())
                .evaluate(new Job(candidate(3, Candidate.NONE, "random", PARENT), 5, NEVER));
        assertEquals(losses(alone.evaluation()), losses(e));
    }

    private static int bestEpoch(Evaluation e) {
        return e.curve().stream()
                .min((a, b) -> Double.compare(a.validationLoss(), b.validationLoss()))
                .orElseThrow()
                .epoch();
    }

    private static List<String> losses(Evaluation e) {
        return e.curve().stream()
                .map(point -> point.trainLoss() + " " + point.validationLoss())
                .toList();
    }

    /** At so small a rate that nothing changes, the loss of the first epoch is that of the beginning. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "conv(4,k3,s2,relu) dense(12,swish) | latent(4) | upsampling | adam(lr%s,batch16)",
                "conv(4,k3,s1,relu) pool(2) | latent(4) | deconvolution | nesterov(lr%s,batch16)",
                "dense(20,tanh) | latent(4) | upsampling | rmsprop(lr%s,batch16)"
            })
    void anIdentityCopyBeginsAtItsParentsLoss(String genome) {
        Evaluation parent = evaluate(8, candidate(0, Candidate.NONE, "random", String.format(genome, "0.01")));
        Evaluation child = evaluate(1, candidate(1, 0, "identity", String.format(genome, "1.0E-9")));
        assertEquals(EvaluationStatus.OK, child.status(), child.message());
        assertEquals(parent.fitness(), child.fitness(), 1e-5 * parent.fitness());
        assertEquals(
                new Inheritance(Origin.PARENT, 1, bestEpoch(parent)),
                child.effort().inheritance());
        Evaluation stranger = evaluate(1, candidate(2, Candidate.NONE, "random", String.format(genome, "1.0E-9")));
        assertTrue(stranger.fitness() > 1.1 * parent.fitness(), stranger.fitness() + " of " + parent.fitness());
    }

    /** Running means and variances too, which any training changes. */
    @Test
    void anEngineIsGivenTheParentsWeightsAsTheyAre() {
        evaluate(3, candidate(0, Candidate.NONE, "random", PARENT));
        NetworkPlan plan =
                NetworkPlan.of(unfold(PARENT), GenomeText.parse(PARENT).hyperparameters(), 1);
        Weights start =
                begin(candidate(1, 0, "identity", PARENT), plan).plan().start().orElseThrow();
        Weights trained = parents.networks.get(0L).weights();
        for (int i = 0; i < trained.arrays().size(); i++) {
            assertEquals(
                    new ArrayList<>(floats(trained.arrays().get(i))),
                    floats(start.arrays().get(i)));
        }
    }

    private static List<Float> floats(Weights.Array array) {
        List<Float> floats = new ArrayList<>();
        for (float value : array.values()) {
            floats.add(value);
        }
        return floats;
    }

    private WeightInheritance.Beginning begin(Candidate candidate, NetworkPlan plan) {
        return new WeightInheritance(parents, g -> g.unfold(SHAPE, Activation.SIGMOID)).begin(candidate, plan);
    }

    @Test
    void theShareIsOfTheLayersThatFit() {
        Evaluation first = evaluate(3, candidate(0, Candidate.NONE, "random", PARENT));
        Evaluation second = evaluate(4, candidate(1, 0, "mutate-gene", CHILD));
        Blueprint blueprint = unfold(CHILD);
        // all but the layer of 9 units, what takes it, and their mirrors
        long fitting = blueprint.layers().stream()
                .filter(layer -> layer instanceof Layer.Conv)
                .mapToLong(Layer::parameters)
                .sum();
        Inheritance inheritance = second.effort().inheritance();
        assertEquals(Origin.PARENT, inheritance.origin());
        assertEquals((double) fitting / blueprint.parameters(), inheritance.share(), 1e-12);
        assertEquals(bestEpoch(first), inheritance.epochs());
        assertEquals(inheritance.epochs() + 4, second.effort().cumulatedEpochs());
        assertEquals(
                bestEpoch(first) + bestEpoch(second), parents.networks.get(1L).epochs());
        // epochs of ancestors add up
        Evaluation third = evaluate(1, candidate(2, 1, "mutate-gene", PARENT));
        assertEquals(
                bestEpoch(first) + bestEpoch(second),
                third.effort().inheritance().epochs());
        assertEquals(List.of(0L, 1L), parents.asked);
    }

    /** What nothing was taken from, no epoch of it counts. */
    @Test
    void aParentWithoutALayerThatFitsIsAParent() {
        evaluate(
                2,
                candidate(
                        0, Candidate.NONE, "random", "dense(20,tanh) | latent(4) | upsampling | adam(lr0.01,batch16)"));
        Evaluation e =
                evaluate(1, candidate(1, 0, "x", "dense(21,tanh) | latent(3) | upsampling | adam(lr0.01,batch16)"));
        assertEquals(Inheritance.of(Origin.PARENT), e.effort().inheritance());
        assertEquals(1, parents.networks.get(1L).epochs());
    }

    /** Whatever the reason: recorded, and trained as if nothing was to be inherited. */
    @Test
    void whereNothingIsInheritedTheBeginningIsInitial() {
        evaluate(2, candidate(0, Candidate.NONE, "random", PARENT));
        Weights trained = parents.networks.get(0L).weights();
        TrainedNetwork other = new TrainedNetwork(9, GenomeText.parse(PARENT), 2, trained);
        TrainedNetwork foreign = new TrainedNetwork(21, GenomeText.parse(CHILD), 2, trained);
        // of a kind that this space unfolds into no network
        TrainedNetwork impossible = new TrainedNetwork(
                22,
                GenomeText.parse("conv(4,k3,s2,relu) | latent(5000000) | upsampling | adam(lr0.01,batch16)"),
                2,
                trained);
        parents.answers.put(20L, new ParentWeights.Found(other));
        parents.answers.put(21L, new ParentWeights.Found(foreign));
        parents.answers.put(22L, new ParentWeights.Found(impossible));
        parents.answers.put(23L, new ParentWeights.NotFound(Origin.DAMAGED, "23.weights: damaged"));
        parents.answers.put(24L, new ParentWeights.NotFound(Origin.STALE, "24.weights: of another run"));
        List<String> expected = losses(trainer(2, Optional.empty())
                .evaluate(new Job(candidate(6, Candidate.NONE, "random", CHILD), 11, NEVER))
                .evaluation());
        Map<Long, Origin> origins = Map.of(
                8L, Origin.MISSING,
                20L, Origin.STALE,
                21L, Origin.STALE,
                22L, Origin.STALE,
                23L, Origin.DAMAGED,
                24L, Origin.STALE);
        origins.forEach((parent, origin) -> {
            Evaluation e = evaluate(2, candidate(6, parent, "mutate-gene", CHILD));
            assertEquals(EvaluationStatus.OK, e.status(), e.message());
            assertEquals(Inheritance.of(origin), e.effort().inheritance(), "parent " + parent);
            assertEquals(expected, losses(e));
            assertEquals(2, e.effort().cumulatedEpochs());
        });
        parents.asked.clear();
        for (String operator : List.of("reset-weights", "mutate-gene+reset-weights", "reset-weights+add-skip")) {
            Evaluation e = evaluate(2, candidate(6, 0, operator, CHILD));
            assertEquals(Inheritance.of(Origin.RESET), e.effort().inheritance(), operator);
            assertEquals(expected, losses(e));
        }
        assertEquals(List.of(), parents.asked);
        // no more than a name that contains it
        assertEquals(
                Origin.PARENT,
                evaluate(2, candidate(6, 0, "no-reset-weights", CHILD))
                        .effort()
                        .inheritance()
                        .origin());
    }

    /** Of the store, not of the candidate. */
    @Test
    void aStoreThatFailsCostsNoEvaluation() {
        List<FakeParents.Failure> failures = List.of(
                () -> {
                    throw new IOException("no space left on device");
                },
                () -> {
                    throw new IllegalStateException("a bug");
                },
                () -> {
                    throw new OutOfMemoryError("Java heap space");
                });
        for (FakeParents.Failure failure : failures) {
            FakeParents full = new FakeParents(failure);
            Outcome outcome = trainer(2, Optional.of(full))
                    .evaluate(new Job(candidate(1, 0, "identity", PARENT), 5, Double.POSITIVE_INFINITY));
            assertEquals(EvaluationStatus.OK, outcome.evaluation().status());
            assertTrue(outcome.evaluation().hasFitness());
            assertTrue(outcome.weights().isPresent());
            assertEquals(
                    Origin.MISSING, outcome.evaluation().effort().inheritance().origin());
        }
        for (Throwable thrown :
                List.of(new IllegalArgumentException("a bug"), new OutOfMemoryError("Java heap space"))) {
            ParentWeights broken = new ParentWeights() {
                @Override
                public Answer get(long id) {
                    if (thrown instanceof Error error) {
                        throw error;
                    }
                    throw (RuntimeException) thrown;
                }

                @Override
                public void put(TrainedNetwork network) {}
            };
            Evaluation e = trainer(1, Optional.of(broken))
                    .evaluate(new Job(candidate(1, 0, "identity", PARENT), 5, NEVER))
                    .evaluation();
            assertEquals(EvaluationStatus.OK, e.status(), e.message());
            assertEquals(Inheritance.of(Origin.DAMAGED), e.effort().inheritance());
        }
    }

    @Test
    void onlyAResultIsLeft() {
        TrainingSettings hasty = new TrainingSettings(3, 3, 0, 1e-9, 100, 0);
        Trainer trainer = new Trainer(
                engine,
                g -> g.unfold(SHAPE, Activation.SIGMOID),
                Objective.reconstruction(train, validation),
                hasty,
                MemoryBudget.UNLIMITED,
                Optional.of(parents));
        Evaluation e = trainer.evaluate(new Job(candidate(1, Candidate.NONE, "random", PARENT), 5, NEVER))
                .evaluation();
        assertEquals(EvaluationStatus.TIME_LIMIT, e.status());
        assertFalse(e.hasFitness());
        assertEquals(Map.of(), parents.networks);
    }

    /** One's validation samples are another's training samples. */
    @Test
    void foldsInheritNothing() {
        Fold fold = Objective.reconstruction(train, validation).folds().get(0);
        Objective three = new Objective() {
            @Override
            public List<Fold> folds() {
                return List.of(fold, fold, fold);
            }

            @Override
            public Loss loss() {
                return Loss.MSE;
            }

            @Override
            public double fitness(double loss, Map<Figure, Double> figures, long number, double seconds) {
                return loss;
            }
        };
        assertEquals(
                "weights are inherited where there is one fold, there are 3",
                assertThrows(IllegalArgumentException.class, () -> trainer(three, 1, Optional.of(parents)))
                        .getMessage());
        trainer(three, 1, Optional.empty());
    }

    /** So that no worker's time is missing. */
    @Test
    void readingAndWritingCountAsBuilding() {
        evaluate(1, candidate(0, Candidate.NONE, "random", PARENT));
        ParentWeights slow = new ParentWeights() {
            @Override
            public Answer get(long id) {
                spin();
                return parents.get(id);
            }

            @Override
            public void put(TrainedNetwork network) throws IOException {
                spin();
                parents.put(network);
            }

            private void spin() {
                long start = System.nanoTime();
                while (System.nanoTime() - start < 50_000_000L) {
                    Thread.onSpinWait();
                }
            }
        };
        Durations durations = trainer(1, Optional.of(slow))
                .evaluate(new Job(candidate(1, 0, "identity", PARENT), 5, NEVER))
                .evaluation()
                .effort()
                .durations();
        assertTrue(durations.build() >= 0.1, durations.toString());
    }

    /** The child computes what its parent does, but for a layer more. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "conv(4,k3,s1,relu,bn) %s dense(24,relu) %s | latent(8) | upsampling | adam(lr0.003,batch16)",
                "conv(4,k3,s1,relu) %s dense(24,relu) %s | latent(8) | deconvolution | adam(lr0.003,batch16)"
            })
    void whatIsInsertedOneToOneIsTheIdentity(String genome) {
        Evaluation parent = evaluate(40, candidate(0, Candidate.NONE, "random", String.format(genome, "", "")));
        assertEquals(EvaluationStatus.OK, parent.status(), parent.message());
        for (List<String> genes : List.of(
                List.of("conv(4,k1,s1,relu,bn)", ""),
                List.of("conv(4,k3,s1,relu)", ""),
                List.of("", "dense(24,relu)"))) {
            String child = String.format(genome, genes.get(0), genes.get(1));
            Blueprint blueprint = unfold(child);
            NetworkPlan plan = NetworkPlan.of(blueprint, GenomeText.parse(child).hyperparameters(), 1);
            WeightInheritance.Beginning beginning =
                    begin(candidate(1, 0, "alter-stride+insert-one-to-one", child), plan);
            assertTrue(beginning.inheritance().share() < 1
                    && beginning.inheritance().share() > 0);
            double[] loss = {
                lossOf(beginning.plan()),
                lossOf(begin(candidate(1, 0, "add-gene", child), plan).plan())
            };
            assertEquals(parent.fitness(), loss[0], 1e-5 * parent.fitness(), child);
            assertTrue(loss[1] > 1.05 * parent.fitness(), child + ": " + loss[1]);
        }
    }

    /** Also into networks without genes, whose output layer becomes one in the middle: what is new makes the output. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "conv(1,k1,s1,identity) | latent(4) | upsampling",
                "conv(1,k3,s1,identity) | latent(4) | upsampling",
                "dense(36,identity) | latent(4) | upsampling",
                "conv(1,k3,s1,identity) | latent(4) | -",
                "- | latent(4) | dense(4,identity)"
            })
    void whatIsInsertedIntoNothingIsTheIdentity(String inserted) {
        String training = " | adam(lr0.01,batch16)";
        String nothing = inserted.endsWith("upsampling") ? "- | latent(4) | upsampling" : "- | latent(4) | -";
        Evaluation parent = evaluate(20, candidate(0, Candidate.NONE, "trivial", nothing + training));
        assertEquals(EvaluationStatus.OK, parent.status(), parent.message());
        String child = inserted + training;
        NetworkPlan plan = NetworkPlan.of(unfold(child), GenomeText.parse(child).hyperparameters(), 1);
        WeightInheritance.Beginning beginning = begin(candidate(1, 0, "insert-one-to-one", child), plan);
        assertEquals(parent.fitness(), lossOf(beginning.plan()), 1e-5 * parent.fitness());
    }

    /** Room train does not import the room that they are made in. */
    @Test
    void operatorsAreCalledAsTheyAreWhereTheyAreMade() {
        assertEquals(KeepGenome.RESET_WEIGHTS, WeightInheritance.RESET);
        assertEquals(InsertOneToOne.NAME, WeightInheritance.ONE_TO_ONE);
    }

    private double lossOf(NetworkPlan plan) {
        try (Network network = engine.build(plan)) {
            return network.loss(validation, 0, validation.count());
        }
    }
}
