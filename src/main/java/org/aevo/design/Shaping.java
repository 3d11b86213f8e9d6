package org.aevo.design;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aevo.network.Activation;
import org.aevo.network.Axes;
import org.aevo.network.Blueprint;
import org.aevo.network.Ends;
import org.aevo.network.Layer;
import org.aevo.network.Node;
import org.aevo.network.Padding;
import org.aevo.network.Shape;

/** From a network file to the network, for samples of one shape: every layer's shape is that of its input worked on. */
final class Shaping {
    /** Rows or columns of an image, far beyond what any memory holds. */
    private static final int LONGEST_SIDE = 1 << 16;

    private final HandmadeNetwork network;
    private final Shape samples;
    private final Axes axes;
    private final Ends ends;
    private final Optional<String> lastActivated;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Shape> shapes = new HashMap<>();
    /** Layers whose output has rows and columns, though there may be one of each. */
    private final Set<String> images = new HashSet<>();
    /** Layers that are left out, and what stands for them. */
    private final Map<String, String> leftOut = new HashMap<>();

    Shaping(HandmadeNetwork network, Ends ends) {
        this.network = network;
        this.ends = ends;
        this.samples = ends.input();
        this.axes = Axes.of(samples);
        this.lastActivated = lastActivated();
    }

    /** @throws LayerException if shapes do not fit */
    Blueprint blueprint() {
        network.input().filter(shape -> !shape.equals(samples)).ifPresent(shape -> {
            throw new LayerException(
                    Blueprint.INPUT, "the network is for samples of " + shape + ", these are " + samples);
        });
        shapes.put(Blueprint.INPUT, samples);
        if (samples.isImage()) {
            images.add(Blueprint.INPUT);
        }
        network.layers().forEach(this::place);
        Map<String, String> outputs = new LinkedHashMap<>();
        network.latent().ifPresent(name -> outputs.put(Blueprint.LATENT, name));
        outputs.put(Blueprint.OUTPUT, resolved(network.output()));
        try {
            return new Blueprint(samples, nodes, outputs);
        } catch (IllegalArgumentException e) {
            throw new LayerException(network.output(), e.getMessage());
        }
    }

    /** On the way back from the output, along layers of one input, the first that may have an activation. */
    private Optional<String> lastActivated() {
        Map<String, LayerDraft> byName = new HashMap<>();
        network.layers().forEach(layer -> byName.put(layer.name(), layer));
        LayerDraft layer = byName.get(network.output());
        while (layer != null && !(layer.form() instanceof Form.Add)) {
            if (layer.form() instanceof Form.Activated) {
                return Optional.of(layer.name());
            }
            layer = byName.get(layer.inputs().get(0));
        }
        return Optional.empty();
    }

    private void place(LayerDraft draft) {
        List<String> inputs = draft.inputs().stream().map(this::resolved).toList();
        boolean add = draft.form() instanceof Form.Add;
        if (add ? inputs.size() < 2 : inputs.size() != 1) {
            throw new LayerException(
                    draft.name(),
                    draft.form().kind() + " takes " + (add ? "two inputs or more" : "one input") + ", not "
                            + inputs.size() + (add ? "" : "; 'add' makes one of several"));
        }
        Shape in = shapes.get(inputs.get(0));
        Optional<Layer> layer = layer(draft, inputs, in);
        Shape out = layer.map(Layer::output).orElse(in);
        if (ends.classify() && draft.name().equals(network.output()) && !out.equals(ends.output())) {
            throw new LayerException(
                    draft.name(),
                    "its softmax has " + out + " units, but the data have " + ends.output()
                            + " classes: set units to that, or leave it out");
        }
        draft.output().filter(expected -> !expected.equals(out)).ifPresent(expected -> {
            throw new LayerException(
                    draft.name(), "makes " + out + " of " + in + ", but its output should be " + expected);
        });
        shapes.put(draft.name(), out);
        if (layer.isEmpty()) {
            leftOut.put(draft.name(), inputs.get(0));
        } else {
            nodes.add(new Node(layer.get(), inputs));
        }
        boolean image = draft.form() instanceof Form.Reshape
                ? layer.isPresent() || images.contains(inputs.get(0))
                : !(draft.form() instanceof Form.Dense) && images.contains(inputs.get(0));
        if (image) {
            images.add(draft.name());
        }
    }

    private String resolved(String name) {
        return leftOut.getOrDefault(name, name);
    }

    /** Empty for one that would change nothing and may be left out. */
    private Optional<Layer> layer(LayerDraft draft, List<String> inputs, Shape in) {
        String name = draft.name();
        Form form = draft.form();
        if (form instanceof Form.Dense d) {
            if (in.size() > Integer.MAX_VALUE) {
                throw new LayerException(name, "an input of " + in + " is too large for a dense layer");
            }
            return Optional.of(new Layer.Dense(name, in, units(name, d.units()), activation(name, d), d.dropout()));
        } else if (form instanceof Form.Add) {
            return Optional.of(
                    new Layer.Join(name, inputs.stream().map(shapes::get).toList()));
        } else if (form instanceof Form.Reshape r) {
            return reshape(name, r, inputs.get(0), in);
        }
        if (!images.contains(inputs.get(0))) {
            throw new LayerException(
                    name,
                    form.kind() + " takes images or signals, but " + inputs.get(0) + " makes a vector of " + in
                            + ": put a reshape between them");
        }
        if (form instanceof Form.Crop c) {
            return crop(name, c, in);
        }
        return Optional.of(windowed(name, form, in));
    }

