package org.aevo.data;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which data a run uses, and how they are split. In every count 0 means the default.
 *
 * @param kind what to read or make
 * @param place of the samples that train is taken from, and the other parts too where they have no place of their own
 * @param validationFrom where validation is taken from; what it does not say is as in {@code place}
 * @param testFrom the same for test
 * @param clean where the clean targets of these samples are, in the same order; what it does not say is as for the samples
 *     of each part. Samples and targets are scaled alike
 * @param layout of arrays of images of four sides, and of arrays of signals of three
 * @param signals whether samples are signals, [n, length] or with channels: of the kinds of arrays and of tables
 * @param table how a table of text is to be read
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
        Place place,
        Optional<Place> validationFrom,
        Optional<Place> testFrom,
        Optional<Place> clean,
        Layout layout,
        boolean signals,
        TableFormat table,
        int samples,
        OptionalDouble noise,
        int features,
        int centers,
        int train,
        int validation,
        int test,
        long seed,
        Scaling scaling) {

    /**
     * Where samples are.
     *
     * @param path a directory ({@code mnist}, {@code fashion-mnist}, {@code cifar10}, {@code images}) or a file ({@code
     *     idx}, {@code hdf5}, {@code npy}, {@code csv}); {@code fashion-mnist} finds its files without one, see {@link
     *     Datasets}
     * @param dataset {@code hdf5}: the path in the file of a numeric array [n, features], [n, height, width], [n,
     *     channels, height, width] or [n, height, width, channels]; {@code npy}: the name of one in an .npz
     * @param labels {@code hdf5} and .npz: the place in the file of n whole numbers; {@code idx}, .npy: a file of labels,
     *     relative to the directory of {@code path}; {@code csv}: a column, by name or number
     */
    public record Place(Optional<Path> path, Optional<String> dataset, Optional<String> labels) {
        /** What this leaves open is as there. */
        Place or(Place other) {
            return new Place(path.or(() -> other.path), dataset.or(() -> other.dataset), labels.or(() -> other.labels));
        }
    }

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
    public String whereabouts() {
        return path().map(Path::toString).orElseGet(kind::text);
    }

    /**
     * The same with the places of parts that have one of their own, each in a line: data, validation, test.
     */
    public String allPlaces() {
        return Stream.of(Optional.of(whereabouts()), ownPath(validationFrom), ownPath(testFrom))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("\n"));
    }

    private static Optional<String> ownPath(Optional<Place> own) {
        return own.flatMap(Place::path).map(Path::toString);
    }

    public Optional<Path> path() {
        return place.path();
    }

    public Optional<String> dataset() {
        return place.dataset();
    }

    public Optional<String> labels() {
        return place.labels();
    }

    /** Whether each position of a sample is scaled by a range of its own. */
    static boolean perFeature(Scaling scaling, Contents contents) {
        return scaling == Scaling.PER_FEATURE || scaling == Scaling.AUTO && !contents.isImage();
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
        private Optional<Place> validationFrom = Optional.empty();
        private Optional<Place> testFrom = Optional.empty();
        private Optional<Place> clean = Optional.empty();
        private Layout layout = Layout.AUTO;
        private boolean signals;
        private TableFormat table = TableFormat.AUTO;
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

        public Builder place(Place value) {
            path = value.path();
            dataset = value.dataset();
            labels = value.labels();
            return this;
        }

        public Builder validationFrom(Optional<Place> value) {
            validationFrom = value;
            return this;
        }

        public Builder testFrom(Optional<Place> value) {
            testFrom = value;
            return this;
        }

        public Builder clean(Optional<Place> value) {
            clean = value;
            return this;
        }

        public Builder layout(Layout value) {
            layout = value;
            return this;
        }

        public Builder signals(boolean value) {
            signals = value;
            return this;
        }

        public Builder table(TableFormat value) {
            table = value;
            return this;
        }

        public Builder samples(int value) {
            samples = value;
            return this;
        }

        public Builder noise(double value) {
            return noise(OptionalDouble.of(value));
        }

        public Builder noise(OptionalDouble value) {
            noise = value;
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
                    new Place(path, dataset, labels),
                    validationFrom,
                    testFrom,
                    clean,
                    layout,
                    signals,
                    table,
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
