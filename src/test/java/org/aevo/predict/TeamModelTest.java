package org.aevo.predict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.aevo.genome.GenomeText;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Design;
import org.aevo.network.Shape;
import org.aevo.record.Entry;
import org.aevo.record.Inputs;
import org.aevo.record.RunHistory;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Mode;
import org.aevo.search.Score;
import org.aevo.search.Teamwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs whose steps take what is known: o + l layers + u parameters + e operations / k + communication. */
class TeamModelTest {
    private static final Shape SAMPLES = new Shape(1, 28, 28);
    private static final double ONCE = 2e-3;
    private static final double LAYER = 2e-4;
    private static final double PARAMETER = 5e-9;
    private static final double OPERATION = 2e-11;
    private static final double LATENCY = 3e-4;
    private static final double EACH = 4e-9;
    private static final int TRAINED = 5000;
    private static final int EPOCHS = 3;

    /** What an evaluation takes in a team of k. */
    private record Truth(Blueprint network, int batch, double noise) {
        Durations durations(int k) {
            double step = noise
                            * (ONCE
                                    + LAYER * network.nodes().size()
                                    + PARAMETER * network.parameters()
                                    + OPERATION * 3 * network.forwardOperations() * batch / k)
                    + communication(k);
            return new Durations(0.5, steps() * step, 2.0 / k);
        }

        double communication(int k) {
            return k == 1 ? 0 : (LATENCY + EACH * network.parameters()) * Math.ceil(Math.log(k) / Math.log(2));
        }

        double steps() {
            return EPOCHS * Math.ceil((double) TRAINED / batch);
        }

        Evaluation evaluation(long id, int k) {
            Durations durations = durations(k);
            Effort effort = new Effort(durations, EPOCHS, EPOCHS * TRAINED / durations.train(), network.parameters())
                    .by(k == 1 ? Teamwork.ALONE : new Teamwork(k, steps() * communication(k)));
            return new Evaluation(id, EvaluationStatus.OK, new Score(1.0 + id, 1, 1), effort, List.of(), "");
        }
    }

    private final List<Truth> truths = new ArrayList<>();

    /** A run of so many different networks by teams of k. */
    private RunHistory run(int k, int evaluations, double noise) {
        SplittableRandom random = new SplittableRandom(4);
        RunHistory history = new RunHistory();
        history.apply(new Entry.RunStarted(
                "t",
                "sync",
                "genetic",
                1,
                Instant.EPOCH,
                "",
                "task:\n  output-activation: sigmoid\n",
                "",
                "",
                "",
                Map.of(),
                Map.of(),
                false,
                k));
        history.apply(new Entry.DataScaled(
                new Inputs(SAMPLES, "auto", "unsigned bytes", true, List.of(), "bytes", List.of(0.0), List.of(255.0)),
                0));
        List<Long> workers = new ArrayList<>();
        for (long worker = 0; worker < k; worker++) {
            history.apply(new Entry.WorkerJoined(worker, (int) worker + 1, "h", "cpu", 1, 0, 0));
            workers.add(worker);
        }
        if (k > 1) {
            history.apply(new Entry.TeamFormed(0, workers, 0));
        }
        double now = 0;
        for (int id = 0; id < evaluations; id++) {
            Design design = GenomeText.parse("%sdense(%d,tanh) | latent(%d) | upsampling | adam(lr0.001,batch%d)"
                    .formatted(
                            random.nextInt(3) == 0
                                    ? ""
                                    : "conv(%d,k3,s2,relu) conv(%d,k3,s1,relu) "
                                            .formatted(1 + random.nextInt(32), 1 + random.nextInt(32)),
                            8 + random.nextInt(1000),
                            4 + random.nextInt(30),
                            1 << 4 + random.nextInt(6)));
            // one in ten is far off, as if something else had run there
            double off = random.nextInt(10) == 0 && noise > 0 ? 3 : 1;
            Truth truth = new Truth(
                    design.unfold(SAMPLES, Activation.SIGMOID),
                    design.hyperparameters().batchSize(),
                    off * (1 + noise * (random.nextDouble() - 0.5)));
            truths.add(truth);
            history.apply(new Entry.Asked(new Candidate(id, 0, Candidate.NONE, Candidate.NONE, "random", design), now));
            history.apply(new Entry.Dispatched(id, 1, 0, now));
            Evaluation evaluation = truth.evaluation(id, k);
            now += evaluation.seconds() + 0.01;
            history.apply(new Entry.Arrived(evaluation, 1, 0, 0, now));
        }
        return history;
    }

    private static Communication known() {
        return new Communication(Map.of(2, new Communication.Cost(LATENCY, EACH)));
    }

    private double[] truth(int k) {
        return truths.stream()
                .mapToDouble(truth -> truth.evaluation(0, k).seconds())
                .toArray();
    }

