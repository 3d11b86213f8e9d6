package org.aevo.mpi;

import java.io.IOException;
import java.time.Duration;

/** Joins a run. */
public final class WorkerConnector {

    /** For the default limit of message size. */
    public WorkerConnector() {}

    /**
     * Joins the run of a master, trying again until its port answers.
     *
     * @param listener hears of the link: {@link LinkEvent.Joined} before this method returns
     * @throws WrongSecretException if the master does not know the secret or does not accept ours
     * @throws IOException if no link was made before the time-out; the message names host, port and the last failure
     * @throws InterruptedException if the calling thread was interrupted
     */
    public Link connect(String host, int port, RunSecret secret, Duration timeout, LinkListener listener)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException("to come");
    }
}
