package org.aevo.record;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder that is written beside its place and put there as a whole when it is complete. Between two names, for an
 * instant, neither the old folder nor the new one is there; a crash just then is mended by {@link RunDirectory#open}.
 */
public final class FolderDraft implements AutoCloseable {
    private static final String OLD = ".old-";

    private final Path target;
    private final Path draft;
    private boolean closed;

    private FolderDraft(Path target, Path draft) {
        this.target = target;
        this.draft = draft;
    }

    /**
     * An empty folder beside the target.
     *
     * @throws RecordException if it cannot be made
     */
    public static FolderDraft of(Path target) throws RecordException {
        Path draft = DurableFiles.unique(target);
        try {
            Files.createDirectory(draft);
            return new FolderDraft(target, draft);
        } catch (IOException e) {
            throw RecordException.of(target, "be written", e);
        }
    }

    /**
     * Finds out before the work, not after it, whether there can be a draft.
     *
     * @throws RecordException if not
     */
    public static void check(Path target) throws RecordException {
        of(target).close();
    }

    /** Where to write. */
    public Path folder() {
        return draft;
    }

    /**
     * Has a file of the folder written.
     *
     * @throws RecordException if that fails
     */
    public void write(String name, DurableFiles.Content content) throws RecordException {
        try {
            content.writeTo(draft.resolve(name));
        } catch (RecordException e) {
            throw e.renamed(draft, target);
        } catch (IOException e) {
            throw RecordException.of(target.resolve(name), "be written", e);
        }
    }

    /**
     * Puts it in its place, with the files that the old folder there has beside those named.
     *
     * @param replaced names of files that are not taken over
     * @throws RecordException if that fails; the old folder is as it was then
     */
    public synchronized void publish(Set<String> replaced) throws RecordException {
        if (closed) {
            throw new IllegalStateException(draft + " is closed");
        }
        try {
            for (Path file : files(draft)) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
                DurableFiles.forceDirectory(file);
            }
            if (Files.isDirectory(target)) {
                keepOthers(replaced);
            }
            exchange();
            DurableFiles.forceDirectory(target);
        } catch (RecordException e) {
            throw e.renamed(draft, target);
        } catch (IOException e) {
            throw RecordException.of(target, "be written", e);
        }
        closed = true;
    }

    private void keepOthers(Set<String> replaced) throws IOException {
        for (Path file : files(target)) {
            Path name = target.relativize(file);
            Path kept = draft.resolve(name);
            if (!replaced.contains(name.toString()) && !Files.exists(kept)) {
                Files.createDirectories(kept.resolveSibling(""));
                DurableFiles.keep(file, kept);
            }
        }
    }

    private void exchange() throws IOException {
        Path old = target.resolveSibling(
                target.getFileName() + OLD + ProcessHandle.current().pid());
        DurableFiles.deleteTree(old);
        boolean there = Files.exists(target);
        if (there) {
            Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (there) {
                Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
            }
            throw e;
        }
        DurableFiles.deleteTree(old);
    }

    /** Brings back the old folders of a directory where a crash came between the two names; for who holds the run's lock. */
    static void mend(Path directory) throws IOException {
        try (DirectoryStream<Path> left =
                Files.newDirectoryStream(directory, "{best,candidate-[0-9]*}" + OLD + "[0-9]*")) {
            for (Path old : left) {
                String name = directory.relativize(old).toString();
                Path target = old.resolveSibling(name.substring(0, name.lastIndexOf(OLD)));
                if (Files.exists(target)) {
                    DurableFiles.deleteTree(old);
                } else {
                    Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
                }
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    /** Deletes what was not published. A second call does nothing; another thread may close it at any time. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            DurableFiles.deleteTree(draft);
        } catch (IOException e) {
            // the next that opens the run deletes it
        }
    }
}
