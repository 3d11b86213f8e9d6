package org.aevo.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.aevo.genome.GenomeText;
import org.aevo.network.Activation;
import org.aevo.network.Shape;
import org.aevo.search.Candidate;
import org.aevo.search.Control;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Figure;
import org.aevo.search.Job;
import org.aevo.team.Collective;
import org.aevo.team.LocalTeam;
import org.aevo.team.TeamLostException;
import org.aevo.train.TeamOfTrainers.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong at one member of a team, and what the others come to. */
@ParameterizedClass
@EnumSource
@Timeout(120)
class TeamFailuresTest {
    private static final Shape SHAPE = Shape.vector(12);
    private static final Job JOB = new Job(
            new Candidate(
                    7,
                    0,
                    Candidate.NONE,
                    Candidate.NONE,
                    "random",
                    GenomeText.parse("dense(9,tanh) | latent(4) | upsampling | adam(lr0.003,batch16)")),
            5,
            Double.POSITIVE_INFINITY);

    private final EngineKind kind;
    private final Samples samples = Draws.samples(SHAPE, 40, new SplittableRandom(3));
    private final FaultyEngine[] engines = new FaultyEngine[3];

    TeamFailuresTest(EngineKind kind) {
        this.kind = kind;
    }

    private static TrainingSettings settings(double timeLimit) {
        return new TrainingSettings(5, 5, 0, timeLimit, 100, 0);
    }

    private TeamOfTrainers team(
            int size, double timeLimit, Objective objective, IntFunction<FaultyEngine.Faults> faults) throws Exception {
        return new TeamOfTrainers(size, rank -> {
            engines[rank] = new FaultyEngine(TestEngines.open(kind), faults.apply(rank));
            return new Trainer(
                    engines[rank],
                    g -> g.unfold(SHAPE, Activation.SIGMOID),
                    objective,
                    settings(timeLimit),
                    MemoryBudget.UNLIMITED);
        });
    }

    private TeamOfTrainers team(int size, IntFunction<FaultyEngine.Faults> faults) throws Exception {
        return team(size, Double.POSITIVE_INFINITY, Objective.reconstruction(samples, samples), faults);
    }

    private void nothingIsOpen() {
        for (FaultyEngine engine : engines) {
            if (engine != null) {
                assertEquals(List.of(), engine.open);
            }
        }
    }

