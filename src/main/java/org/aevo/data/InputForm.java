package org.aevo.data;

import java.util.List;
import java.util.Objects;

/**
 * What samples are and how they become a network's inputs: all that reading new ones in the same way takes.
 *
 * @param channels of one sample; a vector of n features has the shape n, 1, 1
 * @param layout of the array that samples were read from, where it has four sides; else {@link Layout#AUTO}
 * @param type of the values as they are stored, for people: {@code 16-bit floats}
 * @param bytes whether all values were whole numbers from 0 to 255, stored as such
 * @param features their names, where a table has them; else empty
 * @param scaler that brings values into [0, 1]
 */
public record InputForm(
        int channels,
        int height,
        int width,
        Layout layout,
        String type,
        boolean bytes,
        List<String> features,
        Scaler scaler) {

    public InputForm {
        Objects.requireNonNull(layout, "layout");
        features = List.copyOf(features);
    }

    static InputForm of(Contents contents, Scaler scaler) {
        return new InputForm(
                contents.channels(),
                contents.height(),
                contents.width(),
                contents.layout(),
                contents.type(),
                contents.bytes(),
                contents.features(),
                scaler);
    }

    /** Values per sample. */
    public int size() {
        return channels * height * width;
    }

    /** {@code 1x28x28}, or {@code 4 features}. */
    String shape() {
        return height > 1 || width > 1
                ? Shapes.text(new int[] {channels, height, width})
                : channels + (channels == 1 ? " feature" : " features");
    }
}
