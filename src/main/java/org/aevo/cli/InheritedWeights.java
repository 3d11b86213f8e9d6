package org.aevo.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.aevo.mpi.Message;
import org.aevo.record.Entry;
import org.aevo.record.RunIdentity;
import org.aevo.record.RunPaths;
import org.aevo.record.WeightStore;
import org.aevo.search.ParentWeights;

/** The networks of parents, from where a process of a run stands. */
final class InheritedWeights {
    /** What a link takes in one message. */
    private static final long MOST = 1 << 30;
    /**
     * Part of the heap that one file may be as large as: it is there as bytes and as numbers, with those of the network that is trained, and a
     * worker whose heap is full ends.
     */
    private static final int PART_OF_HEAP = 6;

    private InheritedWeights() {}

    /** As the master has them. */
    static WeightStore ofRun(RunPaths paths, Entry.RunStarted started) {
        return new WeightStore(paths.weights().toAbsolutePath(), RunIdentity.of(started), mostBytes());
    }

    /**
     * As a worker has them.
     *
     * @param store as the master says; empty where nothing is inherited
     */
    static Optional<ParentWeights> ofWorker(Optional<Message.Store> store, ParentWeights atMaster) {
        return store.map(place -> nearest(place, atMaster));
    }

    private static ParentWeights nearest(Message.Store place, ParentWeights atMaster) {
        Path folder;
        try {
            folder = Path.of(place.folder());
        } catch (InvalidPathException e) {
            // a locale without the letters of the master's: no file here has such a name
            return atMaster;
        }
        return new NearestWeights(new WeightStore(folder, place.run(), mostBytes()), atMaster);
    }

    private static int mostBytes() {
        return (int) Math.min(MOST, Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }
}
