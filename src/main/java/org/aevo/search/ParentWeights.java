package org.aevo.search;

import java.io.IOException;

/** Where the trained networks of candidates are kept for their children. */
public interface ParentWeights {

    /** The answer to who asks for a candidate's network. */
    sealed interface Answer {}

    /** It is there, as it was put. */
    record Found(TrainedNetwork network) implements Answer {}

    /**
     * It cannot be had.
     *
     * @param why to be recorded: {@link Inheritance.Origin#MISSING}, {@code DAMAGED} or {@code STALE}
     * @param message in one line, which names the place
     */
    record NotFound(Inheritance.Origin why, String message) implements Answer {}

    /** The network of a candidate, or why not. */
    Answer get(long id);

    /**
     * Keeps a network, in place of any that its candidate had.
     *
     * @throws IOException if it cannot be kept, with a message for people; what was there before stays
     */
    void put(TrainedNetwork network) throws IOException;
}
