package org.aevo.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.aevo.data.DataKind;
import org.aevo.data.DataSettings;
import org.aevo.data.DataSettings.Place;
import org.aevo.data.Distribution;
import org.aevo.data.Layout;
import org.aevo.data.Scaling;
import org.aevo.data.TableFormat;
import org.aevo.task.Augmentation;

/** Reads the section {@code data}. */
final class DataReader {
    private static final int MANY = 1_000_000_000;
    private static final double LEAST_FRACTION = 1e-6;

    private static final List<DataKind> OWN =
            List.of(DataKind.IDX, DataKind.HDF5, DataKind.NPY, DataKind.CSV, DataKind.IMAGES);
    private static final List<DataKind> OF_FILES = List.of(DataKind.HDF5, DataKind.IDX, DataKind.NPY, DataKind.CSV);
    private static final List<DataKind> OF_ARRAYS = List.of(DataKind.HDF5, DataKind.NPY);

    private DataReader() {}

    /**
     * What the section says.
     *
     * @param augmentation of what is trained on, which the task applies
     * @param distribution how workers come by the data
     * @param fraction of the training samples that each evaluation trains on, above 0 up to 1
     */
    record Read(DataSettings settings, List<Augmentation> augmentation, Distribution distribution, double fraction) {}

    /**
     * @param clean where the clean targets of the samples are
     * @param task the section that says so
     */
    static Read read(Section s, Optional<Place> clean, Section task) {
        DataKind kind = s.choice("kind", DataKind.FASHION_MNIST, "what to read or make");
        Place place = place(s, "");
        Layout layout = s.choice(
                "layout",
                Layout.AUTO,
                "arrays of four sides, of signals of three: which is that of the channels; auto decides where there is no"
                        + " doubt");
        boolean signals = s.flag(
                "signals",
                false,
                "hdf5, idx, npy, csv: samples are signals, [n, length], [n, channels, length] or [n, length, channels];"
                        + " convolutions go along the length");
        TableFormat table = new TableFormat(
                s.choice("delimiter", TableFormat.Delimiter.AUTO, "csv: what is between the fields of a row"),
                s.choice("header", TableFormat.Header.AUTO, "csv: whether the first row names the columns"));
        int samples = s.integer("samples", 0, 0, MANY, "synthetic kinds: how many to make; 0 for 1000");
        OptionalDouble noise = s.optionalDecimal(
                "noise", 0, 1e6, "synthetic kinds: standard deviation of Gaussian noise; none for 0, or 1 for blobs");
        int features = s.integer("features", 0, 0, 1 << 20, "blobs: values per sample; 0 for 2");
        int centers = s.integer("centers", 0, 0, 1 << 20, "blobs: number of clusters; 0 for 3");
        int train = s.integer("train", 0, 0, MANY, "samples to train on; 0 for what the others leave");
        int validation = s.integer("validation", 0, 0, MANY, "samples that measure the fitness; 0 for a tenth");
        int test = s.integer(
                "test", 0, 0, MANY, "samples that the search never sees; 0 for the official test set, or a tenth");
        long seed = s.whole("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE, "of the split, and of synthetic samples");
        Scaling scaling = s.choice("scaling", Scaling.AUTO, "how values come into [0, 1]");
        List<Augmentation> augmentation = s.anyOf(
                "augment",
                Augmentation.class,
                "task.kind classify, images: what is done to training samples, anew in each epoch; flip: left and right change places, of half of them; crop: moved by up to 4 rows and columns, zeros come in");
        Optional<Place> validationFrom = own(s.section(
                "validation-from", "Validation samples of a set of their own, for idx, hdf5, npy, csv, images."));
        Optional<Place> testFrom = own(s.section("test-from", "Test samples of a set of their own, likewise."));
        Distribution distribution = s.choice(
                "distribution",
                Distribution.SHARED_FILE,
                "how workers come by the data: each host reads the files, or rank 0 alone, which sends to hosts that have no copy");
        double fraction = s.decimal(
                "fraction",
                1,
                LEAST_FRACTION,
                1,
                "of the training samples, of each fold's: the part that an evaluation of the search trains on, drawn by its seed; 'aevo train' uses all");
        s.end();
        if (place.path().isEmpty() && !kind.isSynthetic() && kind != DataKind.FASHION_MNIST) {
            throw s.error(s.has("path") ? "path" : "kind", "needs data.path: where the files are");
        }
        if (kind == DataKind.HDF5 && place.dataset().isEmpty()) {
            throw s.error("kind", "needs data.dataset: the array inside the HDF5 file");
        }
        if (place.labels().isPresent() && !OF_FILES.contains(kind)) {
            throw s.error(
                    "labels", "is for the kinds " + kinds(OF_FILES) + "; others have their own, or none: leave it out");
        }
        if (signals && !OF_FILES.contains(kind)) {
            throw s.error("signals", "is for the kinds " + kinds(OF_FILES) + ": leave it out");
        }
        if (place.dataset().isPresent() && !OF_ARRAYS.contains(kind)) {
            throw s.error("dataset", "is for the kinds " + kinds(OF_ARRAYS) + ": leave it out");
        }
        if (validationFrom.isPresent() && !OWN.contains(kind)) {
            throw s.error("validation-from", "is for the kinds " + kinds(OWN) + ": leave it out");
        }
        if (testFrom.isPresent() && !OWN.contains(kind)) {
            throw s.error("test-from", "is for the kinds " + kinds(OWN) + ": leave it out");
        }
        clean.ifPresent(targets -> checkClean(targets, kind, validationFrom.isPresent() || testFrom.isPresent(), task));
        DataSettings settings = DataSettings.of(kind)
                .place(place)
                .validationFrom(validationFrom)
                .testFrom(testFrom)
                .clean(clean)
                .layout(layout)
                .signals(signals)
                .table(table)
                .samples(samples)
                .noise(noise)
                .features(features)
                .centers(centers)
                .parts(train, validation, test)
                .seed(seed)
                .scaling(scaling)
                .build();
        return new Read(settings, augmentation, distribution, fraction);
    }

    private static void checkClean(Place clean, DataKind kind, boolean ownParts, Section task) {
        if (!OWN.contains(kind)) {
            throw task.error("clean", "is for data.kind " + kinds(OWN) + ", not " + kind.text() + ": leave it out");
        }
        if (clean.dataset().isPresent() && !OF_ARRAYS.contains(kind)) {
            throw task.error(
                    "clean",
                    "has a dataset, which is for data.kind " + kinds(OF_ARRAYS)
                            + ": name the file of clean samples with" + " task.clean.path");
        }
        if (clean.path().isPresent() && ownParts) {
            throw task.error(
                    "clean",
                    "names one file, but data.validation-from or data.test-from have parts in others: keep clean samples"
                            + " beside the samples of each part, and name them with task.clean.dataset alone");
        }
    }

    private static Optional<Place> own(Section s) {
        Place place = place(s, "as data.");
        s.end();
        boolean said = place.path().isPresent()
                || place.dataset().isPresent()
                || place.labels().isPresent();
        return said ? Optional.of(place) : Optional.empty();
    }

    /** @param otherwise what a key is that is left out, where it is something */
    private static Place place(Section s, String otherwise) {
        String path = "the folder of mnist, fashion-mnist, cifar10 or images, or the file of idx, hdf5, npy or csv;"
                + " fashion-mnist is found without";
        String dataset = "hdf5: an array [n, features], [n, height, width], [n, channels, height, width] or [n, height,"
                + " width, channels]; npy: the name of one in an .npz";
        String labels =
                "hdf5, .npz: an array of labels, whole numbers [n] or one-hot [n, classes]; idx, .npy: a file of such labels, beside the other; csv: a column, of numbers or names, by"
                        + " name or by number from 1";
        boolean own = otherwise.isEmpty();
        return new Place(
                s.path("path", own ? path : otherwise + "path"),
                s.optionalText("dataset", "a name inside the file", own ? dataset : otherwise + "dataset"),
                s.optionalText("labels", "a file, an array or a column", own ? labels : otherwise + "labels"));
    }

    private static String kinds(List<DataKind> kinds) {
        return kinds.stream().map(DataKind::text).collect(Collectors.joining(", "));
    }
}
