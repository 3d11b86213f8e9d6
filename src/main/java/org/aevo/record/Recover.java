package org.aevo.record;

import java.io.IOException;
import java.util.Optional;

/** Rebuilds {@code run.h5} from the journal, whatever state it is in. */
public final class Recover {
    private Recover() {}

    /**
     * @return the history that the file now shows
     * @throws RecordException if there is no journal or the file cannot be written
     * @throws org.aevo.codec.MalformedDataException if the journal is damaged before its end
     */
    public static RunHistory run(RunDirectory directory) throws IOException {
        RunHistory history = RunHistory.read(directory.paths().journal());
        RunFile.write(directory.paths().hdf5(), history, weights(directory.paths(), history));
        return history;
    }

    private static Optional<BestWeights.Saved> weights(RunPaths paths, RunHistory history) throws RecordException {
        return history.best().isPresent()
                ? new BestWeights(paths).load(history.best().getAsLong())
                : Optional.empty();
    }
}
