package org.aevo.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A split by way of another process. A host that has a copy of it, whoever made that from whatever files, asks for nothing.
 * Of several processes without one, one fetches it into a {@link SharedFile}, and the others wait for that; where there can
 * be no such file each fetches it for itself. What has come is not used before its checksum was worked out again.
 *
 * @param fetched whether this process has fetched it
 */
public record ReceivedSplit(Split split, boolean fetched) {
    private static final Logger LOG = LoggerFactory.getLogger(ReceivedSplit.class);

    /**
     * Has the split, one way or another.
     *
     * @param doing hears what this process is at, and again as it gets on
     * @throws DataException if what came is not what was promised, or there is no room for it; besides what the source throws
     */
    public static ReceivedSplit from(SplitSource source, Consumer<String> doing) {
        return from(source, System.getenv(), SharedData.PATIENCE, doing);
    }

    /**
     * The same.
     *
     * @param patience with another process that fetches, and writes nothing
     */
    static ReceivedSplit from(
            SplitSource source, Map<String, String> environment, Duration patience, Consumer<String> doing) {
        doing.accept("looking for a copy of the data");
        Optional<Path> folder = CacheFolder.of(environment);
        String why = "they are small, or " + CacheFolder.VARIABLE + " is none";
        if (folder.isPresent() && source.bytes() >= SharedData.WORTH_IT) {
            try {
                return inFile(folder.get(), source, patience, doing);
            } catch (IOException e) {
                why = folder.get() + ": " + SharedData.reason(e);
                LOG.warn(
                        "this process keeps the data for itself, they cannot be shared in {}; {} names another folder",
                        why,
                        CacheFolder.VARIABLE);
            }
        }
        SplitImage image = SplitImage.InHeap.of(source.bytes(), why);
        try {
            fetch(source, image, doing);
            return CachedSplit.map(image, any -> true)
                    .map(whole -> new ReceivedSplit(whole.split(), true))
                    .orElseThrow(() -> new DataException("the data that the master sent did not stay as they came"));
        } catch (IOException e) {
            throw new IllegalStateException("no memory fails so", e);
        }
    }

    private static ReceivedSplit inFile(Path folder, SplitSource source, Duration patience, Consumer<String> doing)
            throws IOException {
        CacheFolder.prepare(folder);
        Optional<CachedSplit> here = find(folder, source.checksum());
        if (here.isPresent()) {
            return new ReceivedSplit(here.get().split(), false);
        }
        boolean[] fetched = {false};
        SharedFile file = new SharedFile(
                folder, new Fingerprint("broadcast " + source.checksum(), source.bytes()).name(), layout -> true);
        CachedSplit made = file.make(
                () -> find(folder, source.checksum()),
                () -> new SharedFile.Content(source.bytes(), image -> {
                    fetched[0] = true;
                    fetch(source, image, doing);
                }),
                patience,
                doing);
        return new ReceivedSplit(made.split(), fetched[0]);
    }

    private static Optional<CachedSplit> find(Path folder, String checksum) throws IOException {
        for (SharedFile file : SharedFile.claiming(folder, checksum)) {
            Optional<CachedSplit> found = file.find();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Gets everything into an empty image, and looks whether it is that. */
    private static void fetch(SplitSource source, SplitImage image, Consumer<String> doing) throws IOException {
        source.fetch((from, bytes) -> {
            image.write(ByteBuffer.wrap(bytes), from);
            doing.accept("fetching the data from the master");
        });
        doing.accept("looking whether the data came whole");
        CacheLayout layout = CachedSplit.layout(image)
                .orElseThrow(() -> new DataException("the master sent " + source.bytes()
                        + " bytes that are no data as this program keeps them: " + otherProgram()));
        String found = CachedSplit.checksum(image, layout);
        if (!found.equals(source.checksum())) {
            throw new DataException("the data that the master sent are not the run's: their checksum is " + found
                    + ", that of the run's data " + source.checksum());
        }
    }

    private static String otherProgram() {
        return "they were damaged, or master and workers are different versions of aevo";
    }
}
