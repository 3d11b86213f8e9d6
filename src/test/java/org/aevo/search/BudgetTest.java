package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private static final Budget ALL =
            Budget.ofEvaluations(100).withWallSeconds(60).withTargetFitness(0.01);

    @Test
    void whicheverComesFirst() {
        assertFalse(ALL.reached(99, 59.9, 0.0101, 0));
        assertEquals(Optional.of("all 100 evaluations are done"), ALL.reason(100, 1, 0.5, 0));
        assertEquals(Optional.of("the wall time of 60.0 s is over"), ALL.reason(1, 60, 0.5, 0));
        assertEquals(Optional.of("fitness 0.01 reached the target of 0.01"), ALL.reason(1, 1, 0.01, 0));
        assertEquals(
                Optional.of("the one evaluation is done"),
                Budget.ofEvaluations(1).reason(1, 1, 0.5, 0));
        assertTrue(ALL.reached(101, 0, Double.NaN, 0));
    }

    @Test
    void noFitnessReachesNoTarget() {
        assertFalse(ALL.reached(0, 0, Double.NaN, 0));
    }

    @Test
    void absentBoundsDoNotBind() {
        assertFalse(Budget.ofEvaluations(5).reached(4, 1e9, -1e9, 0));
        assertFalse(Budget.ofWallSeconds(5).reached(Long.MAX_VALUE, 4.9, -1e9, 0));
        assertEquals(
                Budget.ofEvaluations(5).withWallSeconds(5),
                Budget.ofWallSeconds(5).withEvaluations(5));
    }

    @Test
    void aSearchThatFindsNothingBetterEnds() {
        Budget idle = ALL.withStagnation(20);
        assertFalse(idle.reached(50, 1, 0.5, 19));
        assertEquals(Optional.of("the last 20 evaluations brought none better than 0.5"), idle.reason(50, 1, 0.5, 20));
        assertEquals(Optional.of("none of the last 20 evaluations has a fitness"), idle.reason(20, 1, Double.NaN, 20));
        assertEquals(
                Optional.of("the last evaluation brought none better than 0.5"),
                ALL.withStagnation(1).reason(50, 1, 0.5, 1));
        assertEquals(
                Optional.of("fitness 0.01 reached the target of 0.01"),
                idle.reason(50, 1, 0.01, 20),
                "what the search was for is the better reason");
        assertFalse(ALL.reached(99, 59, 0.5, 98), "without the bound it goes on");
        assertEquals(idle, ALL.withStagnation(3).withStagnation(20));
        assertEquals(
                20,
                idle.withEvaluations(7)
                        .withWallSeconds(3)
                        .withTargetFitness(1)
                        .stagnation()
                        .getAsLong());
    }

    @Test
    void wrongBudgetsAreNamed() {
        assertMessage(
                "a budget needs a number of evaluations or a wall time",
                () -> new Budget(
                        OptionalLong.empty(), OptionalDouble.empty(), OptionalDouble.of(0.1), OptionalLong.of(5)));
        assertMessage("evaluations must be at least 1, was 0", () -> Budget.ofEvaluations(0));
        assertMessage("wall time must be a positive number of seconds, was 0.0", () -> Budget.ofWallSeconds(0));
        assertMessage(
                "wall time must be a positive number of seconds, was NaN", () -> Budget.ofWallSeconds(Double.NaN));
        assertMessage("stagnation must be at least 1, was 0", () -> ALL.withStagnation(0));
        assertMessage("target fitness must be a finite number, was NaN", () -> ALL.withTargetFitness(Double.NaN));
    }

    private static void assertMessage(String message, Runnable wrong) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, wrong::run).getMessage());
    }
}
