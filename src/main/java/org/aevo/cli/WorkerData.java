package org.aevo.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.aevo.config.RunConfig;
import org.aevo.data.DataException;
import org.aevo.data.Datasets;
import org.aevo.data.ReceivedSplit;
import org.aevo.data.Split;
import org.aevo.data.SplitSource;
import org.aevo.mpi.Message;
import org.aevo.worker.DataByMessage;

/** The data of a run, from where one of its workers stands: files of its host, or what the master sends. */
final class WorkerData {
    private WorkerData() {}

    /**
     * Has the split, one way or another.
     *
     * @param held what the master holds; empty where each host reads the files
     * @param doing hears what this process is at, and again as it gets on
     * @throws DataException if the files are not there, or are not what the input says; if what came is not the run's
     */
    static Split of(RunConfig config, Optional<Message.Data> held, DataByMessage atMaster, Consumer<String> doing) {
        return held.isPresent() ? received(held.get(), atMaster, doing) : read(config, doing);
    }

    private static Split received(Message.Data held, DataByMessage atMaster, Consumer<String> doing) {
        long began = System.nanoTime();
        ReceivedSplit received = ReceivedSplit.from(new AtMaster(held, atMaster), doing);
        atMaster.here(received.fetched(), received.fetched() ? held.bytes() : 0, (System.nanoTime() - began) / 1e9);
        return received.split();
    }

    private static Split read(RunConfig config, Consumer<String> doing) {
        try {
            return Datasets.load(config.data(), doing);
        } catch (DataException e) {
            if (Datasets.areMissing(config.data())) {
                throw new DataException(
                        e.getMessage() + "; where hosts do not see the files set data.distribution: broadcast", e);
            }
            throw e;
        }
    }

    /** The master's copy. */
    private record AtMaster(Message.Data held, DataByMessage messages) implements SplitSource {
        @Override
        public String checksum() {
            return held.checksum();
        }

        @Override
        public long bytes() {
            return held.bytes();
        }

        @Override
        public void fetch(Sink sink) throws IOException {
            messages.fetch(held.bytes(), sink::take);
        }
    }
}
