package org.aevo.data;

import java.util.Locale;

/** Which side of an array is that of the channels: of images in an array of four sides, of signals in one of three. */
public enum Layout {
    /** Decided where the sides leave no doubt; else it is asked for. */
    AUTO,
    /** [n, channels, height, width] or [n, channels, length]. */
    CHANNELS_FIRST,
    /** [n, height, width, channels] or [n, length, channels]. */
    CHANNELS_LAST;

    /** As it stands in an input file: {@code channels-last}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
