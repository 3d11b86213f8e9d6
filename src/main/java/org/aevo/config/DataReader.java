package org.aevo.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.aevo.data.DataKind;
import org.aevo.data.DataSettings;
import org.aevo.data.Scaling;

/** Reads the section {@code data}. */
final class DataReader {
    private static final int MANY = 1_000_000_000;

    private DataReader() {}

    static DataSettings read(Section s) {
        DataKind kind = s.choice("kind", DataKind.FASHION_MNIST, "what to read or make");
        Optional<Path> path = s.path(
                "path",
                "the folder of mnist, fashion-mnist or cifar10 files, or the file of idx or hdf5; fashion-mnist is found without");
        Optional<String> dataset = s.optionalText(
                "dataset",
                "a path inside an HDF5 file",
                "hdf5: an array [n, features], [n, height, width] or [n, channels, height, width]");
        Optional<String> labels =
                s.optionalText("labels", "a file or dataset", "hdf5: a dataset of labels; idx: a file of labels");
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
        s.end();
        if (path.isEmpty() && !kind.isSynthetic() && kind != DataKind.FASHION_MNIST) {
            throw s.error(s.has("path") ? "path" : "kind", "needs data.path: where the files are");
        }
        if (kind == DataKind.HDF5 && dataset.isEmpty()) {
            throw s.error("kind", "needs data.dataset: the array inside the HDF5 file");
        }
        if (labels.isPresent() && kind != DataKind.HDF5 && kind != DataKind.IDX) {
            throw s.error("labels", "is for the kinds hdf5 and idx; others have their own, or none: leave it out");
        }
        if (dataset.isPresent() && kind != DataKind.HDF5) {
            throw s.error("dataset", "is for the kind hdf5 alone: leave it out");
        }
        return new DataSettings(
                kind, path, dataset, labels, samples, noise, features, centers, train, validation, test, seed, scaling);
    }
}
