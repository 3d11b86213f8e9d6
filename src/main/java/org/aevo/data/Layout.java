package org.aevo.data;

import java.util.Locale;

/** Which side of an array of four sides is that of the channels. */
public enum Layout {
    /** Decided where the sides leave no doubt; else it is asked for. */
    AUTO,
    /** [n, channels, height, width]. */
    CHANNELS_FIRST,
    /** [n, height, width, channels]. */
    CHANNELS_LAST;

    /** As it stands in an input file: {@code channels-last}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
