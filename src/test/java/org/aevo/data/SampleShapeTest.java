package org.aevo.data;

import static org.aevo.data.DataErrors.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleShapeTest {
    private static SampleShape of(Layout layout, long... sides) {
        return SampleShape.of(Arrays.stream(sides).boxed().toList(), layout, "x");
    }

    @ParameterizedTest
    @CsvSource({
        "32, 32, 3, CHANNELS_LAST",
        "64, 48, 3, CHANNELS_LAST",
        "28, 28, 1, CHANNELS_LAST",
        "64, 64, 13, CHANNELS_LAST",
        "4, 4, 3, CHANNELS_LAST",
        "3, 32, 32, CHANNELS_FIRST",
        "1, 28, 28, CHANNELS_FIRST",
        "3, 48, 64, CHANNELS_FIRST",
        "13, 64, 64, CHANNELS_FIRST"
    })
    void autoDecidesWhereThereIsNoDoubt(long a, long b, long c, Layout expected) {
        assertEquals(expected, of(Layout.AUTO, 9, a, b, c).layout());
    }

    @ParameterizedTest
    @CsvSource({"3, 3, 3", "3, 32, 3", "12, 10, 8", "8, 4, 4", "1, 5, 3", "7, 7, 7"})
    void autoAsksWhereThereIs(long a, long b, long c) {
        assertFails(
                () -> of(Layout.AUTO, 9, a, b, c), "set data.layout to channels-first (" + a, "channels-last (" + c);
        assertEquals(a, of(Layout.CHANNELS_FIRST, 9, a, b, c).channels());
        assertEquals(c, of(Layout.CHANNELS_LAST, 9, a, b, c).channels());
    }

    @Test
    void placesTurnPixelsIntoPlanes() {
        // two rows of two pixels of three channels
        assertArrayEquals(
                new int[] {0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11},
                of(Layout.CHANNELS_LAST, 5, 2, 2, 3).places().orElseThrow());
        assertEquals(true, of(Layout.CHANNELS_FIRST, 5, 2, 2, 3).places().isEmpty());
    }

    @Test
    void otherNumbersOfSidesAreRefused() {
        assertFails(() -> of(Layout.AUTO, 9), "x has the shape [9], expected [n, features]");
        assertFails(() -> of(Layout.AUTO, 9, 2, 2, 2, 2), "expected [n, features]");
        assertFails(() -> SampleShape.of(List.of(), Layout.AUTO, "x"), "has the shape []");
    }
}
