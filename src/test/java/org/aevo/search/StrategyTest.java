package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.aevo.genome.Family;
import org.aevo.genome.Genome;
import org.aevo.genome.IntRange;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Spaces;
import org.aevo.genome.variation.VariationRates;
import org.aevo.network.Shape;
import org.aevo.random.Generators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for all strategies. */
class StrategyTest {

    /** The strategies that make genomes. */
    enum Kind {
        SYNC(StrategyKind.GENETIC, Mode.SYNC),
        ASYNC(StrategyKind.GENETIC, Mode.ASYNC),
        GUIDED_SYNC(StrategyKind.GENETIC, Mode.SYNC, GuideKind.SURROGATE),
        GUIDED_ASYNC(StrategyKind.GENETIC, Mode.ASYNC, GuideKind.SURROGATE),
        EXPECTED_PARENTS(StrategyKind.GENETIC, Mode.ASYNC, GuideKind.SURROGATE),
        AGING_SYNC(StrategyKind.AGING, Mode.SYNC),
        AGING_ASYNC(StrategyKind.AGING, Mode.ASYNC),
        LOCAL_SYNC(StrategyKind.LOCAL, Mode.SYNC),
        LOCAL_ASYNC(StrategyKind.LOCAL, Mode.ASYNC),
        NSGA2_SYNC(StrategyKind.NSGA2, Mode.SYNC),
        NSGA2_ASYNC(StrategyKind.NSGA2, Mode.ASYNC),
        PAIRWISE(StrategyKind.PAIRWISE, Mode.ASYNC),
        RANDOM(StrategyKind.RANDOM, Mode.ASYNC);

        private final StrategyKind kind;
        private final Mode mode;
        private final GuideKind guide;

        Kind(StrategyKind kind, Mode mode) {
            this(kind, mode, GuideKind.NONE);
        }

        Kind(StrategyKind kind, Mode mode, GuideKind guide) {
            this.kind = kind;
            this.mode = mode;
            this.guide = guide;
        }

        /** Whether no genome is evaluated twice, and random ones take the place of those that are not found. */
        boolean unique() {
            return this != PAIRWISE;
        }

        SearchStrategy create(SearchSpace space, EvolutionSettings settings, long seed) {
            return Strategies.create(
                    kind,
                    mode,
                    space,
                    settings.with(
                            GuideSettings.of(guide)
                                    .with(this == EXPECTED_PARENTS ? ParentsKind.EXPECTED : ParentsKind.EVALUATED),
                            false),
                    seed);
        }

        Population population(int capacity) {
            return switch (kind) {
                case AGING -> Population.aging(capacity);
                case NSGA2 -> new NsgaPopulation(capacity);
                default -> new Population(capacity);
            };
        }

        /** The parts in which it takes in what it was told. */
        List<List<Insertion>> parts(List<Insertion> told) {
            return this == NSGA2_SYNC
                    ? List.of(told)
                    : told.stream().map(List::of).toList();
        }
    }

    static final SearchSpace SPACE = SearchSpace.defaults(Family.MIXED, new Shape(1, 28, 28), 8);
    static final EvolutionSettings SETTINGS = new EvolutionSettings(8, 6, 4, 2, 30, VariationRates.defaults());

    /** A fitness for any genome, some of which fail, and a second objective that has nothing to do with it. */
    private static Evaluation evaluate(Candidate c) {
        int hash = c.genome().toString().hashCode();
        double fitness = Math.floorMod(hash, 1000) / 1000.0;
        return hash % 7 == 0
                ? Evaluations.failed(c.id())
                : Evaluations.of(c.id(), fitness).with(List.of(fitness, (double) Math.floorMod(hash, 13)));
    }

