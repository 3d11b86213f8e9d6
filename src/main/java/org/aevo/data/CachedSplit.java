package org.aevo.data;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.CRC32C;

/**
 * A split that is mapped from an image of it, most often a file. Numbers before the values are big-endian, values and labels little-endian:
 *
 * <pre>
 * 0    "aevodata"                      8 bytes
 * 8    version of this format          i32
 * 12   length of the description       i32
 * 16   size of the whole               i64
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
    /** Bytes that are summed up between two signs that an image is worked on: a second's, on a core of one's own. */
    private static final int TOUCHED = 64 << 20;

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

    /** Loads into an empty image. */
    static void write(SplitImage image, CacheLayout layout, Loading loading) throws IOException {
        byte[] description = layout.description();
        image.write(ByteBuffer.wrap(description), CacheLayout.PREFIX);
        // so that a file has its size if there are no labels; before the values, which may end there
        image.write(ByteBuffer.allocate(1), layout.labels() - 1);
        try {
            Map<SplitPart, Long> starts = new EnumMap<>(SplitPart.class);
            for (SplitPart part : SplitPart.values()) {
                starts.put(part, layout.values(part));
            }
            loading.read((part, index, row) -> {
                try {
                    image.write(ByteBuffer.wrap(row), starts.get(part) + (long) index * row.length);
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
            image.write(bytes, end);
            end += bytes.capacity();
        }
        image.write(ByteBuffer.wrap(HexFormat.of().parseHex(loading.checksum())), CHECKED);
        ByteBuffer prefix = ByteBuffer.allocate(CHECKED)
                .putLong(MAGIC)
                .putInt(FORMAT)
                .putInt(description.length)
                .putLong(layout.size())
                .putLong(crc(image));
        image.write(prefix.flip(), 0);
    }

    /**
     * The checksum that an image says it has; empty if it is none of these. Nothing else is looked at.
     *
     * @param bytes of the image, its first {@value CacheLayout#PREFIX} and no more
     */
    static Optional<String> claimed(ByteBuffer bytes) {
        if (bytes.getLong() != MAGIC || bytes.getInt() != FORMAT) {
            return Optional.empty();
        }
        byte[] checksum = new byte[SplitChecksum.BYTES];
        bytes.get(CHECKED, checksum);
        return Optional.of(HexFormat.of().formatHex(checksum));
    }

    /**
     * Maps an image; empty if it is none of these, is damaged, or holds something else than what is wanted.
     *
     * @param wanted knows it by what it says of itself
     */
    static Optional<CachedSplit> map(SplitImage image, Predicate<CacheLayout> wanted) throws IOException {
        Optional<CacheLayout> layout = layout(image).filter(wanted);
        return layout.isPresent() ? Optional.of(map(image, layout.get())) : Optional.empty();
    }

    /** What is where in an image; empty if it is none of these, or damaged. */
    static Optional<CacheLayout> layout(SplitImage image) throws IOException {
        ByteBuffer prefix = ByteBuffer.allocate(CacheLayout.PREFIX);
        if (!image.readFully(prefix, 0)) {
            return Optional.empty();
        }
        prefix.flip();
        if (prefix.getLong() != MAGIC || prefix.getInt() != FORMAT) {
            return Optional.empty();
        }
        int length = prefix.getInt();
        if (prefix.getLong() != image.size() || prefix.getLong() != crc(image)) {
            return Optional.empty();
        }
        ByteBuffer description = ByteBuffer.allocate(length);
        if (!image.readFully(description, CacheLayout.PREFIX)) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(description.array()))) {
            CacheLayout layout = CacheLayout.read(in);
            return layout.description().length == length && layout.size() == image.size()
                    ? Optional.of(layout)
                    : Optional.empty();
        } catch (EOFException e) {
            return Optional.empty();
        }
    }

    private static CachedSplit map(SplitImage image, CacheLayout layout) throws IOException {
        ByteBuffer checksum = ByteBuffer.allocate(SplitChecksum.BYTES);
        image.readFully(checksum, CHECKED);
        Map<SplitPart, Dataset> parts = new EnumMap<>(SplitPart.class);
        for (SplitPart part : SplitPart.values()) {
            Rows rows = rows(image, layout, part);
            parts.put(part, layout.contents().dataset(new Values(layout.type(), rows), labels(image, layout, part)));
        }
        Split split = new Split(
                parts.get(SplitPart.TRAIN),
                parts.get(SplitPart.VALIDATION),
                parts.get(SplitPart.TEST),
                HexFormat.of().formatHex(checksum.array()),
                InputForm.of(layout.contents(), layout.scaler()));
        Summary summary = layout.contents()
                .summary(
                        split.train().count(),
                        split.validation().count(),
                        split.test().count());
        return new CachedSplit(summary, split);
    }

    /** The checksum of what an image holds, worked out anew, whatever it says that it is; touches the image now and then. */
    static String checksum(SplitImage image, CacheLayout layout) throws IOException {
        SplitChecksum sum = new SplitChecksum(layout.contents(), layout.type(), layout::rows);
        Map<SplitPart, Optional<int[]>> labels = new EnumMap<>(SplitPart.class);
        byte[] row = new byte[layout.rowBytes()];
        for (SplitPart part : SplitPart.values()) {
            Rows rows = rows(image, layout, part);
            int often = Math.max(1, TOUCHED / row.length);
            for (int index = 0; index < rows.count(); index++) {
                if (index % often == 0) {
                    image.touch();
                }
                rows.get(index, row);
                sum.see(part, index, row);
            }
            labels.put(part, labels(image, layout, part));
        }
        return sum.text(labels::get);
    }

    private static Rows rows(SplitImage image, CacheLayout layout, SplitPart part) throws IOException {
        long values = layout.values(part);
        return Rows.of(layout.rowBytes(), layout.rows(part), (start, bytes) -> image.map(values + start, bytes));
    }

    private static Optional<int[]> labels(SplitImage image, CacheLayout layout, SplitPart part) throws IOException {
        if (!layout.contents().labelled()) {
            return Optional.empty();
        }
        int[] labels = new int[layout.count(part)];
        image.map(layout.labels(part), Math.multiplyExact(Integer.BYTES, labels.length))
                .order(Rows.ORDER)
                .asIntBuffer()
                .get(labels);
        return Optional.of(labels);
    }

    private static long crc(SplitImage image) throws IOException {
        CRC32C crc = new CRC32C();
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
        long position = CHECKED;
        while (true) {
            int read = image.read(chunk.clear(), position);
            if (read < 0) {
                return crc.getValue();
            }
            position += read;
            crc.update(chunk.flip());
        }
    }
}
