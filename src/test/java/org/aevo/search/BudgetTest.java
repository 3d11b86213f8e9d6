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
        assertFalse(ALL.reached(99, 59.9, 0.0101));
        assertEquals(Optional.of("all 100 evaluations are done"), ALL.reason(100, 1, 0.5));
        assertEquals(Optional.of("the wall time of 60.0 s is over"), ALL.reason(1, 60, 0.5));
        assertEquals(Optional.of("fitness 0.01 reached the target of 0.01"), ALL.reason(1, 1, 0.01));
        assertEquals(
                Optional.of("the one evaluation is done"),
                Budget.ofEvaluations(1).reason(1, 1, 0.5));
        assertTrue(ALL.reached(101, 0, Double.NaN));
    }

    @Test
    void noFitnessReachesNoTarget() {
        assertFalse(ALL.reached(0, 0, Double.NaN));
    }

    @Test
    void absentBoundsDoNotBind() {
        assertFalse(Budget.ofEvaluations(5).reached(4, 1e9, -1e9));
        assertFalse(Budget.ofWallSeconds(5).reached(Long.MAX_VALUE, 4.9, -1e9));
        assertEquals(
                Budget.ofEvaluations(5).withWallSeconds(5),
                Budget.ofWallSeconds(5).withEvaluations(5));
    }

    @Test
    void wrongBudgetsAreNamed() {
        assertMessage(
                "a budget needs a number of evaluations or a wall time",
                () -> new Budget(OptionalLong.empty(), OptionalDouble.empty(), OptionalDouble.of(0.1)));
        assertMessage("evaluations must be at least 1, was 0", () -> Budget.ofEvaluations(0));
        assertMessage("wall time must be a positive number of seconds, was 0.0", () -> Budget.ofWallSeconds(0));
        assertMessage(
                "wall time must be a positive number of seconds, was NaN", () -> Budget.ofWallSeconds(Double.NaN));
        assertMessage("target fitness must be a finite number, was NaN", () -> ALL.withTargetFitness(Double.NaN));
    }

    private static void assertMessage(String message, Runnable wrong) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, wrong::run).getMessage());
    }
}