    /** A fault of one rank, once, as it does something for the so-manieth time. */
    private static IntFunction<FaultyEngine.Faults> once(int rank, String deed, int time, Throwable fault) {
        AtomicInteger times = new AtomicInteger();
        return mine -> done -> {
            if (mine == rank && done.equals(deed) && times.incrementAndGet() == time) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20)); // the others wait already
                if (fault instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) fault;
            }
        };
    }

    /** Whoever waits for a member that builds slowly does not wait for what they share. */
    @Test
    void communicationIsOfTrainingAndValidation() throws Exception {
        try (TeamOfTrainers team = team(2, rank -> deed -> {
            if (rank == 1 && deed.equals("build")) {
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            }
        })) {
            Effort leaders = team.evaluate(JOB, member -> Control.NONE)
                    .get(0)
                    .outcome()
                    .orElseThrow()
                    .evaluation()
                    .effort();
            double shared = leaders.durations().train() + leaders.durations().validate();
            double communication = leaders.teamwork().communicationSeconds();
            assertTrue(communication > 0 && communication <= shared, communication + " s of " + shared + " s");
        }
    }

    /** It is the candidate's end on all members, and not the team's. */
    @ParameterizedTest
    @CsvSource({"build, 1", "gradient, 1", "gradient, 4", "update, 1", "update, 15", "loss, 2", "keep, 2"})
    void memoryThatOneLacksInWhatAllDo(String deed, int time) throws Exception {
        for (int rank : new int[] {0, 2}) {
            OutOfMemoryError fault = new OutOfMemoryError("no " + deed + "\n\tat somewhere");
            try (TeamOfTrainers team = team(3, once(rank, deed, time, fault))) {
                List<Result> results = team.evaluate(JOB, member -> Control.NONE);
                for (Result result : results) {
                    Evaluation e = result.outcome().orElseThrow().evaluation();
                    assertEquals(EvaluationStatus.OUT_OF_MEMORY, e.status(), e.toString());
                    assertTrue(
                            e.message().startsWith("out of memory: rank " + rank + " of 3: no " + deed + " ("),
                            e.message());
                    assertEquals(3, e.effort().teamwork().ranks());
                }
                nothingIsOpen();
                assertEquals(EvaluationStatus.OK, team.outcome(JOB).evaluation().status(), "the team goes on");
                nothingIsOpen();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aBuildThatOneRefuses(int rank) throws Exception {
        try (TeamOfTrainers team = team(2, once(rank, "build", 1, new IllegalArgumentException("too odd")))) {
            for (Result result : team.evaluate(JOB, member -> Control.NONE)) {
                Evaluation e = result.outcome().orElseThrow().evaluation();
                assertEquals(EvaluationStatus.INVALID, e.status());
                assertEquals("rank " + rank + " of 2: too odd", e.message());
            }
            nothingIsOpen();
            assertEquals(EvaluationStatus.OK, team.outcome(JOB).evaluation().status());
        }
    }

    /** What all refuse is said as one rank alone says it. */
    @Test
    void aBuildThatAllRefuse() throws Exception {
        try (TeamOfTrainers team = team(2, rank -> deed -> {
            if (deed.equals("build")) {
                throw new IllegalStateException("the library: no\nmore");
            }
        })) {
            for (Result result : team.evaluate(JOB, member -> Control.NONE)) {
                Evaluation e = result.outcome().orElseThrow().evaluation();
                assertEquals(EvaluationStatus.FAILED, e.status());
                assertEquals("IllegalStateException: the library: no", e.message());
            }
        }
    }

    /** Samples whose inputs one member has no heap for: nobody waits for it, and its word is the only one. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void memoryThatOneLacksOnItsOwn(int rank) throws Exception {
        ThreadLocal<Boolean> lacks = ThreadLocal.withInitial(() -> false);
        Fold fold = new Fold() {
            @Override
            public Samples targets() {
                return samples;
            }

            @Override
            public Samples inputs(long seed, int epoch) {
                if (epoch == 2 && lacks.get()) {
                    throw new OutOfMemoryError("Java heap space");
                }
                return samples;
            }

            @Override
            public Optional<Validation> validation() {
                return Optional.of(Validation.squaredError(samples, samples));
            }

            @Override
            public Map<Figure, Double> figures(Network network) {
                return Map.of();
            }
        };
        Objective objective = new Objective() {
            @Override
            public List<Fold> folds() {
                return List.of(fold);
            }

            @Override
            public Loss loss() {
                return Loss.MSE;
            }

            @Override
            public double fitness(double loss, Map<Figure, Double> figures, long parameters, double seconds) {
                return loss;
            }
        };
        try (TeamOfTrainers team = team(2, Double.POSITIVE_INFINITY, objective, member -> deed -> {
            lacks.set(member == rank);
        })) {
            List<Result> results = team.evaluate(JOB, member -> Control.NONE);
            Evaluation own = results.get(rank).outcome().orElseThrow().evaluation();
            assertEquals(EvaluationStatus.OUT_OF_MEMORY, own.status());
            assertTrue(own.message().startsWith("out of memory: Java heap space ("), own.message());
            assertInstanceOf(
                    TeamLostException.class, results.get(1 - rank).thrown().orElseThrow());
            nothingIsOpen();
            assertThrows(TeamLostException.class, () -> team.member(0).broadcast(new byte[0]));
        }
    }

    /** All stop at the same step, whatever their own clocks say. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void theTimeIsTheLeaders(int slow) throws Exception {
        int[] steps = new int[2];
        try (TeamOfTrainers team = team(2, 0.2, Objective.reconstruction(samples, samples), member -> deed -> {
            if (deed.equals("gradient")) {
                steps[member]++;
            }
            if (member == slow && (deed.equals("build") || deed.equals("gradient"))) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
            }
        })) {
            List<Result> results = team.evaluate(JOB, member -> Control.NONE);
            Evaluation first = results.get(0).outcome().orElseThrow().evaluation();
            assertEquals(EvaluationStatus.TIME_LIMIT, first.status(), first.toString());
            assertEquals(
                    first.curve().size(),
                    results.get(1).outcome().orElseThrow().evaluation().curve().size());
            assertEquals(
                    first.status(),
                    results.get(1).outcome().orElseThrow().evaluation().status());
            assertEquals(steps[0], steps[1]);
            if (slow == 1 && steps[0] > 0) { // else the time was over before the first
                assertTrue(
                        first.effort().teamwork().communicationSeconds() > 0.03,
                        "the leader waited: " + first.effort().teamwork());
            }
        }
    }

    /** Its own verdict is no follower's to give, and what it hears of is the leader's control. */
    @Test
    void theVerdictIsTheLeaders() throws Exception {
        AtomicInteger heard = new AtomicInteger();
        try (TeamOfTrainers team = team(2, rank -> deed -> {})) {
            List<Result> results = team.evaluate(JOB, rank -> new Control() {
                @Override
                public void step(int epoch, int seen, int of) {
                    heard.addAndGet(rank == 0 ? 1 : 1000);
                }

                @Override
                public Verdict epoch(Evaluation.Epoch point) {
                    return (rank == 0) == (point.epoch() == 3) ? Verdict.STOP : Verdict.GO_ON;
                }
            });
            for (Result result : results) {
                assertEquals(
                        3, result.outcome().orElseThrow().evaluation().curve().size());
            }
            assertEquals(9, heard.get());
        }
    }

    @Test
    void aVerdictThatFailsIsEveryonesFailure() throws Exception {
        try (TeamOfTrainers team = team(2, rank -> deed -> {})) {
            List<Result> results = team.evaluate(JOB, rank -> new Control() {
                @Override
                public Verdict epoch(Evaluation.Epoch point) {
                    throw new IllegalStateException("who asks");
                }
            });
            for (Result result : results) {
                Evaluation e = result.outcome().orElseThrow().evaluation();
                assertEquals(EvaluationStatus.FAILED, e.status());
                assertEquals("rank 0 of 2: IllegalStateException: who asks", e.message());
            }
        }
    }

    /** From another thread, as the link's does: both leave with nothing open, and train on their own again. */
    @ParameterizedTest
    @CsvSource({"build, 1", "gradient, 5", "loss, 1", "keep, 1"})
    void aTeamThatIsClosedInTheMiddle(String deed, int time) throws Exception {
        TeamOfTrainers[] holder = new TeamOfTrainers[1];
        AtomicInteger times = new AtomicInteger();
        try (TeamOfTrainers team = team(2, rank -> done -> {
            if (rank == 1 && done.equals(deed) && times.incrementAndGet() == time) {
                Thread closing = new Thread(() -> holder[0].member(1).close());
                closing.start();
                try {
                    closing.join();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        })) {
            holder[0] = team;
            for (Result result : team.evaluate(JOB, rank -> Control.NONE)) {
                assertInstanceOf(TeamLostException.class, result.thrown().orElseThrow());
            }
            nothingIsOpen();
            team.part();
            for (Result result : team.evaluate(JOB, rank -> Control.NONE)) {
                Evaluation e = result.outcome().orElseThrow().evaluation();
                assertEquals(EvaluationStatus.OK, e.status(), e.message());
                assertEquals(1, e.effort().teamwork().ranks());
            }
        }
    }

    /** What an evaluator cannot go on after must not leave the others waiting. */
    @Test
    void aBrokenMemberEndsTheTeam() throws Exception {
        try (TeamOfTrainers team = team(2, once(1, "gradient", 2, new LinkageError("no such method")))) {
            List<Result> results = team.evaluate(JOB, rank -> Control.NONE);
            assertInstanceOf(TeamLostException.class, results.get(0).thrown().orElseThrow());
            assertInstanceOf(LinkageError.class, results.get(1).thrown().orElseThrow());
            nothingIsOpen();
        }
    }

    /** A leader that measured another end than the others is told so. */
    @Test
    void endsThatDiffer() throws Exception {
        List<Collective> team = LocalTeam.of(2);
        EvaluationStatus[] ends = {EvaluationStatus.OK, EvaluationStatus.DIVERGED};
        Throwable[] thrown = new Throwable[2];
        Thread[] threads = new Thread[2];
        for (int rank = 0; rank < 2; rank++) {
            int mine = rank;
            threads[rank] =
                    new Thread(() -> thrown[mine] = assertThrows(TeamLostException.class, () -> new TeamMembership(
                                    team.get(mine), new CountingEngine(), LearningRateRule.CONSTANT, new Stopwatch(1e9))
                            .ended(ends[mine])));
            threads[rank].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        // the later one may find the team closed by the other
        String found = thrown[0].getMessage() + "\n" + thrown[1].getMessage();
        assertTrue(found.contains("member 1 ended with DIVERGED, the leader with OK: they are out of step"), found);
    }
}
