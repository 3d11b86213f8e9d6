package org.aevo.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.aevo.launch.WorkerRecords;
import org.aevo.mpi.MasterOptions;
import org.aevo.mpi.RunSecret;

/** Who brings the workers to a master. */
interface Workforce {

    /** How the master listens for them. */
    MasterOptions listening();

    /** What they know and nobody else. */
    RunSecret secret();

    /**
     * Tells the workers where to come; returns at once.
     *
     * @param records of the worker processes, as the master keeps them
     * @param log takes what there is to say of them
     * @param hopeless is told once if none will ever come, and why
     * @return ends what was begun
     */
    Engagement engage(InetSocketAddress address, WorkerRecords records, Consumer<String> log, Consumer<String> hopeless)
            throws IOException;

    /**
     * Where workers that are there already look for the master, which says there that it is getting on; empty where there
     * are none before {@link #engage}.
     */
    default Optional<Path> lookout() {
        return Optional.empty();
    }

    /** Who should have come when no worker has for some seconds; empty where this process starts them. */
    Optional<String> awaited();

    /**
     * Seconds that whoever sent a signal leaves to the run; infinite if nobody is in a hurry.
     *
     * @param signal its name, as {@code SIGTERM}
     */
    double patience(String signal);

    /** The run is going to stop: nobody else needs to come. May be called from any thread, more than once. */
    void dissuade();

    /** Takes away what must not be left by a process that ends at once; whatever else was begun is left as it is. */
    default void forsake() {}

    /** Workers on their way or at work. */
    interface Engagement extends AutoCloseable {
        @Override
        void close() throws IOException;
    }
}
