package org.aevo.ensemble;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.aevo.metric.ConfusionMatrix;
import org.aevo.metric.Diversity;
import org.aevo.metric.Voting;
import org.aevo.search.Figure;

/**
 * What the classifiers of an ensemble's members tell together, and how far they differ. These are figures of an evaluation like
 * all others: once it has arrived nobody needs the predictions again.
 */
public final class Vote {
    private Vote() {}

    /**
     * The figures of {@link TaskKind#VOTE}: {@link Figure#ACCURACY} and {@link Figure#CROSS_ENTROPY} of the mean probabilities,
     * {@link Figure#MAJORITY_ACCURACY} of the majority, disagreement and correlation of errors; where there are test samples
     * the same of these but for the cross-entropy. What has no finite value is not there: the correlation of the errors of
     * members that are never wrong, the cross-entropy where a right class has the probability 0 of all.
     *
     * @param members what each of them predicts
     * @throws IllegalArgumentException if they are of different samples or classes
     */
    public static Map<Figure, Double> figures(List<Predictions> members) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        Predictions first = members.get(0);
        int classes = first.classes();
        if (members.stream().anyMatch(each -> each.classes() != classes)) {
            throw new IllegalArgumentException("members of an ensemble tell different numbers of classes");
        }
        Part validation = Part.of(members.stream().map(Predictions::validation).toList(), classes);
        put(figures, Figure.ACCURACY, validation.accuracy());
        put(figures, Figure.CROSS_ENTROPY, validation.crossEntropy());
        put(figures, Figure.MAJORITY_ACCURACY, validation.majorityAccuracy());
        put(figures, Figure.DISAGREEMENT, validation.diversity().disagreement());
        put(figures, Figure.ERROR_CORRELATION, validation.diversity().errorCorrelation());
        if (members.stream().allMatch(each -> each.test().isPresent())) {
            Part test = Part.of(
                    members.stream().flatMap(each -> each.test().stream()).toList(), classes);
            put(figures, Figure.TEST_ACCURACY, test.accuracy());
            put(figures, Figure.TEST_MAJORITY_ACCURACY, test.majorityAccuracy());
            put(figures, Figure.TEST_DISAGREEMENT, test.diversity().disagreement());
            put(figures, Figure.TEST_ERROR_CORRELATION, test.diversity().errorCorrelation());
        }
        return figures;
    }

    /**
     * The accuracy of a classifier on test samples, for {@link Figure#TEST_ACCURACY}; NaN where the data have none.
     *
     * @param predictions of the classifier
     */
    public static double testAccuracy(Predictions predictions) {
        return predictions
                .test()
                .map(part -> accuracy(
                        Voting.told(part.probabilities(), predictions.classes()), part.labels(), predictions.classes()))
                .orElse(Double.NaN);
    }

    private static void put(Map<Figure, Double> figures, Figure figure, double value) {
        if (Double.isFinite(value)) {
            figures.put(figure, value);
        }
    }

    private static double accuracy(int[] told, int[] labels, int classes) {
        ConfusionMatrix confusion = new ConfusionMatrix(classes);
        for (int i = 0; i < labels.length; i++) {
            confusion.add(labels[i], told[i]);
        }
        return confusion.accuracy();
    }

    /** What is told together of one part of the data. */
    private record Part(double accuracy, double crossEntropy, double majorityAccuracy, Diversity diversity) {
        static Part of(List<Predictions.Part> members, int classes) {
            int[] labels = members.get(0).labels();
            if (members.stream().anyMatch(each -> !Arrays.equals(each.labels(), labels))) {
                throw new IllegalArgumentException("members of an ensemble have told different samples");
            }
            double[] mean = Voting.meanProbabilities(
                    members.stream().map(Predictions.Part::probabilities).toList());
            List<int[]> told = members.stream()
                    .map(each -> Voting.told(each.probabilities(), classes))
                    .toList();
            double sum = 0;
            for (int i = 0; i < labels.length; i++) {
                sum -= Math.log(mean[i * classes + labels[i]]);
            }
            return new Part(
                    Vote.accuracy(Voting.told(mean, classes), labels, classes),
                    sum / labels.length,
                    Vote.accuracy(Voting.majority(told, classes), labels, classes),
                    Diversity.of(told, labels));
        }
    }
}
