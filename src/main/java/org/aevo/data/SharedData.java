package org.aevo.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.aevo.io.RegularFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One copy of the data for all processes of a user on a host. The first that needs a split writes it into a file in
 * {@link CacheFolder}, ready for use; all map that file, and so share the pages that the system keeps of it, and the
 * next run has it at once. Small sets are not worth a file.
 *
 * <p>The folder holds {@value #LIMIT_GIB} GiB, or the one split that is larger; the longest unused files go first, also
 * while somebody has them mapped, who keeps them. It may be deleted at any time. Whatever is wrong with it costs the
 * sharing and never the run.
 */
final class SharedData {
    private static final Logger LOG = LoggerFactory.getLogger(SharedData.class);

    private static final long LIMIT_GIB = 4;
    private static final long WORTH_IT = 256 << 10;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 20;
    private static final String MAPPED = ".data";
    private static final String UNFINISHED = ".tmp";
    /** Nothing else in the folder is touched: the user may keep there what he likes. */
    private static final Pattern OWN = Pattern.compile("[0-9a-f]{32}\\.[a-z]+");

    private static final LinkOption HERE = LinkOption.NOFOLLOW_LINKS;

    private final Path folder;
    private final Fingerprint wanted;
    private final Path file;

    private SharedData(Path folder, Fingerprint wanted) {
        this.folder = folder;
        this.wanted = wanted;
        file = folder.resolve(wanted.name() + MAPPED);
    }

    private static Optional<SharedData> of(DataSettings settings, Map<String, String> environment) {
        return CacheFolder.of(environment).flatMap(folder -> Fingerprint.of(settings, environment)
                .filter(fingerprint -> fingerprint.bytes() >= WORTH_IT)
                .map(fingerprint -> new SharedData(folder, fingerprint)));
    }

    /** What is there already; makes nothing. */
    static Optional<CachedSplit> find(DataSettings settings, Map<String, String> environment) {
        return of(settings, environment).flatMap(data -> {
            try {
                return Files.exists(data.file, HERE) ? data.find() : Optional.empty();
            } catch (IOException e) {
                LOG.info("{} cannot be used", data.file, e);
                return Optional.empty();
            }
        });
    }

    /**
     * What is there, or what this process makes; empty if that cannot be or is not worth it, and the data have to be
     * loaded for this process alone.
     *
     * @param doing hears that this process waits for another, and again whenever that one has got on
     * @throws DataException if anything is wrong with the data themselves
     */
    static Optional<Split> load(DataSettings settings, Map<String, String> environment, Consumer<String> doing) {
        return load(settings, environment, PATIENCE, doing);
    }

    /**
     * The same.
     *
     * @param patience with another process that makes a file and writes nothing
     */
    static Optional<Split> load(
            DataSettings settings, Map<String, String> environment, Duration patience, Consumer<String> doing) {
        return of(settings, environment).flatMap(data -> {
            try {
                CacheFolder.prepare(data.folder);
                Optional<CachedSplit> found = data.find();
                return Optional.of(
                        (found.isPresent() ? found.get() : data.make(settings, environment, patience, doing)).split());
            } catch (IOException e) {
                LOG.warn(
                        "this process keeps the data for itself, they cannot be shared in {}: {}; {} names another"
                                + " folder",
                        data.folder,
                        e instanceof FileSystemException
                                ? e.getClass().getSimpleName() + " " + e.getMessage()
                                : e.getMessage(),
                        CacheFolder.VARIABLE);
                return Optional.empty();
            }
        });
    }

    /** Good data in a file that only this user can have written; nothing else is good enough. */
    private Optional<CachedSplit> find() throws IOException {
        try {
            if (!CacheFolder.isTrusted(file)) {
                return Optional.empty();
            }
            try (FileChannel channel = RegularFile.open(file, StandardOpenOption.READ, HERE)) {
                Optional<CachedSplit> found = CachedSplit.map(channel, wanted);
                if (found.isPresent()) {
                    Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
                }
                return found;
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private CachedSplit make(
            DataSettings settings, Map<String, String> environment, Duration patience, Consumer<String> doing)
            throws IOException {
        try (FileChannel lock = RegularFile.open(
                        folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE, HERE);
                FileLock held = await(lock, patience, doing)) {
            Optional<CachedSplit> others = find();
            if (others.isPresent()) {
                return others.get();
            }
            if (Files.deleteIfExists(file)) {
                LOG.warn("{} was damaged, or not private to this user: it is made again", file);
            }
            for (Path leftOver : list(UNFINISHED)) {
                Files.delete(leftOver);
            }
            Path unfinished = folder.resolve(wanted.name() + UNFINISHED);
            try {
                write(unfinished, Datasets.loading(settings, environment));
                if (!Fingerprint.of(settings, environment).equals(Optional.of(wanted))) {
                    throw new IOException("the files of the data have changed meanwhile");
                }
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unfinished);
            }
            removeLongestUnused();
            return find().orElseThrow(() -> new IOException(file + " did not keep what was written"));
        }
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
            long write = list(UNFINISHED).stream()
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

    private void write(Path path, Loading loading) throws IOException {
        CacheLayout layout = CacheLayout.of(wanted, loading);
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free / 2 < layout.size()) {
            throw new IOException(
                    "they take " + (layout.size() >> 20) + " MiB, more than half of the " + (free >> 20) + " free");
        }
        Set<OpenOption> options =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(
                path, options, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            CachedSplit.write(channel, layout, loading);
            channel.force(true);
        }
    }

    private void removeLongestUnused() throws IOException {
        List<Path> files = list(MAPPED);
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

    private List<Path> list(String ending) throws IOException {
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
}
