package org.aevo.data;

import java.io.IOException;

/** A split that another process holds, see {@link HeldSplit}. */
public interface SplitSource {

    /** That of the split, see {@link Split}. */
    String checksum();

    /** Number of bytes. */
    long bytes();

    /**
     * Gets all bytes, in their order. May be called again.
     *
     * @throws IOException of the sink
     * @throws RuntimeException if the other process gives none
     */
    void fetch(Sink sink) throws IOException;

    /** Takes bytes as they come. */
    @FunctionalInterface
    interface Sink {
        /**
         * @param from place of the first, counted from 0
         */
        void take(long from, byte[] bytes) throws IOException;
    }
}
