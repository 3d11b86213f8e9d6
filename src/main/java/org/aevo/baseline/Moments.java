package org.aevo.baseline;

/** Sums of samples, and of products of their values, from which covariances come. */
final class Moments implements AutoCloseable {
    private final double[] sum;
    private final Matrix products;
    private final Matrix part;
    private long count;

    Moments(int size) {
        this.sum = new double[size];
        this.products = new Matrix(size, size);
        this.part = new Matrix(size, Rows.PART);
    }

    /**
     * @param samples at most {@link Rows#PART}
     */
    void add(float[] samples) {
        int size = sum.length;
        for (int i = 0; i < samples.length; i++) {
            sum[i % size] += samples[i];
        }
        part.set(samples);
        products.addSquare(part, samples.length / size);
        count += samples.length / size;
    }

    /** The samples that were added last, as columns. */
    Matrix part() {
        return part;
    }

    long count() {
        return count;
    }

    double[] sum() {
        return sum;
    }

    double[] mean() {
        return mean(sum, count);
    }

    static double[] mean(double[] sum, long count) {
        double[] mean = sum.clone();
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= count;
        }
        return mean;
    }

    /** Sums of products of differences from the mean; of the symmetric matrix the lower half. */
    Matrix scatter() {
        Matrix scatter = products.copy();
        scatter.addOuter(-1.0 / count, sum, sum);
        return scatter;
    }

    @Override
    public void close() {
        products.close();
        part.close();
    }
}
