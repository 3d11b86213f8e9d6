package org.aevo.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a process has opened of a run, and whether it is still what stands under its name: a lock protects a file, but
 * anybody may delete the file, or rename the directory that it is in, and put others there. All are kept open meanwhile,
 * so that the system gives their numbers to no other. Safe for use by many threads.
 */
public final class Holding {
    /** Holds nothing, and misses nothing. */
    public static final Holding NOTHING = new Holding(Path.of(""));

    private final Path directory;
    private final List<Held> all = new CopyOnWriteArrayList<>();

    /** @param key empty where the file system has none */
    private record Held(Path place, Optional<Object> key, String mend) {}

    /**
     * @param directory of the run
     */
    Holding(Path directory) {
        this.directory = directory;
    }

    /** What is there now, to be compared once it is open. */
    static Optional<Object> key(Path place) throws IOException {
        return Optional.ofNullable(
                Files.readAttributes(place, BasicFileAttributes.class).fileKey());
    }

    /**
     * Holds what this process has opened and keeps open.
     *
     * @param mend what to do when it is not there any more
     * @throws LostRunException if another stands there already
     */
    private void add(Path place, Optional<Object> before, String mend) throws RecordException {
        if (this == NOTHING) {
            return;
        }
        Held held = new Held(place, before, mend);
        check(held);
        all.add(held);
    }

    void addDirectory(Optional<Object> before) throws RecordException {
        add(
                directory,
                before,
                "if it was renamed, 'aevo run --resume' goes on with it under its new name; if it was deleted, so was"
                        + " the run");
    }

    void addLock(Path lock, Optional<Object> before) throws RecordException {
        add(
                lock,
                before,
                "without it another master may begin here; 'aevo run --resume " + directory
                        + "' goes on if none works on the run");
    }

    void addJournal(Path journal, Optional<Object> before) throws RecordException {
        add(
                journal,
                before,
                "what this process recorded is in the old file alone, if a copy of it is anywhere; 'aevo run --resume "
                        + directory + "' goes on with what stands there now");
    }

    /** Forgets what this process is about to close. */
    void letGo(Path place) {
        all.removeIf(held -> held.place.equals(place));
    }

    /**
     * To be asked before anything is written that others could take for theirs.
     *
     * @throws LostRunException if something is not where it was opened, or that cannot be told; says what, and what to do
     */
    public void check() throws LostRunException {
        for (Held held : all) {
            check(held);
        }
    }

    private static void check(Held held) throws LostRunException {
        String what;
        try {
            if (key(held.place).equals(held.key)) {
                return;
            }
            what = "is not what this process opened any more: another took its place while it worked";
        } catch (NoSuchFileException e) {
            what = "was deleted or renamed while this process worked on the run";
        } catch (IOException e) {
            what = "cannot be looked at any more (" + e.getMessage() + ")";
        }
        throw new LostRunException(held.place + ": " + what + ": stopped, nothing more is written; " + held.mend);
    }
}
