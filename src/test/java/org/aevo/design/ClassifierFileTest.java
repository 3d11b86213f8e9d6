package org.aevo.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.aevo.network.Activation;
import org.aevo.network.Axes;
import org.aevo.network.Blueprint;
import org.aevo.network.Ends;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Layer;
import org.aevo.network.Optimizer;
import org.aevo.network.Padding;
import org.aevo.network.Shape;
import org.aevo.yaml.YamlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassifierFileTest {
    private static final Shape MNIST = new Shape(1, 28, 28);
    private static final int CLASSES = 10;

    private static NetworkFile published(String name) {
        return NetworkFile.read(Path.of("inputs", "networks", name + ".yaml"));
    }

    private static List<String> shapes(Blueprint blueprint) {
        return blueprint.layers().stream()
                .map(layer -> layer.output().toString())
                .toList();
    }

    private static HandmadeNetwork network(String layers) {
        return NetworkFile.parse("layers: [" + layers + "]", "net.yaml").network();
    }

    /** The numbers are those of the paper; layer by layer they were counted by hand. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fashion-baseline | 356234 | 320+0+18496+0+73856+0+262272+1290 | 32x28x28 32x14x14 64x14x14 64x7x7 128x7x7 128x4x4 128 10",
                "fashion-evolved | 1714219 | 460+6225+8676+4225+4248+0+1658395+30680+1310 | 46x28x28 15x28x28 36x28x28 13x28x28 36x28x28 36x14x14 235 130 10",
                "mnist-baseline | 600810 | 320+9248+0+589952+1290 | 32x26x26 32x24x24 32x12x12 128 10",
                "mnist-evolved | 431659 | 110+17081+0+25608+382382+6048+430 | 22x28x28 31x28x28 31x9x9 33x9x9 143 42 10"
            })
    void publishedNetworks(String name, long parameters, String each, String shapes) {
        NetworkFile file = published(name);
        Blueprint blueprint = file.classifier(MNIST, CLASSES);
        assertEquals(name, file.network().name());
        assertEquals(parameters, blueprint.parameters());
        assertEquals(
                List.of(each.split("\\+")),
                blueprint.layers().stream()
                        .map(layer -> Long.toString(layer.parameters()))
                        .toList());
        assertEquals(List.of(shapes.split(" ")), shapes(blueprint));
        assertEquals(Activation.SOFTMAX, blueprint.outputActivation());
        assertEquals(Optional.empty(), blueprint.latent());
        assertEquals(
                new Hyperparameters(Optimizer.KERAS_RMSPROP, 0.001, 128),
                file.network().hyperparameters());
    }

    /** Activations and dropouts as the paper's tables have them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fashion-baseline | leaky-relu leaky-relu leaky-relu leaky-relu/0.3 softmax",
                "fashion-evolved | relu relu relu relu relu hard-sigmoid/0.4 tanh/0.3 softmax",
                "mnist-baseline | relu relu relu/0.5 softmax",
                "mnist-evolved | tanh identity relu relu/0.4 tanh softmax"
            })
    void activationsOfPublishedNetworks(String name, String expected) {
        List<String> found = published(name).classifier(MNIST, CLASSES).layers().stream()
                .filter(Layer.Activated.class::isInstance)
                .map(Layer.Activated.class::cast)
                .map(layer -> layer.activation().name().toLowerCase(Locale.ROOT).replace('_', '-')
                        + (layer instanceof Layer.Dense d && d.dropout() > 0 ? "/" + d.dropout() : ""))
                .toList();
        assertEquals(List.of(expected.split(" ")), found);
    }

    @Test
    void unitsAreThoseOfTheData() {
        HandmadeNetwork open = network("{kind: dense, units: 3}, {kind: dense, activation: softmax}");
        assertTrue(open.isClassifier());
        for (int classes : new int[] {2, 7}) {
            Ends ends = Ends.classifier(MNIST, classes);
            Blueprint blueprint = open.unfold(ends);
            assertEquals(ends.output(), blueprint.output().layer().output());
            assertEquals(blueprint, open.withClasses(classes).unfold(ends));
            assertEquals(open, open.withCode(5), "it has no code");
        }
        assertFalse(network("{kind: dense, name: latent, units: 3}").isClassifier());
    }

    /** Padding is said where it is another than that of earlier programs, whose texts stay as they were. */
    @Test
    void paddingReadsBack() {
        HandmadeNetwork network =
                network("{kind: conv, filters: 2, kernel: 4, padding: valid}, {kind: pool, size: 3, padding: valid},"
                        + " {kind: pool, padding: same}, {kind: dense, activation: softmax}");
        assertEquals(network, Designs.parse(network.toString()));
        assertEquals(network, NetworkFile.parse(NetworkText.file(network), "x").network());
        Ends ends = Ends.classifier(new Shape(3, 9, 10), 4);
        Blueprint blueprint = network.unfold(ends);
        assertEquals(List.of("2x6x7", "2x2x2", "2", "4"), shapes(blueprint));
        assertEquals(
                new Layer.Conv("l1_conv", ends.input(), 2, 4, 1, Activation.IDENTITY, false, Axes.BOTH, Padding.VALID),
                blueprint.layers().get(0));
        HandmadeNetwork written = HandmadeNetwork.of("same", blueprint, network.hyperparameters());
        assertEquals(blueprint, written.unfold(ends));
        assertEquals(written, Designs.parse(written.toString()));
        assertEquals(2, written.toString().split("padding: valid", -1).length - 1);
        assertEquals(1, written.toString().split("softmax", -1).length - 1);
    }

    @Test
    void windowsOfSignalsGoAlongColumnsAlone() {
        HandmadeNetwork network =
                network("{kind: conv, filters: 2, kernel: 5, padding: valid}, {kind: pool, size: 3, padding: valid},"
                        + " {kind: dense, activation: softmax}");
        assertEquals(List.of("2x1x16", "2x1x5", "3"), shapes(network.unfold(Ends.classifier(new Shape(4, 1, 20), 3))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{kind: dense, units: 3, activation: softmax}, {kind: dense, units: 2} | net.yaml:1:10: layer 'l1_dense': softmax is for the last layer*that of l2_dense",
                "{kind: conv, filters: 3, activation: softmax} | net.yaml:1:10: layer 'l1_conv': softmax is for dense layers*not for conv",
                "{kind: dense, activation: softmax, dropout: 0.5} | net.yaml:1:10: layer 'l1_dense': dropout behind a softmax*",
                "{kind: dense, units: 4, activation: softmax}, {kind: reshape, to: [1, 2, 2]} | *layer 'l1_dense': softmax is for the last layer*",
                "{kind: dense} | net.yaml:1:10: layer 'l1_dense': units is missing*those of a softmax to the data",
                "{kind: conv, filters: 3, padding: full} | net.yaml:1:44: layer 1: padding must be one of same, valid, was 'full'*",
                "{kind: deconv, filters: 3, padding: valid} | *unknown key 'padding'*"
            })
    void whatIsWrongWithAFile(String layers, String message) {
        assertMessage(
                message,
                assertThrows(YamlException.class, () -> NetworkFile.parse("layers: [" + layers + "]", "net.yaml")));
    }

    @Test
    void aClassifierHasNoCode() {
        String layers = "layers: [{kind: dense, name: latent, units: 3}, {kind: dense, activation: softmax}]";
        assertEquals(
                Optional.empty(),
                NetworkFile.parse(layers, "net.yaml").network().latent());
        assertMessage(
                "net.yaml: latent: layer 'l2_dense' makes this a classifier*classifiers have no code: leave latent out",
                assertThrows(YamlException.class, () -> NetworkFile.parse("latent: latent\n" + layers, "net.yaml")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{kind: dense, units: 5, activation: softmax} | net.yaml:2:10: layer 'l1_dense': its softmax has 5 units, but the data have 10 classes: set units to that, or leave it out",
                "{kind: dense, like: input, activation: softmax} | net.yaml:2:10: layer 'l1_dense': its softmax has 64 units, but the data have 10 classes*",
                "{kind: dense, units: 10} | net.yaml:2:10: layer 'l1_dense': is no softmax*{kind: dense, activation: softmax}*",
                "{kind: dense, name: latent}, {kind: dense, like: input}, {kind: reshape, like: input} | net.yaml:2:67: layer 'l3_reshape': is no softmax*",
                "{kind: conv, filters: 2, kernel: 6}, {kind: pool, size: 3}, {kind: conv, name: late, filters: 2, kernel: 4, padding: valid}, {kind: dense, activation: softmax} | net.yaml:2:70: layer 'late': its window of 4x4 does not lie within an image of 3x3: take a smaller one, or padding same",
                "{kind: pool, size: 6}, {kind: pool, size: 2}, {kind: conv, kernel: 2, filters: 2, padding: valid}, {kind: dense, activation: softmax} | *layer 'l3_conv': its window of 2x2 does not lie within an image of 1x1*"
            })
    void whatDoesNotFitTheData(String layers, String message) {
        NetworkFile file = NetworkFile.parse("# a comment\nlayers: [" + layers + "]\n", "net.yaml");
        assertMessage(message, assertThrows(YamlException.class, () -> file.classifier(new Shape(1, 8, 8), CLASSES)));
    }

    @Test
    void aClassifierIsNoAutoencoder() {
        assertMessage(
                "*fashion-baseline.yaml:*: layer 'l8_dense': its softmax makes the network a classifier*task.kind classify",
                assertThrows(YamlException.class, () -> published("fashion-baseline")
                        .autoencoder(MNIST, 16, Activation.SIGMOID)));
    }

    /** A star stands for any text. */
    private static void assertMessage(String pattern, Exception e) {
        String regex = ("\\Q" + pattern + "\\E").replace("*", "\\E.*\\Q");
        assertTrue(e.getMessage().matches(regex), e.getMessage() + " is not " + pattern);
    }
}
