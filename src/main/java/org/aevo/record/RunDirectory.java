package org.aevo.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aevo.io.RegularFile;

/**
 * The directory of one run, locked against a second master. The kernel gives the lock back when this process ends,
 * however it ends.
 */
public final class RunDirectory implements AutoCloseable {
    private static final int ATTEMPTS = 5;
    private static final long PAUSE_NANOS = 10_000_000;
    /** Of the lock file a master locks all, any other the first byte: whoever looks for a master tries the rest. */
    private static final long WHOLE = Long.MAX_VALUE;

    private static final long FIRST_BYTE = 1;

    private final RunPaths paths;
    private final FileChannel lockFile;
    /** Open only so that its number is given to no other. */
    private final FileChannel folder;

    private final Holding holding;
    /** What was not there before, in the order in which it can be taken away. */
    private final List<Path> made;

    private RunDirectory(RunPaths paths, FileChannel lockFile, FileChannel folder, List<Path> made) {
        this.paths = paths;
        this.lockFile = lockFile;
        this.folder = folder;
        this.holding = new Holding(paths.directory());
        this.made = made;
    }

    /**
     * Whether a run is or was here, which can be resumed; to be asked before anything is written. What a master leaves
     * that dies before its run's start is recorded is none.
     */
    public static boolean holdsRun(Path directory) {
        RunPaths paths = new RunPaths(directory);
        return Files.exists(paths.hdf5())
                || Files.exists(paths.input())
                || Files.exists(paths.journal()) && !isBlank(paths.journal());
    }

    /** Whether a journal was begun, and nothing recorded in it. */
    private static boolean isBlank(Path journal) {
        try (JournalReader reader = JournalReader.open(journal)) {
            return reader.next().isEmpty();
        } catch (IOException e) {
            return false; // whatever it is, it is not ours to replace
        }
    }

