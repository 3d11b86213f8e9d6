package org.aevo.design;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
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
 * @param latent name of the layer that makes the code; empty if none does
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
        checkUse(layers, latent, output);
    }

    /** Every layer leads to the output, the code among them. */
    private static void checkUse(List<LayerDraft> layers, Optional<String> latent, String output) {
        Set<String> used = new HashSet<>(Set.of(output));
        for (int i = layers.size() - 1; i >= 0; i--) {
            LayerDraft layer = layers.get(i);
            if (!used.contains(layer.name())) {
                throw new LayerException(
                        layer.name(), "nothing takes its output, and the network's output is that of " + output);
            }
            used.addAll(layer.inputs());
        }
        latent.ifPresent(name -> {
            LayerDraft code = layers.stream()
                    .filter(layer -> layer.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("latent: there is no layer '" + name + "'"));
            if (!(code.form() instanceof Form.Dense)) {
                throw new LayerException(
                        name,
                        "makes the code (latent), so it must be dense, not "
                                + code.form().kind());
            }
        });
        for (LayerDraft layer : layers) {
            if (layer.form() instanceof Form.Dense dense
                    && dense.units().isOpen()
                    && !latent.equals(Optional.of(layer.name()))) {
                throw new LayerException(
                        layer.name(),
                        "units is missing, expected a whole number; only the code's are left to space.latent");
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

    /**
     * The same with a code of a size, if that was left open.
     *
     * @param units of the layer that makes the code
     */
    public HandmadeNetwork withCode(int units) {
        List<LayerDraft> closed = new ArrayList<>(layers);
        closed.replaceAll(
                layer -> layer.form() instanceof Form.Dense d && d.units().isOpen()
                        ? layer.with(new Form.Dense(Amount.of(units), d.activation(), d.dropout()))
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
        return new Shaping(this, ends.input(), ends.outputActivation()).blueprint();
    }

    /** On one line. */
    @Override
    public String toString() {
        return NetworkText.line(this);
    }
}
