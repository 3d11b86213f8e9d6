package org.aevo.task;

import java.util.Optional;
import org.aevo.network.Classes;
import org.aevo.train.Samples;

/**
 * What a search may know of the data: all but the test samples.
 *
 * @param trainLabels one per training sample, where the data have labels
 * @param validationLabels one per validation sample
 * @param classes that the labels are of, where samples are classified
 * @param seed of the data, which validation inputs are drawn from
 */
public record TaskData(
        Samples train,
        Samples validation,
        Optional<int[]> trainLabels,
        Optional<int[]> validationLabels,
        Optional<Classes> classes,
        long seed) {

    /** Of samples that are not classified. */
    public TaskData(
            Samples train,
            Samples validation,
            Optional<int[]> trainLabels,
            Optional<int[]> validationLabels,
            long seed) {
        this(train, validation, trainLabels, validationLabels, Optional.empty(), seed);
    }
}
