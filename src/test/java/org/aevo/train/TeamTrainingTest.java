package org.aevo.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.aevo.genome.GenomeText;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Design;
import org.aevo.network.Layer;
import org.aevo.network.Shape;
import org.aevo.search.Candidate;
import org.aevo.search.Control;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Evaluator.Outcome;
import org.aevo.search.Inheritance.Origin;
import org.aevo.search.Job;
import org.aevo.search.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What teams train, held against what one rank does; see {@link TeamAgreement}. */
@ParameterizedClass
@EnumSource
class TeamTrainingTest {
    private static final double FOREVER = Double.POSITIVE_INFINITY;
    private static final Shape SHAPE = new Shape(1, 6, 6);
    private static final String DENSE =
            "dense(20,tanh) dense(9,swish) | latent(4) | upsampling | adam(lr0.003,batch16)";

    private final EngineKind kind;
    /** Of batches of 22 the last one has a single sample. */
    private final Samples train = blobs(45, 1);

    /** More than are measured at once. */
    private final Samples validation = blobs(Blueprint.VALIDATION_BATCH + 1, 2);

    TeamTrainingTest(EngineKind kind) {
        this.kind = kind;
    }

    private static Samples blobs(int count, long seed) {
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

    private Trainer trainer(Function<Design, Blueprint> space, TrainingSettings settings) {
        return trainer(space, settings, new FakeParents(), LearningRateRule.CONSTANT);
    }

    private Trainer trainer(
            Function<Design, Blueprint> space, TrainingSettings settings, FakeParents parents, LearningRateRule rule) {
        return new Trainer(
                TestEngines.open(kind),
                space,
                Objective.reconstruction(train, validation),
                settings,
                MemoryBudget.UNLIMITED,
                Optional.of(parents),
                rule);
    }

    private static Blueprint unfolded(Design design) {
        return design.unfold(SHAPE, Activation.SIGMOID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                DENSE,
                "conv(4,k3,s1,tanh) pool(2) conv(3,k3,s1,elu) | latent(4) | deconvolution | nesterov(lr0.05,batch15)",
                "conv(4,k3,s2,swish) dense(12,tanh) | latent(4) | upsampling | rmsprop(lr0.001,batch22)",
                "dense(12,sigmoid) | latent(3) | upsampling | momentum(lr0.1,batch8)",
                "conv(4,k2,s1,relu) | latent(4) | upsampling | keras-rmsprop(lr0.0005,batch4)",
            })
    void networksComeToTheSame(String genome) throws Exception {
        TeamAgreement.check(job(genome), rank -> trainer(TeamTrainingTest::unfolded, settings(4)));
    }

    /** Graphs with joins, skips and outputs of other shapes. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 5})
    void graphsComeToTheSame(long seed) throws Exception {
        Blueprint blueprint = graph(seed);
        Job job = job("dense(3,tanh) | latent(2) | upsampling | adam(lr0.001,batch12)");
        TeamAgreement.check(job, rank -> trainer(design -> blueprint, settings(3)));
    }

    /** The next one from a seed on that has no normalisation, and puts samples out. */
    private static Blueprint graph(long seed) {
        for (long next = seed; ; next += 100) {
            Blueprint blueprint = RandomBlueprint.of(SHAPE, next);
            boolean normalised = blueprint.layers().stream()
                    .anyMatch(layer -> layer instanceof Layer.Conv c && c.batchNormalization()
                            || layer instanceof Layer.Deconv d && d.batchNormalization());
            if (!normalised
                    && !blueprint.isChain()
                    && blueprint.output().layer().output().equals(SHAPE)) {
                return blueprint;
            }
        }
    }

    /** Decay, a bound of steps in the middle of an epoch, some of the samples in each epoch, the last epoch's weights. */
    @ParameterizedTest
    @CsvSource({"40, 0, 0.01", "45, 7, 0", "20, 3, 0.001"})
    void settingsMeanTheSame(int samples, long steps, double decay) throws Exception {
        TrainingSettings settings =
                new TrainingSettings(4, 4, 0, FOREVER, 100, samples, steps, decay, TrainingSettings.Kept.LAST);
        TeamAgreement.check(job(DENSE), rank -> trainer(TeamTrainingTest::unfolded, settings));
    }

    /** Only the leader has the parent's network, and only the leader leaves one. */
    @Test
    void theLeaderInheritsForAll() throws Exception {
        List<FakeParents> all = new ArrayList<>();
        FakeParents first = new FakeParents();
        try (TeamOfTrainers team = new TeamOfTrainers(
                1, rank -> trainer(TeamTrainingTest::unfolded, settings(3), first, LearningRateRule.CONSTANT))) {
            team.outcome(job(DENSE));
        }
        String child = DENSE.replace("dense(9", "dense(11");
        Candidate candidate = new Candidate(8, 1, 7, Candidate.NONE, "mutation", GenomeText.parse(child));
        Outcome alone = TeamAgreement.check(new Job(candidate, 6, FOREVER), rank -> {
            FakeParents parents = new FakeParents();
            if (rank == 0) {
                parents.networks.put(7L, first.networks.get(7L));
            }
            all.add(parents);
            return trainer(TeamTrainingTest::unfolded, settings(2), parents, LearningRateRule.CONSTANT);
        });
        assertEquals(Origin.PARENT, alone.evaluation().effort().inheritance().origin());
        int leaders = 0;
        for (FakeParents parents : all) {
            if (parents.networks.isEmpty()) {
                assertEquals(List.of(), parents.asked, "a follower asked");
            } else {
                assertTrue(parents.networks.containsKey(8L), "the leader left nothing");
                leaders++;
            }
        }
        assertEquals(3, leaders);
        assertEquals(6, all.size());
    }

    /** Each member's parts of the batch are normalised by themselves, and all end with the same averages. */
    @Test
    void normalisationIsOfEachPart() throws Exception {
        String genome = "conv(4,k3,s2,relu,bn) conv(3,k3,s1,tanh,bn) | latent(4) | upsampling | adam(lr0.01,batch22)";
        List<Outcome> outcomes = new ArrayList<>();
        List<TeamOfTrainers.Result> results;
        for (int ranks : new int[] {1, 2}) {
            try (TeamOfTrainers team =
                    new TeamOfTrainers(ranks, rank -> trainer(TeamTrainingTest::unfolded, settings(6)))) {
                results = team.evaluate(job(genome), rank -> Control.NONE);
            }
            for (TeamOfTrainers.Result result : results) {
                outcomes.add(result.outcome().orElseThrow());
            }
        }
        Evaluation alone = outcomes.get(0).evaluation();
        Evaluation leader = outcomes.get(1).evaluation();
        Evaluation follower = outcomes.get(2).evaluation();
        assertEquals(EvaluationStatus.OK, leader.status(), leader.message());
        assertNotEquals(alone.fitness(), leader.fitness());
        assertEquals(alone.fitness(), leader.fitness(), 0.2 * alone.fitness());
        assertEquals(leader.fitness(), follower.fitness());
        assertEquals(
                leader.curve().get(5).validationLoss(), follower.curve().get(5).validationLoss());
        assertTrue(outcomes.get(2).weights().isEmpty(), "a follower copied weights");
        // what one rank computes of one network on all samples alone is what the team measured on its parts
        Weights weights = outcomes.get(1).weights().orElseThrow();
        try (Engine engine = TestEngines.open(kind);
                Network network = engine.build(NetworkPlan.untrained(unfolded(GenomeText.parse(genome))))) {
            network.load(weights);
            double loss = loss(network);
            assertEquals(leader.fitness(), loss, 1e-5 * loss);
        }
    }

    /** Of one sample in each part the loss is that of the sample alone, unless the members drop other values. */
    @ParameterizedTest
    @CsvSource({"0, true", "0.5, false"})
    void membersDropOtherValues(double dropout, boolean same) throws Exception {
        String genome = "dense(40,tanh,drop" + dropout + ") | latent(4) | upsampling | adam(lr0.003,batch2)";
        Samples one = blobs(1, 3);
        double alone = firstLoss(1, one, genome);
        double together = firstLoss(2, one.followedBy(one), genome);
        assertEquals(together, firstLoss(2, one.followedBy(one), genome), "the same seed gives the same");
        assertEquals(same, Math.abs(together - alone) < 1e-5 * alone, alone + " and " + together);
    }

    private double firstLoss(int ranks, Samples samples, String genome) throws Exception {
        try (TeamOfTrainers team = new TeamOfTrainers(
                ranks,
                rank -> new Trainer(
                        TestEngines.open(kind), TeamTrainingTest::unfolded, samples, validation, settings(1)))) {
            return team.outcome(job(genome)).evaluation().score().trainLoss();
        }
    }

    /** The rate of a team of four is twice that of one rank by the root's rule. */
    @Test
    void learningRatesFollowTheRule() throws Exception {
        String twice = DENSE.replace("lr0.003", "lr0.006");
        Outcome alone;
        try (TeamOfTrainers team = new TeamOfTrainers(1, rank -> trainer(TeamTrainingTest::unfolded, settings(2)))) {
            alone = team.outcome(job(twice));
        }
        try (TeamOfTrainers team = new TeamOfTrainers(
                4,
                rank -> trainer(
                        TeamTrainingTest::unfolded, settings(2), new FakeParents(), LearningRateRule.SQUARE_ROOT))) {
            double found = team.outcome(job(DENSE)).evaluation().fitness();
            assertEquals(alone.evaluation().fitness(), found, TeamAgreement.NOISE * found);
        }
    }

    private double loss(Network network) {
        Validation.Pass pass = new SquaredError(validation, validation).begin(network);
        pass.add(0, validation.count());
        return pass.end().score();
    }
}
