package org.aevo.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.aevo.genome.GenomeText;
import org.aevo.network.Design;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Insertion;
import org.aevo.search.Proposal;
import org.aevo.search.Score;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plan of an ensemble, and how it is handed out. */
class EnsembleSearchTest {
    private static final Design SMALL = design(4);
    private static final Design LARGE = design(8);

    private static Design design(int units) {
        return GenomeText.parse("dense(" + units + ",relu) | latent(2) | upsampling | adam(lr0.01,batch100)");
    }

    static EnsembleSettings settings() {
        return new EnsembleSettings(
                List.of(SMALL, LARGE, SMALL),
                5,
                List.of(1, 5),
                false,
                2,
                LARGE,
                20,
                List.of(1, 5, 20),
                new ClassifierSettings(8, 3, 0.01, 50),
                true);
    }

    private final EnsemblePlan plan = new EnsemblePlan(settings());

    private static Evaluation evaluation(long id, EvaluationStatus status) {
        return new Evaluation(
                id,
                status,
                status == EvaluationStatus.OK ? new Score(1.0 / (1 + id), 1, 1) : Score.NONE,
                Effort.of(Durations.ZERO),
                List.of(),
                status == EvaluationStatus.OK ? "" : "bad");
    }

    @Test
    void plansEachTaskOnceAndNothingBeforeWhatItNeeds() {
        Set<String> texts = new HashSet<>();
        for (PlannedTask task : plan.tasks()) {
            assertEquals(task, plan.task(task.id()));
            assertTrue(texts.add(task.task().toString()), task.toString());
            assertEquals(task.task(), EnsembleTask.parse(task.task().toString()).orElseThrow());
            assertTrue(task.needs().stream().allMatch(need -> need < task.id()), task.toString());
            for (long need : task.needs()) {
                assertEquals(task.task().repeat(), plan.task(need).task().repeat());
                assertEquals(
                        task.task().kind() != TaskKind.VOTE,
                        plan.task(need).task().kind().trainsAutoencoder());
            }
        }
        // for each repeat a monolith, three members, components; at two epochs three classifiers, a joint one and a
        // vote; and
        // three of the monolith
        assertEquals(2 * (1 + 3 + 1 + 2 * 5 + 3), plan.size());
        assertEquals(
                List.of(SMALL, LARGE, SMALL),
                plan.tasks().stream()
                        .filter(task -> task.task().kind() == TaskKind.MEMBER
                                && task.task().repeat() == 2)
                        .map(PlannedTask::design)
                        .toList());
        PlannedTask joint = of("joint-classifier:r2:e5");
        assertEquals(
                List.of("member:r2:m1", "member:r2:m2", "member:r2:m3"),
                joint.needs().stream()
                        .map(id -> plan.task(id).task().toString())
                        .toList());
        assertEquals(
                List.of(of("member:r1:m2").id()),
                of("member-classifier:r1:m2:e1").needs());
        assertEquals(
                List.of(of("monolith:r1").id()),
                of("monolith-classifier:r1:e20").needs());
        assertEquals(List.of(), of("components-classifier:r2").needs());
        assertEquals(
                List.of("member-classifier:r2:m1:e1", "member-classifier:r2:m2:e1", "member-classifier:r2:m3:e1"),
                of("vote:r2:e1").needs().stream()
                        .map(id -> plan.task(id).task().toString())
                        .toList());
        assertThrows(IllegalArgumentException.class, () -> plan.task(plan.size()));
    }

    private PlannedTask of(String text) {
        return plan.tasks().stream()
                .filter(task -> task.task().toString().equals(text))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "random",
                "member",
                "member:r1",
                "member:r0:m1",
                "monolith:r1:m2",
                "joint-classifier:r1",
                "joint-classifier:r1:e0",
                "member:r1:m1:e2",
                "members:r1:m1",
                "member:r1:m99999999999",
                "seed+mutate"
            })
    void textsOfOtherThingsAreNoTasks(String text) {
        assertTrue(EnsembleTask.parse(text).isEmpty());
    }

    /** Whatever order evaluations come in, the candidates are the same; a task comes as soon as what it needs was told. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void handsOutThePlanInItsOrder(boolean ordered) {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            EnsembleSearch search = new EnsembleSearch(plan, ordered);
            List<Candidate> out = new ArrayList<>();
            Set<Long> told = new HashSet<>();
            List<Insertion> insertions = new ArrayList<>();
            long next = 0;
            while (told.size() < plan.size()) {
                Proposal proposal = search.ask();
                if (proposal instanceof Proposal.Next given) {
                    Candidate candidate = given.candidate();
                    assertEquals(next++, candidate.id());
                    PlannedTask task = plan.task(candidate.id());
                    assertTrue(told.containsAll(task.needs()));
                    assertEquals(task.task().toString(), candidate.operator());
                    assertEquals(task.design(), candidate.design());
                    assertEquals(Candidate.NONE, candidate.parentB());
                    out.add(candidate);
                } else {
                    assertEquals(next == plan.size(), proposal instanceof Proposal.Exhausted);
                }
                if (!out.isEmpty() && (random.nextBoolean() || !(proposal instanceof Proposal.Next))) {
                    Candidate candidate = out.remove(random.nextInt(out.size()));
                    told.add(candidate.id());
                    insertions.addAll(search.tell(evaluation(candidate.id(), EvaluationStatus.OK)));
                }
            }
            assertInstanceOf(Proposal.Exhausted.class, search.ask());
            assertEquals(plan.size(), insertions.size());
            if (ordered) {
                assertEquals(
                        plan.tasks().stream().map(PlannedTask::id).toList(),
                        insertions.stream().map(Insertion::id).toList());
            }
            assertEquals(
                    1.0 / plan.size(), insertions.get(insertions.size() - 1).bestFitness(), "the lowest of all");
        }
    }

    @Test
    void aTrainingThatEndedBadlyIsNamedToWhatNeedsIt() {
        EnsembleSearch search = new EnsembleSearch(plan, false);
        long bad = of("member:r1:m2").id();
        List<Candidate> all = new ArrayList<>();
        while (search.ask() instanceof Proposal.Next next) {
            all.add(next.candidate());
            long id = next.candidate().id();
            search.tell(evaluation(id, id == bad ? EvaluationStatus.DIVERGED : EvaluationStatus.OK));
        }
        assertEquals(plan.size(), all.size());
        assertEquals(
                Set.of(
                        "joint-classifier:r1:e1",
                        "joint-classifier:r1:e5",
                        "member-classifier:r1:m2:e1",
                        "member-classifier:r1:m2:e5"),
                all.stream()
                        .filter(candidate -> candidate.parentB() == bad)
                        .map(Candidate::operator)
                        .collect(Collectors.toSet()));
        assertThrows(IllegalArgumentException.class, () -> search.tell(evaluation(0, EvaluationStatus.OK)));
    }

    @Test
    void settingsThatAreNoEnsembleAreRefused() {
        ClassifierSettings classifier = new ClassifierSettings(0, 1, 0.1, 1);
        assertThrows(
                IllegalArgumentException.class,
                () -> new EnsembleSettings(
                        List.of(SMALL), 2, List.of(1), false, 1, SMALL, 2, List.of(2), classifier, true));
        for (List<Integer> wrong : List.of(List.<Integer>of(), List.of(3), List.of(0), List.of(2, 1), List.of(1, 1))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new EnsembleSettings(
                            List.of(SMALL, SMALL), 2, wrong, false, 1, SMALL, 2, List.of(2), classifier, true),
                    wrong.toString());
        }
    }
}
