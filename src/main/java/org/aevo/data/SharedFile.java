package org.aevo.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.aevo.io.RegularFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file of {@link CacheFolder}: one process makes it, whole or not at all, others wait for that as long as it gets on,
 * and all map it.
 *
 * <p>The folder holds {@value #LIMIT_GIB} GiB, or the one split that is larger; the longest unused files go first, also
 * while somebody has them mapped, who keeps them. It may be deleted at any time.
 */
final class SharedFile {
    private static final Logger LOG = LoggerFactory.getLogger(SharedFile.class);

    private static final long LIMIT_GIB = 4;
    private static final long LOOK_MILLIS = 20;
    private static final String MAPPED = ".data";
    private static final String UNFINISHED = ".tmp";
    /** Nothing else in the folder is touched: the user may keep there what he likes. */
    private static final Pattern OWN = Pattern.compile("[0-9a-f]{32}\\.[a-z]+");

    private static final LinkOption HERE = LinkOption.NOFOLLOW_LINKS;

    private final Path folder;
    private final String name;
    private final Path file;
    private final Predicate<CacheLayout> wanted;

    /**
     * What will be in the file.
     *
     * @param bytes of it
     * @param writer writes it into an empty image
     */
    record Content(long bytes, Writer writer) {}

    /** Writes an image. */
    @FunctionalInterface
    interface Writer {
        void write(SplitImage image) throws IOException;
    }

    /**
     * @param name of the file, 32 hexadecimal digits
     * @param wanted knows what is to be in it by what it says of itself
     */
    SharedFile(Path folder, String name, Predicate<CacheLayout> wanted) {
        this.folder = folder;
        this.name = name;
        this.file = folder.resolve(name + MAPPED);
        this.wanted = wanted;
    }

    boolean exists() {
        return Files.exists(file, HERE);
    }

    /** Good data in a file that only this user can have written; nothing else is good enough. */
    Optional<CachedSplit> find() throws IOException {
        try {
            if (!CacheFolder.isTrusted(file)) {
                return Optional.empty();
            }
            try (FileChannel channel = open()) {
                Optional<CachedSplit> found = CachedSplit.map(new SplitImage.InFile(channel), wanted);
                if (found.isPresent()) {
                    Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
                }
                return found;
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** To read it; who has it open keeps it, whatever becomes of its name. */
    FileChannel open() throws IOException {
        return RegularFile.open(file, StandardOpenOption.READ, HERE);
    }

    /** The files in a folder, whoever made them, that say that they are a split of this checksum, or begin so. */
    static List<SharedFile> claiming(Path folder, String checksum) throws IOException {
        List<SharedFile> files = new ArrayList<>();
        for (Path path : list(folder, MAPPED)) {
            String name = folder.relativize(path).toString().replace(MAPPED, "");
            SharedFile file = new SharedFile(folder, name, layout -> true);
            if (file.claimed().equals(Optional.of(checksum))) {
                files.add(file);
            }
        }
        return files;
    }

    private Optional<String> claimed() {
        ByteBuffer beginning = ByteBuffer.allocate(CacheLayout.PREFIX);
        try (FileChannel channel = open()) {
            return new SplitImage.InFile(channel).readFully(beginning, 0)
                    ? CachedSplit.claimed(beginning.flip())
                    : Optional.empty();
        } catch (IOException e) { // removed meanwhile, or not for this user
            return Optional.empty();
        }
    }

    /**
     * Makes the file, unless another process does.
     *
     * @param others looks whether another has made what is wanted meanwhile
     * @param content asked for where this process makes it
     * @param patience with another process that makes a file and writes nothing
     * @param doing hears that this process waits for another, and again whenever that one has got on
     * @return what is in it; the split that {@code others} found, if there was one
     */
    CachedSplit make(Finder others, Supplier<Content> content, Duration patience, Consumer<String> doing)
            throws IOException {
        try (FileChannel lock = RegularFile.open(
                        folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE, HERE);
                FileLock held = await(lock, patience, doing)) {
            Optional<CachedSplit> found = others.find();
            if (found.isPresent()) {
                return found.get();
            }
            if (Files.deleteIfExists(file)) {
                LOG.warn("{} was damaged, or not private to this user: it is made again", file);
            }
            for (Path leftOver : list(folder, UNFINISHED)) {
                Files.delete(leftOver);
            }
            Path unfinished = folder.resolve(name + UNFINISHED);
            try {
                write(unfinished, content.get());
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unfinished);
            }
            removeLongestUnused();
            return find().orElseThrow(() -> new IOException(file + " did not keep what was written"));
        }
    }

    /** Looks for a split. */
    @FunctionalInterface
    interface Finder {
        Optional<CachedSplit> find() throws IOException;
    }

    /** Whoever makes a file holds it, for as long as it goes on; a process that is frozen must not freeze the others. */
    private FileLock await(FileChannel channel, Duration patience, Consumer<String> doing) throws IOException {
        long lastWrite = 0;
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return lock;
                }
            } catch (OverlappingFileLockException e) {
                // another thread of this process makes a file
            }
            long write = list(folder, UNFINISHED).stream()
                    .mapToLong(path -> path.toFile().lastModified())
                    .max()
                    .orElse(0);
            if (write != lastWrite) {
                lastWrite = write;
                doing.accept("waiting for another process of this host, which makes " + file);
                deadline = System.nanoTime() + patience.toNanos();
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        throw new IOException(
                "another process is making them and has written nothing for " + patience.toSeconds() + " s");
    }

    private void write(Path path, Content content) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free / 2 < content.bytes()) {
            throw new IOException(
                    "they take " + (content.bytes() >> 20) + " MiB, more than half of the " + (free >> 20) + " free");
        }
        Set<OpenOption> options =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(
                path, options, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            content.writer().write(new SplitImage.InFile(channel));
            channel.force(true);
        }
    }

    private void removeLongestUnused() throws IOException {
        List<Path> files = list(folder, MAPPED);
        files.remove(file);
        files.sort(Comparator.comparing(path -> path.toFile().lastModified()));
        long left = (LIMIT_GIB << 30) - Files.size(file);
        for (int i = files.size() - 1; i >= 0; i--) {
            left -= Files.size(files.get(i));
            if (left < 0) {
                Files.delete(files.get(i));
            }
        }
    }

    private static List<Path> list(Path folder, String ending) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*" + ending)) {
            for (Path entry : entries) {
                if (OWN.matcher(folder.relativize(entry).toString()).matches()) {
                    files.add(entry);
                }
            }
        }
        return files;
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
