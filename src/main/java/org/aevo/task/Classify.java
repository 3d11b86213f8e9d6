package org.aevo.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aevo.metric.Classification;
import org.aevo.network.Classes;
import org.aevo.random.Seeds;
import org.aevo.search.Figure;
import org.aevo.train.Fold;
import org.aevo.train.Loss;
import org.aevo.train.Objective;

/**
 * A sample's class should come out.
 *
 * @param folds 1 for training and validation samples as they were divided; more for {@link StratifiedFolds} of both
 *     together
 * @param fitness of a figure that classifiers have: cross-entropy, accuracy or macro-F1
 * @param augmentation of images that are trained on
 */
public record Classify(int folds, Fitness fitness, Set<Augmentation> augmentation) implements Task {
    /** Of the numbers that a seed of the data stands for; inputs of validation and test are drawn from the first two. */
    private static final int FOLDS_STREAM = 3;

    public Classify {
        if (folds < 1) {
            throw new IllegalArgumentException("folds must be at least 1, were " + folds);
        }
        augmentation = Set.copyOf(augmentation);
    }

    /** The fitness of a figure and no penalties. */
    public static Fitness fitness(Figure figure) {
        return new Fitness(Optional.of(figure), 0, 0);
    }

    /** What is known of a classifier; nothing of one that puts out what is not finite. */
    public static Map<Figure, Double> figures(Classification measured) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.ACCURACY, measured.accuracy());
        figures.put(Figure.CROSS_ENTROPY, measured.crossEntropy());
        figures.put(Figure.MACRO_F1, measured.macroF1());
        figures.values().removeIf(value -> value.isNaN());
        return figures;
    }

    @Override
    public Loss loss() {
        return Loss.CROSS_ENTROPY;
    }

    @Override
    public Optional<String> problem(Facts data) {
        if (!data.labelled()) {
            return Optional.of("task.kind is classify, but the data have no labels: give data.labels");
        }
        return Augmentation.problem(augmentation, data.shape());
    }

    @Override
    public int trainingSamples(Facts data) {
        int all = data.train() + data.validation();
        return folds == 1 ? data.train() : all - (all + folds - 1) / folds;
    }

    @Override
    public boolean needsLabels() {
        return true;
    }

    /** A class of which no training sample is may well be among those that measure: its samples are told wrong. */
    @Override
    public Optional<String> labelProblem(int[] train, int[] validation) {
        int[] learnt = folds == 1 ? train : joined(train, validation);
        int first = learnt[0];
        if (Arrays.stream(learnt).allMatch(label -> label == first)) {
            return Optional.of("task.kind is classify, but all " + learnt.length
                    + (folds == 1 ? " training samples" : " training and validation samples") + " have the label "
                    + first + ": there is nothing to be told apart; give other data.labels");
        }
        return folds == 1 ? Optional.empty() : foldProblem(learnt);
    }

    private Optional<String> foldProblem(int[] labels) {
        Classes classes = Classes.of(labels);
        int[] sizes = new int[classes.count()];
        for (int index : classes.indices(labels)) {
            sizes[index]++;
        }
        int rarest = 0;
        for (int i = 1; i < sizes.length; i++) {
            rarest = sizes[i] < sizes[rarest] ? i : rarest;
        }
        return folds <= sizes[rarest]
                ? Optional.empty()
                : Optional.of("task.folds is " + folds + ", but of the training and validation samples only "
                        + sizes[rarest] + (sizes[rarest] == 1 ? " has" : " have") + " the label "
                        + classes.label(rarest) + ", and each fold needs one"
                        + (sizes[rarest] == 1
                                ? ": leave it out, or give more such samples"
                                : ": lower it to " + sizes[rarest] + " or less"));
    }

    /**
     * @throws IllegalArgumentException if there are no labels, or they cannot serve it
     */
    @Override
    public Objective objective(TaskData data) {
        int[] train = labels(data.trainLabels());
        int[] validation = labels(data.validationLabels());
        labelProblem(train, validation).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        Classes classes = data.classes().orElseGet(() -> Classes.of(train, validation));
        List<Fold> parts = new ArrayList<>();
        if (folds == 1) {
            parts.add(new ClassifierFold(
                    LabelledSamples.of(data.train(), train, classes),
                    Optional.of(LabelledSamples.of(data.validation(), validation, classes)),
                    augmentation));
        } else {
            int[] labels = joined(train, validation);
            LabelledSamples all = LabelledSamples.of(data.train().followedBy(data.validation()), labels, classes);
            StratifiedFolds division = StratifiedFolds.of(labels, folds, Seeds.of(data.seed(), FOLDS_STREAM));
            for (int fold = 0; fold < folds; fold++) {
                parts.add(new ClassifierFold(
                        all.chosen(division.training(fold)),
                        Optional.of(all.chosen(division.heldOut(fold))),
                        augmentation));
            }
        }
        return new ClassifierObjective(parts, fitness);
    }

    /** Of the training samples that are given, all of them: nothing is held out, whatever is given for validation. */
    @Override
    public Objective training(TaskData data) {
        int[] train = labels(data.trainLabels());
        Classes classes = data.classes().orElseGet(() -> Classes.of(train));
        LabelledSamples all = LabelledSamples.of(data.train(), train, classes);
        return new ClassifierObjective(List.of(new ClassifierFold(all, Optional.empty(), augmentation)), fitness);
    }

    private static int[] labels(Optional<int[]> labels) {
        return labels.orElseThrow(() -> new IllegalArgumentException("samples without labels cannot be classified"));
    }

    private static int[] joined(int[] train, int[] validation) {
        int[] all = Arrays.copyOf(train, train.length + validation.length);
        System.arraycopy(validation, 0, all, train.length, validation.length);
        return all;
    }
}
