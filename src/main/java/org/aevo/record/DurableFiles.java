package org.aevo.record;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.stream.Stream;

/** Files that are replaced as a whole: readers, and the survivor of a crash, see the old one or the new one. */
public final class DurableFiles {
    /** In the names of files and folders that are being written. */
    static final String TEMPORARY = ".tmp-";

    private static final SecureRandom RANDOM = new SecureRandom();

    private DurableFiles() {}

    /** Writes a file that does not exist yet. */
    @FunctionalInterface
    public interface Content {
        void writeTo(Path file) throws IOException;
    }

    /**
     * Writes a new temporary file beside the target, forces it, and puts it in the target's place.
     *
     * @throws RecordException if anything fails; the target is as it was then, and the temporary file is gone
     */
    static void replace(Path target, Content content) throws RecordException {
        Path temporary = target.resolveSibling(
                target.getFileName() + TEMPORARY + ProcessHandle.current().pid());
        try {
            Files.deleteIfExists(temporary);
            content.writeTo(temporary);
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceDirectory(target);
        } catch (RecordException e) {
            delete(temporary, e);
            throw e.renamed(temporary, target);
        } catch (IOException | RuntimeException e) {
            delete(temporary, e);
            throw RecordException.of(target, "be written", e);
        }
    }

    /**
     * Writes a new temporary file beside the target, forces it, and gives it the target's name if nothing has that by then.
     * A signal that ends the process meanwhile leaves no temporary file.
     *
     * @throws RecordException if anything fails, or something has the name; nothing of it is left
     */
    public static void create(Path target, Content content) throws RecordException {
        Path temporary = unique(target);
        Thread cleaning = new Thread(() -> deleteQuietly(temporary), "cleaning");
        Runtime.getRuntime().addShutdownHook(cleaning);
        try {
            content.writeTo(temporary);
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            publish(temporary, target);
            forceDirectory(target);
        } catch (RecordException e) {
            delete(temporary, e);
            throw e.renamed(temporary, target);
        } catch (IOException e) {
            delete(temporary, e);
            throw RecordException.of(target, "be written", e);
        } catch (RuntimeException | Error e) {
            delete(temporary, e);
            throw e;
        } finally {
            forget(cleaning);
        }
    }

    /** A second name fails where there is a file already; a file system without second names gets the file moved. */
    private static void publish(Path temporary, Path target) throws IOException {
        try {
            Files.createLink(target, temporary);
            Files.delete(temporary);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(target.toString());
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process ends: it is running
        }
    }

    /** A name beside the target that no other process has, not even one of the same number on another host. */
    static Path unique(Path target) {
        return target.resolveSibling(target.getFileName() + TEMPORARY
                + ProcessHandle.current().pid() + "-" + Long.toHexString(RANDOM.nextLong()));
    }

    /** The same for a text. */
    public static void replace(Path target, String text) throws RecordException {
        replace(target, file -> Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW));
    }

    /**
     * Gives a file a second name, under which it stays when another takes its place; a copy where the file system has no
     * second names.
     */
    static void keep(Path file, Path other) throws RecordException {
        try {
            try {
                Files.createLink(other, file);
            } catch (UnsupportedOperationException | FileSystemException e) {
                replace(other, copy -> Files.copy(file, copy));
            }
            forceDirectory(other);
        } catch (RecordException e) {
            throw e;
        } catch (IOException e) {
            throw RecordException.of(other, "be written", e);
        }
    }

    /** Makes the names in the directory of a file durable. */
    static void forceDirectory(Path file) throws IOException {
        Path parent = Objects.requireNonNull(file.toAbsolutePath().getParent(), "the root has no directory");
        try (FileChannel directory = FileChannel.open(parent, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** Deletes what crashed writers left in a directory; only for who holds the run's lock. */
    static void deleteTemporary(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "*" + TEMPORARY + "[0-9]*")) {
            for (Path file : left) {
                deleteTree(file);
            }
        }
    }

    /** Deletes a file, or a folder with all that is in it; what is not there is fine. */
    static void deleteTree(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> inside = Files.list(path)) {
                for (Path each : inside.toList()) {
                    deleteTree(each);
                }
            }
        }
        Files.deleteIfExists(path);
    }

    private static void deleteQuietly(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // the process ends, and says why
        }
    }

    private static void delete(Path temporary, Throwable failure) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
