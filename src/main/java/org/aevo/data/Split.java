package org.aevo.data;

import java.util.Optional;

/**
 * The three parts of a data set; no sample is in two of them. All have one shape.
 *
 * @param checksum 64 hexadecimal digits, which other samples, another order or other labels would change, and the place
 *     and time of files do not
 * @param form of the samples, and how they were scaled
 */
public record Split(Dataset train, Dataset validation, Dataset test, String checksum, InputForm form) {

    /** How often each label occurs in each part; empty if there are none. */
    public Optional<LabelCounts> labelCounts() {
        return train.labels()
                .map(labels -> LabelCounts.of(
                        labels, validation.labels().orElseThrow(), test.labels().orElseThrow()));
    }
}
