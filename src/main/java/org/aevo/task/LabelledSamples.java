package org.aevo.task;

import java.nio.FloatBuffer;
import org.aevo.metric.Classification;
import org.aevo.network.Blueprint;
import org.aevo.network.Classes;
import org.aevo.network.Shape;
import org.aevo.train.Network;
import org.aevo.train.Samples;

/** Samples whose classes are known. */
public final class LabelledSamples {
    private final Samples samples;
    private final int[] indices;
    private final int classes;

    /** @param indices the class of each sample, from 0 */
    LabelledSamples(Samples samples, int[] indices, int classes) {
        if (indices.length != samples.count()) {
            throw new IllegalArgumentException(indices.length + " labels for " + samples.count() + " samples");
        }
        this.samples = samples;
        this.indices = indices.clone();
        this.classes = classes;
    }

    /**
     * @param labels one per sample
     * @throws IllegalArgumentException if there is another number of them, or one is of no class
     */
    public static LabelledSamples of(Samples samples, int[] labels, Classes classes) {
        return new LabelledSamples(samples, classes.indices(labels), classes.count());
    }

    /** What goes into a classifier. */
    public Samples samples() {
        return samples;
    }

    public int count() {
        return indices.length;
    }

    /** Number of classes, of which some may be those of no sample. */
    public int classes() {
        return classes;
    }

    /** A copy of the class of each sample, from 0. */
    public int[] indices() {
        return indices.clone();
    }

    /** What should come out: 1 for the class of the sample, 0 for the others; made as batches are copied. */
    Samples targets() {
        return new Samples(Shape.vector(classes), count(), (int[] order, int from, int to, FloatBuffer target) -> {
            float[] one = new float[classes];
            for (int i = from; i < to; i++) {
                one[indices[order[i]]] = 1;
                target.put(one);
                one[indices[order[i]]] = 0;
            }
        });
    }

    /** Takes the samples {@code from} to {@code to - 1} into what is measured of a network. */
    void measure(Network network, int from, int to, Classification measured) {
        measured.add(network.logits(samples, from, to), indices, from);
    }

    /** What a classifier makes of all samples. */
    public Classification classified(Network network) {
        Classification measured = new Classification(classes);
        for (int from = 0; from < count(); from += Blueprint.VALIDATION_BATCH) {
            measure(network, from, Math.min(count(), from + Blueprint.VALIDATION_BATCH), measured);
        }
        return measured;
    }

    /** Some of these, in another order. */
    LabelledSamples chosen(int[] which) {
        int[] some = new int[which.length];
        for (int i = 0; i < which.length; i++) {
            some[i] = indices[which[i]];
        }
        return new LabelledSamples(samples.chosen(which), some, classes);
    }
}
