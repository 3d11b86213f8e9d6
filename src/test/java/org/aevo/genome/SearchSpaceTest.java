package org.aevo.genome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.aevo.network.Activation;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SearchSpaceTest {
    private static final Shape IMAGE = new Shape(1, 28, 28);
    private static final String TRAINING = " | latent(16) | upsampling | adam(lr0.001,batch128)";

    private static SearchSpace mixed() {
        return SearchSpace.defaults(Family.MIXED, IMAGE, 16);
    }

    private static List<String> violations(SearchSpace space, String genome) {
        return space.violations(GenomeText.parse(genome));
    }

    @Test
    void defaultsAreThoseOfTheManual() {
        SearchSpace space = mixed();
        assertEquals(6, space.encoder().maxGenes());
        assertEquals(new IntRange(4, 64), space.encoder().filters());
        assertEquals(new IntRange(1, 7), space.encoder().kernel());
        assertEquals(new IntRange(16, 512), space.encoder().units());
        assertEquals(new DoubleRange(1e-4, 1e-2), space.learningRate());
        assertEquals(2_000_000, space.maxParameters());
        assertEquals(16, space.maxLayers());
        assertEquals(1L << 30, space.maxMemoryBytes());
        assertFalse(space.encoder().activations().contains(Activation.IDENTITY));
        assertEquals(space, space.toBuilder().build());
    }

    static Stream<Arguments> wrongSettings() {
        return Stream.of(
                wrong(b -> b.maxGenes(0), "max genes must be within 1..100, was 0"),
                wrong(b -> b.filters(new IntRange(0, 4)), "filters must be within 1..1048576, was 0..4"),
                wrong(b -> b.kernel(new IntRange(1, 65)), "kernel must be within 1..64, was 1..65"),
                wrong(b -> b.units(new IntRange(-1, 4)), "units must be within"),
                wrong(b -> b.strides(List.of()), "strides must have at least one choice"),
                wrong(b -> b.strides(List.of(1, 1)), "strides must not repeat a choice, was [1, 1]"),
                wrong(b -> b.strides(List.of(0)), "stride must be at least 1, was 0"),
                wrong(b -> b.poolSizes(List.of(1)), "pool size must be at least 2, was 1"),
                wrong(b -> b.activations(List.of(Activation.SOFTMAX)), "activations must not contain softmax"),
                wrong(b -> b.activations(List.of()), "activations must have at least one choice"),
                wrong(b -> b.dropout(new DoubleRange(0, 1)), "dropout must be within [0, 1), was 0.0..1.0"),
                wrong(b -> b.learningRate(new DoubleRange(0, 1)), "learning rate must be positive, was 0.0..1.0"),
                wrong(b -> b.batchSizes(List.of(0)), "batch size must be within 1..1048576, was 0"),
                wrong(b -> b.maxParameters(0), "max parameters must be at least 1, was 0"),
                wrong(b -> b.maxLayers(0), "max layers must be at least 1, was 0"),
                wrong(b -> b.maxMemoryBytes(-1), "max memory must be at least 1 byte, was -1"));
    }

    private static Arguments wrong(UnaryOperator<SearchSpaceBuilder> setting, String message) {
        return Arguments.of(setting, message);
    }

    @ParameterizedTest
    @MethodSource("wrongSettings")
    void wrongSettingsAreNamed(UnaryOperator<SearchSpaceBuilder> setting, String message) {
        SearchSpaceBuilder builder = setting.apply(mixed().toBuilder());
        Exception e = assertThrows(IllegalArgumentException.class, builder::build);
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void latentIsAtMostTheInput() {
        assertEquals(3, SearchSpace.defaults(Family.DENSE, Shape.vector(3), 3).latent());
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> SearchSpace.defaults(Family.DENSE, Shape.vector(3), 4));
        assertEquals("latent must be at most the input's 3 values, was 4", e.getMessage());
    }

    @Test
    void spatialFamiliesNeedImages() {
        for (Family family : List.of(Family.CONVOLUTIONAL, Family.MIXED)) {
            for (Shape shape : List.of(Shape.vector(64), new Shape(1, 64, 1))) {
                Exception e =
                        assertThrows(IllegalArgumentException.class, () -> SearchSpace.defaults(family, shape, 2));
                assertTrue(e.getMessage().contains("use family dense"), e.getMessage());
            }
        }
    }

    @Test
    void rangesNeedAnOrder() {
        assertThrows(IllegalArgumentException.class, () -> new IntRange(2, 1));
        assertThrows(IllegalArgumentException.class, () -> new DoubleRange(Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> new DoubleRange(0, Double.POSITIVE_INFINITY));
    }

    @Test
    void aGenomeWithinAllBoundsIsInTheSpace() {
        String genome = "conv(16,k3,s2,relu,bn) pool(2) dense(64,tanh,drop0.5)" + TRAINING;
        assertEquals(List.of(), violations(mixed(), genome));
        assertTrue(mixed().contains(GenomeText.parse(genome)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "- ; the encoder must have 1..6 genes, has 0",
                "conv(3,k3,s1,relu) ; gene 0 conv(3,k3,s1,relu): filters must be within 4..64, was 3",
                "conv(8,k8,s1,relu) ; kernel must be within 1..7, was 8",
                "conv(8,k3,s3,relu) ; stride must be one of [1, 2], was 3",
                "conv(8,k3,s1,identity) ; activation must be one of",
                "conv(8,k3,s1,relu) pool(3) ; gene 1 pool(3): size must be one of [2], was 3",
                "dense(513,relu) ; units must be within 16..512, was 513",
                "dense(64,relu,drop0.6) ; dropout must be 0 or within 0.0..0.5, was 0.6",
                "pool(2) ; gene 0 pool(2): cannot be the first gene",
                "dense(64,relu) conv(8,k3,s1,relu) ; gene 1 conv(8,k3,s1,relu): is spatial and cannot follow a dense gene",
                "conv(8,k3,s2,relu) pool(2) pool(2) pool(2) pool(2) pool(2); has no neighbourhood left in an image of 1x1",
            })
    void violationsNameGeneValueAndBound(String encoder, String message) {
        List<String> found = violations(mixed(), encoder + TRAINING);
        assertEquals(1, found.size(), found.toString());
        assertTrue(found.get(0).contains(message), found.toString());
        assertFalse(mixed().contains(GenomeText.parse(encoder + TRAINING)));
    }

    @Test
    void stepsLargerThanTheSideAreViolations() {
        SearchSpace space = SearchSpace.defaults(Family.CONVOLUTIONAL, new Shape(2, 7, 5), 4).toBuilder()
                .strides(List.of(1, 6))
                .build();
        assertEquals(
                List.of("gene 0 conv(8,k3,s6,relu): steps by 6, more than the side of an image of 7x5"),
                violations(space, "conv(8,k3,s6,relu) | latent(4) | upsampling | adam(lr0.001,batch32)"));
    }

    @Test
    void trainingBoundsAreChecked() {
        List<String> found = violations(
                mixed().toBuilder().optimizers(List.of(Optimizer.ADAM)).build(),
                "conv(8,k3,s1,relu) | latent(15) | upsampling | rmsprop(lr0.1,batch33)");
        assertEquals(
                List.of(
                        "latent must be 16, was 15",
                        "learning rate must be within 1.0E-4..0.01, was 0.1",
                        "batch size must be one of [32, 64, 128, 256], was 33",
                        "optimizer must be one of [adam], was rmsprop"),
                found);
    }

    @Test
    void upscalingCountsOnlyWhereSomethingShrinks() {
        SearchSpace space =
                mixed().toBuilder().upscalings(List.of(Upscaling.DECONVOLUTION)).build();
        assertEquals(List.of(), violations(space, "conv(8,k3,s1,relu)" + TRAINING));
        assertEquals(
                List.of("upscaling must be one of [deconvolution], was upsampling"),
                violations(space, "conv(8,k3,s2,relu)" + TRAINING));
    }

    @Test
    void familiesAreKept() {
        SearchSpace dense = SearchSpace.defaults(Family.DENSE, IMAGE, 16);
        assertEquals(
                List.of("gene 0 conv(8,k3,s1,relu): is not of family dense"),
                violations(dense, "conv(8,k3,s1,relu)" + TRAINING));
        SearchSpace convolutional = SearchSpace.defaults(Family.CONVOLUTIONAL, IMAGE, 16);
        assertEquals(
                List.of("gene 1 dense(64,relu): is not of family convolutional"),
                violations(convolutional, "conv(8,k3,s1,relu) dense(64,relu)" + TRAINING));
    }

    @Test
    void limitsOfTheNetworkAreExact() {
        String text = "dense(256,relu) | latent(32) | upsampling | adam(lr0.001,batch128)";
        SearchSpaceBuilder exact = SearchSpace.defaults(Family.DENSE, Shape.vector(784), 32).toBuilder()
                .maxParameters(419_120)
                .maxLayers(4)
                .maxMemoryBytes(16_041_920);
        assertEquals(List.of(), violations(exact.build(), text));
        assertEquals(
                List.of(
                        "the network must have at most 419119 parameters (space.max-parameters), has 419120",
                        "the network must have at most 3 layers (space.max-layers), has 4",
                        "the network must have at most 16041919 bytes of training memory (space.max-memory), has 16041920"),
                violations(
                        exact.maxParameters(419_119)
                                .maxLayers(3)
                                .maxMemoryBytes(16_041_919)
                                .build(),
                        text));
    }

    @Test
    void hugeGenesFromOutsideAreViolationsNotOverflows() {
        String huge = "conv(2147483647,k2147483647,s2147483647,relu) pool(2147483647) dense(2147483647,relu)";
        assertEquals(5, violations(mixed(), huge + TRAINING).size());
    }

    private static SearchSpace free(int maxGenes) {
        return mixed().toBuilder()
                .decoder(new SectionSpace(
                        maxGenes,
                        1,
                        new IntRange(2, 20),
                        new IntRange(2, 5),
                        List.of(1, 2, 4),
                        List.of(),
                        new IntRange(8, 100),
                        List.of(Activation.RELU, Activation.ELU),
                        new DoubleRange(0, 0),
                        false))
                .upscalings(List.of(Upscaling.DECONVOLUTION))
                .build();
    }

    private static String decoded(String decoder) {
        return "dense(64,relu) | latent(16) | " + decoder + " | adam(lr0.001,batch128)";
    }

    @Test
    void decodersAreOfTheKindThatTheSpaceHas() {
        String mirrored = "dense(64,relu)" + TRAINING;
        assertEquals(List.of(), violations(mixed(), mirrored));
        assertEquals(List.of(), violations(free(3), decoded("-")));
        // 28 by 4 is 7, by 4 is 2, by 2 is 1: the steps leave an image to each
        assertEquals(
                List.of(),
                violations(free(3), decoded("deconv(8,k3,s2,relu) deconv(8,k3,s4,relu) deconv(8,k3,s4,relu)")));
        assertEquals(
                List.of("space.decoder is mirrored: the decoder must mirror the encoder, it has genes of its own"),
                violations(mixed(), decoded("-")));
        assertEquals(
                List.of("space.decoder is free: the decoder must have genes of its own, it mirrors the encoder"),
                violations(free(3), mirrored));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "dense(7,relu) ; decoder gene 0 dense(7,relu): units must be within 8..100, was 7",
                "dense(8,tanh) ; decoder gene 0 dense(8,tanh): activation must be one of [relu, elu], was tanh",
                "dense(8,relu,drop0.1) ; dropout must be 0 or within 0.0..0.0, was 0.1",
                "deconv(21,k3,s2,relu) ; decoder gene 0 deconv(21,k3,s2,relu): filters must be within 2..20, was 21",
                "deconv(8,k6,s2,relu) ; kernel must be within 2..5, was 6",
                "deconv(8,k3,s3,relu) ; factor must be one of [1, 2, 4], was 3",
                "upconv(8,k3,x2,relu) ; upscaling must be one of [deconvolution], was upsampling",
                "deconv(8,k3,s2,relu,bn) ; has batch normalisation, which is not allowed",
                "dense(8,relu) dense(8,relu) dense(8,relu) dense(8,relu) ; the decoder must have 0..3 genes, has 4",
                "upconv(8,k3,x1,relu) dense(8,relu) ; decoder gene 1 dense(8,relu): is dense and cannot follow a spatial gene"
            })
    void violationsOfDecodersAreNamed(String decoder, String message) {
        List<String> found = violations(free(3), decoded(decoder));
        assertEquals(1, found.size(), found.toString());
        assertTrue(found.get(0).contains(message), found.toString());
    }

    @Test
    void enlargementsBeyondTheImageAreViolations() {
        SearchSpace space = SearchSpace.defaults(Family.CONVOLUTIONAL, new Shape(2, 7, 5), 4).toBuilder()
                .strides(List.of(1, 2, 6))
                .freeDecoder()
                .build();
        String start = "conv(8,k3,s1,relu) | latent(4) | ";
        assertEquals(
                List.of("decoder gene 1 upconv(8,k3,x6,relu): enlarges by 6, more than the side of an image of 7x5"),
                violations(space, start + "upconv(8,k3,x1,relu) upconv(8,k3,x6,relu) | adam(lr0.001,batch32)"));
        // 7x5 by 2 is 4x3, by 2 is 2x2, by 2 is 1x1
        String four = "upconv(8,k3,x2,relu) ".repeat(4);
        assertEquals(
                List.of("decoder gene 0 upconv(8,k3,x2,relu): has no neighbourhood left in an image of 1x1"),
                violations(space, start + four + "| adam(lr0.001,batch32)"));
    }

    @Test
    void sectionsHaveAtMostSoManySkips() {
        String genes = "dense(64,relu) dense(64,relu) dense(64,relu) dense(64,relu) ";
        assertEquals(List.of(), violations(mixed(), genes + "skip(0,2) skip(0,3)" + TRAINING));
        assertEquals(
                List.of("the encoder must have at most 2 skips, has 3"),
                violations(mixed(), genes + "skip(0,2) skip(0,3) skip(1,3)" + TRAINING));
        assertEquals(List.of(), violations(free(4), decoded(genes + "skip(0,3)")));
        assertEquals(
                List.of("the decoder must have at most 1 skips, has 2"),
                violations(free(4), decoded(genes + "skip(0,2) skip(0,3)")));
    }
}
