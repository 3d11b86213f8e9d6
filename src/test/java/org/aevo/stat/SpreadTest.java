package org.aevo.stat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void medianIsTheMiddleOrTheMeanOfTheMiddleTwo() {
        assertEquals(new Spread(3, 1, 2, 9), Spread.of(9, 1, 2));
        assertEquals(new Spread(4, 1, 3, 9), Spread.of(9, 1, 2, 4));
        assertEquals(new Spread(1, 5, 5, 5), Spread.of(5));
    }

    @Test
    void whatIsMissingDoesNotCountAndWhatIsInfiniteDoes() {
        assertEquals(new Spread(2, 1, 2, 3), Spread.of(Double.NaN, 3, 1));
        double never = Double.POSITIVE_INFINITY;
        assertEquals(new Spread(3, 1, 2, never), Spread.of(never, 2, 1));
        assertEquals(new Spread(2, 1, never, never), Spread.of(never, 1));
        assertEquals(new Spread(2, never, never, never), Spread.of(never, never));
        assertEquals(new Spread(0, Double.NaN, Double.NaN, Double.NaN), Spread.of(Double.NaN));
    }
}
