package org.aevo.network;

/**
 * Sums and products of numbers that are not negative, of which one that a long does not hold is {@link Long#MAX_VALUE}: sizes
 * of networks from outside, that no limit has seen yet, must not come round to small ones.
 */
final class Saturated {
    private Saturated() {}

    static long plus(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    static long times(long a, long b) {
        long product = a * b;
        return product < 0 || Math.multiplyHigh(a, b) != 0 ? Long.MAX_VALUE : product;
    }
}
