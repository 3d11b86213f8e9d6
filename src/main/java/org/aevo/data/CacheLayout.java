package org.aevo.data;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What is where in a file that holds a split, see {@link CachedSplit}.
 *
 * @param fingerprint of what was loaded
 * @param otherStates of files that the settings do not name, and that hold values
 * @param scaler that its values went through, or will
 * @param counts of samples, by the ordinal of the part
 */
record CacheLayout(String fingerprint, String otherStates, Contents contents, Scaler scaler, List<Integer> counts) {
    /** Bytes before the description. */
    static final int PREFIX = 64;

    private static final int PAGE = 4096;

    static CacheLayout of(Fingerprint fingerprint, Loading loading) {
        return new CacheLayout(
                fingerprint.text(),
                Fingerprint.states(loading.contents().otherFiles()),
                loading.contents(),
                loading.form().scaler(),
                List.of(
                        loading.count(SplitPart.TRAIN),
                        loading.count(SplitPart.VALIDATION),
                        loading.count(SplitPart.TEST)));
    }

    byte[] description() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, fingerprint);
            write(out, otherStates);
            write(out, contents.name());
            write(out, contents.place());
            out.writeInt(contents.channels());
            out.writeInt(contents.height());
            out.writeInt(contents.width());
            out.writeInt(contents.training());
            out.writeInt(contents.validation());
            out.writeInt(contents.test());
            write(out, contents.type());
            out.writeBoolean(contents.bytes());
            out.writeBoolean(contents.labelled());
            out.writeBoolean(contents.paired());
            write(out, contents.remarks());
            out.writeBoolean(contents.fillValue().isPresent());
            out.writeDouble(contents.fillValue().orElse(0));
            write(out, contents.otherFiles().stream().map(Path::toString).toList());
            out.writeInt(contents.layout().ordinal());
            write(out, contents.features());
            out.writeInt(scaler.rule().ordinal());
            write(out, scaler.low());
            write(out, scaler.high());
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
        String otherStates = readText(in);
        Contents contents = new Contents(
                readText(in),
                readText(in),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                readText(in),
                in.readBoolean(),
                in.readBoolean(),
                in.readBoolean(),
                readTexts(in),
                in.readBoolean() ? OptionalDouble.of(in.readDouble()) : none(in.readDouble()),
                readTexts(in).stream().map(Path::of).toList(),
                Layout.values()[in.readInt()],
                readTexts(in));
        Scaler scaler = Scaler.of(Scaler.Rule.values()[in.readInt()], readNumbers(in), readNumbers(in));
        return new CacheLayout(
                fingerprint, otherStates, contents, scaler, List.of(in.readInt(), in.readInt(), in.readInt()));
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static void write(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            write(out, text);
        }
    }

    private static OptionalDouble none(double unused) {
        return OptionalDouble.empty();
    }

    private static List<String> readTexts(DataInputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            texts.add(readText(in));
        }
        return texts;
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    private static void write(DataOutputStream out, double[] numbers) throws IOException {
        out.writeInt(numbers.length);
        for (double number : numbers) {
            out.writeDouble(number);
        }
    }

    private static double[] readNumbers(DataInputStream in) throws IOException {
        double[] numbers = new double[in.readInt()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.readDouble();
        }
        return numbers;
    }

    Values.Type type() {
        return Values.Type.of(scaler);
    }

    int count(SplitPart part) {
        return counts.get(part.ordinal());
    }

    /** Rows that are kept of a part, see {@link Contents#rows}. */
    int rows(SplitPart part) {
        return contents.rows(count(part));
    }

    int rowBytes() {
        return contents.sampleSize() * type().bytes();
    }

    /** Where the values of a part begin. */
    long values(SplitPart part) {
        long end = PREFIX + description().length;
        for (int before = 0; before < part.ordinal(); before++) {
            end = aligned(end) + (long) contents.rows(counts.get(before)) * rowBytes();
        }
        return aligned(end);
    }

    /** Where the labels begin, or would. */
    long labels() {
        return aligned(values(SplitPart.TEST) + (long) rows(SplitPart.TEST) * rowBytes());
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