    /**
     * Throws what {@link #create} would throw for this place, and writes nothing.
     *
     * @throws RecordException if it holds a run or is a file
     */
    public static void checkVacant(Path directory) throws RecordException {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new RecordException(directory + ": is a file; choose another directory with -o");
        }
        if (holdsRun(directory)) {
            throw new RecordException(directory + ": already holds a run; choose another directory with -o, or continue"
                    + " it with --resume " + directory);
        }
    }

    /**
     * A place for a new run, created if missing.
     *
     * @throws RecordException if it holds a run, is a file, is locked, or cannot be written; what was made on the way is
     *     gone then
     */
    public static RunDirectory create(Path directory) throws RecordException {
        checkVacant(directory);
        RunPaths paths = new RunPaths(directory);
        List<Path> folders = missing(ancestry(directory));
        List<Path> made = missing(List.of(
                paths.journal(),
                paths.best(),
                WeightStore.mark(paths.weights()),
                paths.weights(),
                WeightStore.mark(paths.ensemble()),
                paths.ensemble(),
                paths.lock()));
        made.addAll(folders);
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            takeAway(folders);
            throw RecordException.of(directory, "be created", e);
        }
        RunDirectory run;
        try {
            run = lock(directory, WHOLE, made);
        } catch (RecordException e) {
            // those in which another has its files stay
            takeAway(folders);
            throw e;
        }
        try {
            checkVacant(directory);
            Files.deleteIfExists(run.paths.journal());
            Files.createDirectories(run.paths.best());
            return run;
        } catch (IOException e) {
            run.abandon();
            throw e instanceof RecordException r ? r : RecordException.of(run.paths.best(), "be created", e);
        }
    }

    /** A folder and those that it is in, the innermost first. */
    private static List<Path> ancestry(Path directory) {
        return Stream.iterate(directory.toAbsolutePath(), Objects::nonNull, Path::getParent)
                .toList();
    }

    private static List<Path> missing(List<Path> places) {
        return places.stream()
                .filter(place -> !Files.exists(place, LinkOption.NOFOLLOW_LINKS))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static void takeAway(List<Path> made) {
        for (Path each : made) {
            try {
                Files.deleteIfExists(each);
            } catch (IOException e) {
                // something of another's is in it, or the disk refuses this too
            }
        }
    }

    /**
     * Leaves the place as it was before {@link #create}, and gives the lock back: for a run of which nothing was recorded.
     * What others have put there stays.
     *
     * @throws LostRunException if it is not the place any more that this process made; it stays as it is then
     */
    public void abandon() throws RecordException {
        try (this) {
            holding.check();
            takeAway(made);
        }
    }

    /**
     * The place of an existing run; temporary files that a crash left in it are deleted.
     *
     * @throws RecordException if there is no journal, another process holds the lock, or it cannot be written
     */
    public static RunDirectory open(Path directory) throws RecordException {
        return open(directory, WHOLE, JournalLock.PATIENCE);
    }

    /**
     * The same for who does not go on with the run, but works on what came of it: {@link #isEvolving} is false then.
     *
     * @throws RecordException as {@link #open}
     */
    public static RunDirectory openAside(Path directory) throws RecordException {
        return open(directory, FIRST_BYTE, Duration.ZERO);
    }

    private static RunDirectory open(Path directory, long locked, Duration patience) throws RecordException {
        RunPaths paths = new RunPaths(directory);
        if (!Files.exists(paths.journal())) {
            throw new RecordException(directory + ": holds no run (no "
                    + paths.journal().getFileName() + "); name the directory of a run");
        }
        RunDirectory run = lock(directory, locked, List.of());
        try {
            // before anything of another's is taken for a crash's
            JournalLock.awaitFree(paths.journal(), patience);
            FolderDraft.mend(directory);
            Files.createDirectories(paths.best());
            DurableFiles.deleteTemporary(directory);
            DurableFiles.deleteTemporary(paths.best());
            return run;
        } catch (IOException e) {
            run.closeQuietly(e);
            throw e instanceof RecordException r ? r : RecordException.of(directory, "be prepared", e);
        }
    }

    public RunPaths paths() {
        return paths;
    }

    /** The directory and its lock, and whether they are where this process opened them. */
    public Holding holding() {
        return holding;
    }

    /**
     * Writes the effective input, or replaces it as a whole: without a sound one no run can be resumed.
     *
     * @throws RecordException if that fails; an input that was there is there still
     */
    public void writeInput(String yaml) throws RecordException {
        holding.check();
        DurableFiles.replace(paths.input(), yaml);
    }

    /**
     * Whether a master works on the run there; empty if that cannot be told. Writes nothing, and holds a shared lock for
     * no longer than it takes to see that it could have it. Not for the process that works on the run: closing the lock
     * file would cost it the lock.
     */
    public static Optional<Boolean> isEvolving(Path directory) {
        try (FileChannel channel = RegularFile.open(new RunPaths(directory).lock(), StandardOpenOption.READ);
                FileLock shared = channel.tryLock(FIRST_BYTE, WHOLE - FIRST_BYTE, true)) {
            return Optional.of(shared == null);
        } catch (NoSuchFileException e) {
            return Optional.of(false);
        } catch (OverlappingFileLockException | IOException e) {
            return Optional.empty();
        }
    }

    /** Gives the lock back. */
    @Override
    public void close() throws RecordException {
        try (lockFile;
                folder) {
            // both are closed, whatever becomes of the other
        } catch (IOException e) {
            throw RecordException.of(paths.lock(), "be closed", e);
        }
    }

    private static RunDirectory lock(Path directory, long locked, List<Path> made) throws RecordException {
        RunPaths paths = new RunPaths(directory);
        FileChannel folder;
        try {
            folder = FileChannel.open(directory, StandardOpenOption.READ);
        } catch (IOException e) {
            throw RecordException.of(directory, "be opened", e);
        }
        FileChannel channel;
        try {
            channel = RegularFile.open(
                    paths.lock(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            RecordException refusal = RecordException.of(paths.lock(), "be opened", e);
            try {
                folder.close();
            } catch (IOException alsoFailed) {
                refusal.addSuppressed(alsoFailed);
            }
            throw refusal;
        }
        RunDirectory run = new RunDirectory(paths, channel, folder, made);
        boolean held = false;
        try {
            Optional<Object> opened = Holding.key(paths.lock());
            run.holding.addDirectory(Holding.key(directory));
            held = tryLock(channel, locked) != null;
            if (!held) {
                throw new RecordException(directory + ": another aevo" + holder(channel)
                        + " works on this run; wait for its end, or stop it");
            }
            run.holding.addLock(paths.lock(), opened);
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(("process " + ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)), 0);
            return run;
        } catch (IOException e) {
            if (held && !(e instanceof LostRunException)) {
                takeAway(made);
            }
            run.closeQuietly(e);
            throw e instanceof RecordException r ? r : RecordException.of(paths.lock(), "be locked", e);
        }
    }

    private static FileLock tryLock(FileChannel channel, long locked) throws IOException {
        FileLock lock = null;
        // who looks whether the run is worked on holds the lock for a moment
        for (int attempt = 0; lock == null && attempt < ATTEMPTS; attempt++) {
            LockSupport.parkNanos(attempt * PAUSE_NANOS);
            try {
                lock = channel.tryLock(0, locked, false);
            } catch (OverlappingFileLockException e) {
                return null;
            }
        }
        return lock;
    }

    /** Who says in the lock file to hold it; it may have died on a file system that forgot the lock. */
    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(64);
        JournalFormat.readAt(channel, 0, text);
        return text.hasRemaining() ? " (" + StandardCharsets.UTF_8.decode(text) + ")" : "";
    }

    private void closeQuietly(Exception failure) {
        try {
            close();
        } catch (RecordException e) {
            failure.addSuppressed(e);
        }
    }
}
