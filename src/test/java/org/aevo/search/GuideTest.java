package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.aevo.genome.Family;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.variation.UsualGenome;
import org.aevo.network.Shape;
import org.aevo.network.TrainingParts;
import org.junit.jupiter.api.Test;

class GuideTest {
    private static final SearchSpace SPACE = SearchSpace.defaults(Family.DENSE, Shape.vector(64), 8);

    private static SearchStrategy search(EvolutionSettings settings) {
        return Strategies.create(StrategyKind.GENETIC, Mode.ASYNC, SPACE, settings, 3);
    }

    private static Candidate ask(SearchStrategy search) {
        return ((Proposal.Next) search.ask()).candidate();
    }

    @Test
    void theFirstIsWhatPeopleWouldTry() {
        SearchStrategy search = search(EvolutionSettings.defaults().with(GuideSettings.of(GuideKind.SURROGATE), true));
        Candidate first = ask(search);
        assertEquals(UsualGenome.of(SPACE), first.genome());
        assertEquals("usual", first.operator());
        assertEquals("random", ask(search).operator());
    }

    @Test
    void seedsTakeItsPlace() {
        SearchStrategy search = Strategies.create(
                StrategyKind.GENETIC,
                Mode.ASYNC,
                SPACE,
                EvolutionSettings.defaults().with(GuideSettings.of(GuideKind.SURROGATE), true),
                List.of(ask(search(EvolutionSettings.defaults())).genome()),
                3);
        assertEquals("seed", ask(search).operator());
        assertEquals("random", ask(search).operator());
    }

    /** Of many that are out for long, some are parents before they are evaluated; of the evaluated alone nobody is. */
    @Test
    void whoIsExpectedToBeGoodIsAParentBeforeItIsEvaluated() {
        assertEquals(0, parentsOut(ParentsKind.EVALUATED));
        assertTrue(parentsOut(ParentsKind.EXPECTED) > 5, "parents that were out");
    }

    private static int parentsOut(ParentsKind kind) {
        SearchStrategy search = search(EvolutionSettings.defaults()
                .with(GuideSettings.of(GuideKind.SURROGATE).with(kind), false));
        List<Candidate> out = new ArrayList<>();
        Set<Long> told = new HashSet<>();
        int before = 0;
        for (int i = 0; i < 80; i++) {
            Candidate candidate = ask(search);
            before += candidate.parentA() >= 0 && !told.contains(candidate.parentA()) ? 1 : 0;
            out.add(candidate);
            if (out.size() > 12) {
                Candidate back = out.remove(0);
                told.add(back.id());
                search.tell(Evaluations.ofTwo(back));
            }
        }
        return before;
    }

    /** What a search without a guide would propose there, knowing what this one knows; of the others hardly any is. */
    @Test
    void everyFourthIsMadeOfItsParentsAlone() {
        SearchStrategy guided = search(EvolutionSettings.defaults().with(GuideSettings.of(GuideKind.SURROGATE), false));
        List<Candidate> before = new ArrayList<>();
        int alike = 0;
        for (int id = 0; id < 60; id++) {
            Candidate candidate = ask(guided);
            SearchStrategy alone = search(EvolutionSettings.defaults());
            for (Candidate known : before) {
                alone.recall(known);
                alone.tell(Evaluations.ofTwo(known));
            }
            boolean same = candidate.equals(ask(alone));
            if (id % 4 == 0) {
                assertTrue(same, candidate.toString());
            } else if (id >= EvolutionSettings.defaults().minPopulation()) {
                alike += same ? 1 : 0;
            }
            before.add(candidate);
            guided.tell(Evaluations.ofTwo(candidate));
        }
        assertTrue(alike < 5, alike + " as without a guide");
    }

    /** Its choice turns to what is cheap to train the more the cost counts. */
    @Test
    void whatCostsLessIsProposedIfThatCounts() {
        double regardless = cost(0);
        double some = cost(0.5);
        double all = cost(1);
        assertTrue(all < some && some < regardless, all + ", " + some + ", " + regardless);
    }

    /** Seconds of a sample, the geometric mean over many proposals. */
    private static double cost(double weight) {
        SearchStrategy search = search(EvolutionSettings.defaults()
                .with(new GuideSettings(GuideKind.SURROGATE, weight, ParentsKind.EVALUATED), false));
        double sum = 0;
        int proposals = 120;
        for (int i = 0; i < proposals; i++) {
            Candidate candidate = ask(search);
            sum += Math.log(TrainingParts.guessed(
                    SPACE.blueprint(candidate.genome()),
                    candidate.genome().hyperparameters().batchSize()));
            search.tell(Evaluations.ofTwo(candidate));
        }
        return Math.exp(sum / proposals);
    }
}
