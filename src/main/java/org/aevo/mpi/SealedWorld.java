package org.aevo.mpi;

import java.io.IOException;
import org.aevo.mpi.mpj.World;

/** A world that takes from its peer nothing but the frames that the peer has sent, each once, in their order. */
final class SealedWorld {
    /** Largest number of bytes of a frame. */
    static final int MAX_BYTES = World.MAX_BYTES - FrameMac.BYTES;

    private final World world;
    private final FrameMac ours;
    private final FrameMac theirs;

    SealedWorld(World world, FrameMac ours, FrameMac theirs) {
        this.world = world;
        this.ours = ours;
        this.theirs = theirs;
    }

    /**
     * As {@link World#send}; by one thread at a time.
     *
     * @param frame has room for {@link FrameMac#BYTES} more
     */
    void send(byte[] frame, int length) throws IOException {
        world.send(frame, ours.seal(frame, length));
    }

    /**
     * As {@link World#receive}; by one thread at a time.
     *
     * @throws ChangedFramesException if it is not the frame that the peer has sent next
     */
    int receive(byte[] into) throws IOException {
        return theirs.open(into, world.receive(into));
    }

    void awaitEnd() throws InterruptedException {
        world.awaitEnd();
    }

    void drop() {
        world.drop();
    }
}
