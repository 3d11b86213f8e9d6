package org.aevo.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.aevo.network.Activation;
import org.aevo.network.Axes;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.network.Node;
import org.aevo.network.Padding;
import org.aevo.network.Shape;

/**
 * Small random graphs of every kind of layer, valid by construction: joins of two and three inputs of other sides and
 * channels, branches, what several layers take, what one join takes twice, a code in the middle that is a vector or an
 * image, and a second output. Most end in the shape of the samples, some in another one, some in a join. Without dropout,
 * and without transposed convolutions whose steps are longer than their windows, which not every engine has. Those of
 * classifiers end in a softmax and have no code; windows of theirs may lie within the image.
 */
public final class RandomBlueprint {
    /** Sides beyond this one are not made, so that plain Java computes a network in no time. */
    private static final int LARGEST_SIDE = 14;

    private static final int[] UNITS = {4, 5, 6, 8, 12, 16, 18};

    private final RandomGenerator random;
    private final Shape samples;
    private final Axes axes;

    /** Of a classifier; 0 for others. */
    private final int classes;

    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, String> outputs = new LinkedHashMap<>();

    /** What there is to take, by name. */
    private final Map<String, Shape> made = new LinkedHashMap<>();

    /** Those of them that a convolution can take. */
    private final Set<String> images = new LinkedHashSet<>();

    /** What nothing takes yet, but for the head. */
    private final Set<String> loose = new LinkedHashSet<>();

    private String head = Blueprint.INPUT;

    private RandomBlueprint(Shape samples, int classes, RandomGenerator random) {
        this.samples = samples;
        this.classes = classes;
        this.random = random;
        // of vectors a dense layer can make images, and they have both axes
        this.axes = Axes.of(samples);
        made.put(head, samples);
        if (samples.isImage()) {
            images.add(head);
        }
    }

    /** For samples of a shape; the same seed gives the same. */
    public static Blueprint of(Shape samples, long seed) {
        return new RandomBlueprint(samples, 0, new SplittableRandom(seed)).blueprint();
    }

    /** For images of a random shape. */
    public static Blueprint ofImages(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Shape shape = new Shape(1 + random.nextInt(3), 2 + random.nextInt(8), 2 + random.nextInt(8));
        return of(shape, seed);
    }

    /** For signals of a random shape. */
    public static Blueprint ofSignals(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return of(new Shape(1 + random.nextInt(3), 1, 2 + random.nextInt(12)), seed);
    }

    /** For vectors of a random length. */
    public static Blueprint ofVectors(long seed) {
        return of(Shape.vector(3 + new SplittableRandom(seed).nextInt(14)), seed);
    }

    /** A classifier of images, signals or vectors of a random shape. */
    public static Blueprint ofClassifier(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Shape shape =
                switch (random.nextInt(4)) {
                    case 0 -> new Shape(1 + random.nextInt(3), 1, 2 + random.nextInt(12));
                    case 1 -> Shape.vector(3 + random.nextInt(14));
                    default -> new Shape(1 + random.nextInt(3), 3 + random.nextInt(10), 3 + random.nextInt(10));
                };
        return new RandomBlueprint(shape, 2 + random.nextInt(4), random).blueprint();
    }

    private Blueprint blueprint() {
        int before = 1 + random.nextInt(4);
        int after = random.nextInt(4);
        for (int i = 0; i < before; i++) {
            anything();
        }
        if (classes == 0) {
            code();
        }
        for (int i = 0; i < after; i++) {
            anything();
        }
        if (random.nextInt(3) > 0) {
            join(head, 1 + random.nextInt(2));
        }
        if (!loose.isEmpty()) {
            List<String> inputs = new ArrayList<>(List.of(head));
            inputs.addAll(loose);
            loose.clear();
            sum(inputs);
        }
        if (classes > 0) {
            dense(classes, Activation.SOFTMAX, Blueprint.OUTPUT);
        } else {
            end(random.nextInt(4) == 0 ? new Shape(1 + random.nextInt(4), 1, 1) : samples);
        }
        outputs.put(Blueprint.OUTPUT, head);
        return new Blueprint(samples, nodes, outputs);
    }

    /** One more layer, now and then a join or a branch. */
    private void anything() {
        int kind = random.nextInt(10);
        if (kind < 3 && !nodes.isEmpty()) {
            join(random.nextInt(3) == 0 ? any() : head, 1 + random.nextInt(2));
        } else if (kind < 4 && !nodes.isEmpty()) {
            String from = any();
            if (!from.equals(head)) {
                loose.add(head);
                take(from);
            }
            layer();
        } else {
            layer();
        }
    }

    /** The code: of any shape, by any name, and sometimes a second output beside it. */
    private void code() {
        if (random.nextInt(4) > 0 || !images.contains(head) || head.equals(Blueprint.INPUT)) {
            dense(2 + random.nextInt(4), activation(), random.nextBoolean() ? Blueprint.LATENT : "bottleneck");
        } else {
            layer();
        }
        outputs.put(Blueprint.LATENT, head);
        if (random.nextInt(3) == 0) {
            outputs.put("features", nodes.get(random.nextInt(nodes.size())).name());
        }
    }

