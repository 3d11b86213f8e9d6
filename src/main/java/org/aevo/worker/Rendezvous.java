package org.aevo.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.aevo.mpi.Message;
import org.aevo.team.Collective;

/** Where a worker meets the other members of its teams. */
public interface Rendezvous extends AutoCloseable {

    /** How the others find it. */
    Message.Door door();

    /**
     * Meets the other members of a team; returns when all are there. Can be interrupted.
     *
     * @param rank of this worker in it, from 0, the leader's
     * @param doors of all members, by their ranks
     * @throws IOException if they are not all there in time
     */
    Collective assemble(long team, int rank, List<Message.Door> doors, Duration timeout)
            throws IOException, InterruptedException;

    /** Nobody is met here any more; teams that have met stay. */
    @Override
    void close();
}
