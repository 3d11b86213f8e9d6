package org.aevo.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One sample of an array.
 *
 * <p>A signal has one row, and along it its values.
 *
 * @param layout of the array where channels have a side of their own; else {@link Layout#AUTO}
 * @param remark how that was decided, where it was
 */
record SampleShape(int channels, int height, int width, Layout layout, Optional<String> remark) {
    private static final List<Integer> USUAL_CHANNELS = List.of(1, 3, 4);
    private static final String EXPECTED =
            "expected [n, features], [n, height, width], [n, channels, height, width] or [n, height, width, channels]";
    private static final String SIGNALS_EXPECTED =
            "expected [n, length], [n, channels, length] or [n, length, channels], for data.signals is true";
    /** A signal is longer than it has channels; by how much it must be so that the sides leave no doubt. */
    private static final int CLEARLY_LONGER = 4;

    /**
     * @param sides of the whole array, the samples first
     * @param signals whether samples are signals
     * @param where the array is, for the message
     * @throws DataException if they are none of samples, or can be read in two ways
     */
    static SampleShape of(List<Long> sides, Layout layout, boolean signals, String where) {
        if (sides.size() < 2 || sides.size() > (signals ? 3 : 4)) {
            throw new DataException(where + " has the shape " + sides + ", " + (signals ? SIGNALS_EXPECTED : EXPECTED));
        }
        double values = 1;
        for (long side : sides) {
            if (side <= 0) {
                throw new DataException(where + " is empty: its shape is " + sides);
            }
            values *= side;
        }
        if (sides.get(0) > Integer.MAX_VALUE - 8 || values / sides.get(0) > Integer.MAX_VALUE - 8) {
            throw new DataException(where + " of shape " + sides + " is too large, expected at most "
                    + (Integer.MAX_VALUE - 8) + " samples and values per sample");
        }
        int[] s = sides.stream().skip(1).mapToInt(Long::intValue).toArray();
        if (signals) {
            return signal(s, layout, sides, where);
        }
        return switch (s.length) {
            case 1 -> new SampleShape(s[0], 1, 1, Layout.AUTO, Optional.empty());
            case 2 -> new SampleShape(1, s[0], s[1], Layout.AUTO, perhapsSignal(s, sides));
            default -> image(s, layout, sides, where);
        };
    }

    /** Images are seldom that long. */
    private static Optional<String> perhapsSignal(int[] s, List<Long> sides) {
        long shorter = Math.min(s[0], s[1]);
        return shorter > 1 && Math.max(s[0], s[1]) >= 2 * CLEARLY_LONGER * shorter
                ? Optional.of("the shape " + sides + " is taken for [n, height, width]; for signals of " + shorter
                        + " channels set data.signals to true")
                : Optional.empty();
    }

    private static SampleShape signal(int[] s, Layout asked, List<Long> sides, String where) {
        if (Math.max(s[0], s[s.length - 1]) < 2) {
            throw new DataException(where + " has the shape " + sides
                    + ": signals of one value have no neighbours; leave" + " data.signals out");
        }
        if (s.length == 1) {
            return new SampleShape(1, 1, s[0], Layout.AUTO, Optional.empty());
        }
        Layout layout = asked == Layout.AUTO ? decidedOfSignal(s) : asked;
        int channels = layout == Layout.CHANNELS_LAST ? s[1] : s[0];
        int length = layout == Layout.CHANNELS_LAST ? s[0] : s[1];
        if (layout == Layout.AUTO) {
            throw new DataException(where + " has the shape " + sides
                    + ", which can be read in two ways: set data.layout to channels-first (" + channels(s[0]) + " of "
                    + s[1] + " values) or channels-last (" + channels(s[1]) + " of " + s[0] + " values)");
        }
        if (length < 2) {
            throw new DataException(where + " has the shape " + sides + ", of which data.layout " + layout.text()
                    + " makes signals of one value: the other layout, or no data.signals");
        }
        return new SampleShape(
                channels,
                1,
                length,
                layout,
                asked == Layout.AUTO && layout == Layout.CHANNELS_LAST
                        ? Optional.of("the shape " + sides
                                + " is taken for channels-last, [n, length, channels]; data.layout says otherwise")
                        : Optional.empty());
    }

    private static Layout decidedOfSignal(int[] s) {
        if (s[1] >= (long) CLEARLY_LONGER * s[0] || s[0] == 1) {
            return Layout.CHANNELS_FIRST;
        }
        return s[0] >= (long) CLEARLY_LONGER * s[1] || s[1] == 1 ? Layout.CHANNELS_LAST : Layout.AUTO;
    }

    private static String channels(int count) {
        return count + (count == 1 ? " channel" : " channels");
    }

    private static SampleShape image(int[] s, Layout asked, List<Long> sides, String where) {
        Layout layout = asked == Layout.AUTO ? decided(s) : asked;
        return switch (layout) {
            case CHANNELS_FIRST -> new SampleShape(s[0], s[1], s[2], layout, Optional.empty());
            case CHANNELS_LAST ->
                new SampleShape(
                        s[2],
                        s[0],
                        s[1],
                        layout,
                        asked == Layout.AUTO
                                ? Optional.of(
                                        "the shape " + sides
                                                + " is taken for channels-last, [n, height, width, channels]; data.layout says otherwise")
                                : Optional.empty());
            case AUTO ->
                throw new DataException(where + " has the shape " + sides
                        + ", which can be read in two ways: set data.layout to channels-first ("
                        + channels(s[0]) + " of " + s[1] + "x" + s[2] + ") or channels-last ("
                        + channels(s[2]) + " of " + s[0] + "x" + s[1] + ")");
        };
    }

    /** By two signs, a usual number of channels and square images; where they contradict each other, by none. */
    private static Layout decided(int[] s) {
        int channels = Boolean.compare(USUAL_CHANNELS.contains(s[2]), USUAL_CHANNELS.contains(s[0]));
        int squares = Boolean.compare(s[0] == s[1], s[1] == s[2]);
        if (channels * squares < 0 || channels == 0 && squares == 0) {
            return Layout.AUTO;
        }
        return channels + squares > 0 ? Layout.CHANNELS_LAST : Layout.CHANNELS_FIRST;
    }

    int size() {
        return channels * height * width;
    }

    /** Where each value of a sample is in the array: [channel, row, column] in its own order; empty if it is that. */
    Optional<int[]> places() {
        if (layout != Layout.CHANNELS_LAST || channels == 1) {
            return Optional.empty();
        }
        int[] places = new int[size()];
        Arrays.setAll(places, i -> i % (height * width) * channels + i / (height * width));
        return Optional.of(places);
    }
}
