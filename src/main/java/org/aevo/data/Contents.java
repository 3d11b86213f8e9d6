package org.aevo.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a source holds, as its checked files say.
 *
 * @param name of the set
 * @param place the file or directory; empty for a computed set
 * @param training number of samples that train (and validation and test, where they have no samples of their own) are
 *     taken from
 * @param validation number of samples of a validation set of its own; 0 if there is none
 * @param test number of samples of a test set of its own; 0 if there is none
 * @param type of the values, for people: {@code 16-bit floats}
 * @param bytes whether all values are whole numbers from 0 to 255
 * @param labelled whether each sample has a label
 * @param paired whether each sample has a clean target
 * @param remarks what a user should see, a line each
 * @param fillValue that stands for missing values
 * @param otherFiles that hold values, beside those that the settings name
 * @param layout of an array of four sides; else {@link Layout#AUTO}
 * @param features names of the values of a vector, where the file has them
 */
public record Contents(
        String name,
        String place,
        int channels,
        int height,
        int width,
        int training,
        int validation,
        int test,
        String type,
        boolean bytes,
        boolean labelled,
        boolean paired,
        List<String> remarks,
        OptionalDouble fillValue,
        List<Path> otherFiles,
        Layout layout,
        List<String> features) {

    public Contents {
        features = List.copyOf(features);
        remarks = List.copyOf(remarks);
        otherFiles = List.copyOf(otherFiles);
    }

    /** Values per sample. */
    public int sampleSize() {
        return channels * height * width;
    }

    boolean isImage() {
        return height > 1 || width > 1;
    }

    /** Values along one axis, in channels; an image of one row is nothing else. */
    boolean isSignal() {
        return height == 1 && width > 1;
    }

    /** {@code Fashion-MNIST (/a/path)}. */
    String nameAndPlace() {
        return place.isEmpty() ? name : name + " (" + place + ")";
    }

    /** Rows that are kept of a part: one for each sample, and one for its clean target where it has one. */
    int rows(int samples) {
        return paired ? Math.multiplyExact(2, samples) : samples;
    }

    Dataset dataset(Values values, Optional<int[]> labels) {
        return paired
                ? Dataset.paired(channels, height, width, values, labels)
                : new Dataset(channels, height, width, values, labels);
    }

    /** The same with other remarks. */
    Contents withRemarks(List<String> others) {
        return toBuilder().remarks(others).build();
    }

    /**
     * The same with clean targets.
     *
     * @param targets one for each sample
     */
    Contents withTargets(Contents targets) {
        List<Path> files = new ArrayList<>(otherFiles);
        files.addAll(targets.otherFiles);
        List<String> all = new ArrayList<>(remarks);
        targets.remarks.stream()
                .filter(remark -> !remarks.contains(remark))
                .forEach(remark -> all.add("clean targets: " + remark));
        return toBuilder()
                .values(type, bytes && targets.bytes)
                .paired(true)
                .remarks(all)
                .otherFiles(files)
                .build();
    }

    /** The same with sets of their own for validation and test. */
    Contents withParts(Optional<Contents> validationSet, Optional<Contents> testSet) {
        List<Path> files = new ArrayList<>(otherFiles);
        validationSet.ifPresent(set -> files.addAll(set.otherFiles));
        testSet.ifPresent(set -> files.addAll(set.otherFiles));
        return toBuilder()
                .validation(validationSet.map(Contents::training).orElse(0))
                .test(testSet.map(Contents::training).orElse(0))
                .otherFiles(files)
                .build();
    }

    /** What parts of these sizes give. */
    Summary summary(int train, int validationPart, int testPart) {
        String shape = isSignal()
                ? " signals " + channels + "x" + width
                : isImage()
                        ? " images " + channels + "x" + height + "x" + width
                        : " samples of " + channels + " features";
        String description = name + ", " + train + " + " + validationPart + " + " + testPart + " of "
                + (training + validation + test) + shape + (place.isEmpty() ? "" : " (" + place + ")");
        return new Summary(channels, height, width, train, validationPart, testPart, labelled, description, remarks);
    }

    static Builder of(String name, String place) {
        return new Builder(name, place);
    }

    /** To make contents that differ from these in a few things. */
    private Builder toBuilder() {
        return of(name, place)
                .shape(channels, height, width)
                .training(training)
                .validation(validation)
                .test(test)
                .values(type, bytes)
                .labelled(labelled)
                .paired(paired)
                .remarks(remarks)
                .fillValue(fillValue)
                .otherFiles(otherFiles)
                .layout(layout)
                .features(features);
    }

    /** Contents under construction: vectors of doubles without labels, unless something else is said. */
    static final class Builder {
        private final String name;
        private final String place;
        private int channels = 1;
        private int height = 1;
        private int width = 1;
        private int training;
        private int validation;
        private int test;
        private String type = "64-bit floats";
        private boolean bytes;
        private boolean labelled;
        private boolean paired;
        private List<String> remarks = List.of();
        private OptionalDouble fillValue = OptionalDouble.empty();
        private List<Path> otherFiles = List.of();
        private Layout layout = Layout.AUTO;
        private List<String> features = List.of();

        private Builder(String name, String place) {
            this.name = name;
            this.place = place;
        }

        Builder shape(int channelCount, int rows, int columns) {
            channels = channelCount;
            height = rows;
            width = columns;
            return this;
        }

        Builder training(int count) {
            training = count;
            return this;
        }

        Builder validation(int count) {
            validation = count;
            return this;
        }

        Builder test(int count) {
            test = count;
            return this;
        }

        Builder values(String text, boolean unsignedBytes) {
            type = text;
            bytes = unsignedBytes;
            return this;
        }

        Builder unsignedBytes() {
            return values("unsigned bytes", true);
        }

        Builder labelled(boolean value) {
            labelled = value;
            return this;
        }

        Builder paired(boolean value) {
            paired = value;
            return this;
        }

        Builder remarks(List<String> lines) {
            remarks = lines;
            return this;
        }

        Builder fillValue(OptionalDouble value) {
            fillValue = value;
            return this;
        }

        Builder otherFiles(List<Path> files) {
            otherFiles = files;
            return this;
        }

        Builder layout(Layout value) {
            layout = value;
            return this;
        }

        Builder features(List<String> names) {
            features = names;
            return this;
        }

        Contents build() {
            return new Contents(
                    name,
                    place,
                    channels,
                    height,
                    width,
                    training,
                    validation,
                    test,
                    type,
                    bytes,
                    labelled,
                    paired,
                    remarks,
                    fillValue,
                    otherFiles,
                    layout,
                    features);
        }
    }
}
