package org.aevo.baseline;

/**
 * Samples as their mean and some weight of each of the directions in which they vary most (K. Pearson, 1901, On lines and
 * planes of closest fit). No linear autoencoder of as many latent values has a lower mean squared error on the samples
 * that it is fitted to (P. Baldi, K. Hornik, 1989, Neural networks and principal component analysis). The signs are such
 * that the largest weight of a direction is positive.
 */
public final class PrincipalComponents {
    private final double[] mean;
    /** {@code [component, value]}: of length 1, at right angles. */
    private final double[][] directions;

    private final double[] shares;

    private PrincipalComponents(double[] mean, double[][] directions, double[] shares) {
        this.mean = mean;
        this.directions = directions;
        this.shares = shares;
    }

    /**
     * @param components 1 to the values of a sample
     * @throws IllegalArgumentException also if a value is not finite
     */
    public static PrincipalComponents fit(Rows samples, int components) {
        int size = samples.size();
        if (components < 1 || components > size) {
            throw new IllegalArgumentException(
                    "components must be at least 1 and at most the " + size + " values of a sample, was " + components);
        }
        try (Moments moments = new Moments(size)) {
            for (int start = 0; start < samples.count(); start = Rows.end(start, samples.count())) {
                moments.add(samples.values(start, Rows.end(start, samples.count())));
            }
            double[] mean = moments.mean();
            try (Matrix scatter = moments.scatter()) {
                double variance = 0;
                for (int i = 0; i < size; i++) {
                    variance += scatter.get(i, i);
                }
                Matrix.Eigen eigen = scatter.largest(components);
                double[] shares = new double[components];
                for (int c = 0; c < components; c++) {
                    shares[c] = variance > 0 ? Math.max(0, eigen.eigenvalues()[c]) / variance : 0;
                    turn(eigen.vectors()[c]);
                }
                return new PrincipalComponents(mean, eigen.vectors(), shares);
            }
        }
    }

    private static void turn(double[] direction) {
        double largest = 0;
        for (double weight : direction) {
            largest = Math.abs(weight) > Math.abs(largest) ? weight : largest;
        }
        if (largest < 0) {
            for (int i = 0; i < direction.length; i++) {
                direction[i] = -direction[i];
            }
        }
    }

    /** Latent values of a sample. */
    public int components() {
        return directions.length;
    }

    /** Of the variance, which each component explains; a copy. */
    public double[] shares() {
        return shares.clone();
    }

    /**
     * @param samples in C order [sample, value]
     * @return in C order [sample, component]
     */
    public float[] encode(float[] samples) {
        int count = count("samples", samples, mean.length);
        int components = components();
        float[] codes = new float[Math.multiplyExact(count, components)];
        double[] centred = new double[mean.length];
        for (int sample = 0; sample < count; sample++) {
            for (int i = 0; i < mean.length; i++) {
                centred[i] = samples[sample * mean.length + i] - mean[i];
            }
            for (int c = 0; c < components; c++) {
                codes[sample * components + c] = (float) dot(directions[c], centred);
            }
        }
        return codes;
    }

    /** Four sums at a time: one would wait for itself. */
    private static double dot(double[] a, double[] b) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int i = 0;
        for (; i + 3 < a.length; i += 4) {
            first += a[i] * b[i];
            second += a[i + 1] * b[i + 1];
            third += a[i + 2] * b[i + 2];
            fourth += a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            first += a[i] * b[i];
        }
        return first + second + (third + fourth);
    }

    /**
     * @param codes in C order [sample, component]
     * @return in C order [sample, value]; not clipped to the range of the samples
     */
    public float[] decode(float[] codes) {
        int components = components();
        int count = count("codes", codes, components);
        float[] samples = new float[Math.multiplyExact(count, mean.length)];
        double[] sum = new double[mean.length];
        for (int sample = 0; sample < count; sample++) {
            System.arraycopy(mean, 0, sum, 0, mean.length);
            for (int c = 0; c < components; c++) {
                double weight = codes[sample * components + c];
                double[] direction = directions[c];
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += weight * direction[i];
                }
            }
            for (int i = 0; i < sum.length; i++) {
                samples[sample * sum.length + i] = (float) sum[i];
            }
        }
        return samples;
    }

    private static int count(String name, float[] values, int size) {
        if (values.length % size != 0) {
            throw new IllegalArgumentException(
                    name + ": " + values.length + " values are no whole number of samples of " + size);
        }
        return values.length / size;
    }
}
