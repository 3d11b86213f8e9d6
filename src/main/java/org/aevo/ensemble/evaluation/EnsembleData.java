package org.aevo.ensemble.evaluation;

import java.util.Optional;
import org.aevo.network.Classes;
import org.aevo.task.TaskData;
import org.aevo.train.Samples;
import org.aevo.train.TrainingSettings;

/**
 * What the tasks of an ensemble run work on. Test samples are encoded and told, and nothing is decided by them.
 *
 * @param samples for training and validation, with their labels
 * @param classes of all labels
 * @param test empty where the data have none
 */
public record EnsembleData(TaskData samples, Classes classes, Optional<Test> test) {

    /**
     * The test samples.
     *
     * @param labels one per sample; not copied
     */
    public record Test(Samples samples, int[] labels) {}

    /** @throws IllegalArgumentException if samples have no labels */
    public EnsembleData {
        if (samples.trainLabels().isEmpty() || samples.validationLabels().isEmpty()) {
            throw new IllegalArgumentException("an ensemble's codes are classified, and the data have no labels");
        }
    }

    /**
     * The same with as many training samples as a task is to see.
     *
     * @param seed of the task's evaluation
     */
    EnsembleData part(TrainingSettings training, long seed) {
        return new EnsembleData(TrainingPart.drawn(samples, training, seed), classes, test);
    }

    /** Labels of the training samples. */
    int[] trainLabels() {
        return samples.trainLabels().orElseThrow();
    }

    /** Labels of the validation samples. */
    int[] validationLabels() {
        return samples.validationLabels().orElseThrow();
    }
}
