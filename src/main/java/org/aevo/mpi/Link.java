package org.aevo.mpi;

/** The way to one peer: a worker as the master sees it, or the master as a worker sees it. */
public interface Link extends AutoCloseable {

    /** Number of this link, from 1, in the order in which the endpoint accepted them; 0 for a worker's link. */
    int number();

    /** The peer's address, for messages to people. */
    String peer();

    /**
     * Encodes and queues a message and returns; never blocks, whatever the peer does. The queue has no bound: a peer
     * that takes nothing costs memory until its link is closed. Messages arrive in the order of the calls.
     * What is sent over a lost or closed link is dropped: {@link LinkEvent.Lost} says so.
     *
     * @throws IllegalArgumentException if the message is larger than the link's limit
     */
    void send(Message message);

    /**
     * The same for a message that others will follow at once: the link's own thread sends it, in one piece with what is
     * queued by then, and the caller is spared the system call.
     */
    void post(Message message);

    /** Whether the link is neither lost nor closed. */
    boolean isOpen();

    /** What went over it so far. */
    Traffic traffic();

    /**
     * Sends what is queued, takes leave, and frees everything; takes at most a few seconds, also if the peer is
     * stopped or gone. The listener hears nothing more of this link. A second call does nothing.
     */
    @Override
    void close();

    /**
     * Messages and bytes (of encoded messages, without MPJ's headers) of one link or of several.
     */
    record Traffic(long messagesSent, long bytesSent, long messagesReceived, long bytesReceived) {
        public static final Traffic NONE = new Traffic(0, 0, 0, 0);

        public Traffic plus(Traffic other) {
            return new Traffic(
                    messagesSent + other.messagesSent,
                    bytesSent + other.bytesSent,
                    messagesReceived + other.messagesReceived,
                    bytesReceived + other.bytesReceived);
        }
    }
}
