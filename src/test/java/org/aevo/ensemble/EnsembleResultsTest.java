package org.aevo.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aevo.ensemble.EnsembleResults.Accuracy;
import org.aevo.ensemble.EnsembleResults.MemberDiversity;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Figure;
import org.aevo.search.Score;
import org.junit.jupiter.api.Test;

/** Known answers of tasks made by hand: two members, of which the first trains slowly and is classified fast. */
class EnsembleResultsTest {
    private final Map<EnsembleTask, Evaluation> tasks = new LinkedHashMap<>();

    private static EnsembleTask task(String text) {
        return EnsembleTask.parse(text).orElseThrow();
    }

    private void trained(String text, double... elapsed) {
        List<Evaluation.Epoch> curve = new ArrayList<>();
        for (int i = 0; i < elapsed.length; i++) {
            curve.add(new Evaluation.Epoch(i + 1, 0.1, 0.1, elapsed[i]));
        }
        add(text, new Score(0.1, 0.1, 0.1), elapsed[elapsed.length - 1], curve);
    }

    private void told(String text, double validation, double test, double seconds, Map<Figure, Double> more) {
        Map<Figure, Double> figures = new EnumMap<>(more.isEmpty() ? new EnumMap<>(Figure.class) : more);
        figures.put(Figure.ACCURACY, validation);
        figures.put(Figure.TEST_ACCURACY, test);
        add(text, new Score(1 - validation, 0.5, Double.NaN, figures), seconds, List.of());
    }

    private void add(String text, Score score, double seconds, List<Evaluation.Epoch> curve) {
        // half a second of it is not training
        Effort effort = new Effort(new Durations(0.25, seconds - 0.5, 0.25), curve.size(), 1, 1);
        tasks.put(task(text), new Evaluation(tasks.size(), EvaluationStatus.OK, score, effort, curve, ""));
    }

    private void repeat(int repeat) {
        String r = ":r" + repeat;
        trained("member" + r + ":m1", 4, 8);
        trained("member" + r + ":m2", 3, 6);
        told("member-classifier" + r + ":m1:e2", 0.75, 0.5, 1, Map.of());
        told("member-classifier" + r + ":m2:e2", 0.5, 0.75, 5, Map.of());
        told("joint-classifier" + r + ":e2", 0.875, 0.8125, 2, Map.of());
        told(
                "vote" + r + ":e2",
                0.8125,
                0.625,
                0.5,
                Map.of(
                        Figure.MAJORITY_ACCURACY, 0.6875,
                        Figure.TEST_MAJORITY_ACCURACY, 0.5625,
                        Figure.DISAGREEMENT, 0.25 * repeat,
                        Figure.TEST_DISAGREEMENT, 0.375,
                        Figure.TEST_ERROR_CORRELATION, 0.125));
    }

    private EnsembleResults results() {
        return EnsembleResults.of(tasks.keySet(), tasks);
    }

    @Test
    void theSlowestCounts() {
        repeat(1);
        trained("monolith:r1", 10, 20, 30);
        told("monolith-classifier:r1:e3", 0.875, 0.75, 4, Map.of());
        told("components-classifier:r1", 0.25, 0.125, 6, Map.of());
        assertEquals(
                List.of(
                        new Accuracy(Rival.JOINT_CODE, 1, 2, 0.875, 0.8125, 8, 2),
                        // member 2 is known after 6 + 5 seconds, the vote takes half a one
                        new Accuracy(Rival.MAJORITY_VOTE, 1, 2, 0.6875, 0.5625, 8, 3.5),
                        new Accuracy(Rival.PROBABILITY_VOTE, 1, 2, 0.8125, 0.625, 8, 3.5),
                        // the best on validation samples, which is not the best on test samples
                        new Accuracy(Rival.BEST_MEMBER, 1, 2, 0.75, 0.5, 8, 3),
                        new Accuracy(Rival.MEAN_MEMBER, 1, 2, 0.625, 0.625, 7, 3),
                        new Accuracy(Rival.MONOLITH, 1, 3, 0.875, 0.75, 30, 4),
                        new Accuracy(Rival.PRINCIPAL_COMPONENTS, 1, EnsembleResults.NO_EPOCH, 0.25, 0.125, 0, 6)),
                results().accuracies());
        assertEquals(11.5, results().accuracies().get(1).seconds());
        assertEquals(
                List.of(new MemberDiversity(1, 2, 0.25, Double.NaN, 0.375, 0.125)),
                results().diversities());
        assertTrue(results().tested());
    }

