package org.aevo.data;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What is where in a file that holds a split, see {@link CachedSplit}.
 *
 * @param fingerprint of what was loaded
 * @param type of the values
 * @param counts of samples, by the ordinal of the part
 */
record CacheLayout(String fingerprint, Contents contents, Values.Type type, List<Integer> counts) {
    /** Bytes before the description. */
    static final int PREFIX = 64;

    private static final int PAGE = 4096;

    static CacheLayout of(Fingerprint fingerprint, Loading loading) {
        return new CacheLayout(
                fingerprint.text(),
                loading.contents(),
                loading.type(),
                List.of(
                        loading.count(SplitPart.TRAIN),
                        loading.count(SplitPart.VALIDATION),
                        loading.count(SplitPart.TEST)));
    }

    byte[] description() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, fingerprint);
            write(out, contents.name());
            write(out, contents.place());
            out.writeInt(contents.channels());
            out.writeInt(contents.height());
            out.writeInt(contents.width());
            out.writeInt(contents.training());
            out.writeInt(contents.test());
            out.writeBoolean(contents.bytes());
            out.writeBoolean(contents.labelled());
            out.writeBoolean(type == Values.Type.BYTES);
            for (int count : counts) {
                out.writeInt(count);
            }
        } catch (IOException e) {
            throw new IllegalStateException("no memory fails so", e);
        }
        return bytes.toByteArray();
    }

    /** What {@link #description} wrote. */
    static CacheLayout read(DataInputStream in) throws IOException {
        String fingerprint = readText(in);
        Contents contents = new Contents(
                readText(in),
                readText(in),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readBoolean(),
                in.readBoolean());
        Values.Type type = in.readBoolean() ? Values.Type.BYTES : Values.Type.FLOATS;
        return new CacheLayout(fingerprint, contents, type, List.of(in.readInt(), in.readInt(), in.readInt()));
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    int count(SplitPart part) {
        return counts.get(part.ordinal());
    }

    int rowBytes() {
        return contents.sampleSize() * type.bytes();
    }

    /** Where the values of a part begin. */
    long values(SplitPart part) {
        long end = PREFIX + description().length;
        for (int before = 0; before < part.ordinal(); before++) {
            end = aligned(end) + (long) counts.get(before) * rowBytes();
        }
        return aligned(end);
    }

    /** Where the labels begin, or would. */
    long labels() {
        return aligned(values(SplitPart.TEST) + (long) count(SplitPart.TEST) * rowBytes());
    }

    /** Bytes of the file. */
    long size() {
        long labels = counts.stream().mapToLong(count -> count).sum();
        return labels() + (contents.labelled() ? Integer.BYTES * labels : 0);
    }

    private static long aligned(long position) {
        return (position + PAGE - 1) / PAGE * PAGE;
    }
}
