package org.aevo.mpi;

/** Hears what happens on links. */
@FunctionalInterface
public interface LinkListener {

    /**
     * Called on a thread of the link, one event at a time per link, several links at a time: {@code queue::add} is the
     * usual listener. A slow listener delays its own link only.
     */
    void on(LinkEvent event);
}