    /** From one rank to more, from two to one and to more, from four back. */
    @ParameterizedTest
    @CsvSource({"1,1", "1,2", "1,4", "2,1", "2,2", "2,4", "4,1", "4,2", "4,8"})
    void durationsOfOtherTeamsAreThoseOfTheKnownModel(int from, int to) {
        RunHistory history = run(from, 40, 0);
        Communication communication =
                from == 1 ? known() : TeamModel.measured(history).orElseThrow();
        TeamModel model = TeamModel.of(history, communication).orElseThrow();
        double[] predicted =
                model.workload(Workload.of(history).orElseThrow(), to).seconds();
        double[] truth = truth(to);
        for (int i = 0; i < truth.length; i++) {
            assertEquals(truth[i], predicted[i], 0.01 * truth[i], "evaluation " + i);
        }
    }

    /** Steps that scatter by a fifth, and one in ten that took three times as long. */
    @ParameterizedTest
    @CsvSource({"1,2", "1,4", "2,1", "2,4"})
    void scatterAndOutliersMoveThePredictionLittle(int from, int to) {
        RunHistory history = run(from, 150, 0.4);
        Communication communication =
                from == 1 ? known() : TeamModel.measured(history).orElseThrow();
        TeamModel model = TeamModel.of(history, communication).orElseThrow();
        double[] predicted =
                model.workload(Workload.of(history).orElseThrow(), to).seconds();
        double[] ratio = new double[predicted.length];
        double[] truth = truth(to);
        Arrays.setAll(ratio, i -> predicted[i] / truth[i]);
        Arrays.sort(ratio);
        assertEquals(1, ratio[ratio.length / 2], 0.03, "median of predicted by true");
        assertTrue(ratio[ratio.length / 20] > 0.85 && ratio[ratio.length * 19 / 20] < 1.15, Arrays.toString(ratio));
    }

    @Test
    void whatTeamsMeasuredIsTheirCommunication() {
        assertEquals(Optional.empty(), TeamModel.measured(run(1, 5, 0)));
        truths.clear();
        Communication measured = TeamModel.measured(run(2, 40, 0)).orElseThrow();
        assertEquals(LATENCY, measured.of(2).latency(), 0.02 * LATENCY);
        assertEquals(EACH, measured.of(2).perParameter(), 0.02 * EACH);
        assertEquals(2 * LATENCY, measured.of(4).latency(), 0.04 * LATENCY, "a tree of two levels");
        assertEquals(0, measured.of(1).seconds(1e6));
        assertThrows(IllegalArgumentException.class, () -> new Communication(Map.of()));
    }

    /** A team of two halves what is shared: it must save what it takes, and a half is all that it saves. */
    @Test
    void aTeamPaysFromTheStepOnThatSavesWhatItTakes() {
        RunHistory history = run(1, 60, 0);
        TeamModel model = TeamModel.of(history, known()).orElseThrow();
        double[] layers = truths.stream()
                .mapToDouble(t -> t.network().nodes().size())
                .sorted()
                .toArray();
        double median = (layers[29] + layers[30]) / 2;
        double once = ONCE + LAYER * median + PARAMETER * 1e5;
        assertEquals(once + 2 * (LATENCY + EACH * 1e5), model.worthwhileStep(2, 1e5), 0.02 * once);
        double[] truth = truths.stream()
                .mapToDouble(
                        t -> t.evaluation(0, 1).seconds() / t.evaluation(0, 2).seconds())
                .sorted()
                .toArray();
        assertArrayEquals(truth, model.speedUps(2), 0.02);
    }

    @Test
    void aSimulatedRunHasNoModel() {
        RunHistory history = new RunHistory();
        history.apply(new Entry.RunStarted(
                "s", "async", "genetic", 1, Instant.EPOCH, "", "", "", "", "", Map.of(), Map.of(), true, 2));
        assertEquals(Optional.empty(), TeamModel.of(history, known()));
    }

    /** Seven workers are three teams of two, and one that stands by. */
    @Test
    void placesOfTeamsCountTheirMembersAndWhoStandsBy() {
        Predictor predictor =
                new Predictor(Workload.of(Searches.constant(1, 1), MasterModel.INSTANT), Searches.random());
        Prediction p = predictor.predict(Searches.scenario(Mode.ASYNC, 7, 12).withTeam(2));
        assertEquals(4, p.wallSeconds(), 1e-9, "twelve by three");
        assertEquals(28, p.accounting().capacity(), 1e-9);
        assertEquals(24, p.accounting().busy(), 1e-9);
        assertEquals(4, p.accounting().starting(), 1e-9);
        assertThrows(IllegalArgumentException.class, () -> Searches.scenario(Mode.ASYNC, 2, 12)
                .withTeam(3));
    }
}
