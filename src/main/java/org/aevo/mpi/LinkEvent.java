package org.aevo.mpi;

/**
 * What happens on a link: {@link Joined} first, {@link Received} any number of times, {@link Lost} at most once and
 * last.
 */
public sealed interface LinkEvent {
    Link link();

    /** The peer has proved the secret: the link works. */
    record Joined(Link link) implements LinkEvent {}

    /** A message has arrived. */
    record Received(Link link, Message message) implements LinkEvent {}

    /** Nothing on any link: something else has come that whoever waits for events should look at. */
    record Woken() implements LinkEvent {
        @Override
        public Link link() {
            throw new IllegalStateException("no link");
        }
    }

    /**
     * The peer is gone: it died, closed the link, or sent what no peer of this version sends. Everything of the link
     * has been freed; what was queued for it is dropped. Not reported for a link that this side closed.
     */
    record Lost(Link link, String reason) implements LinkEvent {}
}
