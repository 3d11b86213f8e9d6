package org.aevo.data;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.aevo.random.Seeds;

/** Shuffles a set by a seed and cuts it into disjoint parts. */
final class Splitter {
    private static final int DEFAULT_SHARE = 10;

    private Splitter() {}

    /**
     * The parts; how sizes of 0 are filled in, {@link DataSettings} says.
     *
     * @throws DataException if there are not enough samples, or too many for an array
     */
    static SplitPlan plan(Contents contents, DataSettings settings) {
        boolean official = contents.test() > 0;
        boolean officialValidation = contents.validation() > 0;
        int all = contents.training();
        int share = Math.max(1, (settings.train() > 0 ? settings.train() : all) / DEFAULT_SHARE);
        int validation =
                settings.validation() > 0 ? settings.validation() : officialValidation ? contents.validation() : share;
        int test = settings.test() > 0 ? settings.test() : official ? contents.test() : share;
        long rest = (long) all - (officialValidation ? 0 : validation) - (official ? 0 : test);
        int train = settings.train() > 0 ? settings.train() : (int) Math.max(1, rest);

        long asked = (long) train + (officialValidation ? 0 : validation) + (official ? 0 : test);
        if (asked > all) {
            throw new DataException("data asks for " + asked + " samples (train " + train
                    + (officialValidation ? "" : " + validation " + validation) + (official ? "" : " + test " + test)
                    + "), but "
                    + (official || officialValidation ? "the training part of " : "") + contents.nameAndPlace()
                    + " has " + all
                    + (settings.kind().isSynthetic() ? ": raise data.samples" : ""));
        }
        if (official && test > contents.test()) {
            throw new DataException("data.test asks for " + test + " samples, but the test part of "
                    + contents.nameAndPlace() + " has " + contents.test());
        }
        if (officialValidation && validation > contents.validation()) {
            throw new DataException("data.validation asks for " + validation
                    + " samples, but the validation set of " + contents.nameAndPlace() + " has "
                    + contents.validation());
        }
        mustFitArray("train", train, contents);
        mustFitArray("validation", validation, contents);
        mustFitArray("test", test, contents);

        int[] order = shuffled(all, Seeds.stream(settings.seed(), Streams.SPLIT));
        int[] testOrder =
                official ? shuffled(contents.test(), Seeds.stream(settings.seed(), Streams.TEST_SPLIT)) : order;
        int[] validationOrder = officialValidation
                ? shuffled(contents.validation(), Seeds.stream(settings.seed(), Streams.VALIDATION_SPLIT))
                : order;
        int validationStart = officialValidation ? 0 : train;
        int testStart = official ? 0 : officialValidation ? train : train + validation;
        return new SplitPlan(
                Arrays.copyOfRange(order, 0, train),
                Arrays.copyOfRange(validationOrder, validationStart, validationStart + validation),
                Arrays.copyOfRange(testOrder, testStart, testStart + test),
                officialValidation,
                official);
    }

    private static void mustFitArray(String part, int count, Contents contents) {
        long values = (long) count * contents.sampleSize();
        if (values > Integer.MAX_VALUE - 8) {
            throw new DataException("data." + part + ": " + count + " samples of " + contents.sampleSize()
                    + " values are " + values + " values, expected at most " + (Integer.MAX_VALUE - 8)
                    + "; set a smaller data." + part);
        }
    }

    /** All numbers below {@code count}, by Fisher and Yates. */
    private static int[] shuffled(int count, Random random) {
        int[] order = IntStream.range(0, count).toArray();
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int moved = order[i];
            order[i] = order[other];
            order[other] = moved;
        }
        return order;
    }
}
