package org.aevo.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.aevo.fuzz.Fuzz;
import org.aevo.fuzz.Mutations;
import org.junit.jupiter.api.Test;

/** Damaged NumPy arrays, tables and images are read, or refused in one line. */
class DataFuzzTest {
    private static final long FIXED = 64 << 20;
    private static final long PER_BYTE = 20_000;

    private static byte[] npy(String header, int values) {
        String padded = header + " ".repeat(63 - (10 + header.length()) % 64) + "\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("\u0093NUMPY\u0001\0".getBytes(StandardCharsets.ISO_8859_1));
        out.write(padded.length());
        out.write(padded.length() >> 8);
        out.writeBytes(padded.getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(TestFiles.random(values, 1));
        return out.toByteArray();
    }

    private static byte[] npz(byte[] array) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("x.npy"));
            zip.write(array);
        }
        return out.toByteArray();
    }

    private static String readAll(DataSource source) {
        int count = source.contents().training();
        int[] read = {0};
        source.read(DataSource.Part.TRAINING, IntStream.range(0, count).toArray(), (slot, values, label) -> read[0]++);
        if (read[0] != count) {
            throw new AssertionError(read[0] + " of " + count + " samples");
        }
        return count + " samples";
    }

    @Test
    void npy() throws Exception {
        Path file = Fuzz.file("npy");
        byte[] rows = npy("{'descr': '<f4', 'fortran_order': False, 'shape': (5, 3), }", 60);
        byte[] columns = npy("{'descr': '|u1', 'fortran_order': True, 'shape': (5, 2, 3), }", 30);
        new Fuzz("npy", DataException.class, FIXED, PER_BYTE, List.of(rows, columns, npz(rows)))
                .run(Mutations::bytes, bytes -> {
                    Files.write(file, bytes);
                    return readAll(
                            new ArraySource(NpyArray.of(file, Optional.empty()), Optional.empty(), Layout.AUTO, false));
                });
    }

    @Test
    void csv() throws Exception {
        Path file = Fuzz.file("csv");
        List<byte[]> valid = List.of(
                "a,b,c\n1,2,x\n3,4.5e3,\"y\"\"z\"\n".getBytes(StandardCharsets.UTF_8),
                "1\t2\t3\r\n4\t5\t6\r\n".getBytes(StandardCharsets.UTF_8));
        List<String> words = List.of(",", ";", "\"", "\n", "\r\n", "NaN", "1e999", "-", "\t", "\uFEFF");
        new Fuzz("csv", DataException.class, FIXED, PER_BYTE, valid)
                .run((random, in, other) -> Mutations.text(random, in, other, words), bytes -> {
                    Files.write(file, bytes);
                    return readAll(new CsvSource(file, TableFormat.AUTO, Optional.of("3"), List.of(), false));
                });
    }

    @Test
    void images() throws Exception {
        Path folder = Files.createTempDirectory("aevo-fuzz");
        Path file = folder.resolve("a.png");
        folder.toFile().deleteOnExit();
        file.toFile().deleteOnExit();
        List<byte[]> valid = List.of(
                encoded(BufferedImage.TYPE_INT_RGB, "png"),
                encoded(BufferedImage.TYPE_BYTE_GRAY, "png"),
                encoded(BufferedImage.TYPE_INT_RGB, "jpg"));
        // decoders take what the size in the head says, before they see that there is less
        new Fuzz("images", DataException.class, 4L << 30, PER_BYTE, valid).run(Mutations::bytes, bytes -> {
            Files.write(file, bytes);
            return readAll(new ImageFolder(folder, List.of()));
        });
    }

    private static byte[] encoded(int type, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(5, 4, type), format, out);
        return out.toByteArray();
    }
}
