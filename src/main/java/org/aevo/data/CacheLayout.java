package org.aevo.data;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What is where in a file that holds a split, see {@link CachedSplit}.
 *
 * @param fingerprint of what was loaded
 * @param otherStates of files that the settings do not name, and that hold values
 * @param otherFiles names of those files, on the host where it was loaded; another may have no such names
 * @param scaler that its values went through, or will
 * @param counts of samples, by the ordinal of the part
 */
record CacheLayout(
        String fingerprint,
        String otherStates,
        Contents contents,
        List<String> otherFiles,
        Scaler scaler,
        List<Integer> counts) {
    /** Bytes before the description. */
    static final int PREFIX = 64;

    private static final int PAGE = 4096;

    /**
     * @param fingerprint of what is loaded
     */
    static CacheLayout of(String fingerprint, Loading loading) {
        return new CacheLayout(
                fingerprint,
                Fingerprint.states(loading.contents().otherFiles()),
                loading.contents(),
                loading.contents().otherFiles().stream().map(Path::toString).toList(),
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
            write(out, otherFiles);
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
        Contents.Builder contents = Contents.of(readText(in), readText(in))
                .shape(in.readInt(), in.readInt(), in.readInt())
                .training(in.readInt())
                .validation(in.readInt())
                .test(in.readInt())
                .values(readText(in), in.readBoolean())
                .labelled(in.readBoolean())
                .paired(in.readBoolean())
                .remarks(readTexts(in))
                .fillValue(in.readBoolean() ? OptionalDouble.of(in.readDouble()) : none(in.readDouble()));
        List<String> otherFiles = readTexts(in);
        contents.otherFiles(paths(otherFiles))
                .layout(Layout.values()[in.readInt()])
                .features(readTexts(in));
        Scaler scaler = Scaler.of(Scaler.Rule.values()[in.readInt()], readNumbers(in), readNumbers(in));
        return new CacheLayout(
                fingerprint,
                otherStates,
                contents.build(),
                otherFiles,
                scaler,
                List.of(in.readInt(), in.readInt(), in.readInt()));
    }

    /** A locale may have no letters for names of files on other hosts. */
    private static List<Path> paths(List<String> names) {
        List<Path> paths = new ArrayList<>();
        for (String name : names) {
            try {
                paths.add(Path.of(name));
            } catch (InvalidPathException e) {
                // no file of this host has such a name
            }
        }
        return paths;
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

    /** Where the labels of a part begin, of samples that have any. */
    long labels(SplitPart part) {
        long before =
                counts.stream().limit(part.ordinal()).mapToLong(count -> count).sum();
        return labels() + Integer.BYTES * before;
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