    private Layer windowed(String name, Form form, Shape in) {
        if (form instanceof Form.Conv c) {
            step(name, c.stride(), in);
            within(name, c.kernel(), c.padding(), in);
            return new Layer.Conv(
                    name,
                    in,
                    filters(name, c.filters()),
                    c.kernel(),
                    c.stride(),
                    activation(name, c),
                    c.batchNormalization(),
                    axes,
                    c.padding());
        } else if (form instanceof Form.Deconv c) {
            enlarged(name, c.stride(), in);
            return new Layer.Deconv(
                    name,
                    in,
                    filters(name, c.filters()),
                    c.kernel(),
                    c.stride(),
                    activation(name, c),
                    c.batchNormalization(),
                    axes);
        } else if (form instanceof Form.Pool p) {
            step(name, p.size(), in);
            within(name, p.size(), p.padding(), in);
            return new Layer.MaxPool(name, in, p.size(), axes, p.padding());
        }
        Form.Upsample u = (Form.Upsample) form;
        enlarged(name, u.factor(), in);
        return new Layer.Upsample(name, in, u.factor(), axes);
    }

    private void step(String name, int step, Shape in) {
        if (step > axes.side(in)) {
            throw new LayerException(
                    name, "steps by " + step + ", more than the side of an image of " + in.height() + "x" + in.width());
        }
    }

    private void within(String name, int window, Padding padding, Shape in) {
        int rows = axes.rows(window);
        if (padding == Padding.VALID && (rows > in.height() || window > in.width())) {
            throw new LayerException(
                    name,
                    "its window of " + rows + "x" + window + " does not lie within an image of " + in.height() + "x"
                            + in.width() + ": take a smaller one, or padding same");
        }
    }

    private void enlarged(String name, int step, Shape in) {
        if ((long) in.height() * axes.rows(step) > LONGEST_SIDE || (long) in.width() * step > LONGEST_SIDE) {
            throw new LayerException(
                    name,
                    "makes an image of " + in + " " + step + " times as large: more than " + LONGEST_SIDE
                            + " rows or columns");
        }
    }

    private Optional<Layer> crop(String name, Form.Crop crop, Shape in) {
        Shape to = target(crop.to());
        int rows = in.height() - to.height();
        int columns = in.width() - to.width();
        if (rows == 0 && columns == 0 && crop.to().like().isPresent()) {
            return Optional.empty();
        }
        Form.Corner corner = crop.corner().orElse(new Form.Corner(rows / 2, columns / 2));
        Shape out = new Shape(in.channels(), to.height(), to.width());
        if (rows < 0 || columns < 0 || corner.top() > rows || corner.left() > columns) {
            throw new LayerException(
                    name,
                    "cannot cut " + out.height() + "x" + out.width() + " out of an image of " + in.height() + "x"
                            + in.width()
                            + (crop.corner().isPresent() ? " from " + corner.top() + "," + corner.left() + " on" : ""));
        }
        return Optional.of(new Layer.Crop(name, in, out, corner.top(), corner.left()));
    }

    private Optional<Layer> reshape(String name, Form.Reshape reshape, String from, Shape in) {
        Shape to = target(reshape.to());
        if (to.equals(in) && reshape.to().like().isPresent()) {
            return Optional.empty();
        }
        if (images.contains(from)) {
            throw new LayerException(
                    name,
                    "reshape takes a vector, but " + from + " makes an image of " + in
                            + "; a dense layer takes images as they are");
        }
        if (to.size() != in.size()) {
            throw new LayerException(
                    name, "cannot make " + to + ", " + to.size() + " values, of the " + in.size() + " of " + from);
        }
        return Optional.of(new Layer.Reshape(name, in, to));
    }

    private Shape target(Target target) {
        return target.shape().orElseGet(() -> shapes.get(target.like().orElseThrow()));
    }

    private int units(String name, Amount units) {
        if (units.isOpen()) {
            throw new LayerException(name, "units is missing: the size of the code is not known");
        }
        long number = units.number()
                .map(Long::valueOf)
                .orElseGet(() -> shapes.get(units.like().orElseThrow()).size());
        if (number > Integer.MAX_VALUE) {
            throw new LayerException(name, "cannot have " + number + " units");
        }
        return (int) number;
    }

    private int filters(String name, Amount filters) {
        return filters.number().orElseGet(() -> shapes.get(
                        filters.like().orElseThrow(() -> new LayerException(name, "filters is missing")))
                .channels());
    }

    private Activation activation(String name, Form.Activated form) {
        return form.activation()
                .orElse(lastActivated.equals(Optional.of(name)) ? ends.outputActivation() : Activation.IDENTITY);
    }
}
