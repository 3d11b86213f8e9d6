package org.aevo.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.regex.Matcher;
import org.aevo.io.RegularFile;
import org.aevo.search.Inheritance.Origin;
import org.aevo.search.ParentWeights;
import org.aevo.search.TrainedNetwork;

/**
 * Trained networks of candidates that may become parents, a file of each in a folder that all ranks share. Each is written
 * beside its place and renamed, under a name that no other writer has, so that no reader ever sees a part of one, whoever is
 * killed. A further file, the mark, says which run the folder is of: who sees another one there, or none, is on a host where the run's
 * directory is not, and has to ask the master. The store is as small as {@link #keep} makes it.
 */
public final class WeightStore implements ParentWeights {
    private static final String MARK = "run";
    private static final int MOST_MARK_BYTES = 1000;

    /** A file may be replaced while it is opened, again and again by somebody who is very busy. */
    private static final int TRIES = 20;

    private final Path folder;
    private final String run;
    private final int mostBytes;
    private final WeightShelf shelf;

    /** One of parents. */
    public WeightStore(Path folder, String run, int mostBytes) {
        this(folder, run, mostBytes, WeightShelf.PARENTS);
    }

    /**
     * @param folder made when it is first needed, in one that is there
     * @param run whose networks they are, by its {@link RunIdentity}
     * @param mostBytes of a file: more is neither written nor read
     */
    public WeightStore(Path folder, String run, int mostBytes, WeightShelf shelf) {
        if (mostBytes < 1 || mostBytes == Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "bytes of a candidate's weights must be 1 to " + (Integer.MAX_VALUE - 1) + ", were " + mostBytes);
        }
        this.folder = folder;
        this.run = run;
        this.mostBytes = mostBytes;
        this.shelf = shelf;
    }

    public Path folder() {
        return folder;
    }

    /** Whose networks they are. */
    public String run() {
        return run;
    }

    /**
     * Throws what {@link #mark} would throw as far as that can be told, and writes nothing.
     *
     * @throws RecordException if the place is taken by something that is no folder, or nothing can be written into it
     */
    public static void check(Path folder, WeightShelf shelf) throws RecordException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new RecordException(folder + ": is no folder, and " + shelf.whose()
                    + " cannot be kept there; move it away" + shelf.wayOut());
        }
        if (!Files.isWritable(folder)) {
            throw new RecordException(folder + ": cannot be written, and " + shelf.whose()
                    + " are kept there; make it writable" + shelf.wayOut());
        }
    }

    /**
     * Makes the folder ready for a master that begins or goes on, before there are workers: what killed writers left goes, and so do
     * the networks of all candidates but some from a store that forgets.
     *
     * @param ids of candidates that may still become parents
     * @throws RecordException if it cannot be made or written
     */
    public void open(Set<Long> ids) throws RecordException {
        check(folder, shelf);
        try {
            DurableFiles.deleteTemporary(folder);
        } catch (IOException | DirectoryIteratorException e) {
            throw RecordException.of(folder, "be cleaned", e);
        }
        mark();
        keep(ids, Long.MAX_VALUE);
    }

    /**
     * Makes the folder if it is not there, and says in it whose it is.
     *
     * @throws RecordException if it cannot be made or written
     */
    public void mark() throws RecordException {
        try {
            makeFolder();
        } catch (IOException e) {
            throw RecordException.of(folder, "be made for " + shelf.whose(), e);
        }
        DurableFiles.replace(mark(folder), run + "\n");
    }

    /** The file that says whose the folder is. */
    static Path mark(Path folder) {
        return folder.resolve(MARK);
    }

    /** Whether the folder is there as this process sees the disk, and is this run's. */
    public boolean isHere() {
        try {
            return RegularFile.readText(mark(folder), StandardCharsets.UTF_8, MOST_MARK_BYTES)
                    .equals(run + "\n");
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Writes the network of a candidate, in place of any that it had, and waits until the disk has it. Safe to be called
     * by several processes, of one candidate too: what the last one wrote stays.
     *
     * @throws RecordException if it cannot be written or is too large; what was there before stays, and nothing else
     */
    @Override
    public void put(TrainedNetwork network) throws RecordException {
        Path file = file(network.id());
        ByteBuffer bytes = TrainedNetworkFile.bytes(file, run, network, mostBytes);
        Path temporary = DurableFiles.unique(file);
        try {
            makeFolder();
            write(temporary, bytes);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw RecordException.of(file, "be written", e).then("weights are kept again");
        }
    }

    private void makeFolder() throws IOException {
        if (!Files.isDirectory(folder)) {
            try {
                Files.createDirectory(folder);
            } catch (FileAlreadyExistsException e) {
                // another rank was first; or a file has the name, which writing into it will tell
            }
        }
    }

    private static void write(Path temporary, ByteBuffer bytes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            // only now does a disk elsewhere tell that it is full
            channel.force(false);
        }
    }

    @Override
    public Answer get(long id) {
        Path file = file(id);
        byte[] bytes;
        try {
            bytes = read(file);
        } catch (NoSuchFileException e) {
            return new NotFound(Origin.MISSING, file + ": there is no such file");
        } catch (IOException e) {
            return TrainedNetworkFile.damaged(
                    RecordException.of(file, "be read", e).getMessage());
        }
        return TrainedNetworkFile.decoded(file, run, id, bytes);
    }

    private byte[] read(Path file) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return RegularFile.read(file, mostBytes);
            } catch (NoSuchFileException e) {
                throw e;
            } catch (FileSystemException e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    /**
     * Removes the networks of all other candidates from a store that forgets, and what killed writers left of them; files that are none of the store's
     * stay. For one process alone.
     *
     * @param ids those of candidates that are being evaluated too: their workers may write at any time, and may have
     *     written before anybody hears of it
     * @param below ids from this one on stay as well: those of candidates that nobody had heard of when {@code ids} were made
     * @throws RecordException if a file cannot be removed
     */
    public void keep(Set<Long> ids, long below) throws RecordException {
        if (!shelf.forgets() || !Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.weights*")) {
            for (Path file : files) {
                Matcher name =
                        WeightShelf.PARENT.matcher(folder.relativize(file).toString());
                if (name.matches()
                        && !kept(name.group(1), ids, below)
                        && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw RecordException.of(folder, "be cleaned", e);
        }
    }

    private static boolean kept(String name, Set<Long> ids, long below) {
        try {
            long id = Long.parseLong(name);
            return id >= below || ids.contains(id);
        } catch (NumberFormatException e) {
            // larger than any candidate's: not of this store
            return true;
        }
    }

    private Path file(long id) {
        if (id < 0) {
            throw new IllegalArgumentException("id of a candidate must be at least 0, was " + id);
        }
        return folder.resolve(shelf.names().apply(id));
    }
}
