package org.aevo.stopping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.aevo.random.Generators;
import org.aevo.search.Control.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StoppingRulesTest {
    private static StoppingRule rule(StoppingKind kind, double reduction, boolean generations) {
        return StoppingRules.of(new StoppingSettings(kind, List.of(1, 3), reduction), generations);
    }

    /** Against the definition, written out: sort all that were heard, this one included, and look where it is. */
    @ParameterizedTest
    @CsvSource({"HALVING, 2", "HALVING, 3", "HALVING, 4.5", "MEDIAN, 3"})
    void judgesByThePlaceAmongThoseWhoWereThereBefore(StoppingKind kind, double reduction) {
        RandomGenerator random = Generators.seeded(1);
        StoppingRule rule = rule(kind, reduction, false);
        List<Double> heard = new ArrayList<>();
        int stopped = 0;
        for (int id = 0; id < 400; id++) {
            double loss = random.nextInt(60) / 60.0;
            Verdict verdict = rule.judge(id, 3, loss);
            List<Double> sorted = new ArrayList<>(heard);
            Collections.sort(sorted);
            long better = heard.stream().filter(other -> other < loss).count();
            boolean goesOn;
            if (kind == StoppingKind.HALVING) {
                goesOn = better < Math.ceil((heard.size() + 1) / reduction);
            } else if (heard.size() < 5) {
                goesOn = true;
            } else {
                int n = sorted.size();
                double median = n % 2 == 1 ? sorted.get(n / 2) : sorted.get(n / 2);
                goesOn = loss <= median;
            }
            assertEquals(goesOn ? Verdict.GO_ON : Verdict.STOP, verdict, id + ": " + loss + " beside " + sorted);
            heard.add(loss);
            stopped += goesOn ? 0 : 1;
        }
        double share = kind == StoppingKind.HALVING ? 1 - 1 / reduction : 0.5;
        assertEquals(share, stopped / 400.0, 0.12);
    }

    @ParameterizedTest
    @EnumSource(names = {"HALVING", "MEDIAN"})
    void saysTheSameWhenAskedAgainAndCountsNothingTwice(StoppingKind kind) {
        StoppingRule once = rule(kind, 3, false);
        StoppingRule twice = rule(kind, 3, false);
        RandomGenerator random = Generators.seeded(2);
        for (int id = 0; id < 200; id++) {
            int epoch = random.nextBoolean() ? 1 : 3;
            double loss = random.nextDouble();
            Verdict verdict = once.judge(id, epoch, loss);
            assertEquals(verdict, twice.judge(id, epoch, loss));
            assertEquals(verdict, twice.judge(id, epoch, loss));
        }
    }

    @Test
    void aLossThatIsNoNumberIsAsBadAsCanBe() {
        StoppingRule rule = rule(StoppingKind.HALVING, 2, false);
        assertEquals(Verdict.STOP, rule.judge(0, 1, Double.NaN));
        assertEquals(Verdict.STOP, rule.judge(1, 1, Double.POSITIVE_INFINITY));
        assertEquals(Verdict.GO_ON, rule.judge(2, 1, 5));
        assertThrows(IllegalArgumentException.class, () -> rule.judge(3, 2, 1));
    }

    /** The order within a generation changes no verdict. */
    @ParameterizedTest
    @EnumSource(names = {"HALVING", "MEDIAN"})
    void aGenerationIsHeldAgainstEarlierOnesAlone(StoppingKind kind) {
        List<Double> losses = Generators.seeded(3).doubles(60).boxed().toList();
        List<Verdict> forwards = verdicts(kind, losses, false);
        assertEquals(forwards, verdicts(kind, losses, true));
        assertTrue(forwards.contains(Verdict.STOP));
    }

    private static List<Verdict> verdicts(StoppingKind kind, List<Double> losses, boolean backwards) {
        StoppingRule rule = rule(kind, 3, true);
        List<Verdict> verdicts = new ArrayList<>(Collections.nCopies(losses.size(), null));
        for (int first = 0; first < losses.size(); first += 10) {
            for (int i = 0; i < 10; i++) {
                int id = backwards ? first + 9 - i : first + i;
                verdicts.set(id, rule.judge(id, 1, losses.get(id)));
            }
            rule.takenIn();
        }
        return verdicts;
    }

    @Test
    void rungsAreGeometricUnlessSaidOtherwise() {
        assertEquals(List.of(1, 3, 9), Rungs.geometric(27, 3, 10));
        assertEquals(List.of(9), Rungs.geometric(27, 3, 1));
        assertEquals(List.of(2), Rungs.geometric(6, 3, 10));
        assertEquals(List.of(1), Rungs.geometric(2, 2, 10));
        assertEquals(List.of(), Rungs.geometric(1, 2, 10));
    }
}
