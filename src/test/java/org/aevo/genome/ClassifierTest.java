package org.aevo.genome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Ends;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Layer;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Genomes of classifiers, and what they unfold into. */
class ClassifierTest {
    private static final Shape IMAGE = new Shape(1, 28, 28);
    private static final Ends DIGITS = Ends.classifier(IMAGE, 10);
    private static final String TRAINING = " | softmax | momentum(lr0.1,batch32)";

    private static Blueprint blueprint(String sections, Shape input, int classes) {
        return GenomeText.parse(sections + TRAINING).unfold(Ends.classifier(input, classes));
    }

    private static List<String> names(Blueprint blueprint) {
        return blueprint.layers().stream().map(Layer::name).toList();
    }

    @Test
    void numbersByHand() {
        Blueprint b = blueprint("conv(32,k3,s1,relu) pool(2) | dense(128,relu,drop0.3)", IMAGE, 10);
        assertEquals(List.of("f0_conv", "f1_pool", "h0_dense", "output"), names(b));
        // 3*3*32+32; none; 32*14*14*128+128; 128*10+10
        assertEquals(
                List.of(320L, 0L, 802_944L, 1_290L),
                b.layers().stream().map(Layer::parameters).toList());
        assertEquals(Map.of(Blueprint.OUTPUT, "output"), b.outputs());
        assertEquals(Optional.empty(), b.latent());
        assertEquals(
                new Layer.Dense("output", Shape.vector(128), 10, Activation.SOFTMAX, 0),
                b.output().layer());
        assertEquals(0.3, ((Layer.Dense) b.layers().get(2)).dropout());
        assertTrue(b.isChain());
        BlueprintAssert.assertWhole(b, DIGITS);
    }

    @Test
    void eitherSectionMayBeEmpty() {
        Blueprint linear = blueprint("- | -", IMAGE, 3);
        assertEquals(List.of("output"), names(linear));
        assertEquals(784 * 3 + 3, linear.parameters());
        assertEquals(List.of("h0_dense", "output"), names(blueprint("- | dense(5,tanh)", Shape.vector(4), 2)));
        Blueprint noHead = blueprint("conv(4,k3,s2,relu) | -", new Shape(2, 1, 23), 2);
        assertEquals(List.of("f0_conv", "output"), names(noHead));
        // of signals kernels are 1 by k: 2*3*4+4, and 4 channels of 12 columns
        assertEquals(
                List.of(28L, 98L),
                noHead.layers().stream().map(Layer::parameters).toList());
    }

    /** What is added is the output of the gene of the same section, whatever the section before made. */
    @Test
    void skipsStayInTheirSection() {
        Blueprint b = blueprint(
                "conv(4,k3,s1,relu) pool(2) conv(8,k3,s1,elu) skip(0,2) | dense(9,relu) dense(8,relu) dense(7,relu)"
                        + " skip(0,2)",
                IMAGE,
                10);
        assertEquals(
                List.of(
                        "f0_conv",
                        "f1_pool",
                        "f2_join",
                        "f2_conv",
                        "h0_dense",
                        "h1_dense",
                        "h2_join",
                        "h2_dense",
                        "output"),
                names(b));
        assertEquals(
                List.of("f1_pool", "f0_conv"), b.node("f2_join").orElseThrow().inputs());
        assertEquals(
                List.of("h1_dense", "h0_dense"), b.node("h2_join").orElseThrow().inputs());
        BlueprintAssert.assertWhole(b, DIGITS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "pool(2) | - ; features gene 0: features cannot start with pooling",
                "conv(4,k3,s1,relu) | - ; features gene 0: a spatial gene needs images or signals, the input is"
            })
    void chainsThatDoNotFitAreRefused(String sections, String why) {
        Shape input = sections.startsWith("pool") ? IMAGE : Shape.vector(9);
        Exception e = assertThrows(IllegalArgumentException.class, () -> blueprint(sections, input, 2));
        assertTrue(e.getMessage().contains(why), e.getMessage());
    }

    @Test
    void classifiersStandBetweenTheirEndsAlone() {
        Genome classifier = GenomeText.parse("- | -" + TRAINING);
        Exception e = assertThrows(IllegalArgumentException.class, () -> classifier.unfold(IMAGE, Activation.SIGMOID));
        assertTrue(e.getMessage().startsWith("the genome is a classifier's (features | head | softmax)"));
        Genome autoencoder = GenomeText.parse("dense(8,relu) | latent(2) | upsampling | adam(lr0.1,batch1)");
        e = assertThrows(IllegalArgumentException.class, () -> autoencoder.unfold(DIGITS));
        assertTrue(e.getMessage().startsWith("the genome is an autoencoder's"), e.getMessage());
        assertTrue(e.getMessage().contains("10 classes"), e.getMessage());
    }

    @Test
    void sectionsOfOneKind() {
        Hyperparameters training = new Hyperparameters(Optimizer.ADAM, 0.1, 1);
        Section none = Section.EMPTY;
        for (Map<Role, Section> sections : List.of(
                Map.<Role, Section>of(),
                Map.of(Role.DECODER, none),
                Map.of(Role.FEATURES, none),
                Map.of(Role.HEAD, none),
                Map.of(Role.ENCODER, none, Role.HEAD, none),
                Map.of(Role.ENCODER, none, Role.FEATURES, none, Role.HEAD, none))) {
            Exception e = assertThrows(
                    IllegalArgumentException.class,
                    () -> new Genome(
                            sections, sections.containsKey(Role.ENCODER) ? 1 : 0, Upscaling.UPSAMPLING, training));
            assertTrue(e.getMessage().contains("must have an encoder"), e.getMessage());
        }
        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> new Genome(Map.of(Role.FEATURES, none, Role.HEAD, none), 4, Upscaling.UPSAMPLING, training));
        assertEquals("a classifier has no code: its latent must be 0, was 4", e.getMessage());
        Genome one = Genome.classifier(none, none, training);
        assertThrows(IllegalArgumentException.class, () -> one.with(Role.ENCODER, none));
        assertThrows(IllegalStateException.class, one::encoder);
        assertEquals(
                Upscaling.UPSAMPLING, one.withUpscaling(Upscaling.DECONVOLUTION).upscaling());
        assertFalse(GenomeText.parse("- | latent(1) | - | adam(lr0.1,batch1)").classifies());
    }

    @Test
    void noGeneHasSoftmax() {
        for (Runnable gene : List.<Runnable>of(
                () -> new Gene.Dense(1, Activation.SOFTMAX, 0),
                () -> new Gene.Convolution(1, 1, 1, Activation.SOFTMAX, false),
                () -> new Gene.Upconvolution(1, 1, 1, Upscaling.UPSAMPLING, Activation.SOFTMAX, false))) {
            Exception e = assertThrows(IllegalArgumentException.class, gene::run);
            assertTrue(e.getMessage().contains("must not be softmax"), e.getMessage());
        }
    }
}
