package org.aevo.ensemble.evaluation;

import java.util.SplittableRandom;
import org.aevo.random.Seeds;
import org.aevo.task.TaskData;

/** Samples drawn from the training samples with replacement, as many as there are (Breiman 1996, Bagging predictors). */
final class Bootstrap {
    /** Of the numbers that the seed of an evaluation stands for: its folds and epochs have those from 1 on. */
    private static final int STREAM = -1;

    private Bootstrap() {}

    /**
     * The same data with other training samples.
     *
     * @param seed of the evaluation
     */
    static TaskData drawn(TaskData data, long seed) {
        SplittableRandom random = new SplittableRandom(Seeds.of(seed, STREAM));
        int count = data.train().count();
        int[] which = random.ints(count, 0, count).toArray();
        return TrainingPart.chosen(data, which);
    }
}
