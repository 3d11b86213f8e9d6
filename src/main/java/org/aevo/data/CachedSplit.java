package org.aevo.data;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A split that is mapped from a file. Numbers before the values are big-endian, values and labels little-endian:
 *
 * <pre>
 * 0    "aevodata"                      8 bytes
 * 8    version of this format          i32
 * 12   length of the description       i32
 * 16   size of the file                i64
 * 24   CRC-32C of all bytes from 32    i64
 * 32   checksum of the split           32 bytes
 * 64   description: {@link CacheLayout}
 *      values of train, validation and test, each from a multiple of 4096; in each part those of clean targets behind
 *      labels of train, validation and test, i32 each, if there are any
 * </pre>
 */
record CachedSplit(Summary summary, Split split) implements CheckedData {
    private static final long MAGIC = 0x6165766f64617461L;
    /** Of the file, and of what parts and scaled values are made of a source: another of either needs another number. */
    private static final int FORMAT = 6;
    /** From where on bytes are in the CRC-32C. */
    private static final int CHECKED = 32;

    private static final int CHUNK = 1 << 20;

    @Override
    public InputForm form() {
        return split.form();
    }

    @Override
    public Optional<SeenLabels> labels() {
        return split.train()
                .labels()
                .map(train -> new SeenLabels(train, split.validation().labels().orElseThrow()));
    }

    @Override
    public Optional<LabelCounts> labelCounts() {
        return split.labelCounts();
    }

    /** Loads into an empty file. */
    static void write(FileChannel file, CacheLayout layout, Loading loading) throws IOException {
        byte[] description = layout.description();
        write(file, ByteBuffer.wrap(description), CacheLayout.PREFIX);
        // so that the file has its size if there are no labels; before the values, which may end there
        write(file, ByteBuffer.allocate(1), layout.labels() - 1);
        try {
            Map<SplitPart, Long> starts = new EnumMap<>(SplitPart.class);
            for (SplitPart part : SplitPart.values()) {
                starts.put(part, layout.values(part));
            }
            loading.read((part, index, row) -> {
                try {
                    write(file, ByteBuffer.wrap(row), starts.get(part) + (long) index * row.length);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        long end = layout.labels();
        for (SplitPart part : SplitPart.values()) {
            int[] labels = loading.labels(part).orElse(new int[0]);
            ByteBuffer bytes =
                    ByteBuffer.allocate(Integer.BYTES * labels.length).order(Rows.ORDER);
            bytes.asIntBuffer().put(labels);
            write(file, bytes, end);
            end += bytes.capacity();
        }
        write(file, ByteBuffer.wrap(HexFormat.of().parseHex(loading.checksum())), CHECKED);
        ByteBuffer prefix = ByteBuffer.allocate(CHECKED)
                .putLong(MAGIC)
                .putInt(FORMAT)
                .putInt(description.length)
                .putLong(layout.size())
                .putLong(checksum(file));
        write(file, prefix.flip(), 0);
    }

    private static void write(FileChannel file, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    }

    /**
     * Maps a file; empty if it is none of these, is damaged, or holds something else than what is wanted.
     *
     * @param fingerprint of what is wanted
     */
    static Optional<CachedSplit> map(FileChannel file, Fingerprint fingerprint) throws IOException {
        DataInputStream in = new DataInputStream(Channels.newInputStream(file));
        CacheLayout layout;
        String checksum;
        try {
            if (in.readLong() != MAGIC || in.readInt() != FORMAT) {
                return Optional.empty();
            }
            int description = in.readInt();
            if (in.readLong() != file.size() || in.readLong() != checksum(file)) {
                return Optional.empty();
            }
            checksum = HexFormat.of().formatHex(in.readNBytes(SplitChecksum.BYTES));
            layout = CacheLayout.read(in);
            if (description != layout.description().length
                    || layout.size() != file.size()
                    || !layout.fingerprint().equals(fingerprint.text())
                    || !layout.otherStates()
                            .equals(Fingerprint.states(layout.contents().otherFiles()))) {
                return Optional.empty();
            }
        } catch (EOFException e) {
            return Optional.empty();
        }
        Map<SplitPart, Dataset> parts = new EnumMap<>(SplitPart.class);
        long labels = layout.labels();
        for (SplitPart part : SplitPart.values()) {
            int count = layout.count(part);
            long values = layout.values(part);
            Rows rows = Rows.of(
                    layout.rowBytes(),
                    layout.rows(part),
                    (start, bytes) -> file.map(FileChannel.MapMode.READ_ONLY, values + start, bytes));
            Optional<int[]> classes = Optional.empty();
            if (layout.contents().labelled()) {
                classes = Optional.of(labels(file, labels, count));
                labels += (long) Integer.BYTES * count;
            }
            parts.put(part, layout.contents().dataset(new Values(layout.type(), rows), classes));
        }
        Split split = new Split(
                parts.get(SplitPart.TRAIN),
                parts.get(SplitPart.VALIDATION),
                parts.get(SplitPart.TEST),
                checksum,
                InputForm.of(layout.contents(), layout.scaler()));
        Summary summary = layout.contents()
                .summary(
                        split.train().count(),
                        split.validation().count(),
                        split.test().count());
        return Optional.of(new CachedSplit(summary, split));
    }

    private static int[] labels(FileChannel file, long position, int count) throws IOException {
        int[] labels = new int[count];
        file.map(FileChannel.MapMode.READ_ONLY, position, (long) Integer.BYTES * count)
                .order(Rows.ORDER)
                .asIntBuffer()
                .get(labels);
        return labels;
    }

    private static long checksum(FileChannel file) throws IOException {
        CRC32C crc = new CRC32C();
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
        long position = CHECKED;
        while (true) {
            int read = file.read(chunk.clear(), position);
            if (read < 0) {
                return crc.getValue();
            }
            position += read;
            crc.update(chunk.flip());
        }
    }
}
