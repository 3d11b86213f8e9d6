package org.aevo.data;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The way in: checks and loads the data of a run.
 *
 * <p>Fashion-MNIST is looked for in {@code data.path}; in the directory that the environment variable {@code
 * AEVO_FASHION_MNIST} names; in {@code /usr/share/datasets/fashion-mnist}, where Debian's package puts it; in {@code
 * ${XDG_CACHE_HOME:-$HOME/.cache}/aevo/fashion-mnist}.
 */
public final class Datasets {

    private Datasets() {}

    /**
     * The checked source that the settings mean.
     *
     * @throws DataException if a setting or a file is missing, or a file is not what it should be
     */
    public static DataSource source(DataSettings settings) {
        return source(settings, System.getenv());
    }

    /** As {@link #source(DataSettings)}, in a given environment. */
    static DataSource source(DataSettings settings, Map<String, String> environment) {
        return switch (settings.kind()) {
            case FASHION_MNIST ->
                IdxSource.ofMnistDirectory(
                        "Fashion-MNIST", FashionMnist.find(settings.path(), environment, Path.of("/")));
            case MNIST -> IdxSource.ofMnistDirectory("MNIST", path(settings, "the directory of its four IDX files"));
            case IDX -> {
                Path samples = path(settings, "the IDX file of the samples");
                yield IdxSource.ofFile(samples, settings.labels().map(name -> beside(samples, name)));
            }
            case CIFAR10 -> new Cifar10Source(path(settings, "the directory of its binary version"));
            case HDF5 -> {
                Path file = path(settings, "the HDF5 file");
                String dataset = given(settings, settings.dataset(), "dataset", "the path of the array in the file");
                yield new Hdf5Source(file, dataset, settings.labels());
            }
            case SWISS_ROLL, S_CURVE, BLOBS -> new SyntheticSource(settings);
        };
    }

    private static Path beside(Path samples, String labels) {
        try {
            return samples.resolveSibling(labels);
        } catch (InvalidPathException e) {
            throw new DataException("data.labels is no file name: " + e.getMessage(), e);
        }
    }

    private static Path path(DataSettings settings, String what) {
        return given(settings, settings.path(), "path", what);
    }

    private static <T> T given(DataSettings settings, Optional<T> value, String key, String what) {
        return value.orElseThrow(() -> new DataException(
                "data." + key + " is missing: " + settings.kind().text() + " needs " + what));
    }

    /**
     * Checks all that a load would, including the values of the chosen samples, and says what it would give.
     *
     * @throws DataException if anything is wrong with the settings, the files or the values
     */
    public static Summary inspect(DataSettings settings) {
        DataSource source = source(settings);
        Contents contents = source.contents();
        SplitPlan plan = Splitter.plan(contents, settings);
        scaler(source, plan, settings.scaling());
        return new Summary(
                contents.channels(),
                contents.height(),
                contents.width(),
                plan.train().length,
                plan.validation().length,
                plan.test().length,
                description(contents, plan));
    }

    private static String description(Contents contents, SplitPlan plan) {
        int all = contents.training() + contents.test();
        String shape = contents.isImage()
                ? " images " + contents.channels() + "x" + contents.height() + "x" + contents.width()
                : " samples of " + contents.channels() + " features";
        return contents.name() + ", " + plan.train().length + " + " + plan.validation().length + " + "
                + plan.test().length + " of " + all + shape
                + (contents.place().isEmpty() ? "" : " (" + contents.place() + ")");
    }

    /**
     * Loads, splits and scales. The parts are shuffled; the same settings give the same parts in the same order.
     *
     * @throws DataException if anything is wrong with the settings, the files or the values
     */
    public static Split load(DataSettings settings) {
        return load(source(settings), settings);
    }

