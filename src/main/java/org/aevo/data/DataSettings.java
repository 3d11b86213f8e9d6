package org.aevo.data;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which data a run uses, and how they are split. In every count 0 means the default.
 *
 * @param kind what to read or make
 * @param path a directory ({@code mnist}, {@code fashion-mnist}, {@code cifar10}) or a file ({@code idx}, {@code
 *     hdf5}); {@code fashion-mnist} finds its files without one, see {@link Datasets}
 * @param dataset {@code hdf5}: the path in the file of a numeric array [n, features], [n, height, width] or [n,
 *     channels, height, width]
 * @param labels {@code hdf5}: the path in the file of n whole numbers; {@code idx}: a file of labels, relative to the
 *     directory of {@code path}
 * @param samples synthetic kinds: how many to make; default 1000
 * @param noise synthetic kinds: the standard deviation of Gaussian noise, by default 0 (swiss-roll, s-curve) or 1
 *     (blobs)
 * @param features {@code blobs}: values per sample; default 2
 * @param centers {@code blobs}: number of clusters; default 3
 * @param train size of the train part; default: what validation and test leave
 * @param validation size of the validation part; default: a tenth of {@code train} if that is given, else of the
 *     training part of the set
 * @param test size of the test part; default: the whole official test set if there is one, else as for validation
 * @param seed of the split, and of the samples of synthetic kinds
 * @param scaling how values come into [0, 1]
 */
public record DataSettings(
        DataKind kind,
        Optional<Path> path,
        Optional<String> dataset,
        Optional<String> labels,
        int samples,
        OptionalDouble noise,
        int features,
        int centers,
        int train,
        int validation,
        int test,
        long seed,
        Scaling scaling) {

    public DataSettings {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(scaling, "scaling");
        notNegative("samples", samples);
        notNegative("features", features);
        notNegative("centers", centers);
        notNegative("train", train);
        notNegative("validation", validation);
        notNegative("test", test);
        noise.ifPresent(value -> {
            if (!(value >= 0 && value <= 1e6)) {
                throw new IllegalArgumentException("noise must be from 0 to 1000000, was " + value);
            }
        });
    }

    private static void notNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must be at least 0, was " + value);
        }
    }

    /** Where the files are, as the settings say; the kind where they say nothing. */
    public String place() {
        return path.map(Path::toString).orElseGet(kind::text);
    }

    /** All defaults. */
    public static Builder of(DataKind kind) {
        return new Builder(kind);
    }

    /** Settings under construction; what is not set has its default. */
    public static final class Builder {
        private final DataKind kind;
        private Optional<Path> path = Optional.empty();
        private Optional<String> dataset = Optional.empty();
        private Optional<String> labels = Optional.empty();
        private int samples;
        private OptionalDouble noise = OptionalDouble.empty();
        private int features;
        private int centers;
        private int train;
        private int validation;
        private int test;
        private long seed;
        private Scaling scaling = Scaling.AUTO;

        private Builder(DataKind kind) {
            this.kind = kind;
        }

        public Builder path(Path value) {
            path = Optional.of(value);
            return this;
        }

        public Builder dataset(String value) {
            dataset = Optional.of(value);
            return this;
        }

        public Builder labels(String value) {
            labels = Optional.of(value);
            return this;
        }

        public Builder samples(int value) {
            samples = value;
            return this;
        }

        public Builder noise(double value) {
            noise = OptionalDouble.of(value);
            return this;
        }

        public Builder features(int value) {
            features = value;
            return this;
        }

        public Builder centers(int value) {
            centers = value;
            return this;
        }

        /** The sizes of the three parts; 0 is the default of each. */
        public Builder parts(int trainCount, int validationCount, int testCount) {
            train = trainCount;
            validation = validationCount;
            test = testCount;
            return this;
        }

        public Builder seed(long value) {
            seed = value;
            return this;
        }

        public Builder scaling(Scaling value) {
            scaling = value;
            return this;
        }

        public DataSettings build() {
            return new DataSettings(
                    kind,
                    path,
                    dataset,
                    labels,
                    samples,
                    noise,
                    features,
                    centers,
                    train,
                    validation,
                    test,
                    seed,
                    scaling);
        }
    }
}
