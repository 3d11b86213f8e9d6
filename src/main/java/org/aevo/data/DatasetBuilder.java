package org.aevo.data;

import java.util.Optional;

/** A data set that is filled sample by sample, in any order. */
final class DatasetBuilder {
    private final Contents contents;
    private final Scaler scaler;
    private final float[] values;
    private final int[] labels;

    DatasetBuilder(Contents contents, int count, Scaler scaler) {
        this.contents = contents;
        this.scaler = scaler;
        values = new float[Math.multiplyExact(count, contents.sampleSize())];
        labels = new int[contents.labelled() ? count : 0];
    }

    void put(int index, double[] sample, int label) {
        scaler.scale(sample, values, index * sample.length);
        if (contents.labelled()) {
            labels[index] = label;
        }
    }

    Dataset build() {
        return new Dataset(
                contents.channels(),
                contents.height(),
                contents.width(),
                values,
                contents.labelled() ? Optional.of(labels) : Optional.empty());
    }
}
