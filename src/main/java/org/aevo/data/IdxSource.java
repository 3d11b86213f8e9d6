package org.aevo.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** The IDX files of MNIST and sets in its form: images with labels, and a test set. */
final class IdxSource implements DataSource {
    private final Contents contents;
    private final Labelled training;
    private final Optional<Labelled> test;

    private IdxSource(String name, Path place, Labelled training, Optional<Labelled> test) {
        this.training = training;
        this.test = test;
        int[] shape = training.images.shape();
        contents = Contents.of(name, place.toString())
                .shape(shape[0], shape[1], shape[2])
                .training(training.images.count())
                .test(test.map(t -> t.images.count()).orElse(0))
                .unsignedBytes()
                .labelled(training.labels.isPresent())
                .build();
    }

    /** One file of samples, and perhaps one of labels. */
    static DataSource ofFile(Path samples, Optional<Path> labels, Layout layout, boolean signals) {
        return new ArraySource(IdxFile.samples(samples), labels.map(IdxFile::labels), layout, signals);
    }

    /** The four files of MNIST in a directory, under their usual names, plain or gzip. */
    static IdxSource ofMnistDirectory(String name, Path directory) {
        Directories.mustExist(directory, "the four IDX files of " + name);
        // all four are looked for before the first is read
        Path trainingImages = MnistFiles.find(directory, MnistFiles.TRAINING_IMAGES);
        Path trainingLabels = MnistFiles.find(directory, MnistFiles.TRAINING_LABELS);
        Path testImages = MnistFiles.find(directory, MnistFiles.TEST_IMAGES);
        Path testLabels = MnistFiles.find(directory, MnistFiles.TEST_LABELS);
        Labelled training =
                new Labelled(IdxFile.mnistImages(trainingImages), Optional.of(IdxFile.mnistLabels(trainingLabels)));
        Labelled test = new Labelled(IdxFile.mnistImages(testImages), Optional.of(IdxFile.mnistLabels(testLabels)));
        if (!Arrays.equals(test.images.shape(), training.images.shape())) {
            throw new DataException(testImages + ": images of " + Shapes.text(test.images.shape()) + ", expected "
                    + Shapes.text(training.images.shape()) + " as in " + trainingImages);
        }
        return new IdxSource(name, directory, training, Optional.of(test));
    }

    @Override
    public Contents contents() {
        return contents;
    }

    @Override
    public void read(Part part, int[] wanted, Sink sink) {
        of(part).read(wanted, sink);
    }

    @Override
    public void readBytes(Part part, int[] wanted, ByteSink sink) {
        of(part).readBytes(wanted, sink);
    }

    @Override
    public int[] labels(Part part) {
        return of(part).all();
    }

    private Labelled of(Part part) {
        return part == Part.TRAINING ? training : test.orElseThrow();
    }

    /** A file of samples and its file of labels. */
    private record Labelled(IdxFile images, Optional<IdxFile> labels) {
        Labelled {
            labels.ifPresent(file -> {
                if (file.count() != images.count()) {
                    throw new DataException(file.path() + ": " + file.count() + " labels, expected " + images.count()
                            + ", one per sample of " + images.path());
                }
            });
        }

        void read(int[] wanted, Sink sink) {
            IntUnaryOperator classes = classes();
            Selection selection = new Selection(wanted, images.count());
            images.read(
                    selection::wants,
                    (sample, values) -> sink.accept(selection.slot(sample), values, classes.applyAsInt(sample)));
        }

        void readBytes(int[] wanted, ByteSink sink) {
            IntUnaryOperator classes = classes();
            Selection selection = new Selection(wanted, images.count());
            images.readBytes(
                    selection::wants,
                    (sample, bytes) -> sink.accept(selection.slot(sample), bytes, classes.applyAsInt(sample)));
        }

        /** The label of a sample; -1 if there are none. */
        private IntUnaryOperator classes() {
            int[] classes = all();
            return sample -> classes.length == 0 ? -1 : classes[sample];
        }

        /** The label of each sample; empty if there are none. */
        int[] all() {
            byte[] classes = labels.map(IdxFile::labels).orElse(new byte[0]);
            return IntStream.range(0, classes.length)
                    .map(sample -> classes[sample] & 0xFF)
                    .toArray();
        }
    }
}
