package org.aevo.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.aevo.genome.Genome;
import org.aevo.genome.IntRange;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Spaces;
import org.aevo.genome.variation.RandomGenome;
import org.aevo.genome.variation.VariationRates;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Layer;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;
import org.aevo.yaml.YamlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkFileTest {
    private static final String OPEN = "layers: [{kind: dense, units: 3, name: latent}, {kind: dense, like: input}]";

    /** A character less than a name may have. */
    private static final String LONG =
            "123456789 123456789 123456789 123456789 123456789 " + "123456789 123456789 123456789 123456789 123456789";

    private static final Shape IMAGE = new Shape(1, 8, 8);
    private static final String EVERY_KIND =
            """
            name: every kind
            optimizer: rmsprop
            learning-rate: 0.002
            batch-size: 32
            latent: code
            input: [1, 8, 8]
            layers:
              - {kind: conv, name: a, filters: 4, kernel: 3, stride: 2, activation: relu, batch-normalization: true, output: [4, 4, 4]}
              - {kind: conv, name: side, filters: 3, activation: tanh}
              - {kind: pool, inputs: [a]}
              - {kind: dense, name: code, activation: identity}
              - {kind: dense, units: 36, activation: elu, dropout: 0.1}
              - {kind: reshape, to: [4, 3, 3]}
              - {kind: upsample, factor: 2}
              - {kind: crop, name: cut, to: [4, 4], top: 2}
              - {kind: add, name: sum, inputs: [cut, side, a], output: [4, 4, 4]}
              - {kind: deconv, like: input, kernel: 3, stride: 2}
            """;

    private static HandmadeNetwork network(String yaml) {
        return NetworkFile.parse(yaml, "net.yaml").network();
    }

    private static List<String> names(Blueprint blueprint) {
        return blueprint.layers().stream().map(Layer::name).toList();
    }

    @Test
    void everyKindOfLayer() {
        NetworkFile file = NetworkFile.parse(EVERY_KIND, "net.yaml");
        Blueprint blueprint = file.autoencoder(IMAGE, 5, Activation.SIGMOID);
        assertEquals("every kind", file.network().name());
        assertEquals(
                new Hyperparameters(Optimizer.RMSPROP, 0.002, 32),
                file.network().hyperparameters());
        assertEquals(
                List.of(
                        "a",
                        "side",
                        "l3_pool",
                        "code",
                        "l5_dense",
                        "l6_reshape",
                        "l7_upsample",
                        "cut",
                        "sum",
                        "l10_deconv"),
                names(blueprint));
        assertEquals(
                new Layer.Conv("a", IMAGE, 4, 3, 2, Activation.RELU, true),
                blueprint.layers().get(0));
        assertEquals(
                new Layer.Dense("code", new Shape(4, 2, 2), 5, Activation.IDENTITY, 0),
                blueprint.latent().orElseThrow().layer());
        assertEquals(
                new Layer.Crop("cut", new Shape(4, 6, 6), new Shape(4, 4, 4), 2, 0),
                blueprint.layers().get(7));
        assertEquals(
                List.of("cut", "side", "a"), blueprint.node("sum").orElseThrow().inputs());
        assertEquals(
                new Layer.Deconv("l10_deconv", new Shape(4, 4, 4), 1, 3, 2, Activation.SIGMOID, false),
                blueprint.output().layer());
    }

    @Test
    void withoutNamesEachLayerFollowsTheOneBefore() {
        Blueprint blueprint = NetworkFile.parse(
                        "layers: [{kind: dense, units: 9}, {kind: dense, name: latent, units: 2}, {kind: dense, like: input}]",
                        "net.yaml")
                .autoencoder(Shape.vector(12), 3, Activation.TANH);
        assertTrue(blueprint.isChain());
        assertEquals(List.of("l1_dense", "latent", "l3_dense"), names(blueprint));
        assertEquals(Shape.vector(2), blueprint.latent().orElseThrow().layer().output());
        assertEquals(Activation.TANH, blueprint.outputActivation());
        assertEquals(12 * 9 + 9 + 9 * 2 + 2 + 2 * 12 + 12, blueprint.parameters());
    }

    /** Layers may stand in any order: those that can keep their place do. */
    @Test
    void anyOrder() {
        Blueprint blueprint = network(
                        """
                        layers:
                          - {kind: dense, name: out, like: input, inputs: latent}
                          - {kind: dense, name: latent, units: 2, inputs: first}
                          - {kind: dense, name: first, units: 4, inputs: [input]}
                        """)
                .unfold(Shape.vector(6), Activation.SIGMOID);
        assertEquals(List.of("first", "latent", "out"), names(blueprint));
    }

    @Test
    void whatWouldChangeNothingIsLeftOut() {
        String yaml =
                """
                layers:
                  - {kind: conv, name: a, filters: 2, stride: 2}
                  - {kind: dense, name: latent, units: 3}
                  - {kind: dense, like: a}
                  - {kind: reshape, like: a}
                  - {kind: upsample}
                  - {kind: crop, like: input}
                  - {kind: conv, like: input}
                """;
        assertEquals(
                List.of("a", "latent", "l3_dense", "l4_reshape", "l5_upsample", "l7_conv"),
                names(network(yaml).unfold(IMAGE, Activation.SIGMOID)));
        Blueprint odd = network(yaml).unfold(new Shape(3, 7, 5), Activation.SIGMOID);
        assertEquals(List.of("a", "latent", "l3_dense", "l4_reshape", "l5_upsample", "l6_crop", "l7_conv"), names(odd));
        assertEquals(new Shape(3, 7, 5), odd.output().layer().output());
    }

    /** A network that a search found is the same layer for layer, from its text of one line and from its file. */
    @Test
    void genomesAsNetworks() {
        Random random = new Random(3);
        for (SearchSpace tight : Spaces.tight()) {
            SearchSpace space = tight.toBuilder().kernel(new IntRange(2, 7)).build();
            RandomGenome genomes = new RandomGenome(space, VariationRates.defaults());
            for (int i = 0; i < 30; i++) {
                Genome genome = genomes.next(random);
                Blueprint blueprint = space.blueprint(genome);
                HandmadeNetwork network = HandmadeNetwork.of("x: 'y'", blueprint, genome.hyperparameters())
                        .withSeed(random.nextLong());
                assertEquals(blueprint, network.unfold(space.input(), Activation.RELU));
                assertEquals(network, Designs.parse(network.toString()));
                assertEquals(network, network(NetworkText.file(network)));
                assertEquals(genome, Designs.parse(genome.toString()));
            }
        }
    }

    @Test
    void anOpenNetworkReadsBack() {
        HandmadeNetwork network = network(EVERY_KIND);
        assertEquals(network, Designs.parse(network.toString()));
        assertEquals(network, network(NetworkText.file(network)));
        assertEquals(1, network.toString().lines().count());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "layers: [{kind: dens, units: 3}] | net.yaml:1:17: layer 1: kind must be one of * (did you mean 'dense'?)",
                "layers: [{kind: dense, name: a, unit: 3}] | net.yaml:1:33: layer 'a': unknown key 'unit'; did you mean 'units'?",
                "layers: [{units: 3}] | net.yaml:1:10: layer 1: kind is missing, expected one of *",
                "layers: [{kind: dense}] | net.yaml:1:10: layer 'l1_dense': units is missing*",
                "layers: [{kind: dense, units: 0}] | net.yaml:1:31: layer 1: units must be a whole number from 1 to 1048576, was 0",
                "layers: [{kind: dense, units: 99999999999999999999}] | net.yaml:1:31: *must be a whole number*",
                "layers: [{kind: dense, units: many}] | net.yaml:1:31: *, was 'many'",
                "layers: [{kind: dense, units: 3, dropout: 1}] | net.yaml:1:43: layer 1: dropout must be a number from 0 to 0.99, was 1",
                "layers: [{kind: conv}] | net.yaml:1:10: layer 1: filters is missing*",
                "layers: [{kind: conv, filters: 2, kernel: 8}] | net.yaml:1:43: layer 1: kernel must be*",
                "layers: [{kind: dense, units: 3, activation: rely}] | net.yaml:1:46: *(did you mean 'relu'?)",
                "layers: [{kind: dense, name: a, units: 3}, {kind: dense, name: a, units: 3}] | net.yaml:1:64: layer 'a': there is another layer of this name",
                "layers: [{kind: dense, name: a-b, units: 3}] | net.yaml:1:30: layer 1: name must be a letter*",
                "layers: [{kind: dense, name: input, units: 3}] | net.yaml:1:30: layer 1: name must be*",
                "layers: [{kind: dense, name: code, units: 3}, {kind: dense, inputs: [cod], units: 4}] | net.yaml:1:47: layer 'l2_dense': there is no layer 'cod'; did you mean 'code'?",
                "layers: [{kind: dense, name: a, units: 3, inputs: b}, {kind: dense, name: b, units: 3}] | net.yaml:1:*: layer '*': its output comes back to it, a cycle: * -> * -> *",
                "layers: [{kind: dense, name: a, units: 3}, {kind: dense, name: b, inputs: input, units: 3}] | net.yaml:1:10: layer 'a': nothing takes its output*",
                "{latent: z, layers: [{kind: dense, units: 3}]} | net.yaml:1:10: latent: there is no layer 'z'",
                "layers: [{kind: conv, name: latent, filters: 3}] | net.yaml:1:10: layer 'latent': makes the code (latent), so it must be dense, not conv",
                "layers: [dense] | net.yaml:1:10: a layer must have keys of its own*",
                "layers: [] | net.yaml:1:9: layers must be a list*",
                "{lairs: 3, layers: [{kind: dense, units: 3}]} | net.yaml:1:2: unknown key 'lairs'; did you mean 'layers'?",
                "{optimizer: adm, layers: [{kind: dense, units: 3}]} | net.yaml:1:13: optimizer must be one of adam, rmsprop, nesterov, keras-rmsprop, momentum, was 'adm' (did you mean 'adam'?)",
                "{learning-rate: .inf, layers: [{kind: dense, units: 3}]} | net.yaml:1:17: learning-rate must be a number*",
                "{batch-size: 1.5, layers: [{kind: dense, units: 3}]} | net.yaml:1:14: batch-size must be a whole number*",
                "layers: [{kind: deconv, filters: 2, kernel: 2, stride: 4}] | net.yaml:1:10: layer 1: a stride of 4 is too long for a kernel of 2: at most 3",
                "layers: [{kind: reshape}] | net.yaml:1:10: layer 1: to or like must say what comes out, one of them",
                "layers: [{kind: reshape, to: [1, 2]}] | net.yaml:1:30: layer 1: to must be [channels, rows, columns]*",
                "{latent: cod, layers: [{kind: dense, name: code, units: 3}]} | net.yaml:1:10: latent: there is no layer 'cod'; did you mean 'code'?",
                "just a text | net.yaml:1:1: not an input file*",
                "layers: [{kind: dense, units: 3}, &a {kind: *a}] | net.yaml*",
                "layers: [{kind: dense, units: 3, units: 4}] | net.yaml:*units*"
            })
    void whatIsWrongWithAFile(String yaml, String message) {
        assertMessage(message, assertThrows(YamlException.class, () -> NetworkFile.parse(yaml, "net.yaml")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{kind: dense, name: latent}, {kind: dense, units: 9} | net.yaml:3:*: layer 'l2_dense': the network makes 9 of samples of 1x8x8; both must be the same",
                "{kind: dense, name: latent}, {kind: dense, like: input} | *; end it with {kind: reshape, like: input}",
                "{kind: dense, name: latent}, {kind: dense, units: 27}, {kind: reshape, to: [3, 3, 3]}, {kind: deconv, filters: 1, stride: 3} | *: layer 'l4_deconv': the network makes 1x9x9 of samples of 1x8x8; end it with {kind: crop, like: input}",
                "{kind: dense, like: input}, {kind: reshape, like: input} | net.yaml: no layer makes the code: name it by the key latent, or call one latent",
                "{kind: dense, name: latent}, {kind: conv, filters: 3} | net.yaml:3:*: layer 'l2_conv': conv takes images or signals, but latent makes a vector of 5: put a reshape between them",
                "{kind: dense, name: latent}, {kind: reshape, to: [1, 2, 3]} | *cannot make 1x2x3, 6 values, of the 5 of latent",
                "{kind: conv, filters: 2}, {kind: reshape, to: [128]} | *: layer 'l2_reshape': reshape takes a vector, but l1_conv makes an image*",
                "{kind: conv, filters: 2, stride: 7}, {kind: pool, size: 3} | *: layer 'l2_pool': steps by 3, more than the side of an image of 2x2",
                "{kind: crop, to: [9, 8]} | *: layer 'l1_crop': cannot cut 9x8 out of an image of 8x8",
                "{kind: crop, to: [8, 8], left: 1} | *from 0,1 on",
                "{kind: conv, filters: 2, output: [3, 8, 8]} | net.yaml:3:*: layer 'l1_conv': makes 2x8x8 of 1x8x8, but its output should be 3x8x8",
                "{kind: add, inputs: [input]} | *: layer 'l1_add': add takes two inputs or more, not 1",
                "{kind: dense, units: 3, inputs: [input, input]} | *: layer 'l1_dense': dense takes one input, not 2; 'add' makes one of several",
                "{kind: upsample, factor: 7}, {kind: upsample, factor: 7}, {kind: upsample, factor: 7}, {kind: upsample, factor: 7}, {kind: upsample, factor: 7} | *: layer 'l5_upsample': makes an image of 1x19208x19208 7 times as large*"
            })
    void whatDoesNotFitTheSamples(String layers, String message) {
        NetworkFile file = NetworkFile.parse("# a comment\n\nlayers: [" + layers + "]\n", "net.yaml");
        assertMessage(message, assertThrows(YamlException.class, () -> file.autoencoder(IMAGE, 5, Activation.SIGMOID)));
    }

    @Test
    void samplesOfAnotherShapeThanTheFileSays() {
        NetworkFile file = NetworkFile.parse(EVERY_KIND, "net.yaml");
        assertMessage(
                "net.yaml:6:8: the network is for samples of 1x8x8, these are 3x8x8",
                assertThrows(YamlException.class, () -> file.autoencoder(new Shape(3, 8, 8), 5, Activation.SIGMOID)));
    }

    /** Escapes name characters that may not stand in YAML; a name with such would be lost in a journal. */
    @ParameterizedTest
    @ValueSource(strings = {"a\\uFFFEb", "a\\uD83Db", "\\uDE00", "a\\u0085b", "a\\nb", " "})
    void namesThatCannotBeWrittenOut(String name) {
        assertMessage(
                "net.yaml:1:7: name must be one line of at most 100 characters, was*",
                assertThrows(
                        YamlException.class, () -> NetworkFile.parse("name: \"" + name + "\"\n" + OPEN, "net.yaml")));
    }

    @Test
    void noLayerTakesEndlesslyMany() {
        String inputs = String.join(", ", Collections.nCopies(101, "input"));
        assertMessage(
                "net.yaml:1:10: layer 'sum': a layer takes at most 100 inputs, not 101",
                assertThrows(
                        YamlException.class,
                        () -> NetworkFile.parse(
                                "layers: [{kind: add, name: sum, inputs: [" + inputs + "]}]", "net.yaml")));
    }

    /** Whatever a file is called: its network has a name that reads back. */
    @ParameterizedTest
    @ValueSource(
            strings = {"\uFFFEz", "\uD83D", "x\u2028y", " ", "a\tb", "it's: {a}", LONG + "\uD83D\uDE00", LONG + "yz"})
    void namesOfFiles(String file) {
        HandmadeNetwork network =
                NetworkFile.parse(OPEN, "folder/" + file + ".yaml").network();
        assertEquals(network, Designs.parse(network.toString()));
    }

    @Test
    void filesThatAreNone(@TempDir Path folder) throws Exception {
        assertMessage(
                "*no such file*", assertThrows(YamlException.class, () -> NetworkFile.read(folder.resolve("no"))));
        assertMessage("*is a directory*", assertThrows(YamlException.class, () -> NetworkFile.read(folder)));
        Path large = Files.writeString(folder.resolve("large"), "#".repeat(1 << 21));
        assertMessage("*larger than 1 MiB*", assertThrows(YamlException.class, () -> NetworkFile.read(large)));
        Path bomb = Files.writeString(
                folder.resolve("bomb"),
                "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
                        + "c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]\n"
                        + "e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]\nlayers: [*e, *e, *e, *e, *e]\n");
        assertMessage(
                "*nested too deeply, or by aliases*", assertThrows(YamlException.class, () -> NetworkFile.read(bomb)));
    }

    @Test
    void aGenomeIsNoNetworkAndAnErrorIsOneLine() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Designs.parse("network {layers: [{kind: x}]}"));
        assertMessage("the network's text:1:*", e);
        assertThrows(IllegalArgumentException.class, () -> Designs.parse("dense(3,relu)"));
    }

    /** A star stands for any text. */
    private static void assertMessage(String pattern, Exception e) {
        String regex = ("\\Q" + pattern + "\\E").replace("*", "\\E.*\\Q");
        assertTrue(e.getMessage().matches(regex), e.getMessage() + " is not " + pattern);
    }
}
