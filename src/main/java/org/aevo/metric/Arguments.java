package org.aevo.metric;

/** Checks of what is to be measured. */
final class Arguments {
    private Arguments() {}

    /** Values of each of {@code count} samples. */
    static int size(String name, float[] values, int count) {
        if (count < 1 || values.length == 0 || values.length % count != 0) {
            throw new IllegalArgumentException(
                    name + ": " + values.length + " values are no whole number for each of " + count + " samples");
        }
        return values.length / count;
    }

    static boolean finite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    static void mustBeFinite(String name, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException(name + ": value " + i + " is not finite: " + values[i]);
            }
        }
    }

    /** Values of each code, of those to learn from as of those to be told. */
    static int codeSize(float[] training, int[] trainingLabels, float[] codes, int[] labels) {
        int size = size("training codes", training, trainingLabels.length);
        int others = size("codes", codes, labels.length);
        if (size != others) {
            throw new IllegalArgumentException("training codes have " + size + " values, codes " + others);
        }
        return size;
    }
}