    /** A member that ran out of time in its third epoch had done two, which are classified like all others. */
    @Test
    void theTimeOfEpochsBeforeABadEndIsKnown() {
        repeat(1);
        Evaluation member = tasks.get(task("member:r1:m1"));
        tasks.put(
                task("member:r1:m1"),
                new Evaluation(
                        member.id(),
                        EvaluationStatus.TIME_LIMIT,
                        member.score(),
                        member.effort(),
                        member.curve(),
                        "time limit"));
        assertEquals(
                new Accuracy(Rival.JOINT_CODE, 1, 2, 0.875, 0.8125, 8, 2),
                results().accuracies().get(0));
        assertEquals(11.5, results().accuracies().get(1).seconds());
    }

    @Test
    void whatIsMissingIsLeftOut() {
        repeat(1);
        Map<EnsembleTask, Evaluation> all = new LinkedHashMap<>(tasks);
        Evaluation failed = Evaluation.failed(9, EvaluationStatus.FAILED, Durations.ZERO, "its arrays are gone");
        // a member that failed has no classifier; the best of the others would be another one
        tasks.put(task("member-classifier:r1:m2:e2"), failed);
        tasks.remove(task("joint-classifier:r1:e2"));
        List<Accuracy> votes = results().accuracies();
        assertEquals(
                List.of(Rival.MAJORITY_VOTE, Rival.PROBABILITY_VOTE),
                votes.stream().map(Accuracy::rival).toList());
        assertTrue(Double.isNaN(votes.get(0).combination()), "it is not known when all were classified");
        tasks.putAll(all);
        tasks.put(task("vote:r1:e2"), failed);
        assertEquals(
                List.of(Rival.JOINT_CODE, Rival.BEST_MEMBER, Rival.MEAN_MEMBER),
                results().accuracies().stream().map(Accuracy::rival).toList());
        assertEquals(List.of(), results().diversities());
        // asked for, and still out
        EnsembleResults none = EnsembleResults.of(all.keySet(), Map.of());
        assertEquals(new EnsembleResults(List.of(), List.of()), none);
        assertEquals(List.of(), none.points(Rival.JOINT_CODE));
    }

    @Test
    void repeatsAreSummarised() {
        repeat(2);
        repeat(1);
        told("joint-classifier:r1:e2", 0.625, Double.NaN, 4, Map.of());
        EnsembleResults results = results();
        EnsembleResults.Point joint = results.points(Rival.JOINT_CODE).get(0);
        assertEquals(1, results.points(Rival.JOINT_CODE).size());
        assertEquals(0.75, joint.validation().mean());
        assertEquals(0.125 * Math.sqrt(2), joint.validation().sd(), 1e-15);
        assertEquals(11, joint.seconds().mean());
        assertEquals(1, joint.test().n());
        assertEquals(0.375, results.diversityPoints().get(0).disagreement().mean());
        assertEquals(0, results.diversityPoints().get(0).errorCorrelation().n());
        assertEquals(
                List.of(1, 2),
                results.diversities().stream().map(MemberDiversity::repeat).toList());
    }

    @Test
    void rivalsHaveTexts() {
        for (Rival rival : Rival.values()) {
            assertEquals(Optional.of(rival), Rival.parse(rival.toString()));
        }
        assertEquals("principal-components", Rival.PRINCIPAL_COMPONENTS.toString());
        assertEquals(Optional.empty(), Rival.parse("JOINT_CODE"));
    }
}
