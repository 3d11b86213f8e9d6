package org.aevo.ensemble.evaluation;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.aevo.metric.Standardisation;
import org.aevo.network.Blueprint;
import org.aevo.network.Shape;
import org.aevo.train.Samples;

/** The codes of all samples, those of several autoencoders one behind the other. */
final class Codes {
    private final int size;
    private final Part train;
    private final Part validation;
    private final Optional<Part> test;
    private int filled;

    /** Those of one part: in C order [sample, value]. */
    private record Part(Samples samples, float[] values) {}

    /**
     * Room for them.
     *
     * @param size values of each, of all autoencoders together
     * @throws OutOfMemoryError if this process has not as much
     */
    Codes(EnsembleData data, int size) {
        this.size = size;
        this.train = part(data.samples().train());
        this.validation = part(data.samples().validation());
        this.test = data.test().map(part -> part(part.samples()));
    }

    private Part part(Samples samples) {
        long values = (long) samples.count() * size;
        if (values > Integer.MAX_VALUE - 8) {
            throw new OutOfMemoryError("codes of " + samples.count() + " samples with " + size
                    + " values are more than one array can hold");
        }
        return new Part(samples.inputs(), new float[(int) values]);
    }

    /** Values of a code. */
    int size() {
        return size;
    }

    /**
     * Takes the codes of a further autoencoder in.
     *
     * @param values of each code
     * @param encoder from samples to codes, both in C order
     */
    void add(int values, UnaryOperator<float[]> encoder) {
        encode(train, values, encoder);
        encode(validation, values, encoder);
        test.ifPresent(part -> encode(part, values, encoder));
        filled += values;
    }

    private void encode(Part part, int width, UnaryOperator<float[]> encoder) {
        int count = part.samples().count();
        for (int from = 0; from < count; from += Blueprint.VALIDATION_BATCH) {
            int to = Math.min(count, from + Blueprint.VALIDATION_BATCH);
            float[] codes = encoder.apply(part.samples().values(from, to));
            for (int i = from; i < to; i++) {
                System.arraycopy(codes, (i - from) * width, part.values(), i * size + filled, width);
            }
        }
    }

    /**
     * Makes each value one of mean 0 and standard deviation 1 on the training samples.
     *
     * @return false if one is not finite
     */
    boolean standardise() {
        if (!finite(train) || !finite(validation) || !test.map(Codes::finite).orElse(true)) {
            return false;
        }
        Standardisation rule = Standardisation.of(train.values(), size);
        rule.apply(train.values());
        rule.apply(validation.values());
        test.ifPresent(part -> rule.apply(part.values()));
        return true;
    }

    private static boolean finite(Part part) {
        for (float value : part.values()) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** Of the training samples. */
    Samples train() {
        return samples(train);
    }

    /** Of the validation samples. */
    Samples validation() {
        return samples(validation);
    }

    /** Of the test samples; empty where there are none. */
    Optional<Samples> test() {
        return test.map(this::samples);
    }

    private Samples samples(Part part) {
        return new Samples(Shape.vector(size), part.samples().count(), part.values());
    }
}
