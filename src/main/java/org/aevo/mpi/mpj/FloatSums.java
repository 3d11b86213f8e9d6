package org.aevo.mpi.mpj;

/** Adds floats, in code that all worlds share. */
public final class FloatSums {
    private FloatSums() {}

    /** Adds the values of one array, one by one, to those of another. */
    public static void add(float[] values, int from, float[] sums, int sumFrom, int count) {
        for (int i = 0; i < count; i++) {
            sums[sumFrom + i] += values[from + i];
        }
    }
}
