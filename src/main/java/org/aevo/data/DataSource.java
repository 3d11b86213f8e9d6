package org.aevo.data;

import java.util.Optional;

/**
 * A set of samples, numbered from 0 in each {@link Part}. A source exists only if its files were found good from the
 * first byte to the last; it keeps none of their samples, and can be read again and again.
 */
public sealed interface DataSource
        permits ArraySource, Cifar10Source, CombinedSource, CsvSource, IdxSource, ImageFolder, SyntheticSource {

    /** The parts that a set comes in. */
    enum Part {
        TRAINING,
        /** A validation set of its own. */
        VALIDATION,
        /** The official test set. */
        TEST
    }

    /** Instead of a list of those wanted: all, in their order. It takes no memory. */
    int[] EVERY = new int[0];

    /** Takes samples one by one. */
    @FunctionalInterface
    interface Sink {
        /**
         * @param slot position of the sample in the list of those wanted
         * @param values unscaled, in the order [channel, row, column]; used again for the next sample
         * @param label of the sample, or -1 where the set has no labels
         */
        void accept(int slot, double[] values, int label);
    }

    /** Takes samples of bytes one by one. */
    @FunctionalInterface
    interface ByteSink {
        /**
         * @param slot position of the sample in the list of those wanted
         * @param values unsigned, in the order [channel, row, column]; used again for the next sample
         * @param label of the sample, or -1 where the set has no labels
         */
        void accept(int slot, byte[] values, int label);
    }

    /** What there is. */
    Contents contents();

    /**
     * Hands out chosen samples, in the order in which the files have them.
     *
     * @param wanted sample numbers, each at most once, or {@link #EVERY}
     * @throws DataException if the files can no longer be read
     */
    void read(Part part, int[] wanted, Sink sink);

    /**
     * The label of each sample of a part; reads no values.
     *
     * @return empty where the set has no labels
     * @throws DataException if the files can no longer be read
     */
    int[] labels(Part part);

    /** Why its labels are none, with their place; its samples can be used all the same. Empty if they are labels. */
    default Optional<String> labelProblem() {
        return Optional.empty();
    }

    /** As {@link #read}, for a set whose values are {@link Contents#bytes}. */
    default void readBytes(Part part, int[] wanted, ByteSink sink) {
        byte[] bytes = new byte[contents().sampleSize()];
        read(part, wanted, (slot, values, label) -> {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (int) values[i];
            }
            sink.accept(slot, bytes, label);
        });
    }
}
