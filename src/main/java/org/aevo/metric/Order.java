package org.aevo.metric;

import java.util.Arrays;

/**
 * Points in the order of their distance. Distances that differ by less than a part in 10<sup>10</sup> are rounding, and
 * count as equal; among equal ones the nearer is that which comes first, counted from a point that the caller chooses.
 */
final class Order {
    private final int indexBits;
    /** Per point: the leading bits of its distance, which order as the distance does, then its place after the origin. */
    private final long[] keys;

    private int origin;

    Order(int count) {
        indexBits = Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
        keys = new long[count];
    }

    /**
     * Takes in the distances to all points, not negative.
     *
     * @param origin where counting begins, and goes on at 0 behind the last
     */
    void set(double[] distances, int origin) {
        this.origin = origin;
        for (int i = 0; i < keys.length; i++) {
            keys[i] = Double.doubleToRawLongBits(distances[i]) >>> indexBits << indexBits | place(i);
        }
    }

    private int place(int point) {
        return point < origin ? point - origin + keys.length : point - origin;
    }

    /** Puts a point behind all others, whatever its distance. */
    void last(int point) {
        keys[point] = Long.MAX_VALUE >>> indexBits << indexBits | place(point);
    }

    /** How many points are nearer than this one. */
    int nearerThan(int point) {
        long limit = keys[point];
        int nearer = 0;
        for (long key : keys) {
            nearer += key < limit ? 1 : 0;
        }
        return nearer;
    }

    /** The nearest points, as many as there is room for, the nearest first. */
    void nearest(int[] points) {
        long[] least = new long[points.length];
        Arrays.fill(least, Long.MAX_VALUE);
        int last = least.length - 1;
        for (long key : keys) {
            if (key < least[last]) {
                int place = last;
                while (place > 0 && key < least[place - 1]) {
                    least[place] = least[place - 1];
                    place--;
                }
                least[place] = key;
            }
        }
        indices(least, points);
    }

    /** All points, the nearest first; afterwards the distances have to be set again. */
    void sorted(int[] points) {
        Arrays.sort(keys);
        indices(keys, points);
    }

    private void indices(long[] ordered, int[] points) {
        for (int i = 0; i < points.length; i++) {
            int place = (int) (ordered[i] & (1L << indexBits) - 1);
            points[i] = (place + origin) % keys.length;
        }
    }
}
