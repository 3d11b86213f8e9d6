package org.aevo.genome;

/** Whole numbers from {@code min} to {@code max}, both included. */
public record IntRange(int min, int max) {
    public IntRange {
        if (min > max) {
            throw new IllegalArgumentException("a range needs min <= max, was " + min + ".." + max);
        }
    }

    public boolean contains(int value) {
        return value >= min && value <= max;
    }

    /** The nearest number in the range. */
    public int clamp(int value) {
        return Math.max(min, Math.min(max, value));
    }

    @Override
    public String toString() {
        return min + ".." + max;
    }
}
