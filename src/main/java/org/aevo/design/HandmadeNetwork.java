package org.aevo.design;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Design;
import org.aevo.network.Ends;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Require;
import org.aevo.network.Shape;

/**
 * A network as a user writes it: layers without shapes, and how it is trained. Its {@link #toString} is the network file on
 * one line, behind a word that no genome begins with; {@link Designs#parse} reads it.
 *
 * @param name what it is called, for people
 * @param input shape that samples must have; empty for any
 * @param layers each behind those that it takes its inputs from
 * @param latent name of the layer that makes the code; empty if none does, as in a classifier
 * @param output name of the layer that is trained
 * @param seed of everything random in its evaluation; empty for one that the run draws
 */
public record HandmadeNetwork(
        String name,
        Optional<Shape> input,
        List<LayerDraft> layers,
        Optional<String> latent,
        String output,
        Hyperparameters hyperparameters,
        OptionalLong seed)
        implements Design {

    /** Characters that a name can have at most. */
    public static final int LONGEST_NAME = 100;

    /** Layers that a network can have at most. */
    static final int MOST_LAYERS = 1000;

    /** Inputs that a layer can have at most. */
    static final int MOST_INPUTS = 100;

    /** @throws IllegalArgumentException naming the layer, if they are no network */
    public HandmadeNetwork {
        Require.given("hyperparameters", hyperparameters);
        if (layers.isEmpty() || layers.size() > MOST_LAYERS) {
            throw new IllegalArgumentException(
                    "a network has 1 to " + MOST_LAYERS + " layers, this has " + layers.size());
        }
        for (LayerDraft layer : layers) {
            if (layer.inputs().size() > MOST_INPUTS) {
                throw new LayerException(
                        layer.name(),
                        "a layer takes at most " + MOST_INPUTS + " inputs, not "
                                + layer.inputs().size());
            }
        }
        layers = LayerOrder.sorted(layers);
        checkUse(layers, output);
        checkSoftmax(layers, output);
        if (latent.isPresent()) {
            checkCode(layers, latent.get());
        }
        if (latent.isPresent() && isSoftmax(layers, output)) {
            throw new IllegalArgumentException(
                    "latent: layer '" + output
                            + "' makes this a classifier, its activation is softmax, and classifiers have no code: leave latent out");
        }
        checkUnits(layers, latent);
    }

    private static Optional<LayerDraft> layer(List<LayerDraft> layers, String name) {
        return layers.stream().filter(layer -> layer.name().equals(name)).findFirst();
    }

    /** Whether the layer of a name ends with a softmax, which makes a network a classifier. */
    static boolean isSoftmax(List<LayerDraft> layers, String output) {
        return layer(layers, output)
                .filter(layer -> layer.form() instanceof Form.Dense d && d.isSoftmax())
                .isPresent();
    }

    /** Every layer leads to the output. */
    private static void checkUse(List<LayerDraft> layers, String output) {
        Set<String> used = new HashSet<>(Set.of(output));
        for (int i = layers.size() - 1; i >= 0; i--) {
            LayerDraft layer = layers.get(i);
            if (!used.contains(layer.name())) {
                throw new LayerException(
                        layer.name(), "nothing takes its output, and the network's output is that of " + output);
            }
            used.addAll(layer.inputs());
        }
    }

    /** What a softmax makes sums to 1: that is of use at the end alone, where it is compared with classes. */
    private static void checkSoftmax(List<LayerDraft> layers, String output) {
        for (LayerDraft layer : layers) {
            if (!(layer.form() instanceof Form.Activated form)
                    || !form.activation().equals(Optional.of(Activation.SOFTMAX))) {
                continue;
            }
            if (!(form instanceof Form.Dense dense)) {
                throw new LayerException(
                        layer.name(), "softmax is for dense layers, of a classifier's classes, not for " + form.kind());
            }
            if (!layer.name().equals(output)) {
                throw new LayerException(
                        layer.name(),
                        "softmax is for the last layer, of a classifier's classes, and the network's output is that of "
                                + output);
            }
            if (dense.dropout() > 0) {
                throw new LayerException(
                        layer.name(), "dropout behind a softmax would set probabilities to 0: leave it out");
            }
        }
    }

    private static void checkCode(List<LayerDraft> layers, String name) {
        Form form = layer(layers, name)
                .orElseThrow(() -> new IllegalArgumentException("latent: there is no layer '" + name + "'"))
                .form();
        if (!(form instanceof Form.Dense)) {
            throw new LayerException(name, "makes the code (latent), so it must be dense, not " + form.kind());
        }
    }

    private static void checkUnits(List<LayerDraft> layers, Optional<String> latent) {
        for (LayerDraft layer : layers) {
            if (layer.form() instanceof Form.Dense dense
                    && dense.units().isOpen()
                    && !dense.isSoftmax()
                    && !latent.equals(Optional.of(layer.name()))) {
                throw new LayerException(
                        layer.name(),
                        "units is missing, expected a whole number; only the code's are left to space.latent, and those of a"
                                + " softmax to the data");
            }
        }
    }

    /**
     * The same network as a user would write it.
     *
     * @param name what it is called
     * @param blueprint what it unfolds into again, to the last name
     */
    public static HandmadeNetwork of(String name, Blueprint blueprint, Hyperparameters hyperparameters) {
        List<LayerDraft> layers = blueprint.nodes().stream().map(Drafts::of).toList();
        return new HandmadeNetwork(
                name,
                Optional.of(blueprint.input()),
                layers,
                Optional.ofNullable(blueprint.outputs().get(Blueprint.LATENT)),
                blueprint.outputs().get(Blueprint.OUTPUT),
                hyperparameters,
                OptionalLong.empty());
    }

    /** Whether its output is a probability for each class of samples. */
    public boolean isClassifier() {
        return isSoftmax(layers, output);
    }

    /**
     * The same with a code of a size, if that was left open.
     *
     * @param units of the layer that makes the code
     */
    public HandmadeNetwork withCode(int units) {
        return closed(units, false);
    }

    /**
     * The same with an output for each class, if their number was left open.
     *
     * @param classes of the data
     */
    public HandmadeNetwork withClasses(int classes) {
        return closed(classes, true);
    }

    /**
     * The same with all that the ends and the size of a code say, where it was left open.
     *
     * @param code units of the layer that makes an autoencoder's code
     */
    public HandmadeNetwork with(Ends ends, int code) {
        return ends.classify() ? withClasses(ends.output().channels()) : withCode(code);
    }

    private HandmadeNetwork closed(int units, boolean softmax) {
        List<LayerDraft> closed = new ArrayList<>(layers);
        closed.replaceAll(
                layer -> layer.form() instanceof Form.Dense d && d.units().isOpen() && d.isSoftmax() == softmax
                        ? layer.with(d.with(Amount.of(units)))
                        : layer);
        return new HandmadeNetwork(name, input, closed, latent, output, hyperparameters, seed);
    }

    /** The same with a seed of its own. */
    public HandmadeNetwork withSeed(long own) {
        return new HandmadeNetwork(name, input, layers, latent, output, hyperparameters, OptionalLong.of(own));
    }

    @Override
    public HandmadeNetwork withoutSeed() {
        return new HandmadeNetwork(name, input, layers, latent, output, hyperparameters, OptionalLong.empty());
    }

    @Override
    public Blueprint unfold(Ends ends) {
        if (isClassifier() && !ends.classify()) {
            throw new LayerException(
                    output,
                    "its softmax makes the network a classifier, which no autoencoder is: set task.kind classify");
        }
        if (!isClassifier() && ends.classify()) {
            throw new LayerException(
                    output,
                    "is no softmax, with which the network would be a classifier: end it with {kind: dense, activation:"
                            + " softmax}, or set another task.kind than classify");
        }
        HandmadeNetwork whole = ends.classify() ? withClasses(ends.output().channels()) : this;
        return new Shaping(whole, ends).blueprint();
    }

    /** On one line. */
    @Override
    public String toString() {
        return NetworkText.line(this);
    }
}
