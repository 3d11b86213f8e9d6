package org.aevo.data;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One copy of the data for all processes of a user on a host. The first that needs a split writes it into a {@link
 * SharedFile}, ready for use; all map that file, and so share the pages that the system keeps of it, and the
 * next run has it at once. Small sets are not worth a file. Whatever is wrong with the folder costs the sharing and never
 * the run.
 */
final class SharedData {
    private static final Logger LOG = LoggerFactory.getLogger(SharedData.class);

    /** Bytes from which on a set is. */
    static final long WORTH_IT = 256 << 10;

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final Fingerprint wanted;
    private final SharedFile file;

    private SharedData(Path folder, Fingerprint wanted) {
        this.folder = folder;
        this.wanted = wanted;
        this.file = new SharedFile(
                folder,
                wanted.name(),
                layout -> layout.fingerprint().equals(wanted.text())
                        && layout.otherStates()
                                .equals(Fingerprint.states(layout.contents().otherFiles())));
    }

    static Optional<SharedData> of(DataSettings settings, Map<String, String> environment) {
        return CacheFolder.of(environment).flatMap(folder -> Fingerprint.of(settings, environment)
                .filter(fingerprint -> fingerprint.bytes() >= WORTH_IT)
                .map(fingerprint -> new SharedData(folder, fingerprint)));
    }

    /** What is there already; makes nothing. */
    static Optional<CachedSplit> find(DataSettings settings, Map<String, String> environment) {
        return of(settings, environment).flatMap(data -> {
            try {
                return data.file.exists() ? data.file.find() : Optional.empty();
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
                return Optional.of(data.findOrMake(
                                () -> Datasets.loading(settings, environment), settings, environment, patience, doing)
                        .split());
            } catch (IOException e) {
                LOG.warn(
                        "this process keeps the data for itself, they cannot be shared in {}: {}; {} names another"
                                + " folder",
                        data.folder,
                        reason(e),
                        CacheFolder.VARIABLE);
                return Optional.empty();
            }
        });
    }

    /** What went wrong, where the words of an exception are no more than a file's name. */
    static String reason(IOException e) {
        return e instanceof FileSystemException ? e.getClass().getSimpleName() + " " + e.getMessage() : e.getMessage();
    }

    /**
     * As {@link #load}, by which data are found good or were.
     *
     * @param source asked for where this process makes the file
     */
    CachedSplit findOrMake(
            Supplier<Loading> source,
            DataSettings settings,
            Map<String, String> environment,
            Duration patience,
            Consumer<String> doing)
            throws IOException {
        CacheFolder.prepare(folder);
        Optional<CachedSplit> found = file.find();
        if (found.isPresent()) {
            return found.get();
        }
        return file.make(file::find, () -> content(source.get(), settings, environment), patience, doing);
    }

    private SharedFile.Content content(Loading loading, DataSettings settings, Map<String, String> environment) {
        CacheLayout layout = CacheLayout.of(wanted.text(), loading);
        return new SharedFile.Content(layout.size(), image -> {
            CachedSplit.write(image, layout, loading);
            if (!Fingerprint.of(settings, environment).equals(Optional.of(wanted))) {
                throw new IOException("the files of the data have changed meanwhile");
            }
        });
    }

    Path folder() {
        return folder;
    }

    SharedFile file() {
        return file;
    }
}
