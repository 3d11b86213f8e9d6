package org.aevo.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A split of which this process can give every byte, for hosts that have no files: from the copy that processes of this
 * host share, which is made if it is not there, or from the heap where there can be none.
 */
public final class HeldSplit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeldSplit.class);

    private final SplitImage image;
    private final Optional<FileChannel> file;
    private final String checksum;
    private final long bytes;

    private HeldSplit(SplitImage image, Optional<FileChannel> file, String checksum) throws IOException {
        this.image = image;
        this.file = file;
        this.checksum = checksum;
        this.bytes = image.size();
    }

    /**
     * Takes hold of data that were found good.
     *
     * @param checked as {@link Datasets#check(DataSettings)} gave it: what it has read is not read again
     * @throws DataException if anything is wrong with the data themselves; if they fit neither a file nor the heap
     */
    public static HeldSplit of(DataSettings settings, CheckedData checked) {
        return of(settings, checked, System.getenv());
    }

    /** The same, in a given environment. */
    static HeldSplit of(DataSettings settings, CheckedData checked, Map<String, String> environment) {
        String why = "they are small, or " + CacheFolder.VARIABLE + " is none";
        Optional<SharedData> shared = SharedData.of(settings, environment);
        if (shared.isPresent()) {
            try {
                return inFile(shared.get(), settings, checked, environment);
            } catch (IOException e) {
                why = shared.get().folder() + ": " + SharedData.reason(e);
                LOG.warn(
                        "the data that are sent to other hosts are kept in memory, not in {}; {} names another folder",
                        why,
                        CacheFolder.VARIABLE);
            }
        }
        try {
            return inHeap(loading(settings, checked, environment), why);
        } catch (IOException e) {
            throw new IllegalStateException("no memory fails so", e);
        }
    }

    /** The channel is open before anybody looks whether the file is the right one: it may be replaced. */
    private static HeldSplit inFile(
            SharedData shared, DataSettings settings, CheckedData checked, Map<String, String> environment)
            throws IOException {
        Split split = shared.findOrMake(
                        () -> loading(settings, checked, environment),
                        settings,
                        environment,
                        SharedData.PATIENCE,
                        doing -> {})
                .split();
        FileChannel channel = shared.file().open();
        try {
            HeldSplit held = new HeldSplit(new SplitImage.InFile(channel), Optional.of(channel), split.checksum());
            ByteBuffer beginning = ByteBuffer.allocate(CacheLayout.PREFIX);
            if (!held.image.readFully(beginning, 0)
                    || !CachedSplit.claimed(beginning.flip()).equals(Optional.of(split.checksum()))) {
                throw new IOException(shared.file() + " has changed");
            }
            return held;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static HeldSplit inHeap(Loading loading, String why) throws IOException {
        CacheLayout layout = CacheLayout.of("", loading);
        SplitImage image = SplitImage.InHeap.of(layout.size(), why);
        CachedSplit.write(image, layout, loading);
        return new HeldSplit(image, Optional.empty(), loading.checksum());
    }

    private static Loading loading(DataSettings settings, CheckedData checked, Map<String, String> environment) {
        return checked instanceof Loading loading ? loading : Datasets.loading(settings, environment);
    }

    /** That of the split, see {@link Split}. */
    public String checksum() {
        return checksum;
    }

    /** Number of bytes. */
    public long bytes() {
        return bytes;
    }

    /**
     * Some of the bytes; by any thread.
     *
     * @param from the first, counted from 0
     * @throws IOException if the copy cannot be read, or has lost its end
     */
    public byte[] read(long from, int length) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(length);
        if (!image.readFully(piece, from)) {
            throw new IOException("the copy of the data ends after " + image.size() + " bytes, not " + bytes);
        }
        return piece.array();
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            file.get().close();
        }
    }
}
