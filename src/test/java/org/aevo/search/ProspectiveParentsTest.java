package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.aevo.random.Generators;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whose weights are kept: those that a strategy names must be enough for every child, and not many. */
class ProspectiveParentsTest {
    private static final int EVALUATIONS = 250;

    /**
     * A store that is swept now and then, while evaluations come back in any order: when a child is asked for its parent's
     * weights are there, and until it is told.
     */
    @ParameterizedTest
    // which may take a parent that has no weights yet: an input that has both is refused
    @EnumSource(value = StrategyTest.Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "EXPECTED_PARENTS")
    void whatAChildInheritsIsThere(StrategyTest.Kind kind) {
        SearchStrategy strategy = kind.create(StrategyTest.SPACE, StrategyTest.SETTINGS, 5);
        RandomGenerator random = Generators.seeded(18);
        List<Candidate> out = new ArrayList<>();
        Set<Long> store = new HashSet<>();
        int children = 0;
        int most = 0;
        for (int told = 0; told < EVALUATIONS; ) {
            if (out.size() < 5 && strategy.ask() instanceof Proposal.Next next) {
                Candidate candidate = next.candidate();
                out.add(candidate);
                if (candidate.parentA() != Candidate.NONE) {
                    children++;
                    assertTrue(
                            store.contains(candidate.parentA()),
                            () -> "weights of " + candidate.parentA() + ", the parent of " + candidate.id());
                }
                continue;
            }
            Candidate back = out.get(random.nextInt(out.size()));
            boolean failed = random.nextInt(8) == 0;
            if (!failed) {
                // a worker writes before it says that it is done
                store.add(back.id());
            }
            assertTrue(back.parentA() == Candidate.NONE || store.contains(back.parentA()), "until its child is told");
            out.remove(back);
            strategy.tell(
                    failed
                            ? Evaluations.failed(back.id())
                            : Evaluations.of(back.id(), random.nextDouble())
                                    .with(List.of(random.nextDouble(), random.nextDouble())));
            told++;
            if (random.nextInt(3) == 0) {
                Set<Long> kept = new HashSet<>(strategy.prospectiveParents());
                most = Math.max(most, kept.size());
                out.forEach(candidate -> kept.add(candidate.parentA()));
                store.retainAll(kept);
            }
        }
        EvolutionSettings settings = StrategyTest.SETTINGS;
        int bound = settings.population() + settings.offspring() + settings.neighbours();
        assertTrue(most <= bound, "kept: " + most);
        assertEquals(kind == StrategyTest.Kind.RANDOM, children == 0);
        assertEquals(kind == StrategyTest.Kind.RANDOM, most == 0);
    }
}
