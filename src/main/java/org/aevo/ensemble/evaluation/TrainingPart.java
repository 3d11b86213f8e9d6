package org.aevo.ensemble.evaluation;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.aevo.random.Seeds;
import org.aevo.task.TaskData;
import org.aevo.train.TrainingSettings;

/** The part of the training samples that one task sees where it is not to see all of them; of validation samples all. */
final class TrainingPart {
    /** Of the numbers that the seed of an evaluation stands for: its folds and epochs have those from 1 on. */
    private static final int STREAM = -2;

    private TrainingPart() {}

    /**
     * The same data with some of the training samples, none twice.
     *
     * @param training says how many
     * @param seed of the evaluation
     */
    static TaskData drawn(TaskData data, TrainingSettings training, long seed) {
        int all = data.train().count();
        int part = training.part(all);
        if (part == all) {
            return data;
        }
        SplittableRandom random = new SplittableRandom(Seeds.of(seed, STREAM));
        int[] order = IntStream.range(0, all).toArray();
        for (int i = 0; i < part; i++) {
            int other = random.nextInt(i, all);
            int sample = order[other];
            order[other] = order[i];
            order[i] = sample;
        }
        return chosen(data, Arrays.copyOf(order, part));
    }

    /**
     * The same data with other training samples.
     *
     * @param which of the samples each is
     */
    static TaskData chosen(TaskData data, int[] which) {
        return new TaskData(
                data.train().chosen(which),
                data.validation(),
                data.trainLabels()
                        .map(all ->
                                Arrays.stream(which).map(sample -> all[sample]).toArray()),
                data.validationLabels(),
                data.classes(),
                data.seed());
    }
}
