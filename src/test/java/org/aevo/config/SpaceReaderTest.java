package org.aevo.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.aevo.genome.DoubleRange;
import org.aevo.genome.Family;
import org.aevo.genome.IntRange;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.SearchSpaceBuilder;
import org.aevo.network.Activation;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;
import org.aevo.search.StrategyKind;
import org.aevo.yaml.YamlTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The section space, of searches of classifiers above all. */
class SpaceReaderTest {
    private static final Shape IMAGE = new Shape(1, 28, 28);

    private static RunConfig.SpaceSettings read(String space, boolean classify, EffectiveInput effective) {
        YamlTree tree = YamlTree.parse("space: {" + space + "}", "in.yaml");
        Section root = new Section("", Optional.of(tree.root()), effective);
        return SpaceReader.read(root.section("space", "Networks."), classify, StrategyKind.GENETIC);
    }

    private static RunConfig.SpaceSettings read(String space, boolean classify) {
        return read(space, classify, new EffectiveInput("in.yaml"));
    }

    private static SearchSpace classifiers(String space) {
        return read(space, true).of(IMAGE, 10);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void defaultsAreThoseOfTheBuilder(Family family) {
        String key = "family: " + family.name().toLowerCase(Locale.ROOT);
        assertEquals(SearchSpaceBuilder.classifier(family, IMAGE, 10).build(), classifiers(key));
        assertEquals(SearchSpace.defaults(family, IMAGE, 16), read(key, false).forSamples(IMAGE));
    }

    @Test
    void boundsOfFeaturesAndHead() {
        SearchSpace space =
                classifiers("family: mixed, max-genes: 9, head-max-genes: 2, filters: [8, 128], units: [32, 64],"
                        + " dropout: [0.1, 0.6], activations: [relu, hard-sigmoid, identity], max-skips: 4,"
                        + " kernel: [1, 3], strides: [1, 3], pool-sizes: [2, 3], batch-normalization: false,"
                        + " optimizers: [keras-rmsprop, momentum]");
        space.roles().forEach(role -> {
            assertEquals(role == Role.HEAD ? 2 : 9, space.section(role).maxGenes());
            assertEquals(new IntRange(8, 128), space.section(role).filters());
            assertEquals(new IntRange(32, 64), space.section(role).units());
            assertEquals(new DoubleRange(0.1, 0.6), space.section(role).dropout());
            assertEquals(
                    List.of(Activation.RELU, Activation.HARD_SIGMOID, Activation.IDENTITY),
                    space.section(role).activations());
            assertEquals(4, space.section(role).maxSkips());
            // no transposed convolution has to undo them
            assertEquals(List.of(1, 3), space.section(role).strides());
            assertEquals(List.of(2, 3), space.section(role).poolSizes());
        });
        assertEquals(List.of(Optimizer.KERAS_RMSPROP, Optimizer.MOMENTUM), space.optimizers());
        assertEquals(
                List.of(Activation.IDENTITY),
                read("activations: [identity]", false)
                        .forSamples(IMAGE)
                        .encoder()
                        .activations());
    }

    /** A run's own input has every key, those of autoencoders with their defaults. */
    @ParameterizedTest
    @ValueSource(strings = {"", "family: mixed, head-max-genes: 5"})
    void theEffectiveInputSaysTheSame(String space) {
        EffectiveInput effective = new EffectiveInput("in.yaml");
        SearchSpace first = read(space, true, effective).of(IMAGE, 10);
        YamlTree tree = YamlTree.parse(effective.yaml(), "effective.yaml");
        Section root = new Section("", Optional.of(tree.root()), new EffectiveInput("again"));
        assertEquals(
                first,
                SpaceReader.read(root.section("space", "Networks."), true, StrategyKind.GENETIC)
                        .of(IMAGE, 10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "latent: 8 | in.yaml:1:17: space.latent is for autoencoders; task.kind is classify",
                "output-activation: tanh | space.output-activation is for autoencoders; task.kind is classify",
                "decoder: free | space.decoder is for autoencoders; task.kind is classify",
                "decoder-units: [8, 9] | space.decoder-units is for autoencoders; task.kind is classify",
                "decoder: free, decoder-max-genes: 2 | space.decoder-max-genes is for autoencoders; task.kind is classify",
                "upscalings: [upsampling] | space.upscalings is for autoencoders; task.kind is classify",
                "head-max-genes: 0 | space.head-max-genes must be a whole number from 1 to 100, was 0",
                "activations: [softmax] | space.activations must be a list of relu"
            })
    void whatMeansNothingToClassifiersIsRefused(String space, String message) {
        Exception e = assertThrows(InputException.class, () -> classifiers(space));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "head-max-genes: 2 | in.yaml:1:25: space.head-max-genes is for task.kind classify alone",
                "output-activation: softmax | space.output-activation must be one of relu",
                "decoder: free, decoder-activations: [softmax] | space.decoder-activations must be a list of relu"
            })
    void whatMeansNothingToAutoencodersIsRefused(String space, String message) {
        Exception e = assertThrows(InputException.class, () -> read(space, false));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void spacesAreOfTheNetworksThatTheTaskIsFor() {
        assertThrows(IllegalArgumentException.class, () -> read("", true).forSamples(IMAGE));
        assertThrows(IllegalArgumentException.class, () -> read("", false).of(IMAGE, 10));
        Exception e = assertThrows(
                InputException.class, () -> read("family: mixed", true).of(Shape.vector(9), 2));
        assertTrue(e.getMessage().contains("use family dense"), e.getMessage());
        assertEquals(2, read("", true).of(Shape.vector(9), 2).classes());
    }
}