    /** Some workers take what they get, and return it in an order of their own. */
    private static List<Object> life(SearchStrategy strategy, int workers, int evaluations, long order, int polls) {
        RandomGenerator random = Generators.seeded(order);
        List<Object> events = new ArrayList<>();
        List<Candidate> out = new ArrayList<>();
        for (int told = 0; told < evaluations; ) {
            boolean fed = true;
            while (fed && out.size() < workers) {
                fed = strategy.ask() instanceof Proposal.Next next && out.add(next.candidate()) && events.add(next);
            }
            for (int i = 0; i < polls && !fed; i++) {
                assertInstanceOf(Proposal.Wait.class, strategy.ask());
            }
            Candidate back = out.remove(random.nextInt(out.size()));
            events.add(strategy.tell(evaluate(back)));
            told++;
        }
        return events;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void sameSeedAndSameCallsGiveTheSameAnswers(Kind kind) {
        assertEquals(
                life(kind.create(SPACE, SETTINGS, 5), 3, 60, 1, 0), life(kind.create(SPACE, SETTINGS, 5), 3, 60, 1, 0));
        assertNotEquals(
                life(kind.create(SPACE, SETTINGS, 5), 3, 60, 1, 0), life(kind.create(SPACE, SETTINGS, 6), 3, 60, 1, 0));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void askingInVainChangesNothing(Kind kind) {
        assertEquals(
                life(kind.create(SPACE, SETTINGS, 5), 9, 60, 1, 0), life(kind.create(SPACE, SETTINGS, 5), 9, 60, 1, 7));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void recallingLeavesTheStateThatAskingDoes(Kind kind) {
        SearchStrategy asked = kind.create(SPACE, SETTINGS, 5);
        SearchStrategy recalled = kind.create(SPACE, SETTINGS, 5);
        RandomGenerator random = Generators.seeded(9);
        List<Candidate> out = new ArrayList<>();
        for (int told = 0; told < 200; told++) {
            boolean fed = true;
            while (fed && out.size() < 4) {
                Proposal proposal = asked.ask();
                fed = proposal instanceof Proposal.Next next && out.add(next.candidate());
                if (proposal instanceof Proposal.Next next) {
                    Candidate c = next.candidate();
                    assertEquals(next, c.id() % 7 == 0 ? recalled.ask() : recalled.recall(c));
                }
            }
            Evaluation back = evaluate(out.remove(random.nextInt(out.size())));
            assertEquals(asked.tell(back), recalled.tell(back));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void candidatesAreNumberedNewAndInTheSpace(Kind kind) {
        SearchStrategy strategy = kind.create(SPACE, SETTINGS, 3);
        Set<Genome> seen = new HashSet<>();
        long id = 0;
        for (Object event : life(strategy, 4, 200, 2, 0)) {
            if (event instanceof Proposal.Next next) {
                Candidate c = next.candidate();
                assertEquals(id++, c.id());
                assertTrue(seen.add(c.genome()) || !kind.unique(), "proposed twice: " + c);
                assertEquals(List.of(), SPACE.violations(c.genome()));
                assertTrue(c.parentA() < c.id() && c.parentB() < c.id());
                assertEquals(c.operator().contains("crossover"), c.parentB() != Candidate.NONE, c.toString());
                assertEquals(
                        c.operator().equals(kind.unique() ? "random" : "trivial"),
                        c.parentA() == Candidate.NONE,
                        c.toString());
                assertTrue(c.parentA() == Candidate.NONE || c.parentA() != c.parentB(), c.toString());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PAIRWISE")
    void insertionsReportBestMeanAndDiversity(Kind kind) {
        SearchStrategy strategy = kind.create(SPACE, SETTINGS, 4);
        List<Object> events = life(strategy, 3, 100, 3, 0);
        Population expected = kind.population(SETTINGS.population());
        double best = Double.NaN;
        List<Candidate> candidates = new ArrayList<>();
        int insertions = 0;
        for (Object event : events) {
            if (event instanceof Proposal.Next next) {
                candidates.add(next.candidate());
                continue;
            }
            List<Insertion> told =
                    ((List<?>) event).stream().map(Insertion.class::cast).toList();
            for (List<Insertion> part : kind.parts(told)) {
                expected.insertAll(part.stream()
                        .map(insertion -> candidates.get((int) insertion.id()))
                        .filter(c -> evaluate(c).hasFitness())
                        .map(c -> new Member(
                                c, evaluate(c).fitness(), evaluate(c).score().objectives()))
                        .toList());
                for (Insertion insertion : part) {
                    Evaluation e = evaluate(candidates.get((int) insertion.id()));
                    if (e.hasFitness()) {
                        best = Double.isNaN(best) ? e.fitness() : Math.min(best, e.fitness());
                    }
                    boolean last = insertion == part.get(part.size() - 1);
                    List<Long> left = last ? expected.takeLeft() : List.of();
                    assertEquals(
                            new Insertion(e.id(), best, expected.meanFitness(), expected.geneDiversity(), left),
                            insertion);
                    insertions++;
                }
            }
        }
        assertTrue(insertions > 80, "insertions: " + insertions);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void onlyWhatIsOutCanBeTold(Kind kind) {
        SearchStrategy strategy = kind.create(SPACE, SETTINGS, 4);
        Candidate c = ((Proposal.Next) strategy.ask()).candidate();
        assertThrows(IllegalArgumentException.class, () -> strategy.tell(Evaluations.of(c.id() + 1, 1)));
        assertThrows(IllegalArgumentException.class, () -> strategy.tell(Evaluations.of(-1, 1)));
        strategy.tell(evaluate(c));
        Exception e = assertThrows(IllegalArgumentException.class, () -> strategy.tell(evaluate(c)));
        assertEquals("candidate 0 was not asked for, or its evaluation was told before", e.getMessage());
    }

    /** In a space of 10 genomes each is found once, then the search says that there is no more. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PAIRWISE")
    void smallSpacesAreExhausted(Kind kind) {
        SearchSpace space = Spaces.tiny(Family.DENSE, Shape.vector(4), 2)
                .units(new IntRange(1, 10))
                .build();
        EvolutionSettings settings = new EvolutionSettings(4, 4, 2, 2, 200, VariationRates.defaults());
        SearchStrategy strategy = kind.create(space, settings, 1);
        Set<Genome> found = new HashSet<>();
        Deque<Candidate> out = new ArrayDeque<>();
        Proposal proposal = strategy.ask();
        while (!(proposal instanceof Proposal.Exhausted) || !out.isEmpty()) {
            if (proposal instanceof Proposal.Next next) {
                assertTrue(found.add(next.candidate().genome()));
                out.add(next.candidate());
            } else {
                Candidate back = out.remove();
                strategy.tell(Evaluations.of(back.id(), back.id()).with(List.of(1.0 * back.id(), -1.0 * back.id())));
            }
            proposal = strategy.ask();
        }
        assertEquals(10, found.size());
        assertEquals(proposal, strategy.ask());
        assertTrue(((Proposal.Exhausted) proposal).reason().contains("10"), proposal.toString());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aRunWhereEverythingFailsGoesOnAsItBegan(Kind kind) {
        SearchStrategy strategy = kind.create(SPACE, SETTINGS, 1);
        for (int i = 0; i < 50; i++) {
            Candidate c = ((Proposal.Next) strategy.ask()).candidate();
            assertEquals(kind.unique() ? "random" : "trivial", c.operator());
            for (Insertion insertion : strategy.tell(Evaluations.failed(c.id()))) {
                assertTrue(Double.isNaN(insertion.bestFitness()) && Double.isNaN(insertion.meanFitness()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void limitsThatAdmitNoNetworkAreNamed(Kind kind) {
        SearchSpace none = SPACE.toBuilder().maxParameters(10).build();
        Exception e = assertThrows(IllegalArgumentException.class, () -> kind.create(none, SETTINGS, 1));
        assertTrue(e.getMessage().contains("at most 10 allowed"), e.getMessage());
    }

    @Test
    void theFactoryMakesWhatItIsAskedFor() {
        assertInstanceOf(GenerationalEvolution.class, Kind.SYNC.create(SPACE, SETTINGS, 1));
        assertInstanceOf(SteadyStateEvolution.class, Kind.ASYNC.create(SPACE, SETTINGS, 1));
        assertInstanceOf(GenerationalEvolution.class, Kind.AGING_SYNC.create(SPACE, SETTINGS, 1));
        assertInstanceOf(SteadyStateEvolution.class, Kind.AGING_ASYNC.create(SPACE, SETTINGS, 1));
        assertInstanceOf(GenerationalLocalSearch.class, Kind.LOCAL_SYNC.create(SPACE, SETTINGS, 1));
        assertInstanceOf(SteadyLocalSearch.class, Kind.LOCAL_ASYNC.create(SPACE, SETTINGS, 1));
        assertInstanceOf(GenerationalEvolution.class, Kind.NSGA2_SYNC.create(SPACE, SETTINGS, 1));
        assertInstanceOf(SteadyStateEvolution.class, Kind.NSGA2_ASYNC.create(SPACE, SETTINGS, 1));
        assertInstanceOf(PairwiseTournament.class, Kind.PAIRWISE.create(SPACE, SETTINGS, 1));
        assertInstanceOf(RandomSearch.class, Kind.RANDOM.create(SPACE, SETTINGS, 1));
    }
}
