package org.aevo.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What tells one split from another: SHA-256 over the shape of the samples, the form in which they are kept, and of each
 * part the samples in their order, behind them their clean targets if they have any, and the labels. Where the files were and when they were written is no part of it. The
 * samples may come in any order: of each its place and eight bytes of its own SHA-256 are remembered.
 */
final class SplitChecksum {
    /** Bytes of a checksum. */
    static final int BYTES = 32;

    private final MessageDigest digest = sha256();
    private final Contents contents;
    private final Values.Type type;
    private final Map<SplitPart, ByteBuffer> samples = new EnumMap<>(SplitPart.class);

    /**
     * @param counts number of rows of each part
     */
    SplitChecksum(Contents contents, Values.Type type, Function<SplitPart, Integer> counts) {
        this.contents = contents;
        this.type = type;
        for (SplitPart part : SplitPart.values()) {
            samples.put(part, ByteBuffer.allocate(Math.multiplyExact(counts.apply(part), Long.BYTES)));
        }
    }

    /** Takes a sample in the form in which it is kept. */
    void see(SplitPart part, int index, byte[] row) {
        samples.get(part).put(index * Long.BYTES, digest.digest(row), 0, Long.BYTES);
    }

    /**
     * The checksum as 64 hexadecimal digits, once all samples were seen.
     *
     * @param labels of each part, if there are any
     */
    String text(Function<SplitPart, Optional<int[]>> labels) {
        digest.update(("split " + contents.channels() + " " + contents.height() + " " + contents.width() + " " + type
                        + (contents.paired() ? " pairs" : ""))
                .getBytes(StandardCharsets.US_ASCII));
        samples.forEach((part, rows) -> {
            digest.update(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(rows.capacity() / Long.BYTES)
                    .flip());
            digest.update(rows.rewind());
            labels.apply(part).ifPresent(classes -> {
                ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Integer.BYTES, classes.length));
                bytes.asIntBuffer().put(classes);
                digest.update(bytes);
            });
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