    private void layer() {
        Shape shape = made.get(head);
        if (!images.contains(head)) {
            Shape image = image((int) shape.size());
            if (image.isImage() && random.nextBoolean()) {
                add(new Layer.Reshape(name("reshape"), shape, image), List.of(head), true);
            } else {
                dense(UNITS[random.nextInt(UNITS.length)], activation(), name("dense"));
            }
            return;
        }
        int stride = 1 + random.nextInt(3);
        int kernel = stride + random.nextInt(4);
        int filters = 1 + random.nextInt(6);
        boolean normalization = random.nextInt(4) == 0;
        switch (random.nextInt(8)) {
            case 0, 1 -> convolution(filters, kernel, stride, activation(), normalization);
            case 2 -> {
                int size = 2 + random.nextInt(2);
                add(new Layer.MaxPool(name("pool"), shape, size, axes, padding(size)), List.of(head), true);
            }
            case 3 -> {
                if (fits(shape.enlarged(1, stride, axes))) {
                    add(new Layer.Upsample(name("upsample"), shape, stride, axes), List.of(head), true);
                }
            }
            case 4, 5 -> {
                if (fits(shape.enlarged(1, stride, axes))) {
                    add(
                            new Layer.Deconv(
                                    name("deconv"), shape, filters, kernel, stride, activation(), normalization, axes),
                            List.of(head),
                            true);
                }
            }
            case 6 -> {
                int height = 1 + random.nextInt(shape.height());
                int width = 1 + random.nextInt(shape.width());
                crop(new Shape(shape.channels(), height, width));
            }
            default -> dense(UNITS[random.nextInt(UNITS.length)], activation(), name("dense"));
        }
    }

    /** Ends in a shape: by a dense layer, or by windows and a crop; with a sigmoid, and perhaps a join behind it. */
    private void end(Shape shape) {
        boolean windows = images.contains(head) && random.nextInt(3) > 0;
        if (windows) {
            while (made.get(head).height() < shape.height() || made.get(head).width() < shape.width()) {
                Shape small = made.get(head);
                if (small.height() < shape.height() && axes == Axes.COLUMNS) {
                    windows = false;
                    break;
                }
                add(new Layer.Upsample(name("upsample"), small, 2, axes), List.of(head), true);
            }
        }
        if (windows) {
            convolution(shape.channels(), 1 + random.nextInt(4), 1, Activation.SIGMOID, random.nextInt(3) == 0);
            if (!made.get(head).equals(shape)) {
                crop(shape);
            }
        } else {
            dense((int) shape.size(), Activation.SIGMOID, name("dense"));
            if (shape.isImage()) {
                add(new Layer.Reshape(name("reshape"), Shape.vector((int) shape.size()), shape), List.of(head), true);
            }
        }
        if (random.nextInt(4) == 0) {
            join(head, 1);
        }
    }

    private void convolution(int filters, int kernel, int stride, Activation activation, boolean normalization) {
        Shape shape = made.get(head);
        add(
                new Layer.Conv(
                        name("conv"), shape, filters, kernel, stride, activation, normalization, axes, padding(kernel)),
                List.of(head),
                true);
    }

    /** Of a window along the head. */
    private Padding padding(int kernel) {
        Shape shape = made.get(head);
        boolean within = axes.rows(kernel) <= shape.height() && kernel <= shape.width();
        return classes > 0 && within && random.nextBoolean() ? Padding.VALID : Padding.SAME;
    }

    private void dense(int units, Activation activation, String name) {
        add(new Layer.Dense(name, made.get(head), units, activation, 0), List.of(head), false);
    }

    private void crop(Shape to) {
        Shape from = made.get(head);
        int top = random.nextInt(from.height() - to.height() + 1);
        int left = random.nextInt(from.width() - to.width() + 1);
        add(new Layer.Crop(name("crop"), from, to, top, left), List.of(head), true);
    }

    /** The head and others, in any order if another one is primary. */
    private void join(String primary, int others) {
        List<String> inputs = new ArrayList<>(List.of(primary));
        if (!primary.equals(head)) {
            inputs.add(head);
        }
        while (inputs.size() < 1 + others) {
            inputs.add(any());
        }
        if (inputs.size() > 1) {
            sum(inputs);
        }
    }

    private void sum(List<String> inputs) {
        List<Shape> shapes = inputs.stream().map(made::get).toList();
        add(new Layer.Join(name("join"), shapes), inputs, images.contains(inputs.get(0)));
    }

    private void add(Layer layer, List<String> inputs, boolean image) {
        nodes.add(new Node(layer, inputs));
        made.put(layer.name(), layer.output());
        inputs.forEach(loose::remove);
        head = layer.name();
        if (image) {
            images.add(head);
        }
    }

    private void take(String name) {
        loose.remove(name);
        head = name;
    }

    private String any() {
        List<String> names = List.copyOf(made.keySet());
        return names.get(random.nextInt(names.size()));
    }

    private Activation activation() {
        // those that searches of autoencoders have, and in classifiers the hard sigmoid
        return Activation.values()[random.nextInt(classes > 0 ? 8 : 7)];
    }

    private String name(String kind) {
        return "n" + nodes.size() + "_" + kind;
    }

    private static boolean fits(Shape shape) {
        return Math.max(shape.height(), shape.width()) <= LARGEST_SIDE;
    }

    /** So many values as an image of two or three columns, and with both axes as many rows if that can be. */
    private Shape image(int size) {
        int width = size % 3 == 0 ? 3 : size % 2 == 0 ? 2 : 1;
        int rest = size / width;
        int height = axes == Axes.COLUMNS ? 1 : rest % 2 == 0 ? 2 : rest % 3 == 0 ? 3 : 1;
        return new Shape(rest / height, height, width);
    }
}
