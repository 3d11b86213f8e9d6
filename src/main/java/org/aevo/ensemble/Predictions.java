package org.aevo.ensemble;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aevo.search.Weights;

/**
 * What a classifier says of the samples that it was not trained on, with what is right, and what the way from samples to codes
 * took.
 *
 * @param classes number of them
 * @param validation of the validation samples, in their order
 * @param test of the test samples; empty where the data have none
 * @param encodeSeconds of each autoencoder whose codes it is of, in the order of the members: building it and
 *     encoding all samples; of components one number, which is fitting them and encoding
 */
public record Predictions(int classes, Part validation, Optional<Part> test, List<Double> encodeSeconds) {
    private static final String PROBABILITIES = "_probabilities";
    private static final String LABELS = "_classes";
    private static final String VALIDATION = "validation";
    private static final String TEST = "test";
    private static final String SECONDS = "encode_seconds";

    /**
     * What is said of one part of the data.
     *
     * @param probabilities in C order [sample, class]; not copied: treat as immutable
     * @param labels the right class of each sample, from 0; not copied
     */
    public record Part(float[] probabilities, int[] labels) {
        /** Number of samples. */
        public int count() {
            return labels.length;
        }
    }

    public Predictions {
        encodeSeconds = List.copyOf(encodeSeconds);
        require(VALIDATION, validation, classes);
        test.ifPresent(part -> require(TEST, part, classes));
    }

    private static void require(String name, Part part, int classes) {
        if (classes < 1 || part.probabilities().length != (long) part.count() * classes) {
            throw new IllegalArgumentException(name + ": " + part.probabilities().length + " probabilities of "
                    + part.count() + " samples in " + classes + " classes");
        }
        for (int label : part.labels()) {
            if (label < 0 || label >= classes) {
                throw new IllegalArgumentException(name + ": there are " + classes + " classes, none is " + label);
            }
        }
    }

    /** As named arrays: {@code validation_probabilities} [sample, class], {@code validation_classes} [sample], the same of test, {@code encode_seconds}. */
    public Weights arrays() {
        List<Weights.Array> arrays = new ArrayList<>();
        add(arrays, VALIDATION, validation);
        test.ifPresent(part -> add(arrays, TEST, part));
        float[] seconds = new float[encodeSeconds.size()];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = encodeSeconds.get(i).floatValue();
        }
        arrays.add(new Weights.Array(SECONDS, new int[] {seconds.length}, seconds));
        return new Weights(arrays);
    }

    private void add(List<Weights.Array> arrays, String name, Part part) {
        float[] labels = new float[part.count()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = part.labels()[i];
        }
        arrays.add(new Weights.Array(name + PROBABILITIES, new int[] {part.count(), classes}, part.probabilities()));
        arrays.add(new Weights.Array(name + LABELS, new int[] {part.count()}, labels));
    }

    /** From arrays as {@link #arrays} makes them; empty if these are others. */
    public static Optional<Predictions> of(Weights arrays) {
        try {
            Weights.Array first = arrays.arrays().get(0);
            int classes = first.shape()[1];
            Part validation = part(arrays, VALIDATION);
            boolean tested = arrays.arrays().size() > 3;
            Optional<Part> test = tested ? Optional.of(part(arrays, TEST)) : Optional.empty();
            List<Double> seconds = new ArrayList<>();
            for (float value : array(arrays, SECONDS).values()) {
                seconds.add((double) value);
            }
            return Optional.of(new Predictions(classes, validation, test, seconds));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Part part(Weights arrays, String name) {
        float[] values = array(arrays, name + LABELS).values();
        int[] labels = new int[values.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (int) values[i];
        }
        return new Part(array(arrays, name + PROBABILITIES).values(), labels);
    }

    private static Weights.Array array(Weights arrays, String name) {
        return arrays.arrays().stream()
                .filter(array -> array.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no array " + name));
    }
}
