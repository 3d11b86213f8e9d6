package org.aevo.record;

import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aevo.network.Blueprint;
import org.aevo.network.Classes;
import org.aevo.network.Ends;
import org.aevo.network.Shape;

/**
 * What samples of the data are, and how raw values become a network's inputs: {@code (x - minimum) / (maximum - minimum)},
 * clipped to [0, 1], and 0 where minimum and maximum are equal.
 *
 * @param layout {@code channels-first} or {@code channels-last} of an array of four sides, else {@code auto}
 * @param type of the values as they are stored, for people
 * @param bytes whether all were whole numbers from 0 to 255, stored as such
 * @param features names of the values of a vector; empty where they have none
 * @param scaling {@code bytes} (0 and 255), {@code global} or {@code per-feature}
 * @param minima one, or one per value of a sample in C order [channel, row, column]
 * @param maxima as many
 * @param classes that a classifier of the samples tells apart; empty where nothing is classified
 */
public record Inputs(
        Shape shape,
        String layout,
        String type,
        boolean bytes,
        List<String> features,
        String scaling,
        List<Double> minima,
        List<Double> maxima,
        Optional<Classes> classes) {

    /** Of the group in HDF5 files. */
    static final String GROUP = "inputs";

    private static final String CLASSES = "classes";

    public Inputs {
        features = List.copyOf(features);
        minima = List.copyOf(minima);
        maxima = List.copyOf(maxima);
    }

    /** Of samples that are not classified. */
    public Inputs(
            Shape shape,
            String layout,
            String type,
            boolean bytes,
            List<String> features,
            String scaling,
            List<Double> minima,
            List<Double> maxima) {
        this(shape, layout, type, bytes, features, scaling, minima, maxima, Optional.empty());
    }

    /** The same inputs, of samples that are classified. */
    public Inputs classified(Classes known) {
        return new Inputs(shape, layout, type, bytes, features, scaling, minima, maxima, Optional.of(known));
    }

    /** What a classifier of such inputs stands between; of samples that are not classified there is none. */
    Ends ends() {
        return Ends.classifier(shape, classes.orElseThrow().count());
    }

    /**
     * Of a network that classifies such samples.
     *
     * @throws IllegalArgumentException if it does not put out a value for each class
     */
    void requireClassesOf(Blueprint classifier) {
        long values = classifier.output().layer().output().size();
        int count = classes.map(Classes::count).orElse(0);
        if (values != count) {
            throw new IllegalArgumentException(
                    "the network puts out " + values + " values for samples of " + count + " classes");
        }
    }

    /** Writes a group with a dataset for each part. */
    void put(WritableGroup parent) {
        WritableGroup group = parent.putGroup(GROUP);
        group.putAttribute("description", "how raw samples become inputs of networks");
        put(group, "channels", "of one sample; a vector of n values is n, 1, 1", shape.channels());
        put(group, "height", "rows of one sample", shape.height());
        put(group, "width", "columns of one sample", shape.width());
        put(group, "layout", "of an array of four sides: channels-first or channels-last; else auto", layout);
        put(group, "type", "of the values as they were stored", Hdf5Table.clean(type));
        put(group, "bytes", "1 if they were stored as unsigned bytes", bytes ? 1 : 0);
        put(group, "scaling", "bytes, global or per-feature", scaling);
        put(group, "minimum", "becomes 0, as what is below; one, or one per value of a sample", numbers(minima));
        put(group, "maximum", "becomes 1, as what is above", numbers(maxima));
        if (!features.isEmpty()) {
            put(
                    group,
                    "features",
                    "names of the values of a sample",
                    features.stream().map(Hdf5Table::clean).toArray(String[]::new));
        }
        classes.ifPresent(known -> put(
                group,
                CLASSES,
                "label of each value that a classifier puts out",
                known.labels().stream().mapToInt(label -> label).toArray()));
    }

    private static double[] numbers(List<Double> values) {
        return values.stream().mapToDouble(value -> value).toArray();
    }

    private static void put(WritableGroup group, String name, String description, Object value) {
        WritableDataset dataset = group.putDataset(name, value);
        Hdf5Table.describe(dataset, "", description);
    }

    /**
     * What {@link #put} wrote.
     *
     * @throws RuntimeException if something of it is missing or of another type
     */
    static Inputs of(Group group) {
        return new Inputs(
                new Shape(whole(group, "channels"), whole(group, "height"), whole(group, "width")),
                text(group, "layout"),
                text(group, "type"),
                whole(group, "bytes") != 0,
                group.getChild("features") == null
                        ? List.of()
                        : Arrays.asList((String[]) ((Dataset) group.getChild("features")).getData()),
                text(group, "scaling"),
                numbers(group, "minimum"),
                numbers(group, "maximum"),
                classes(group));
    }

    private static Optional<Classes> classes(Group group) {
        if (group.getChild(CLASSES) == null) {
            return Optional.empty();
        }
        int[] labels = (int[]) group.getDatasetByPath(CLASSES).getData();
        return Optional.of(new Classes(Arrays.stream(labels).boxed().toList()));
    }

    private static int whole(Group group, String name) {
        return (Integer) group.getDatasetByPath(name).getData();
    }

    private static String text(Group group, String name) {
        return (String) group.getDatasetByPath(name).getData();
    }

    private static List<Double> numbers(Group group, String name) {
        return Arrays.stream((double[]) group.getDatasetByPath(name).getData())
                .boxed()
                .toList();
    }

    /** For JSON. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("channels", shape.channels());
        tree.put("height", shape.height());
        tree.put("width", shape.width());
        tree.put("layout", layout);
        tree.put("type", type);
        tree.put("bytes", bytes);
        tree.put("features", features);
        tree.put("scaling", scaling);
        tree.put("minimum", minima);
        tree.put("maximum", maxima);
        classes.ifPresent(known -> tree.put(CLASSES, known.labels()));
        return tree;
    }

    /** What {@link #tree} made. */
    static Inputs of(Fields fields) throws RecordException {
        try {
            return read(fields);
        } catch (IllegalArgumentException e) {
            throw fields.error(e.getMessage());
        }
    }

    private static Inputs read(Fields fields) throws RecordException {
        return new Inputs(
                new Shape(fields.small("channels"), fields.small("height"), fields.small("width")),
                fields.text("layout"),
                fields.text("type"),
                fields.truth("bytes"),
                new ArrayList<>(fields.texts("features")),
                fields.text("scaling"),
                fields.numbers("minimum"),
                fields.numbers("maximum"),
                fields.has(CLASSES) ? Optional.of(new Classes(fields.smalls(CLASSES))) : Optional.empty());
    }
}
