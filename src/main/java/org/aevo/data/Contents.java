package org.aevo.data;

import java.util.Optional;

/**
 * What a source holds, as its checked files say.
 *
 * @param name of the set
 * @param place the file or directory; empty for a computed set
 * @param training number of samples that train and validation (and test, if there is no official one) are taken from
 * @param test number of samples of the official test set; 0 if there is none
 * @param bytes whether all values are whole numbers from 0 to 255
 * @param labelled whether each sample has a label
 */
public record Contents(
        String name,
        String place,
        int channels,
        int height,
        int width,
        int training,
        int test,
        boolean bytes,
        boolean labelled) {

    /** Values per sample. */
    public int sampleSize() {
        return channels * height * width;
    }

    boolean isImage() {
        return height > 1 || width > 1;
    }

    /** {@code Fashion-MNIST (/a/path)}. */
    String nameAndPlace() {
        return place.isEmpty() ? name : name + " (" + place + ")";
    }

    Dataset dataset(Values values, Optional<int[]> labels) {
        return new Dataset(channels, height, width, values, labels);
    }

    /** What parts of these sizes give. */
    Summary summary(int train, int validation, int testPart) {
        String shape = isImage()
                ? " images " + channels + "x" + height + "x" + width
                : " samples of " + channels + " features";
        String description = name + ", " + train + " + " + validation + " + " + testPart + " of " + (training + test)
                + shape + (place.isEmpty() ? "" : " (" + place + ")");
        return new Summary(channels, height, width, train, validation, testPart, labelled, description);
    }
}
