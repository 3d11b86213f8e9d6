package org.aevo.record;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.aevo.genome.GenomeText;
import org.aevo.network.Classes;
import org.aevo.network.Shape;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Figure;
import org.aevo.search.Insertion;
import org.aevo.search.Score;

/** A search of classifiers by hand: candidate i has accuracy 0.5 + 0.1 i, the last one the lowest cross-entropy. */
public final class ClassifierRun {
    public static final Shape SAMPLES = new Shape(1, 9, 8);
    public static final Classes CLASSES = new Classes(List.of(2, 3, 7));
    public static final Inputs INPUTS = new Inputs(
                    SAMPLES, "auto", "unsigned bytes", true, List.of(), "bytes", List.of(0.0), List.of(255.0))
            .classified(CLASSES);

    public static final List<String> GENOMES = List.of(
            "conv(3,k3,s2,relu,bn) pool(2) | dense(9,tanh,drop0.3) | softmax | adam(lr0.001,batch32)",
            "conv(3,k3,s1,relu) conv(4,k5,s2,elu) conv(2,k3,s2,tanh,bn) skip(0,2) | - | softmax | rmsprop(lr0.01,batch64)",
            "- | dense(7,relu) dense(5,hard-sigmoid) | softmax | keras-rmsprop(lr0.001,batch128)");

    private ClassifierRun() {}

    /**
     * The entries of the run.
     *
     * @param folds of each candidate; fold f of n has 0.01 (f - (n + 1) / 2) more accuracy than their mean
     */
    public static List<Entry> entries(int folds) {
        List<Entry> entries = new ArrayList<>();
        Entry.RunStarted s = SampleRun.started(1);
        entries.add(new Entry.RunStarted(
                "classes",
                "async",
                "genetic",
                1,
                s.startUtc(),
                "aevo test",
                "task:\n  kind: classify\n",
                "aevo run",
                "",
                "17",
                Map.of(),
                Map.of(),
                false,
                1,
                "classify",
                "cross-entropy"));
        entries.add(new Entry.DataScaled(INPUTS, 0));
        entries.add(new Entry.WorkerJoined(0, 1, "host", "cpu", 7, 0.5, 0.5));
        for (int id = 0; id < GENOMES.size(); id++) {
            entries.add(new Entry.Asked(
                    new Candidate(id, 0, -1, -1, "random", GenomeText.parse(GENOMES.get(id))), 1 + 4 * id));
            entries.add(new Entry.Dispatched(id, 1, 0, 1 + 4 * id));
            entries.add(new Entry.Arrived(evaluation(id, folds), 1, 0, 0.1, 4 + 4 * id));
            entries.add(new Entry.Inserted(new Insertion(id, entropy(id), entropy(id) + 0.1, 0.5), 4 + 4 * id));
        }
        entries.add(new Entry.RunEnded(20, true, "all done"));
        return entries;
    }

    /** Of the last of three epochs. */
    static double accuracy(int id) {
        return 0.5 + 0.1 * id;
    }

    static double entropy(int id) {
        return 1.25 - 0.25 * id;
    }

    private static Evaluation evaluation(int id, int folds) {
        List<Evaluation.Epoch> curve = new ArrayList<>();
        for (int fold = 1; fold <= folds; fold++) {
            for (int epoch = 1; epoch <= 3; epoch++) {
                double aside = 0.01 * (fold - (folds + 1) / 2.0);
                curve.add(new Evaluation.Epoch(
                        fold,
                        epoch,
                        1,
                        Double.NaN,
                        Map.of(
                                Figure.ACCURACY,
                                accuracy(id) - 0.1 * (3 - epoch) + aside,
                                Figure.CROSS_ENTROPY,
                                entropy(id) + 0.5 * (3 - epoch) - aside),
                        fold + epoch * 0.25));
            }
        }
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.ACCURACY, accuracy(id));
        figures.put(Figure.CROSS_ENTROPY, entropy(id));
        figures.put(Figure.MACRO_F1, accuracy(id) - 0.05);
        return new Evaluation(
                id,
                EvaluationStatus.OK,
                new Score(entropy(id), 0.9, Double.NaN, figures),
                new Effort(new Durations(0, 2, 1), 3, 100, 1000 + id),
                curve,
                "");
    }
}
