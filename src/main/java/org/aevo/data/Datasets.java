package org.aevo.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

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
            case CIFAR10 -> new Cifar10Source(path(settings, "the directory of its binary version"));
            case IDX, HDF5, NPY, CSV, IMAGES -> OwnData.source(settings);
            case SWISS_ROLL, S_CURVE, BLOBS -> new SyntheticSource(settings);
        };
    }

    /**
     * The files that {@link #source} would read.
     *
     * @throws DataException if a setting or a file is missing
     */
    static List<Path> files(DataSettings settings, Map<String, String> environment) {
        return switch (settings.kind()) {
            case FASHION_MNIST -> MnistFiles.all(FashionMnist.find(settings.path(), environment, Path.of("/")));
            case MNIST -> MnistFiles.all(path(settings, "the directory of its four IDX files"));
            case CIFAR10 -> Cifar10Source.files(path(settings, "the directory of its binary version"));
            case IDX, HDF5, NPY, CSV, IMAGES -> OwnData.files(settings);
            case SWISS_ROLL, S_CURVE, BLOBS -> List.of();
        };
    }

    private static Path path(DataSettings settings, String what) {
        return settings.path()
                .orElseThrow(() -> new DataException(
                        "data.path is missing: " + settings.kind().text() + " needs " + what));
    }

    /**
     * Checks all that a load would, including the values of the chosen samples.
     *
     * @throws DataException if anything is wrong with the settings, the files or the values
     */
    public static CheckedData check(DataSettings settings) {
        return check(settings, System.getenv());
    }

    /** As {@link #check(DataSettings)}, in a given environment. */
    static CheckedData check(DataSettings settings, Map<String, String> environment) {
        Optional<CachedSplit> shared = SharedData.find(settings, environment);
        return shared.isPresent() ? shared.get() : loading(settings, environment);
    }

    /** As {@link #check(DataSettings)}, and says what a load would give. */
    public static Summary inspect(DataSettings settings) {
        return inspect(settings, System.getenv());
    }

    /** As {@link #inspect(DataSettings)}, in a given environment. */
    static Summary inspect(DataSettings settings, Map<String, String> environment) {
        return check(settings, environment).summary();
    }

    /**
     * Loads, splits and scales. The parts are shuffled; the same settings give the same parts in the same order.
     * Processes of one user on one host share the memory that large sets take, see {@link SharedData}.
     *
     * @throws DataException if anything is wrong with the settings, the files or the values
     */
    public static Split load(DataSettings settings) {
        return load(settings, System.getenv(), doing -> {});
    }

    /**
     * The same.
     *
     * @param doing hears what this process is at, and again as it gets on while this process waits for another
     */
    public static Split load(DataSettings settings, Consumer<String> doing) {
        return load(settings, System.getenv(), doing);
    }

    /** As {@link #load(DataSettings)}, in a given environment. */
    static Split load(DataSettings settings, Map<String, String> environment) {
        return load(settings, environment, doing -> {});
    }

    private static Split load(DataSettings settings, Map<String, String> environment, Consumer<String> doing) {
        doing.accept("loading the data");
        return SharedData.load(settings, environment, doing).orElseGet(() -> inHeap(loading(settings, environment)));
    }

    /**
     * The checksum of what {@link #load} would give: that of the copy that processes share, which is made if it is not
     * there; else of the files, of which nothing is kept.
     *
     * @throws DataException as {@link #load}
     */
    public static String checksum(DataSettings settings) {
        return checksum(settings, System.getenv());
    }

    /** As {@link #checksum(DataSettings)}, in a given environment. */
    static String checksum(DataSettings settings, Map<String, String> environment) {
        return SharedData.load(settings, environment, doing -> {})
                .map(Split::checksum)
                .orElseGet(() -> loading(settings, environment).checksum());
    }

    /** Whether files that {@link #load} would read are not there; their contents are not looked at. */
    public static boolean areMissing(DataSettings settings) {
        try {
            return !files(settings, System.getenv()).stream().allMatch(Files::exists);
        } catch (DataException e) {
            return true;
        }
    }

    /** Samples, and their clean targets where they have any, on their way out of their files. */
    static Loading loading(DataSettings settings, Map<String, String> environment) {
        DataSource source = source(settings, environment);
        return new Loading(source, OwnData.clean(settings), settings);
    }

    private static Split inHeap(Loading loading) {
        long samples = 0;
        for (SplitPart part : SplitPart.values()) {
            samples += loading.contents().rows(loading.count(part));
        }
        long bytes = samples * loading.rowBytes();
        long memory = Runtime.getRuntime().maxMemory();
        if (bytes > memory) {
            throw new DataException(
                    samples + " samples of " + loading.contents().nameAndPlace() + " need "
                            + (bytes >> 20) + " MB, but this JVM has " + (memory >> 20)
                            + " MB; set smaller data.train, data.validation, data.test, or a larger -Xmx");
        }
        return loading.inHeap();
    }
}
