package org.aevo.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.aevo.metric.Classification;
import org.aevo.metric.Logits;
import org.aevo.network.Blueprint;
import org.aevo.network.Classes;
import org.aevo.record.ModelFile.ClassifiedExamples;
import org.aevo.train.Network;

/** The test samples of classifiers, the same for every model. */
final class ClassifierTest {
    /** Samples that are told wrong and shown. */
    static final int WRONG = 40;

    /** Samples that are shown, the others of which are told right. */
    static final int SHOWN = 50;

    private final Part part;
    private final Classes classes;
    private final int[] indices;

    /** @throws IllegalArgumentException if a sample has no label, or one that is of no class */
    ClassifierTest(Part part, Classes classes) {
        this.part = part;
        this.classes = classes;
        this.indices = classes.indices(
                part.labels().orElseThrow(() -> new IllegalArgumentException("the test samples have no labels")));
    }

    int count() {
        return part.count();
    }

    /**
     * How well a model does, and samples to see it by.
     *
     * @param examples first those that were told wrong
     */
    record Tested(Classification figures, ClassifiedExamples examples) {}

    /** A sample, and what went into the softmax. */
    private record Example(int sample, float[] logits) {}

    Tested of(Network network) {
        int count = classes.count();
        Classification figures = new Classification(count);
        List<Example> wrong = new ArrayList<>();
        List<Example> right = new ArrayList<>();
        for (int from = 0; from < count(); from += Blueprint.VALIDATION_BATCH) {
            int to = Math.min(count(), from + Blueprint.VALIDATION_BATCH);
            float[] logits = network.logits(part.samples(), from, to);
            figures.add(logits, indices, from);
            for (int i = from; i < to; i++) {
                int place = (i - from) * count;
                boolean told = Logits.largest(logits, place, count) == indices[i];
                List<Example> examples = told ? right : wrong;
                if (examples.size() < (told ? SHOWN : WRONG)) {
                    float[] own = new float[count];
                    System.arraycopy(logits, place, own, 0, count);
                    examples.add(new Example(i, own));
                }
            }
        }
        return new Tested(
                figures,
                examples(Stream.concat(wrong.stream(), right.stream())
                        .limit(SHOWN)
                        .toList()));
    }

    private ClassifiedExamples examples(List<Example> shown) {
        int size = Math.toIntExact(part.samples().shape().size());
        int count = classes.count();
        float[] inputs = new float[shown.size() * size];
        int[] labels = new int[shown.size()];
        int[] predicted = new int[shown.size()];
        float[] probabilities = new float[shown.size() * count];
        for (int i = 0; i < labels.length; i++) {
            Example example = shown.get(i);
            float[] values = part.samples().values(example.sample(), example.sample() + 1);
            System.arraycopy(values, 0, inputs, i * size, size);
            float[] own = new float[count];
            Logits.softmax(example.logits(), 0, count, own);
            System.arraycopy(own, 0, probabilities, i * count, count);
            labels[i] = classes.label(indices[example.sample()]);
            predicted[i] = classes.label(Logits.largest(example.logits(), 0, count));
        }
        return new ClassifiedExamples(labels.length, inputs, labels, predicted, probabilities);
    }
}
