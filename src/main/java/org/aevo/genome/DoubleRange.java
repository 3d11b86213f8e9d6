package org.aevo.genome;

/** Numbers from {@code min} to {@code max}, both included and finite. */
public record DoubleRange(double min, double max) {
    public DoubleRange {
        if (!(min <= max) || Double.isInfinite(min) || Double.isInfinite(max)) {
            throw new IllegalArgumentException("a range needs finite min <= max, was " + min + ".." + max);
        }
    }

    public boolean contains(double value) {
        return value >= min && value <= max;
    }

    /** The nearest number in the range. */
    public double clamp(double value) {
        return Math.max(min, Math.min(max, value));
    }

    @Override
    public String toString() {
        return min + ".." + max;
    }
}
