package org.aevo.metric;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;

/**
 * Whether the classes of samples can be told from their codes by planes (G. Alain, Y. Bengio, 2016, Understanding
 * intermediate layers using linear classifier probes). Logistic regression, one class against the rest, with an L2
 * penalty on the weights but not on the intercept (C = 1), on codes that are standardised by the training codes'
 * means and standard deviations: in scikit-learn {@code make_pipeline(StandardScaler(),
 * OneVsRestClassifier(LogisticRegression()))}.
 */
public final class LinearProbe {
    private static final double C = 1;
    private static final double TOLERANCE = 1e-5;

    private LinearProbe() {}

    /**
     * The share of samples whose class is told right. A class that no training sample has cannot be told; if they have one
     * alone, it is told always.
     *
     * @param training codes to learn from, in C order [sample, value]
     * @param codes of the samples to be told, in C order [sample, value]
     * @return NaN if a code is not finite
     */
    public static double accuracy(float[] training, int[] trainingLabels, float[] codes, int[] labels) {
        int size = Arguments.codeSize(training, trainingLabels, codes, labels);
        if (!Arguments.finite(training) || !Arguments.finite(codes)) {
            return Double.NaN;
        }
        Standardisation standardisation = Standardisation.of(training, size);
        Linear.disableDebugOutput();
        Parameter parameter = new Parameter(SolverType.L2R_LR, C, TOLERANCE);
        parameter.setRegularizeBias(false);
        Model model = Linear.train(problem(training, trainingLabels, standardisation), parameter);
        int[] told = new int[labels.length];
        for (int i = 0; i < told.length; i++) {
            told[i] = (int) Linear.predict(model, features(codes, i, standardisation));
        }
        return Labels.accuracy(told, labels);
    }

    private static Problem problem(float[] codes, int[] labels, Standardisation standardisation) {
        Problem problem = new Problem();
        problem.l = labels.length;
        problem.n = standardisation.size() + 1;
        problem.bias = 1;
        problem.x = new Feature[labels.length][];
        problem.y = new double[labels.length];
        for (int i = 0; i < labels.length; i++) {
            problem.x[i] = features(codes, i, standardisation);
            problem.y[i] = labels[i];
        }
        return problem;
    }

    /** The last is the one whose weight is the intercept. */
    private static Feature[] features(float[] codes, int sample, Standardisation standardisation) {
        int size = standardisation.size();
        Feature[] features = new Feature[size + 1];
        for (int v = 0; v < size; v++) {
            features[v] = new FeatureNode(v + 1, standardisation.apply(codes[sample * size + v], v));
        }
        features[size] = new FeatureNode(size + 1, 1);
        return features;
    }
}
