package org.aevo.record;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;
import org.aevo.io.RegularFile;

/** Makes files of a run from its journal: {@code run.h5}, and where the journal is damaged a good one of what is good. */
public final class Recover {
    private Recover() {}

    /**
     * Rebuilds {@code run.h5}, whatever state it is in, and {@code best} as far as a crash kept it behind.
     *
     * @param say is told what is left out of it
     * @return the history that the file now shows
     * @throws RecordException if there is no journal or the file cannot be written
     * @throws org.aevo.codec.MalformedDataException if the journal is damaged before its end
     */
    public static RunHistory run(RunDirectory directory, Consumer<? super String> say) throws IOException {
        RunPaths paths = directory.paths();
        RunHistory history = RunHistory.read(paths.journal());
        Optional<String> lost = LostRecords.of(paths);
        if (lost.isPresent()) {
            Path kept = keepHdf5(paths, freeNumber(paths));
            say.accept(lost.get() + "; that run.h5 is kept as " + kept.getFileName());
        }
        RunFile.write(paths.hdf5(), history, new BestWeights(paths).restore(history, say));
        return history;
    }

    /** Writes what {@code run.h5} would hold into another file; the run's directory is only read. */
    public static RunHistory export(RunPaths paths, Path file, Consumer<? super String> say) throws IOException {
        RunHistory history = RunHistory.read(paths.journal());
        if (history.started().isEmpty()) {
            throw new RecordException(paths.journal() + ": is empty: the master died before the run began");
        }
        RunFile.write(file, history, weights(paths, history, say));
        return history;
    }

    /** Writes the part of a journal into a file like {@code run.h5}, which says that it is incomplete. */
    public static void export(RunPaths paths, JournalPart part, Path file, Consumer<? super String> say)
            throws RecordException {
        RunFile.write(file, part.history(), weights(paths, part.history(), say), part.leftOut());
    }

    /**
     * Puts a good journal of this part in the place of the damaged one, which is kept beside it like the {@code run.h5}
     * that may still show what was in it, and rebuilds {@code run.h5}. A crash on the way leaves the one or the other.
     *
     * @return where the damaged journal is now
     */
    public static Path cut(RunDirectory directory, JournalPart part, Consumer<? super String> say)
            throws RecordException {
        RunPaths paths = directory.paths();
        int number = freeNumber(paths);
        DurableFiles.keep(paths.journal(), paths.damagedJournal(number));
        if (Files.isRegularFile(paths.hdf5())) {
            keepHdf5(paths, number);
        }
        DurableFiles.replace(paths.journal(), temporary -> copy(paths.journal(), part, temporary));
        RunFile.write(paths.hdf5(), part.history(), new BestWeights(paths).restore(part.history(), say));
        return paths.damagedJournal(number);
    }

    private static int freeNumber(RunPaths paths) {
        int number = 1;
        while (Files.exists(paths.damagedJournal(number)) || Files.exists(paths.damagedHdf5(number))) {
            number++;
        }
        return number;
    }

    private static Path keepHdf5(RunPaths paths, int number) throws RecordException {
        Path kept = paths.damagedHdf5(number);
        DurableFiles.keep(paths.hdf5(), kept);
        return kept;
    }

    private static void copy(Path journal, JournalPart part, Path copy) throws IOException {
        try (FileChannel from = RegularFile.open(journal, StandardOpenOption.READ);
                FileChannel to = FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long done = 0;
            while (done < part.end()) {
                long n = from.transferTo(done, part.end() - done, to);
                if (n <= 0) {
                    throw new RecordException(journal + ": became shorter while it was read");
                }
                done += n;
            }
        }
        RunHistory.read(copy);
    }

    private static Optional<BestWeights.Saved> weights(
            RunPaths paths, RunHistory history, Consumer<? super String> say) {
        return history.best().isPresent()
                ? new BestWeights(paths).loadSound(history.best().getAsLong(), say)
                : Optional.empty();
    }
}
