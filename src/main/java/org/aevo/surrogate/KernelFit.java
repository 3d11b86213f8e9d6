package org.aevo.surrogate;

/**
 * The kernel under which evaluations are most probable: marginal likelihood (Rasmussen and Williams 2006, 5.4.1), the process's variance
 * integrated out by its best value, with lognormal priors that keep what few evaluations say nothing about near its initial value. Weights
 * and noise are changed one at a time by a factor, as long as that helps.
 */
final class KernelFit {
    private static final int ROUNDS = 3;
    private static final double[] FACTORS = {4, 0.25};
    private static final double LEAST_WEIGHT = 1e-3;
    private static final double MOST_WEIGHT = 300;
    private static final double LEAST_NOISE = 1e-4;
    private static final double MOST_NOISE = 1;
    /** Standard deviation of the logarithms. */
    private static final double PRIOR = 2;
    /** By so much must a step help. */
    private static final double BETTER = 1e-3;

    private final double[] values;
    private final double[][][] apart;
    private final Kernel initial;
    private final double[] weights;
    private double noise;

    /**
     * @param vectors of genomes
     * @param values of mean zero, as many
     */
    private KernelFit(int[] choiceOf, double[][] vectors, double[] values) {
        this.values = values;
        this.initial = Kernel.initial(choiceOf);
        this.weights = initial.weights().clone();
        this.noise = initial.noise();
        this.apart = apart(choiceOf, vectors, weights.length);
    }

    static Kernel of(int[] choiceOf, double[][] vectors, double[] values) {
        return new KernelFit(choiceOf, vectors, values).climb();
    }

    /** Squared distances by pair and choice. */
    private static double[][][] apart(int[] choiceOf, double[][] vectors, int choices) {
        int n = vectors.length;
        double[][][] apart = new double[n][][];
        for (int i = 0; i < n; i++) {
            apart[i] = new double[i][choices];
            for (int j = 0; j < i; j++) {
                for (int d = 0; d < choiceOf.length; d++) {
                    double difference = vectors[i][d] - vectors[j][d];
                    apart[i][j][choiceOf[d]] += difference * difference;
                }
            }
        }
        return apart;
    }

    private Kernel climb() {
        double best = surprise();
        for (int round = 0; round < ROUNDS; round++) {
            double before = best;
            best = noiseSteps(best);
            for (int choice = 0; choice < weights.length; choice++) {
                best = weightSteps(choice, best);
            }
            if (before - best < BETTER) {
                break;
            }
        }
        return new Kernel(initial.choiceOf(), weights.clone(), noise);
    }

    private double noiseSteps(double start) {
        double best = start;
        for (double factor : FACTORS) {
            double old = noise;
            for (double next = old * factor; next >= LEAST_NOISE && next <= MOST_NOISE; next *= factor) {
                noise = next;
                double tried = surprise();
                if (tried > best - BETTER) {
                    break;
                }
                best = tried;
                old = next;
            }
            noise = old;
        }
        return best;
    }

    private double weightSteps(int choice, double start) {
        double best = start;
        for (double factor : FACTORS) {
            double old = weights[choice];
            for (double next = old * factor; next >= LEAST_WEIGHT && next <= MOST_WEIGHT; next *= factor) {
                weights[choice] = next;
                double tried = surprise();
                if (tried > best - BETTER) {
                    break;
                }
                best = tried;
                old = next;
            }
            weights[choice] = old;
        }
        return best;
    }

    /** Negative logarithm of the likelihood and the priors, but for a constant. */
    private double surprise() {
        int n = values.length;
        Cholesky factor = new Cholesky();
        for (int i = 0; i < n; i++) {
            double[] row = new double[i + 1];
            for (int j = 0; j < i; j++) {
                double sum = 0;
                for (int choice = 0; choice < weights.length; choice++) {
                    sum += weights[choice] * apart[i][j][choice];
                }
                row[j] = Kernel.at(sum);
            }
            row[i] = 1 + noise;
            factor.add(row);
        }
        double square = 0;
        for (double z : factor.forward(values)) {
            square += z * z;
        }
        double prior = off(noise / initial.noise());
        for (double weight : weights) {
            prior += off(weight);
        }
        return 0.5 * n * StrictMath.log(square / n) + factor.halfLogDeterminant() + prior;
    }

    private static double off(double ratio) {
        double z = StrictMath.log(ratio) / PRIOR;
        return z * z / 2;
    }
}
