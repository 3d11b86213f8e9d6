package org.aevo.task;

import java.nio.FloatBuffer;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.aevo.network.Shape;
import org.aevo.random.Seeds;
import org.aevo.random.SplitMix;
import org.aevo.train.Samples;

/**
 * What is done to images before a classifier learns from them, to another effect in each epoch (K. He, X. Zhang, S. Ren, J.
 * Sun, 2016, Deep residual learning for image recognition, section 4.2). What becomes of a sample depends on the seed and
 * the sample's index alone, as with a {@link Corruption}.
 */
public enum Augmentation {
    /** The columns of every other image, by chance, are in reverse order. */
    FLIP {
        @Override
        void apply(float[] values, Shape shape, SplitMix random) {
            if (random.next() >= 0) {
                return;
            }
            for (int row = 0; row < values.length; row += shape.width()) {
                for (int left = row, right = row + shape.width() - 1; left < right; left++, right--) {
                    float swapped = values[left];
                    values[left] = values[right];
                    values[right] = swapped;
                }
            }
        }
    },
    /**
     * A window of the image's size, at one of 9 x 9 places, of the image with a frame of {@value #PADDING} zeros: it is
     * moved by up to so many rows and columns.
     */
    CROP {
        @Override
        void apply(float[] values, Shape shape, SplitMix random) {
            int places = 2 * PADDING + 1;
            int place = (int) Long.remainderUnsigned(random.next(), places * places);
            int down = place / places - PADDING;
            int right = place % places - PADDING;
            float[] whole = values.clone();
            int at = 0;
            for (int channel = 0; channel < shape.channels(); channel++) {
                for (int row = down; row < down + shape.height(); row++) {
                    for (int column = right; column < right + shape.width(); column++) {
                        boolean inside = row >= 0 && row < shape.height() && column >= 0 && column < shape.width();
                        values[at++] = inside ? whole[(channel * shape.height() + row) * shape.width() + column] : 0;
                    }
                }
            }
        }
    };

    private static final int PADDING = 4;

    /**
     * In place.
     *
     * @param values in C order [channel, row, column]
     */
    abstract void apply(float[] values, Shape shape, SplitMix random);

    /** Why images of a shape cannot be augmented so; empty if they can. */
    static Optional<String> problem(Set<Augmentation> all, Shape shape) {
        if (all.isEmpty()) {
            return Optional.empty();
        }
        if (shape.height() == 1 || shape.width() == 1) {
            return Optional.of("data.augment is for images, but samples are "
                    + (shape.isSignal() ? "signals of " + shape : "vectors of " + shape.size() + " values")
                    + ": leave it out");
        }
        return all.contains(CROP) && shape.side() <= PADDING
                ? Optional.of("data.augment has crop, which moves images by up to " + PADDING + " rows and columns: of "
                        + shape + " nothing would be left; leave it out")
                : Optional.empty();
    }

    /**
     * The same samples augmented, each as its batch is copied: they take no memory.
     *
     * @param all that are applied, in the order of this enum
     * @param seed another one for another draw
     */
    static Samples augmented(Set<Augmentation> all, Samples plain, long seed) {
        if (all.isEmpty()) {
            return plain;
        }
        int size = Math.toIntExact(plain.shape().size());
        Set<Augmentation> inOrder = EnumSet.copyOf(all);
        return new Samples(plain.shape(), plain.count(), (int[] order, int from, int to, FloatBuffer target) -> {
            int at = target.position();
            plain.copy(order, from, to, target);
            float[] sample = new float[size];
            for (int i = from; i < to; i++) {
                target.get(at, sample);
                SplitMix random = new SplitMix(Seeds.of(seed, order[i]));
                inOrder.forEach(augmentation -> augmentation.apply(sample, plain.shape(), random));
                target.put(at, sample);
                at += size;
            }
        });
    }
}
