package org.aevo.data;

import static org.aevo.data.DataErrors.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
    private static final byte[] EXIF = {
        (byte) 0xFF,
        (byte) 0xE1,
        0,
        34,
        'E',
        'x',
        'i',
        'f',
        0,
        0,
        'M',
        'M',
        0,
        42,
        0,
        0,
        0,
        8,
        0,
        1,
        1,
        0x12,
        0,
        3,
        0,
        0,
        0,
        1,
        0,
        6,
        0,
        0,
        0,
        0,
        0,
        0
    };

    @TempDir
    private Path directory;

    /** Value of a pixel in each band: 40 y + 10 x + band. */
    private Path write(String name, BufferedImage image) throws IOException {
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                for (int band = 0; band < image.getRaster().getNumBands(); band++) {
                    image.getRaster().setSample(x, y, band, band == 3 ? 255 : 40 * y + 10 * x + band);
                }
            }
        }
        return save(name, image);
    }

    private Path save(String name, BufferedImage image) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        assertTrue(ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile()));
        return file;
    }

    private static BufferedImage image(int type) {
        return new BufferedImage(3, 2, type);
    }

    private static double[] first(DataSource source) {
        double[][] read = new double[1][];
        source.read(DataSource.Part.TRAINING, new int[] {0}, (slot, values, label) -> read[slot] = values.clone());
        return read[0];
    }

    @Test
    void valuesAreThoseOfTheFileWhateverItsKind() throws IOException {
        write("grey/a.png", image(BufferedImage.TYPE_BYTE_GRAY));
        ImageFolder grey = new ImageFolder(directory.resolve("grey"), List.of());
        assertArrayEquals(new double[] {0, 10, 20, 40, 50, 60}, first(grey));
        assertTrue(grey.contents().bytes());
        double[] colours = {0, 10, 20, 40, 50, 60, 1, 11, 21, 41, 51, 61, 2, 12, 22, 42, 52, 62};
        write("rgb/a.png", image(BufferedImage.TYPE_INT_RGB));
        assertArrayEquals(colours, first(new ImageFolder(directory.resolve("rgb"), List.of())));
        write("alpha/a.png", image(BufferedImage.TYPE_INT_ARGB));
        assertArrayEquals(colours, first(new ImageFolder(directory.resolve("alpha"), List.of())));
        write("deep/a.png", image(BufferedImage.TYPE_USHORT_GRAY));
        ImageFolder deep = new ImageFolder(directory.resolve("deep"), List.of());
        assertArrayEquals(new double[] {0, 10, 20, 40, 50, 60}, first(deep));
        assertFalse(deep.contents().bytes());
        byte[] map = {0, 100};
        IndexColorModel palette = new IndexColorModel(1, 2, map, map, new byte[] {5, 7});
        BufferedImage indexed = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_BINARY, palette);
        indexed.getRaster().setSample(1, 0, 0, 1);
        save("palette/a.png", indexed);
        assertArrayEquals(
                new double[] {0, 100, 0, 0, 0, 0, 0, 100, 0, 0, 0, 0, 5, 7, 5, 5, 5, 5},
                first(new ImageFolder(directory.resolve("palette"), List.of())));
    }

    @Test
    void classesAreSubFolders() throws IOException {
        write("set/dog/1.png", image(BufferedImage.TYPE_BYTE_GRAY));
        write("set/cat/1.PNG".toLowerCase(java.util.Locale.ROOT), image(BufferedImage.TYPE_BYTE_GRAY));
        write("set/dog/2.png", image(BufferedImage.TYPE_INT_RGB));
        ImageFolder source = new ImageFolder(directory.resolve("set"), List.of());
        assertEquals(List.of("cat", "dog"), source.classNames());
        assertArrayEquals(new int[] {0, 1, 1}, source.labels(DataSource.Part.TRAINING));
        assertEquals(3, source.contents().channels());
        assertTrue(source.contents().remarks().get(0).contains("some images are grey"));
        write("set/3.png", image(BufferedImage.TYPE_BYTE_GRAY));
        assertFails(() -> new ImageFolder(directory.resolve("set"), List.of()), "images beside folders of images");
    }

    @Test
    void aTurnedPhotographIsSaid() throws IOException {
        Path upright = write("jpeg/a.jpg", image(BufferedImage.TYPE_INT_RGB));
        byte[] bytes = Files.readAllBytes(upright);
        ByteArrayOutputStream turned = new ByteArrayOutputStream();
        turned.write(bytes, 0, 2);
        turned.write(EXIF);
        turned.write(bytes, 2, bytes.length - 2);
        Files.write(directory.resolve("jpeg/b.jpg"), turned.toByteArray());
        ImageFolder source = new ImageFolder(directory.resolve("jpeg"), List.of());
        assertTrue(source.contents().remarks().get(0).startsWith("1 images say that they are to be turned"));
    }

    @Test
    void whatCannotBeUsedIsNamed() throws IOException {
        write("size/a.png", image(BufferedImage.TYPE_BYTE_GRAY));
        write("size/b.png", new BufferedImage(4, 2, BufferedImage.TYPE_BYTE_GRAY));
        assertFails(
                () -> new ImageFolder(directory.resolve("size"), List.of()),
                "b.png: 2 rows of 4 columns, expected 2 of 3 as in ");
        BufferedImage glass = image(BufferedImage.TYPE_INT_ARGB);
        save("glass/a.png", glass);
        assertFails(() -> new ImageFolder(directory.resolve("glass"), List.of()), "a.png: can be seen through");
        Files.createDirectories(directory.resolve("none"));
        assertFails(() -> new ImageFolder(directory.resolve("none"), List.of()), "holds no PNG or JPEG image");
        TestFiles.write(Files.createDirectories(directory.resolve("bad")).resolve("a.png"), new byte[] {1, 2, 3});
        assertFails(() -> new ImageFolder(directory.resolve("bad"), List.of()), "a.png: not a PNG or JPEG image");
        write("mixed/a.png", image(BufferedImage.TYPE_BYTE_GRAY));
        write("mixed/b.png", image(BufferedImage.TYPE_USHORT_GRAY));
        assertFails(() -> new ImageFolder(directory.resolve("mixed"), List.of()), "some images have 8 bits, some 16");
    }
}
