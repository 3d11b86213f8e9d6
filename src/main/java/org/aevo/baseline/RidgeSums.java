package org.aevo.baseline;

/** What a ridge regression keeps of the samples that it is fitted to. */
final class RidgeSums implements AutoCloseable {
    private final Rows noisy;
    private final Rows clean;
    private final Moments inputs;
    private final double[] targetSum;
    private final Matrix targets;
    /** Sums of products {@code [input, target]}. */
    private final Matrix products;

    private RidgeSums(Rows noisy, Rows clean) {
        int size = noisy.size();
        this.noisy = noisy;
        this.clean = clean;
        this.inputs = new Moments(size);
        this.targetSum = new double[size];
        this.targets = new Matrix(size, Rows.PART);
        this.products = new Matrix(size, size);
    }

    static RidgeSums of(Rows noisy, Rows clean) {
        if (noisy.count() != clean.count() || noisy.size() != clean.size()) {
            throw new IllegalArgumentException(noisy.count() + " noisy samples of " + noisy.size() + " values, "
                    + clean.count() + " clean ones of " + clean.size());
        }
        return new RidgeSums(noisy, clean);
    }

    /** Takes in the samples {@code from} to {@code to - 1}. */
    void add(int from, int to) {
        int size = noisy.size();
        for (int start = from; start < to; start = Rows.end(start, to)) {
            int end = Rows.end(start, to);
            inputs.add(noisy.values(start, end));
            float[] values = clean.values(start, end);
            for (int i = 0; i < values.length; i++) {
                targetSum[i % size] += values[i];
            }
            targets.set(values);
            products.addProduct(inputs.part(), targets, end - start);
        }
    }

    RidgeRegression solve(double penalty) {
        int size = noisy.size();
        try (Matrix scatter = inputs.scatter();
                Matrix solution = products.copy()) {
            solution.addOuter(-1.0 / inputs.count(), inputs.sum(), targetSum);
            for (int i = 0; i < size; i++) {
                scatter.add(i, i, penalty);
            }
            scatter.solve(solution);
            double[] inputMean = inputs.mean();
            double[] targetMean = Moments.mean(targetSum, inputs.count());
            float[] weights = new float[size * size];
            float[] intercept = new float[size];
            for (int output = 0; output < size; output++) {
                double at = targetMean[output];
                for (int input = 0; input < size; input++) {
                    double weight = solution.get(input, output);
                    weights[output * size + input] = (float) weight;
                    at -= weight * inputMean[input];
                }
                intercept[output] = (float) at;
            }
            return new RidgeRegression(penalty, weights, intercept);
        }
    }

    @Override
    public void close() {
        inputs.close();
        targets.close();
        products.close();
    }
}
