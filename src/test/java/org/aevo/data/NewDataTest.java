package org.aevo.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewDataTest {
    private static final int COUNT = 5;
    private static final int ROWS = 3;
    private static final int COLUMNS = 4;

    @TempDir
    Path folder;

    private static InputForm form(int channels, int height, int width, Layout layout, Scaler scaler) {
        return new InputForm(channels, height, width, layout, "unsigned bytes", true, List.of(), scaler);
    }

    private static NewData read(Path path, InputForm form) {
        return NewData.of(
                new NewData.Request(
                        Optional.empty(),
                        new DataSettings.Place(Optional.of(path), Optional.empty(), Optional.empty()),
                        Layout.AUTO),
                form);
    }

    private static List<float[]> samples(NewData data) {
        List<float[]> samples = new ArrayList<>();
        data.read(sample -> samples.add(sample.clone()));
        return samples;
    }

    private byte[] values() {
        byte[] values = new byte[COUNT * ROWS * COLUMNS];
        new Random(2).nextBytes(values);
        return values;
    }

    private Path npy(String name, String type, String shape, byte[] values) throws Exception {
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
        header += " ".repeat(128 - 11 - header.length()) + "\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
        out.write(header.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        out.write(values);
        return Files.write(folder.resolve(name), out.toByteArray());
    }

    /** The first bytes tell what a file is, whatever its name; all give the same samples. */
    @Test
    void kindsAreToldByTheFirstBytes() throws Exception {
        byte[] values = values();
        Path idx = folder.resolve("a");
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(idx))) {
            for (int number : new int[] {0x803, COUNT, ROWS, COLUMNS}) {
                out.writeInt(number);
            }
            out.write(values);
        }
        Path packed = folder.resolve("b");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(Files.readAllBytes(idx));
        }
        Path images = Files.createDirectory(folder.resolve("images"));
        for (int i = 0; i < COUNT; i++) {
            BufferedImage image = new BufferedImage(COLUMNS, ROWS, BufferedImage.TYPE_BYTE_GRAY);
            for (int p = 0; p < ROWS * COLUMNS; p++) {
                image.getRaster().setSample(p % COLUMNS, p / COLUMNS, 0, values[i * ROWS * COLUMNS + p] & 0xFF);
            }
            ImageIO.write(image, "png", images.resolve(i + ".png").toFile());
        }
        Path array = npy("c", "|u1", "(5, 3, 4)", values);
        for (Path path : List.of(idx, packed, images, array)) {
            NewData data = read(path, form(1, ROWS, COLUMNS, Layout.AUTO, Scaler.BYTES));
            assertEquals(COUNT, data.count());
            assertEquals(List.of(ROWS, COLUMNS), data.sides());
            List<float[]> samples = samples(data);
            for (int i = 0; i < values.length; i++) {
                assertEquals(
                        (values[i] & 0xFF) / 255f,
                        samples.get(i / (ROWS * COLUMNS))[i % (ROWS * COLUMNS)],
                        path.toString());
            }
            assertEquals(Optional.empty(), data.clipped());
        }
        Path table = Files.writeString(folder.resolve("d"), "1,2\n3,4\n");
        InputForm pairs = form(2, 1, 1, Layout.AUTO, Scaler.of(Scaler.Rule.GLOBAL, new double[] {0}, new double[] {4}));
        assertArrayEquals(new float[] {0.75f, 1}, samples(read(table, pairs)).get(1));
        assertThrows(DataException.class, () -> read(Files.write(folder.resolve("e"), new byte[] {5, 1, 2, 3}), pairs));
    }

    /** 3x3x3 fits both ways: then as the training's array; 3x2x2 fits one. */
    @Test
    void theLayoutIsThatWhichFitsTheModel() throws Exception {
        byte[] cube = new byte[27];
        cube[1] = (byte) 255;
        Path both = npy("cube.npy", "|u1", "(1, 3, 3, 3)", cube);
        assertEquals(
                1,
                samples(read(both, form(3, 3, 3, Layout.CHANNELS_FIRST, Scaler.BYTES)))
                        .get(0)[1]);
        assertEquals(
                1,
                samples(read(both, form(3, 3, 3, Layout.CHANNELS_LAST, Scaler.BYTES)))
                        .get(0)[9]);
        byte[] values = new byte[12];
        values[1] = (byte) 255;
        for (Layout trained : Layout.values()) {
            InputForm form = form(3, 2, 2, trained, Scaler.BYTES);
            NewData last = read(npy("last.npy", "|u1", "(1, 2, 2, 3)", values), form);
            float[] sample = samples(last).get(0);
            assertEquals(1, sample[4]);
            assertEquals(List.of(2, 2, 3), last.sides());
            assertEquals(1, last.inOwnOrder(sample)[1]);
            NewData first = read(npy("first.npy", "|u1", "(1, 3, 2, 2)", values), form);
            assertEquals(1, samples(first).get(0)[1]);
            assertEquals(List.of(3, 2, 2), first.sides());
        }
    }

    /** Arrays of two and three sides, of the four of images of one row, and tables: whichever has the model's signals. */
    @Test
    void signalsAreReadAsTheModelHasThem() throws Exception {
        byte[] values = new byte[2 * 6];
        values[1] = (byte) 255;
        InputForm form = form(2, 1, 6, Layout.CHANNELS_FIRST, Scaler.BYTES);
        NewData first = read(npy("first.npy", "|u1", "(1, 2, 6)", values), form);
        assertEquals(1, samples(first).get(0)[1]);
        assertEquals(List.of(2, 6), first.sides());
        NewData last = read(npy("last.npy", "|u1", "(1, 6, 2)", values), form);
        float[] sample = samples(last).get(0);
        assertEquals(1, sample[6], "the second channel's first value");
        assertEquals(List.of(6, 2), last.sides());
        assertEquals(1, last.inOwnOrder(sample)[1]);
        NewData image = read(npy("image.npy", "|u1", "(1, 2, 1, 6)", values), form);
        assertEquals(1, samples(image).get(0)[1]);
        assertEquals(List.of(2, 1, 6), image.sides());
        InputForm one = form(1, 1, 12, Layout.AUTO, Scaler.BYTES);
        for (String shape : List.of("(1, 12)", "(1, 1, 12)", "(1, 12, 1)")) {
            assertEquals(
                    1, samples(read(npy("one.npy", "|u1", shape, values), one)).get(0)[1], shape);
        }
        assertEquals(
                List.of(12), read(npy("one.npy", "|u1", "(1, 12)", values), one).sides());
        InputForm row = form(1, 1, 3, Layout.AUTO, Scaler.of(Scaler.Rule.GLOBAL, new double[] {0}, new double[] {4}));
        NewData table = read(Files.writeString(folder.resolve("s.csv"), "1,2,3\n3,4,0\n"), row);
        assertArrayEquals(new float[] {0.75f, 1, 0}, samples(table).get(1));
        assertEquals(List.of(3), table.sides());
        Path short5 = npy("short.npy", "|u1", "(1, 2, 5)", new byte[10]);
        assertTrue(assertThrows(DataException.class, () -> read(short5, form))
                .getMessage()
                .contains("samples of 2x1x5 (channels-first), expected 2x1x6"));
        Path single = npy("single.npy", "|u1", "(1, 1)", new byte[1]);
        assertTrue(assertThrows(DataException.class, () -> read(single, form))
                .getMessage()
                .contains("samples of 1 feature, expected 2x1x6"));
    }

    @Test
    void whatIsOutsideOfTheTrainingIsSaid() throws Exception {
        Path table = Files.writeString(folder.resolve("t.csv"), "1,2\n3,9\n-4,9\n");
        InputForm form = form(2, 1, 1, Layout.AUTO, Scaler.of(Scaler.Rule.GLOBAL, new double[] {0}, new double[] {4}));
        NewData data = read(table, form);
        samples(data);
        assertEquals(3, data.outside());
        assertTrue(
                data.clipped().orElseThrow().startsWith("3 of 6 values (50.0%), in 2 of 3 samples, were outside"),
                data.clipped().get());
        assertTrue(
                data.notes().contains("the model was trained on unsigned bytes, these are numbers of a text"),
                data.notes().toString());
        NewData tiny = read(Files.writeString(folder.resolve("u.csv"), "0,0.01\n0.02,0\n"), form);
        samples(tiny);
        assertTrue(tiny.narrow().orElseThrow().contains("are they scaled already?"));
    }
}