    /** As {@link #load(DataSettings)}, from a source. */
    static Split load(DataSource source, DataSettings settings) {
        Contents contents = source.contents();
        SplitPlan plan = Splitter.plan(contents, settings);
        mustFitMemory(contents, plan);
        Scaler scaler = scaler(source, plan, settings.scaling());
        DatasetBuilder train = new DatasetBuilder(contents, plan.train().length, scaler);
        DatasetBuilder validation = new DatasetBuilder(contents, plan.validation().length, scaler);
        DatasetBuilder test = new DatasetBuilder(contents, plan.test().length, scaler);
        read(source, plan, (part, index, values, label) -> {
            switch (part) {
                case TRAIN -> train.put(index, values, label);
                case VALIDATION -> validation.put(index, values, label);
                case TEST -> test.put(index, values, label);
            }
        });
        return new Split(train.build(), validation.build(), test.build());
    }

    private static void mustFitMemory(Contents contents, SplitPlan plan) {
        long samples = (long) plan.train().length + plan.validation().length + plan.test().length;
        long bytes = samples * contents.sampleSize() * Float.BYTES;
        long memory = Runtime.getRuntime().maxMemory();
        if (bytes > memory) {
            throw new DataException(samples + " samples of " + contents.nameAndPlace() + " need " + (bytes >> 20)
                    + " MB, but this JVM has " + (memory >> 20)
                    + " MB; set smaller data.train, data.validation, data.test, or a larger -Xmx");
        }
    }

    /** How to scale; finds the ranges in the train part, and values that are no numbers in all parts. */
    private static Scaler scaler(DataSource source, SplitPlan plan, Scaling scaling) {
        Contents contents = source.contents();
        if (contents.bytes() && scaling == Scaling.AUTO) {
            return new Scaler.Bytes();
        }
        boolean perFeature = scaling == Scaling.PER_FEATURE || scaling == Scaling.AUTO && !contents.isImage();
        Scaler.MinMax scaler = new Scaler.MinMax(perFeature, contents.sampleSize());
        read(source, plan, (part, index, values, label) -> {
            mustBeFinite(values, contents, plan, part, index);
            if (part == Part.TRAIN) {
                scaler.see(values);
            }
        });
        return scaler;
    }

    private static void mustBeFinite(double[] values, Contents contents, SplitPlan plan, Part part, int index) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                int sample = part.of(plan)[index];
                throw new DataException(contents.nameAndPlace() + ": value " + i + " of sample " + sample
                        + " (counted from 0) is " + values[i] + ", expected a finite number");
            }
        }
    }

    /** The parts of a split. */
    private enum Part {
        TRAIN,
        VALIDATION,
        TEST;

        int[] of(SplitPlan plan) {
            return switch (this) {
                case TRAIN -> plan.train();
                case VALIDATION -> plan.validation();
                case TEST -> plan.test();
            };
        }
    }

    /** Takes one sample of a part. */
    @FunctionalInterface
    private interface PartSink {
        void accept(Part part, int index, double[] values, int label);
    }

    /** Reads all samples of a plan, each file once. */
    private static void read(DataSource source, SplitPlan plan, PartSink sink) {
        int train = plan.train().length;
        int used = train + plan.validation().length;
        int[] wanted = IntStream.concat(Arrays.stream(plan.train()), Arrays.stream(plan.validation()))
                .toArray();
        if (plan.officialTest()) {
            source.read(
                    DataSource.Part.TEST,
                    plan.test(),
                    (slot, values, label) -> sink.accept(Part.TEST, slot, values, label));
        } else {
            wanted = IntStream.concat(Arrays.stream(wanted), Arrays.stream(plan.test()))
                    .toArray();
        }
        source.read(DataSource.Part.TRAINING, wanted, (slot, values, label) -> {
            if (slot < train) {
                sink.accept(Part.TRAIN, slot, values, label);
            } else if (slot < used) {
                sink.accept(Part.VALIDATION, slot - train, values, label);
            } else {
                sink.accept(Part.TEST, slot - used, values, label);
            }
        });
    }
}
