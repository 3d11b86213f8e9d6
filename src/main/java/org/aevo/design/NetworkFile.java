package org.aevo.design;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Ends;
import org.aevo.network.Shape;
import org.aevo.yaml.YamlException;
import org.aevo.yaml.YamlTree;

/**
 * A network that was read from a file, which knows on which line each layer stands. Its grammar is in {@code
 * docs/networks.md}.
 */
public final class NetworkFile {
    private final String label;
    private final HandmadeNetwork network;
    private final Map<String, String> places;

    /**
     * @param label how messages call the file
     * @param places where layers stand, by their names
     */
    NetworkFile(String label, HandmadeNetwork network, Map<String, String> places) {
        this.label = label;
        this.network = network;
        this.places = Map.copyOf(places);
    }

    /**
     * Reads a file.
     *
     * @throws YamlException if it is no network; the message names the file, the line and the layer
     */
    public static NetworkFile read(Path file) {
        return new NetworkReader(YamlTree.read(file), file.toString()).file();
    }

    /** Reads the text of a file that is called so. */
    public static NetworkFile parse(String text, String label) {
        return new NetworkReader(YamlTree.parse(text, label), label).file();
    }

    /** The file's name, as messages have it. */
    public String label() {
        return label;
    }

    /** Where a layer stands: {@code file:line:column}; the file alone for one that it does not have. */
    public String place(String layer) {
        return places.getOrDefault(layer, label);
    }

    public HandmadeNetwork network() {
        return network;
    }

    /**
     * As {@link HandmadeNetwork#unfold}, of an autoencoder: what comes out has the shape of what goes in, and there is a code.
     *
     * @param code units of the layer that makes the code, where the file leaves that open
     * @throws YamlException if that does not fit
     */
    public Blueprint autoencoder(Shape samples, int code, Activation outputActivation) {
        Blueprint blueprint = unfolded(network.withCode(code), Ends.autoencoder(samples, outputActivation));
        Shape made = blueprint.output().layer().output();
        if (!made.equals(samples)) {
            throw new YamlException(place(network.output()) + ": layer '" + network.output() + "': the network makes "
                    + made + " of samples of " + samples + "; " + mend(made, samples));
        }
        if (blueprint.latent().isEmpty()) {
            throw new YamlException(
                    label + ": no layer makes the code: name it by the key latent, or call one " + Blueprint.LATENT);
        }
        return blueprint;
    }

    /**
     * As {@link HandmadeNetwork#unfold}, of a classifier: a probability for each class comes out.
     *
     * @param classes of the data
     * @throws YamlException if that does not fit
     */
    public Blueprint classifier(Shape samples, int classes) {
        return unfolded(network, Ends.classifier(samples, classes));
    }

    /**
     * As {@link #autoencoder} or {@link #classifier}, whichever stands between such ends.
     *
     * @param code units of the layer that makes an autoencoder's code, where the file leaves that open
     * @throws YamlException if that does not fit
     */
    public Blueprint unfold(Ends ends, int code) {
        return ends.classify()
                ? classifier(ends.input(), ends.output().channels())
                : autoencoder(ends.input(), code, ends.outputActivation());
    }

    private Blueprint unfolded(HandmadeNetwork whole, Ends ends) {
        return explained(label, places, () -> whole.unfold(ends));
    }

    private static String mend(Shape made, Shape samples) {
        if (made.size() == samples.size()) {
            return "end it with {kind: reshape, like: input}";
        }
        boolean larger = made.isImage()
                && made.channels() == samples.channels()
                && made.height() >= samples.height()
                && made.width() >= samples.width();
        return larger ? "end it with {kind: crop, like: input}" : "both must be the same";
    }

    /** Has what is wrong with a layer said with the layer's place. */
    static <T> T explained(String label, Map<String, String> places, Supplier<T> step) {
        try {
            return step.get();
        } catch (LayerException e) {
            boolean samples = e.layer().equals(Blueprint.INPUT);
            throw new YamlException(
                    places.getOrDefault(e.layer(), label) + ": " + (samples ? "" : "layer '" + e.layer() + "': ")
                            + e.problem(),
                    e);
        } catch (YamlException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new YamlException(label + ": " + e.getMessage(), e);
        }
    }
}
