package org.aevo.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.aevo.config.RunConfig;
import org.aevo.mpi.Message;
import org.aevo.record.Entry;
import org.aevo.record.RunIdentity;
import org.aevo.record.RunPaths;
import org.aevo.record.WeightShelf;
import org.aevo.record.WeightStore;
import org.aevo.search.ParentWeights;

/** What candidates keep for others, networks of parents or what the tasks of an ensemble leave, from where a process of a run stands. */
final class KeptWeights {
    /** What a link takes in one message. */
    private static final long MOST = 1 << 30;
    /**
     * Part of the heap that one file may be as large as: it is there as bytes and as numbers, with those of the network that is trained, and a
     * worker whose heap is full ends.
     */
    private static final int PART_OF_HEAP = 6;

    private KeptWeights() {}

    /** As the master has them. */
    static WeightStore ofRun(RunPaths paths, Entry.RunStarted started, WeightShelf shelf) {
        Path folder = shelf.forgets() ? paths.weights() : paths.ensemble();
        return new WeightStore(folder.toAbsolutePath(), RunIdentity.of(started), mostBytes(), shelf);
    }

    /** What the candidates of an input keep, if they keep anything. */
    static WeightShelf shelf(RunConfig config) {
        return config.makesEnsemble() ? WeightShelf.ENSEMBLE : WeightShelf.PARENTS;
    }

    /**
     * As a worker has them.
     *
     * @param store as the master says; empty where nothing is kept
     */
    static Optional<ParentWeights> ofWorker(Optional<Message.Store> store, WeightShelf shelf, ParentWeights atMaster) {
        return store.map(place -> nearest(place, shelf, atMaster));
    }

    private static ParentWeights nearest(Message.Store place, WeightShelf shelf, ParentWeights atMaster) {
        Path folder;
        try {
            folder = Path.of(place.folder());
        } catch (InvalidPathException e) {
            // a locale without the letters of the master's: no file here has such a name
            return atMaster;
        }
        return new NearestWeights(new WeightStore(folder, place.run(), mostBytes(), shelf), atMaster);
    }

    private static int mostBytes() {
        return (int) Math.min(MOST, Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }
}
