package org.aevo.ensemble;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.aevo.ensemble.EnsembleResults.Accuracy;
import org.aevo.ensemble.EnsembleResults.MemberDiversity;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Figure;

/**
 * The tasks of one run as far as they have come to a good end. What another one is missing for is not there: no mean is of some
 * members only, and no member the best of some.
 */
final class TaskResults {
    private final Map<EnsembleTask, Evaluation> done = new HashMap<>();
    private final Map<EnsembleTask, Evaluation> ended;
    private final Collection<EnsembleTask> asked;
    private final int members;

    TaskResults(Collection<EnsembleTask> asked, Map<EnsembleTask, Evaluation> evaluations) {
        this.asked = asked;
        this.ended = evaluations;
        // trainings come first: whoever is classified or votes, all members of the run are known
        this.members = asked.stream().mapToInt(EnsembleTask::member).max().orElse(0);
        evaluations.forEach((task, evaluation) -> {
            if (evaluation.status() == EvaluationStatus.OK) {
                done.put(task, evaluation);
            }
        });
    }

    EnsembleResults results() {
        List<Accuracy> accuracies = new ArrayList<>();
        List<MemberDiversity> diversities = new ArrayList<>();
        for (EnsembleTask task : asked) {
            Evaluation e = done.get(task);
            int repeat = task.repeat();
            int epoch = task.epoch();
            switch (task.kind()) {
                case JOINT_CLASSIFIER -> add(accuracies, Rival.JOINT_CODE, task, e, slowest(repeat, epoch));
                case MONOLITH_CLASSIFIER ->
                    add(
                            accuracies,
                            Rival.MONOLITH,
                            task,
                            e,
                            elapsed(new EnsembleTask(TaskKind.MONOLITH, repeat, 0, 0), epoch));
                case COMPONENTS_CLASSIFIER -> add(accuracies, Rival.PRINCIPAL_COMPONENTS, task, e, 0);
                case VOTE -> {
                    single(accuracies, repeat, epoch);
                    if (e != null) {
                        vote(accuracies, task, e);
                        diversities.add(diversity(task, e));
                    }
                }
                default -> {
                    // a part of others
                }
            }
        }
        accuracies.sort(Comparator.comparing(Accuracy::rival)
                .thenComparing(Accuracy::repeat)
                .thenComparing(Accuracy::epoch));
        diversities.sort(Comparator.comparing(MemberDiversity::repeat).thenComparing(MemberDiversity::epoch));
        return new EnsembleResults(accuracies, diversities);
    }

    private static void add(List<Accuracy> accuracies, Rival rival, EnsembleTask task, Evaluation e, double training) {
        if (e != null) {
            accuracies.add(new Accuracy(
                    rival,
                    task.repeat(),
                    task.epoch() == 0 ? EnsembleResults.NO_EPOCH : task.epoch(),
                    figure(e, Figure.ACCURACY),
                    figure(e, Figure.TEST_ACCURACY),
                    training,
                    e.seconds()));
        }
    }

    /** All of them vote, so that the last classifier is waited for. */
    private void vote(List<Accuracy> accuracies, EnsembleTask task, Evaluation e) {
        double training = slowest(task.repeat(), task.epoch());
        double classified = slowestClassified(task.repeat(), task.epoch());
        double combination = classified - training + e.seconds();
        accuracies.add(new Accuracy(
                Rival.MAJORITY_VOTE,
                task.repeat(),
                task.epoch(),
                figure(e, Figure.MAJORITY_ACCURACY),
                figure(e, Figure.TEST_MAJORITY_ACCURACY),
                training,
                combination));
        accuracies.add(new Accuracy(
                Rival.PROBABILITY_VOTE,
                task.repeat(),
                task.epoch(),
                figure(e, Figure.ACCURACY),
                figure(e, Figure.TEST_ACCURACY),
                training,
                combination));
    }

    private static MemberDiversity diversity(EnsembleTask task, Evaluation e) {
        return new MemberDiversity(
                task.repeat(),
                task.epoch(),
                figure(e, Figure.DISAGREEMENT),
                figure(e, Figure.ERROR_CORRELATION),
                figure(e, Figure.TEST_DISAGREEMENT),
                figure(e, Figure.TEST_ERROR_CORRELATION));
    }

    /** Members alone, if all of them were classified: the best of some would be another one. */
    private void single(List<Accuracy> accuracies, int repeat, int epoch) {
        int[] all = IntStream.rangeClosed(1, members).toArray();
        List<Evaluation> classifiers = IntStream.of(all)
                .mapToObj(m ->
                        Optional.ofNullable(done.get(new EnsembleTask(TaskKind.MEMBER_CLASSIFIER, repeat, m, epoch))))
                .flatMap(Optional::stream)
                .toList();
        if (classifiers.size() < members) {
            return;
        }
        double training = slowest(repeat, epoch);
        OptionalInt best = IntStream.range(0, members)
                .filter(i -> !Double.isNaN(figure(classifiers.get(i), Figure.ACCURACY)))
                .reduce((a, b) ->
                        figure(classifiers.get(b), Figure.ACCURACY) > figure(classifiers.get(a), Figure.ACCURACY)
                                ? b
                                : a);
        best.ifPresent(i -> accuracies.add(new Accuracy(
                Rival.BEST_MEMBER,
                repeat,
                epoch,
                figure(classifiers.get(i), Figure.ACCURACY),
                figure(classifiers.get(i), Figure.TEST_ACCURACY),
                training,
                slowestClassified(repeat, epoch) - training)));
        accuracies.add(new Accuracy(
                Rival.MEAN_MEMBER,
                repeat,
                epoch,
                mean(classifiers, e -> figure(e, Figure.ACCURACY)),
                mean(classifiers, e -> figure(e, Figure.TEST_ACCURACY)),
                IntStream.of(all)
                        .mapToDouble(m -> elapsed(member(repeat, m), epoch))
                        .average()
                        .orElse(Double.NaN),
                mean(classifiers, Evaluation::seconds)));
    }

    private static double mean(List<Evaluation> of, ToDoubleFunction<Evaluation> value) {
        return of.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    private static EnsembleTask member(int repeat, int member) {
        return new EnsembleTask(TaskKind.MEMBER, repeat, member, 0);
    }

    /** Until all members had done the epoch. */
    private double slowest(int repeat, int epoch) {
        return largest(m -> elapsed(member(repeat, m), epoch));
    }

    /** Until the codes of each member after the epoch were classified. */
    private double slowestClassified(int repeat, int epoch) {
        return largest(m -> {
            Evaluation classifier = done.get(new EnsembleTask(TaskKind.MEMBER_CLASSIFIER, repeat, m, epoch));
            return classifier == null ? Double.NaN : elapsed(member(repeat, m), epoch) + classifier.seconds();
        });
    }

    /** NaN if it is not known of all. */
    private double largest(IntToDoubleFunction ofMember) {
        return IntStream.rangeClosed(1, members)
                .mapToDouble(ofMember)
                .reduce(Math::max)
                .orElse(Double.NaN);
    }

    /**
     * Seconds until an autoencoder had done an epoch; NaN if it has not. A training that did not end well had done some of its
     * epochs before, and what it was after these is classified.
     */
    private double elapsed(EnsembleTask task, int epoch) {
        Evaluation training = ended.get(task);
        return training == null
                ? Double.NaN
                : training.curve().stream()
                        .filter(point -> point.epoch() == epoch)
                        .mapToDouble(Evaluation.Epoch::elapsed)
                        .findFirst()
                        .orElse(Double.NaN);
    }

    private static double figure(Evaluation e, Figure figure) {
        return e.score().figure(figure);
    }
}
