package org.aevo.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.aevo.data.DataSettings.Place;
import org.aevo.data.hdf5.Hdf5Reader;

/** A user's own files, of one set or of a split of his own. */
final class OwnData {

    private OwnData() {}

    /**
     * @throws DataException if a setting or a file is missing, or a file is not what it should be
     */
    static DataSource source(DataSettings settings) {
        Hdf5Reader reader = new Hdf5Reader();
        DataSource training = source(settings, settings.place(), reader, List.of());
        // one numbering of classes for all parts
        List<String> classes = training instanceof CsvSource table
                ? table.classNames()
                : training instanceof ImageFolder folder ? folder.classNames() : List.of();
        Optional<DataSource> validation = settings.validationFrom().map(place -> {
            Place own = ownLabels("data.validation-from", settings, place.or(settings.place()));
            return numberedAs(training, source(settings, own, reader, classes));
        });
        Optional<DataSource> test = settings.testFrom().map(place -> {
            Place own = ownLabels("data.test-from", settings, place.or(settings.place()));
            return numberedAs(training, source(settings, own, reader, classes));
        });
        return validation.isEmpty() && test.isEmpty() ? training : new CombinedSource(training, validation, test);
    }

    /**
     * A part's own place. What it does not say is as for the training samples, but their labels are none of its samples:
     * where there happen to be as many, all would be wrong.
     */
    private static Place ownLabels(String key, DataSettings settings, Place own) {
        Place training = settings.place();
        boolean others = !own.path().equals(training.path()) || !own.dataset().equals(training.dataset());
        Optional<List<String>> labels = labelsAt(settings.kind(), own);
        if (others && labels.isPresent() && labels.equals(labelsAt(settings.kind(), training))) {
            throw new DataException(
                    key + " has samples of its own, but its labels would be those of the training samples, "
                            + String.join(": ", labels.get()) + ": set " + key + ".labels");
        }
        return own;
    }

    /** The file of labels, and the array in it where there are several; empty where labels are nowhere else than samples. */
    private static Optional<List<String>> labelsAt(DataKind kind, Place place) {
        if (place.path().isEmpty() || place.labels().isEmpty()) {
            return Optional.empty();
        }
        Path file = place.path().get();
        String labels = place.labels().get();
        return switch (kind) {
            case HDF5 -> Optional.of(List.of(file.toString(), labels));
            case NPY ->
                Optional.of(
                        FileFormat.of(file).filter(FileFormat.ZIP::equals).isPresent()
                                ? List.of(file.toString(), labels)
                                : List.of(beside(file, labels).toString()));
            case IDX -> Optional.of(List.of(beside(file, labels).toString()));
            default -> Optional.empty();
        };
    }

    /** A table of a part: where the training table's labels are numbers, its labels are too. */
    private static DataSource numberedAs(DataSource training, DataSource part) {
        if (training instanceof CsvSource first
                && part instanceof CsvSource other
                && first.contents().labelled()
                && first.classNames().isEmpty()
                && !other.classNames().isEmpty()) {
            throw new DataException(other.contents().nameAndPlace() + ": has the label "
                    + CsvColumns.brief(other.classNames().get(other.classNames().size() - 1)) + ", but labels of "
                    + first.contents().nameAndPlace() + " are numbers");
        }
        return part;
    }

    /**
     * The clean targets of the samples that {@link #source(DataSettings)} gives, where the settings name any.
     *
     * @throws DataException as there, or if they are the samples themselves
     */
    static Optional<DataSource> clean(DataSettings settings) {
        return settings.clean().map(clean -> {
            Hdf5Reader reader = new Hdf5Reader();
            return new CombinedSource(
                    source(settings, cleanOf(settings, settings.place()), reader, List.of()),
                    settings.validationFrom().map(place -> {
                        Place targets = cleanOf(settings, place.or(settings.place()));
                        return source(settings, targets, reader, List.of());
                    }),
                    settings.testFrom().map(place -> {
                        Place targets = cleanOf(settings, place.or(settings.place()));
                        return source(settings, targets, reader, List.of());
                    }));
        });
    }

    /** Where the clean targets of samples are. Their labels are those of the samples; a table must know their column. */
    private static Place cleanOf(DataSettings settings, Place noisy) {
        Place named = settings.clean().orElseThrow().or(noisy);
        Place clean = new Place(
                named.path(), named.dataset(), settings.kind() == DataKind.CSV ? noisy.labels() : Optional.empty());
        if (clean.path().equals(noisy.path()) && clean.dataset().equals(noisy.dataset())) {
            throw new DataException(
                    "task.clean names the samples of data themselves: name their clean targets, or choose"
                            + " task.kind reconstruct");
        }
        return clean;
    }

    private static DataSource source(DataSettings settings, Place place, Hdf5Reader reader, List<String> classes) {
        return switch (settings.kind()) {
            case IDX -> {
                Path samples = path(place, "the IDX file of the samples");
                yield IdxSource.ofFile(
                        samples,
                        place.labels().map(name -> beside(samples, name)),
                        settings.layout(),
                        settings.signals());
            }
            case HDF5 -> {
                Path file = path(place, "the HDF5 file");
                String dataset = place.dataset()
                        .orElseThrow(() -> new DataException(
                                "data.dataset is missing: hdf5 needs the path of the array in the file"));
                yield new ArraySource(
                        Hdf5Numbers.of(reader, file, dataset),
                        place.labels().map(name -> Hdf5Numbers.of(reader, file, name)),
                        settings.layout(),
                        settings.signals());
            }
            case NPY -> {
                Path file = path(place, "the .npy or .npz file");
                NpyArray samples = NpyArray.of(file, place.dataset());
                yield new ArraySource(
                        samples,
                        place.labels()
                                .map(name -> samples.isOfArchive()
                                        ? NpyArray.of(file, Optional.of(name))
                                        : NpyArray.of(beside(file, name), Optional.empty())),
                        settings.layout(),
                        settings.signals());
            }
            case CSV ->
                new CsvSource(path(place, "the table"), settings.table(), place.labels(), classes, settings.signals());
            case IMAGES -> new ImageFolder(path(place, "the folder of images"), classes);
            default -> throw new IllegalArgumentException(settings.kind() + " is no kind of one's own files");
        };
    }

    /** The files that {@link #source} would read. */
    static List<Path> files(DataSettings settings) {
        Set<Path> files = new LinkedHashSet<>(files(settings.kind(), settings.place()));
        settings.validationFrom().ifPresent(place -> files.addAll(files(settings.kind(), place.or(settings.place()))));
        settings.testFrom().ifPresent(place -> files.addAll(files(settings.kind(), place.or(settings.place()))));
        settings.clean().ifPresent(place -> files.addAll(files(settings.kind(), cleanOf(settings, settings.place()))));
        return List.copyOf(files);
    }

    private static List<Path> files(DataKind kind, Place place) {
        Path file = path(place, "a file or folder");
        return switch (kind) {
            case IMAGES -> ImageFolder.files(file);
            case IDX, NPY -> {
                // labels in an archive are in the same file
                Optional<Path> labels =
                        place.labels().map(name -> beside(file, name)).filter(Files::exists);
                yield Stream.concat(Stream.of(file), labels.stream()).toList();
            }
            default -> List.of(file);
        };
    }

    private static Path beside(Path samples, String labels) {
        try {
            return samples.resolveSibling(labels);
        } catch (InvalidPathException e) {
            throw new DataException("data.labels is no file name: " + e.getMessage(), e);
        }
    }

    private static Path path(Place place, String what) {
        return place.path().orElseThrow(() -> new DataException("data.path is missing: " + what));
    }
}
