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
        return SampleShape.of(Arrays.stream(sides).boxed().toList(), layout, false, "x");
    }

    private static SampleShape ofSignals(Layout layout, long... sides) {
        return SampleShape.of(Arrays.stream(sides).boxed().toList(), layout, true, "x");
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

    @ParameterizedTest
    @CsvSource({
        "3, 128, CHANNELS_FIRST, 3, 128",
        "1, 3, CHANNELS_FIRST, 1, 3",
        "12, 48, CHANNELS_FIRST, 12, 48",
        "128, 3, CHANNELS_LAST, 3, 128",
        "48, 12, CHANNELS_LAST, 12, 48",
        "2, 1, CHANNELS_LAST, 1, 2"
    })
    void autoTakesTheLongerSideForTheLengthOfSignals(long a, long b, Layout expected, int channels, int length) {
        SampleShape shape = ofSignals(Layout.AUTO, 9, a, b);
        assertEquals(List.of(expected, channels, 1, length), parts(shape));
        assertEquals(expected == Layout.CHANNELS_LAST, shape.remark().isPresent());
    }

    private static List<Object> parts(SampleShape shape) {
        return List.of(shape.layout(), shape.channels(), shape.height(), shape.width());
    }

    @Test
    void signalsThatLeaveADoubtAreAskedFor() {
        assertFails(
                () -> ofSignals(Layout.AUTO, 9, 12, 40),
                "channels-first (12 channels of 40 values) or channels-last (40 channels of 12 values)");
        assertEquals(List.of(Layout.CHANNELS_LAST, 40, 1, 12), parts(ofSignals(Layout.CHANNELS_LAST, 9, 12, 40)));
        assertEquals(List.of(Layout.CHANNELS_FIRST, 12, 1, 40), parts(ofSignals(Layout.CHANNELS_FIRST, 9, 12, 40)));
        assertFails(() -> ofSignals(Layout.CHANNELS_LAST, 9, 1, 40), "makes signals of one value");
        assertFails(() -> ofSignals(Layout.AUTO, 9, 1), "leave data.signals out");
        assertFails(() -> ofSignals(Layout.AUTO, 9, 2, 3, 4), "expected [n, length], [n, channels, length]");
    }

    @Test
    void signalsOfOneChannelNeedNoSideForIt() {
        assertEquals(List.of(Layout.AUTO, 1, 1, 40), parts(ofSignals(Layout.AUTO, 9, 40)));
    }

    /** Nothing is taken for a signal unasked; what looks like some is said. */
    @Test
    void longImagesAreImages() {
        SampleShape shape = of(Layout.AUTO, 9, 3, 128);
        assertEquals(List.of(Layout.AUTO, 1, 3, 128), parts(shape));
        assertEquals(
                "the shape [9, 3, 128] is taken for [n, height, width]; for signals of 3 channels set data.signals to"
                        + " true",
                shape.remark().orElseThrow());
        assertEquals(true, of(Layout.AUTO, 9, 28, 28).remark().isEmpty());
    }

    @Test
    void placesTurnTimesIntoChannels() {
        // three times of two channels
        assertArrayEquals(
                new int[] {0, 2, 4, 1, 3, 5},
                ofSignals(Layout.CHANNELS_LAST, 5, 3, 2).places().orElseThrow());
    }

    @Test
    void otherNumbersOfSidesAreRefused() {
        assertFails(() -> of(Layout.AUTO, 9), "x has the shape [9], expected [n, features]");
        assertFails(() -> of(Layout.AUTO, 9, 2, 2, 2, 2), "expected [n, features]");
        assertFails(() -> SampleShape.of(List.of(), Layout.AUTO, false, "x"), "has the shape []");
    }
}
