package org.aevo.report;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.aevo.io.RegularFile;

/**
 * The folder of a report that is not finished, in the directory where it will be. Beside it lies a file that is locked for
 * as long as somebody writes: of the drafts of others, on whatever host, those are left alone that are not known to be
 * nobody's. When the process is ended by a signal the folder goes with it.
 */
final class ReportDraft implements AutoCloseable {
    /** Begins the names of folder and file. */
    static final String PREFIX = ".unfinished-";

    private static final String LOCK = ".lock";
    private static final int NAME_BYTES = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;
    private final Path lockFile;
    private final FileChannel lock;
    private final Thread hook = new Thread(this::remove, "remove-draft");
    private boolean closed;

    private ReportDraft(Path folder, Path lockFile, FileChannel lock) {
        this.folder = folder;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /** An empty one in a directory, which is made if it is missing; what was left by processes that are gone is deleted. */
    static ReportDraft in(Path directory) throws IOException {
        Files.createDirectories(directory);
        deleteAbandoned(directory);
        byte[] random = new byte[NAME_BYTES];
        RANDOM.nextBytes(random);
        String name =
                PREFIX + ProcessHandle.current().pid() + "-" + HexFormat.of().formatHex(random);
        Path lockFile = directory.resolve(name + LOCK);
        FileChannel lock = FileChannel.open(lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        ReportDraft draft = new ReportDraft(directory.resolve(name), lockFile, lock);
        try {
            lock.tryLock();
        } catch (IOException e) {
            // a file system without locks: others leave the draft alone
        }
        try {
            Files.createDirectory(draft.folder);
            Runtime.getRuntime().addShutdownHook(draft.hook);
            return draft;
        } catch (IOException | IllegalStateException e) {
            draft.remove();
            throw e;
        }
    }

    Path folder() {
        return folder;
    }

    /** What is done with the files in it; a signal waits for that. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    /**
     * Does something with the files in it.
     *
     * @throws IOException if that fails, or the draft is gone
     */
    synchronized void with(Step step) throws IOException {
        if (closed) {
            throw new IOException(folder + ": was removed, for this process is ending");
        }
        step.run();
    }

    /** Deletes what is left of it. */
    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending: the hook finds nothing to do
        }
    }

    private synchronized void remove() {
        if (closed) {
            return;
        }
        closed = true;
        try (lock) {
            deleteTree(folder);
            Files.deleteIfExists(lockFile);
        } catch (IOException e) {
            // the next report there deletes it
        }
    }

    /** Those whose lock is free, with the lock taken meanwhile. Where locks are not to be had none is. */
    private static void deleteAbandoned(Path directory) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, PREFIX + "*" + LOCK)) {
            for (Path file : left) {
                String name = directory.relativize(file).toString();
                try (FileChannel channel = RegularFile.open(file, StandardOpenOption.WRITE);
                        FileLock held = channel.tryLock()) {
                    if (held != null) {
                        deleteTree(directory.resolve(name.substring(0, name.length() - LOCK.length())));
                        Files.deleteIfExists(file);
                    }
                } catch (IOException | OverlappingFileLockException e) {
                    // somebody's, or gone meanwhile
                }
            }
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
