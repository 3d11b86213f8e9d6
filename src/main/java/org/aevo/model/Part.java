package org.aevo.model;

import java.util.Optional;
import org.aevo.train.Samples;

/**
 * A part of the data.
 *
 * @param labels one per sample, where there are any; not copied
 */
public record Part(Samples samples, Optional<int[]> labels) {
    public Part {
        if (labels.isPresent() && labels.get().length != samples.count()) {
            throw new IllegalArgumentException(labels.get().length + " labels for " + samples.count() + " samples");
        }
    }

    /** Number of samples. */
    public int count() {
        return samples.count();
    }
}
