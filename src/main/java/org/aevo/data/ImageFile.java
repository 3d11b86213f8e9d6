package org.aevo.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A PNG or JPEG image, decoded; an alpha channel that hides nothing is left out, a palette is replaced by its colours.
 *
 * @param channels 1 or 3
 * @param deep whether values have 16 bits
 * @param values in the order [channel, row, column]
 */
record ImageFile(int channels, int height, int width, boolean deep, int[] values) {
    private static final long MOST_VALUES = 1L << 28;

    /** What the head of a file says. */
    record Size(int height, int width) {}

    /** Takes an open reader. */
    @FunctionalInterface
    private interface Use<T> {
        T of(ImageReader reader) throws IOException;
    }

    /**
     * @throws DataException if it is no such image
     */
    static Size size(Path path) {
        return with(path, reader -> new Size(reader.getHeight(0), reader.getWidth(0)));
    }

    /**
     * @throws DataException if it is no such image, is damaged, or has parts that can be seen through
     */
    static ImageFile read(Path path) {
        return with(path, reader -> {
            if ((long) reader.getHeight(0) * reader.getWidth(0) > MOST_VALUES) {
                throw new DataException(path + ": " + reader.getWidth(0) + "x" + reader.getHeight(0)
                        + " pixels are more than can be read");
            }
            return of(path, reader.read(0));
        });
    }

    private static <T> T with(Path path, Use<T> use) {
        DataFile.checkedSize(path);
        try (ImageInputStream in = ImageIO.createImageInputStream(path.toFile())) {
            if (in == null) {
                throw new DataException(path + ": cannot be read");
            }
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new DataException(path + ": not a PNG or JPEG image"
                        + FileFormat.hint(path).map(hint -> ": " + hint).orElse(", or a damaged one"));
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return use.of(reader);
            } finally {
                reader.dispose();
            }
        } catch (DataException e) {
            throw e;
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            throw new DataException(
                    path + ": a damaged image, or of a kind that is not read (CMYK, say): "
                            + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
                            + "; convert it to PNG",
                    e);
        }
    }

    private static ImageFile of(Path path, BufferedImage image) {
        ColorModel model = image.getColorModel();
        Raster raster = image.getRaster();
        int width = image.getWidth();
        int height = image.getHeight();
        int colours = model instanceof IndexColorModel ? 3 : model.getNumColorComponents();
        if (colours != 1 && colours != 3) {
            throw new DataException(path + ": has " + colours + " colours, expected 1 or 3: convert it to PNG");
        }
        int size = height * width;
        int[] values = new int[colours * size];
        int[] pixel = new int[Math.max(4, raster.getNumBands())];
        // values of fewer bits, black and white for instance, become bytes
        int bits = model instanceof IndexColorModel ? 8 : model.getComponentSize(0);
        int most = (1 << Math.min(bits, 16)) - 1;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean opaque;
                if (model instanceof IndexColorModel palette) {
                    int colour = palette.getRGB(raster.getSample(x, y, 0));
                    pixel[0] = colour >> 16 & 0xFF;
                    pixel[1] = colour >> 8 & 0xFF;
                    pixel[2] = colour & 0xFF;
                    opaque = colour >>> 24 == 0xFF;
                } else {
                    raster.getPixel(x, y, pixel);
                    opaque = !model.hasAlpha() || pixel[colours] == (1 << model.getComponentSize(colours)) - 1;
                }
                if (!opaque) {
                    throw new DataException(path + ": can be seen through at row " + y + ", column " + x
                            + ": put it on a background, for instance mogrify -background white -alpha remove");
                }
                for (int c = 0; c < colours; c++) {
                    values[c * size + y * width + x] = bits < 8 ? pixel[c] * 255 / most : pixel[c];
                }
            }
        }
        return new ImageFile(colours, height, width, bits > 8, values);
    }

    /** The same in grey and colour: three equal channels. */
    ImageFile coloured() {
        if (channels == 3) {
            return this;
        }
        int[] three = new int[3 * values.length];
        for (int c = 0; c < 3; c++) {
            System.arraycopy(values, 0, three, c * values.length, values.length);
        }
        return new ImageFile(3, height, width, deep, three);
    }
}
