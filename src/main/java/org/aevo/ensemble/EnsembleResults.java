package org.aevo.ensemble;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.aevo.search.Evaluation;
import org.aevo.stat.Summary;

/**
 * What came of an ensemble run, as far as it has got: from the evaluations of its tasks alone, which its journal holds.
 *
 * @param accuracies ordered by rival, repeat and epoch
 * @param diversities ordered by repeat and epoch
 */
public record EnsembleResults(List<Accuracy> accuracies, List<MemberDiversity> diversities) {
    /** Stands for the epoch of what is not trained for epochs. */
    public static final int NO_EPOCH = -1;

    public EnsembleResults {
        accuracies = List.copyOf(accuracies);
        diversities = List.copyOf(diversities);
    }

    /**
     * How well one rival tells classes. Members are trained side by side: their seconds are those of the slowest.
     *
     * @param repeat from 1
     * @param epoch that the autoencoders were trained for; {@value #NO_EPOCH} for principal components
     * @param validation accuracy on validation samples
     * @param test accuracy on test samples; NaN where the data have none
     * @param training seconds until the autoencoders had done the epoch; 0 for principal components
     * @param combination seconds from then on: encoding, training the classifiers, and voting
     */
    public record Accuracy(
            Rival rival, int repeat, int epoch, double validation, double test, double training, double combination) {
        /** Effective wall time, in seconds. */
        public double seconds() {
            return training + combination;
        }
    }

    /** How far the members of a repeat differ after an epoch: see {@link org.aevo.metric.Diversity}; NaN where there is no value. */
    public record MemberDiversity(
            int repeat,
            int epoch,
            double disagreement,
            double errorCorrelation,
            double testDisagreement,
            double testErrorCorrelation) {}

    /**
     * A rival after an epoch, over the repeats.
     *
     * @param seconds of effective wall time
     */
    public record Point(Rival rival, int epoch, Summary validation, Summary test, Summary seconds) {}

    /** The diversity after an epoch, over the repeats. */
    public record DiversityPoint(
            int epoch,
            Summary disagreement,
            Summary errorCorrelation,
            Summary testDisagreement,
            Summary testErrorCorrelation) {}

    /**
     * The results of tasks.
     *
     * @param asked all tasks that were asked, whether they have come to an end or not
     * @param evaluations of those that have
     */
    public static EnsembleResults of(Collection<EnsembleTask> asked, Map<EnsembleTask, Evaluation> evaluations) {
        return new TaskResults(asked, evaluations).results();
    }

    /** Points of a rival by epoch; empty if it has none yet. */
    public List<Point> points(Rival rival) {
        List<Accuracy> own = accuracies.stream().filter(a -> a.rival() == rival).toList();
        return own.stream()
                .map(Accuracy::epoch)
                .distinct()
                .sorted()
                .map(epoch -> {
                    List<Accuracy> repeats =
                            own.stream().filter(a -> a.epoch() == epoch).toList();
                    return new Point(
                            rival,
                            epoch,
                            summary(repeats, Accuracy::validation),
                            summary(repeats, Accuracy::test),
                            summary(repeats, Accuracy::seconds));
                })
                .toList();
    }

    /** The diversity by epoch. */
    public List<DiversityPoint> diversityPoints() {
        return diversities.stream()
                .map(MemberDiversity::epoch)
                .distinct()
                .sorted()
                .map(epoch -> {
                    List<MemberDiversity> repeats =
                            diversities.stream().filter(d -> d.epoch() == epoch).toList();
                    return new DiversityPoint(
                            epoch,
                            summary(repeats, MemberDiversity::disagreement),
                            summary(repeats, MemberDiversity::errorCorrelation),
                            summary(repeats, MemberDiversity::testDisagreement),
                            summary(repeats, MemberDiversity::testErrorCorrelation));
                })
                .toList();
    }

    /** Whether accuracies on test samples are known. */
    public boolean tested() {
        return accuracies.stream().anyMatch(a -> !Double.isNaN(a.test()));
    }

    private static <T> Summary summary(List<T> repeats, ToDoubleFunction<T> value) {
        return Summary.of(repeats.stream().mapToDouble(value).toArray());
    }
}
