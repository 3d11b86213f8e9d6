package org.aevo.genome;

import java.util.HashSet;
import java.util.List;
import org.aevo.network.Activation;
import org.aevo.network.Require;

/**
 * Which genes and skips one section may have. Bounds of genes that a family or a role does not have are kept and ignored.
 *
 * @param maxGenes most genes, at least 1
 * @param maxSkips most skips between them; 0 for none
 * @param filters of a convolution
 * @param kernel side of a convolution's kernel, within 1..64; of signals its length
 * @param strides of a convolution; in a decoder, factors by which one enlarges
 * @param poolSizes of a pooling; empty for no pooling
 * @param units of a dense gene
 * @param activations of genes; never {@link Activation#SOFTMAX}
 * @param dropout of a dense gene that has dropout; none (0) is always allowed
 * @param batchNormalization whether convolutions may be normalised
 */
public record SectionSpace(
        int maxGenes,
        int maxSkips,
        IntRange filters,
        IntRange kernel,
        List<Integer> strides,
        List<Integer> poolSizes,
        IntRange units,
        List<Activation> activations,
        DoubleRange dropout,
        boolean batchNormalization) {

    /** The sides of kernels that engines can be trusted with, of features of classifiers too. */
    public static final IntRange KERNELS = new IntRange(1, 64);

    /** Those that decoders can be made of, and what spaces have unless told otherwise. */
    public static final IntRange SMALL_KERNELS = new IntRange(1, 7);

    /** Most genes that any section may be allowed. */
    public static final int MOST_GENES = 100;

    /** Most skips that any section may be allowed. */
    public static final int MOST_SKIPS = 100;

    static final int MOST_UNITS = 1 << 20;

    /**
     * @throws IllegalArgumentException if a bound is out of its own bounds
     */
    public SectionSpace {
        strides = choices("strides", strides, false);
        poolSizes = choices("pool sizes", poolSizes, true);
        activations = choices("activations", activations, false);
        within("max genes", new IntRange(1, MOST_GENES), maxGenes);
        within("max skips", new IntRange(0, MOST_SKIPS), maxSkips);
        within("filters", new IntRange(1, MOST_UNITS), filters);
        within("kernel", KERNELS, kernel);
        within("units", new IntRange(1, MOST_UNITS), units);
        strides.forEach(s -> Require.positive("stride", s));
        poolSizes.forEach(s -> Require.atLeast(2, "pool size", s));
        if (activations.contains(Activation.SOFTMAX)) {
            throw new IllegalArgumentException("activations must not contain softmax: classifiers end in it");
        }
        Require.given("dropout", dropout);
        if (dropout.min() < 0 || dropout.max() >= 1) {
            throw new IllegalArgumentException("dropout must be within [0, 1), was " + dropout);
        }
    }

    static <T> List<T> choices(String name, List<T> values, boolean mayBeEmpty) {
        Require.given(name, values);
        List<T> copy = List.copyOf(values);
        if (copy.isEmpty() && !mayBeEmpty) {
            throw new IllegalArgumentException(name + " must have at least one choice");
        }
        if (new HashSet<>(copy).size() < copy.size()) {
            throw new IllegalArgumentException(name + " must not repeat a choice, was " + copy);
        }
        return copy;
    }

    static void within(String name, IntRange bounds, int value) {
        if (!bounds.contains(value)) {
            throw new IllegalArgumentException(name + " must be within " + bounds + ", was " + value);
        }
    }

    private static void within(String name, IntRange bounds, IntRange range) {
        Require.given(name, range);
        if (!bounds.contains(range.min()) || !bounds.contains(range.max())) {
            throw new IllegalArgumentException(name + " must be within " + bounds + ", was " + range);
        }
    }
}
